"""``kbtool reject``: a person's decision that something needs no article, and taking it back."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from kbtool.articles import review as steps
from kbtool.articles.files.store import DOUBLE, find_article, read_articles, write_article
from kbtool.config import Settings
from kbtool.db import Connection, reading, writing
from kbtool.errors import NotFoundError, StateError
from kbtool.mining.memory.history import last_run, read_forwarding
from kbtool.mining.memory.identity import follow
from kbtool.mining.memory.store import read_topics
from kbtool.model import PUBLIC, Article, SuggestionKind, Wake
from kbtool.suggest.feedback.missed import QUERY
from kbtool.suggest.store import forget_rejections, record_rejection
from kbtool.suggest.waking import TIMES, Rejection, Standing
from kbtool.suggest.wordings.lines import PREFIX
from kbtool.workflows.reject_action import Refusal, reject_action
from kbtool.workflows.rejections import known_sizes, sync_rejections
from kbtool.workflows.topics import read_standings, read_topic
from kbtool.workflows.wordings import read_proposal


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What is rejected no more."""

    articles: tuple[Article, ...]
    """Drafts that are drafts again."""
    rejections: tuple[Rejection, ...]
    """Those of topics."""


def reject(
    settings: Settings,
    id_: str,
    *,
    kind: SuggestionKind | None = None,
    reason: str,
    times: float | None = TIMES,
    until: date | None = None,
    now: datetime,
) -> Refusal:
    """Reject a draft with its topic, a topic before it is drafted, a proposed line, or, with
    ``kind``, one suggestion about a topic or an article.

    It is not suggested again until it has ``times`` the tickets (what speaks for it), until the
    day ``until``, or, when both are None, ever. Raises NotFoundError, StateError and ContentError.
    """
    if not reason.strip():
        raise StateError("a rejection needs a reason", hint='add --reason "…"')
    if kind is not None or id_.startswith(QUERY):
        return reject_action(settings, kind or "write", id_, (reason, times, until), now)
    if id_.startswith(PREFIX):
        return _reject_line(settings, id_, (reason, times, until), now)
    article = _article(settings, id_)
    if article is not None and article.status in PUBLIC:
        raise StateError(
            f"{article.id} is published: which suggestion about it is rejected?",
            hint="add --kind retire (or fix, wording, translate, promote)",
        )
    if article is not None:
        return _reject_draft(settings, article, reason, Wake(times=times, until=until), now)
    with reading(settings.database) as connection:
        topic = _topic(connection, id_)
    held = _remember(settings, topic, (reason, times, until), now)
    return Refusal(topic, None, held)


def _reject_line(
    settings: Settings, id_: str, why: tuple[str, float | None, date | None], now: datetime
) -> Refusal:
    """Store the rejection of a line that search lacks."""
    reason, times, until = why
    with writing(settings.database) as connection:
        line = read_proposal(connection, id_)
        made = Rejection(
            line.id,
            reason.strip(),
            line.weight,
            now,
            last_run(connection),
            times=times,
            until=until,
        )
        record_rejection(connection, made)
        held = read_standings(connection, read_topics(connection), now.date())
    return Refusal(line.id, None, next(one for one in held if one.rejection.topic == line.id))


def _forget_line(settings: Settings, id_: str, now: datetime) -> tuple[Rejection, ...]:
    """Take the rejection of a line or an action back. Raises StateError when there is none."""
    forgotten = _forget(settings, id_, now)
    if not forgotten:
        hint = "kbtool topics list --rejected shows what is rejected"
        raise StateError(f"{id_} was not rejected", hint=hint)
    return forgotten


def _reject_draft(
    settings: Settings, article: Article, reason: str, rule: Wake, now: datetime
) -> Refusal:
    """Write the decision into the draft; the database then learns it from there.

    A larger topic that took the draft's topic in is not rejected with it.
    """
    rejected = steps.reject(article, reason, rule)
    if article.topic is None:
        write_article(settings.content_dir, rejected)
        return Refusal(rejected.id, rejected, None)
    with writing(settings.database) as connection:
        topic = article.topic
        if rule.times is not None:
            tickets = known_sizes(connection).get(topic, len(steps.tickets_of(article.evidence)))
            at_least = math.ceil(round(rule.times * tickets, 6))
            rejected = replace(rejected, wake=Wake(tickets=max(1, at_least)))
        forget_rejections(connection, [topic])
        sync_rejections(connection, [rejected], now)
        write_article(settings.content_dir, rejected)
        held = read_standings(connection, read_topics(connection), now.date())
    standing = next(one for one in held if one.rejection.topic == topic)
    return Refusal(rejected.id, rejected, standing)


def take_back(
    settings: Settings, id_: str, *, kind: SuggestionKind | None = None, now: datetime
) -> TakenBack:
    """Undo the rejection of a draft and its topic, or of a topic with its drafts, or of what it
    is a part of, or of a proposed line, or, with ``kind``, of one suggestion.

    The drafts are drafts again. Raises NotFoundError, ContentError, and StateError when nothing
    was rejected.
    """
    if kind is not None or id_.startswith(QUERY):
        return TakenBack((), _forget_line(settings, f"{kind or 'write'}:{id_}", now))
    if id_.startswith(PREFIX):
        return TakenBack((), _forget_line(settings, id_, now))
    article = _article(settings, id_)
    if article is not None:
        drafted = steps.take_back(article)
        write_article(settings.content_dir, drafted)
        forgotten = _forget(settings, drafted.topic, now) if drafted.topic else ()
        return TakenBack((drafted,), forgotten)
    forgotten = _forget(settings, id_, now)
    if not forgotten:
        with reading(settings.database) as connection:
            topic = _topic(connection, id_)
        hint = "kbtool topics list --rejected shows what is rejected"
        raise StateError(f"{topic} was not rejected", hint=hint)
    return TakenBack(_drafts_again(settings, {one.topic for one in forgotten}), forgotten)


def _drafts_again(settings: Settings, topics: Collection[str]) -> tuple[Article, ...]:
    """The rejected drafts of these topics, which are drafts again: their front matter would
    reject the topics once more.
    """
    articles, _ = read_articles(settings.content_dir)
    with reading(settings.database) as connection:
        forwarded = read_forwarding(connection)
    found = tuple(
        steps.take_back(article)
        for article in articles
        if article.status == "rejected"
        and {article.topic, follow(article.topic or "", forwarded)} & {*topics}
    )
    for article in found:
        write_article(settings.content_dir, article)
    return found


def _article(settings: Settings, id_: str) -> Article | None:
    """The draft with this id; None when there is none. Raises ContentError when it is unreadable."""
    articles, unread = read_articles(settings.content_dir)
    same = f"the id {id_} is ".lower()
    own = [
        one
        for one in unread
        if one.file.endswith(f"/{id_}.md")
        or (one.code == DOUBLE and one.message.lower().startswith(same))
    ]
    try:
        return find_article(articles, id_, own)
    except NotFoundError:
        return None


def _topic(connection: Connection, id_: str) -> str:
    try:
        return read_topic(connection, id_).id
    except NotFoundError as error:
        hint = f"kbtool review lists the drafts; {error.hint}"
        raise NotFoundError(f"there is no draft and no topic {id_!r}", hint=hint) from None


def _remember(
    settings: Settings,
    topic_id: str,
    why: tuple[str, float | None, date | None],
    now: datetime,
) -> Standing:
    """Store the rejection of a topic."""
    reason, times, until = why
    with writing(settings.database) as connection:
        topics = read_topics(connection)
        topic = follow(topic_id, read_forwarding(connection))
        size = known_sizes(connection).get(topic, 0)
        made = Rejection(
            topic, reason.strip(), size, now, last_run(connection), times=times, until=until
        )
        record_rejection(connection, made)
        held = read_standings(connection, topics, now.date())
    return next(one for one in held if one.rejection.topic == topic)


def _forget(settings: Settings, word: str, now: datetime) -> tuple[Rejection, ...]:
    """Take back what ``word`` names: the id of a rejection, its beginning, or a topic held back."""
    with writing(settings.database) as connection:
        topics = read_topics(connection)
        held = read_standings(connection, topics, now.date())
        own = [one for one in held if one.rejection.topic == word]
        if not own:
            own = [one for one in held if word and one.rejection.topic.startswith(word)]
            if len(own) != 1:
                known = follow(word, read_forwarding(connection))
                own = [one for one in held if known in one.topics]
        found = tuple(one.rejection for one in own)
        forget_rejections(connection, [rejection.topic for rejection in found])
    return found
