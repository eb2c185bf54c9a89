"""Draft articles: topics and their tickets → drafts in ``content/drafts/``, edits never touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from kbtool.articles.draft import Skipped, Sources, draft_topic
from kbtool.articles.draft.outline import Outline, Rewrite
from kbtool.articles.draft.render import CONFLICT
from kbtool.articles.files.frontmatter import is_edited
from kbtool.articles.files.store import read_articles, write_article
from kbtool.articles.review import tickets_of
from kbtool.config import Settings
from kbtool.db import reading
from kbtool.errors import ContentError, NotFoundError
from kbtool.mining.encoding.encoder import Encoder
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.store import read_topics
from kbtool.mining.questions.question import question
from kbtool.model import Article, ArticleStatus, Ticket, Topic
from kbtool.progress import Progress
from kbtool.suggest.kinds import judge_topic
from kbtool.suggest.waking import Standing
from kbtool.tickets.store import find_tickets
from kbtool.workflows.check import gate
from kbtool.workflows.links import read_book
from kbtool.workflows.suggest import suggest
from kbtool.workflows.topics import find_topic, read_standings

if TYPE_CHECKING:
    from kbtool.articles.rewrite import Rewriter, Rewriting

Outcome: TypeAlias = Literal[
    "new", "refreshed", "unchanged", "kept, edited", "kept, in review", "kept, published",
    "kept, stale", "kept, archived", "kept, rejected",
]  # fmt: skip
_KEPT: dict[ArticleStatus, Outcome] = {
    "review": "kept, in review", "published": "kept, published", "stale": "kept, stale",
    "archived": "kept, archived", "rejected": "kept, rejected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drafted:
    """One draft and what became of its file; the article is the one that is kept."""

    article: Article
    outcome: Outcome
    conflicts: int
    tickets: int
    """Tickets whose replies support at least one sentence."""


@dataclass(frozen=True, slots=True)
class DraftResult:
    """What was drafted, and what was not and why."""

    drafts: tuple[Drafted, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    rewritings: tuple[Rewriting, ...] = ()
    """What a language model was asked and what became of its sentences; one a draft."""


def draft(
    settings: Settings,
    topics: Sequence[str] = (),
    *,
    top: int | None = None,
    lang: str | None = None,
    min_requesters: int | None = None,
    dry_run: bool = False,
    anyway: bool = False,
    now: datetime,
    encoder: Encoder | None = None,
    rewriter: Rewriter | None = None,
    progress: Progress | None = None,
) -> DraftResult:
    """Write (with ``dry_run``: only make) the drafts of ``topics``, which are ids or beginnings
    of ids, and of the ``top`` best suggestions to write, which are mined with the ``encoder``.
    A ``rewriter`` words their sentences anew. Without ``anyway`` topics that must not become an
    article (see ``suggest.kinds``) are skipped.

    A draft that a person edited, took further or rejected stays as it is. Raises NotFoundError
    for an unknown topic or language and ContentError when ``content/`` cannot be read in full, because an
    unread file could be an edited draft.
    """
    if lang is not None and lang not in settings.languages:
        known = ", ".join(settings.languages)
        raise NotFoundError(
            f"no language {lang!r} in this knowledge base", hint=f"there are: {known}"
        )
    articles, findings = read_articles(settings.content_dir)
    if findings:
        raise ContentError(
            "nothing was drafted: some files of content/ cannot be read",
            findings=findings,
            hint="mend them first; one of them could be a draft that you edited",
        )
    best = _best(settings, top, now, encoder, progress) if top else []
    wanted, skipped = _set_apart(
        _read(settings, [*topics, *best], now.date()), articles, anyway=anyway
    )
    least = min_requesters or settings.drafts.min_requesters
    sources = replace(
        _sources(settings, articles, lang, least), rewrite=_rewrite(rewriter, articles)
    )
    drafts: list[Drafted] = []
    for number, topic in enumerate(wanted.topics, start=1):
        made, left_out = draft_topic(topic, wanted.tickets[topic.id], sources)
        skipped += left_out
        dated = [replace(article, updated=now.date()) for article in made]
        drafts += [_settle(article, articles, settings, dry_run) for article in dated]
        if progress:
            progress("Drafting", number, len(wanted.topics))
    warnings = (
        *_warnings(settings, least),
        *_rejected(wanted),
        *_merged(wanted, articles),
        *_thin(drafts),
    )
    rewritings = tuple(rewriter.done) if rewriter else ()
    return DraftResult(tuple(drafts), tuple(skipped), warnings, rewritings)


def _rewrite(rewriter: Rewriter | None, articles: Sequence[Article]) -> Rewrite | None:
    """The rewriter for the drafts that may still be written: nothing of the others is sent."""
    if rewriter is None:
        return None
    kept = {one.id for one in articles if one.status != "draft" or is_edited(one)}

    def rewrite(outline: Outline) -> Outline:
        return outline if outline.article in kept else rewriter(outline)

    return rewrite


def _best(
    settings: Settings,
    top: int,
    now: datetime,
    encoder: Encoder | None,
    progress: Progress | None,
) -> list[str]:
    """Topics of the best suggestions to write an article, as ``kbtool suggest`` ranks them."""
    found = suggest(settings, now=now, encoder=encoder, progress=progress)
    return [s.topic for s in found.suggestions if s.kind == "write" and s.topic][:top]


@dataclass(frozen=True, slots=True)
class _Wanted:
    topics: Sequence[Topic]
    """Each once."""
    tickets: Mapping[str, tuple[Ticket, ...]]
    forwarded: Mapping[str, str]
    """What merged topics have become."""
    asleep: Sequence[Standing]
    """All rejections that sleep."""


def _read(settings: Settings, names: Sequence[str], today: date) -> _Wanted:
    """The topics named and what is known of them."""
    with reading(settings.database) as connection:
        topics, forwarded = read_topics(connection), read_forwarding(connection)
        found = (find_topic(topics, name, forwarded) for name in names)
        wanted = list({topic.id: topic for topic in found}.values())
        held = read_standings(connection, topics, today)
        return _Wanted(
            wanted,
            {topic.id: find_tickets(connection, topic.tickets) for topic in wanted},
            forwarded,
            [one for one in held if one.sleeps],
        )


def _set_apart(
    wanted: _Wanted, articles: Sequence[Article], *, anyway: bool
) -> tuple[_Wanted, list[Skipped]]:
    """The topics to draft, and those that need something else; none of which a draft was begun."""
    begun = {wanted.forwarded.get(a.topic or "", a.topic) for a in articles}
    left, skipped = list[Topic](), list[Skipped]()
    for topic in wanted.topics:
        judged = not anyway and topic.id not in begun
        instead = judge_topic(topic, wanted.tickets[topic.id]) if judged else None
        if instead is None:
            left.append(topic)
        else:
            reason = (
                f"{instead.kind}: {instead.reason}. Instead: {instead.todo}. --anyway drafts it"
            )
            skipped.append(Skipped(topic.id, None, reason))
    return replace(wanted, topics=left), skipped


def _sources(
    settings: Settings, articles: tuple[Article, ...], lang: str | None, least: int
) -> Sources:
    return Sources(
        languages=settings.languages,
        only=lang,
        articles=articles,
        article_of=read_book(settings, articles).article_from_url,
        asked=_asked,
        personal_data=gate(settings),
        min_requesters=least,
    )


def _asked(ticket: Ticket) -> tuple[str, ...]:
    found = question(ticket)
    return found.wordings if found else ()


def _settle(
    made: Article, articles: Sequence[Article], settings: Settings, dry_run: bool
) -> Drafted:
    old = next((article for article in articles if article.id == made.id), None)
    outcome = _outcome(made, old)
    if outcome in ("new", "refreshed") and not dry_run:
        write_article(settings.content_dir, made)
    kept = old if old is not None and outcome not in ("new", "refreshed") else made
    tickets = tickets_of(kept.evidence)
    return Drafted(kept, outcome, made.body.count(CONFLICT), len(tickets))


def _outcome(made: Article, old: Article | None) -> Outcome:
    if old is None:
        return "new"
    if kept := _KEPT.get(old.status):
        return kept
    if is_edited(old):
        return "kept, edited"
    same = replace(old, body_line=made.body_line, updated=made.updated, extra=(), path=made.path)
    return "unchanged" if same == made else "refreshed"


def _warnings(settings: Settings, least: int) -> tuple[str, ...]:
    if least >= settings.drafts.min_requesters:
        return ()
    return (
        f"drafted from {least} requesters, fewer than drafts.min_requesters "
        f"({settings.drafts.min_requesters}): look twice for facts about one person",
    )


def _rejected(wanted: _Wanted) -> list[str]:
    return [
        f"{topic.id} was rejected ({held.rejection.reason}); it is drafted because you named it"
        for topic in wanted.topics
        for held in wanted.asleep
        if topic.id in held.topics
    ]


def _merged(wanted: _Wanted, articles: Sequence[Article]) -> list[str]:
    """Articles that were drafted for topics which are parts of the wanted ones now."""
    return [
        f"{article.id} was written for {article.topic}, which is now part of {topic.id}: "
        "see whether it answers this already"
        for topic in wanted.topics
        for article in articles
        if wanted.forwarded.get(article.topic or "") == topic.id
        and article.status not in ("archived", "rejected")
    ]


def _thin(drafts: Sequence[Drafted]) -> list[str]:
    return [
        f"{one.article.id}: only one sentence has support; most of the answer is yours to write"
        for one in drafts
        if len(one.article.evidence) == 1 and one.outcome in ("new", "refreshed", "unchanged")
    ]
