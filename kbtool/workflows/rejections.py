"""Rejected drafts and the database say the same: the draft's front matter is what counts.

A person may reject a draft, change when it wakes, or take a rejection back in the file, in a pull
request for example. Here that becomes a rejection of the draft's topic, or the end of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kbtool.articles.files.wake import times_of
from kbtool.articles.review import tickets_of
from kbtool.config import Settings
from kbtool.db import Connection, reading, writing
from kbtool.mining.memory.history import last_run, read_forwarding
from kbtool.mining.memory.identity import follow
from kbtool.mining.memory.store import read_gone, read_topics
from kbtool.model import Article, Wake
from kbtool.suggest.store import forget_rejections, read_rejections, record_rejection
from kbtool.suggest.waking import TIMES, Rejection


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows of rejections and topics."""

    rejections: Mapping[str, Rejection]
    """By topic."""
    sizes: Mapping[str, int]
    """Tickets of each topic there ever was."""
    forwarded: Mapping[str, str]
    run: int

    def of(self, article: Article) -> Rejection | None:
        """The rejection of a draft's topic; else the one made with this draft of the topic that
        took it in since.
        """
        topic = article.topic or ""
        heir = self.rejections.get(follow(topic, self.forwarded))
        own = heir if heir is not None and heir.article == article.id else None
        return self.rejections.get(topic) or own


def refresh_rejections(settings: Settings, articles: Sequence[Article], *, now: datetime) -> None:
    """Bring the database up to date with what the drafts' front matter says.

    Most of the time nothing is written; without a database there is nothing to do. Raises
    StoreError.
    """
    if not settings.database.exists():
        return
    with reading(settings.database) as connection:
        if not _changes(connection, articles, now):
            return
    with writing(settings.database) as connection:
        sync_rejections(connection, articles, now)


def sync_rejections(connection: Connection, articles: Sequence[Article], now: datetime) -> None:
    """The same in a transaction of the caller's."""
    for old, new in _changes(connection, articles, now):
        if old is not None:
            forget_rejections(connection, [old.topic])
        if new is not None:
            record_rejection(connection, new)


def known_sizes(connection: Connection) -> dict[str, int]:
    """Tickets of each topic there ever was, by its id."""
    topics = (*read_gone(connection), *read_topics(connection))
    return {topic.id: len(topic.tickets) for topic in topics}


def _changes(
    connection: Connection, articles: Sequence[Article], now: datetime
) -> list[tuple[Rejection | None, Rejection | None]]:
    """(what goes, what comes) for each rejection that front matter says otherwise."""
    known = _read(connection)
    drafts = sorted((a for a in articles if a.topic), key=lambda a: a.id)
    return [*_taken_back(drafts, known), *_rejected(drafts, known, now)]


def _taken_back(
    drafts: Sequence[Article], known: _Known
) -> Iterator[tuple[Rejection | None, Rejection | None]]:
    """Rejections whose draft is rejected no more. One whose file is gone stays rejected."""
    by_id = {article.id: article for article in drafts}
    for rejection in known.rejections.values():
        article = by_id.get(rejection.article or "")
        if article is not None and article.status != "rejected":
            yield rejection, None


def _rejected(
    drafts: Sequence[Article], known: _Known, now: datetime
) -> Iterator[tuple[Rejection | None, Rejection | None]]:
    """Drafts whose rejection is new, or has another reason or rule by now.

    Of several rejected drafts of one topic the one counts that the database names; a topic that
    was rejected by its own id keeps what was said there.
    """
    done: set[str] = set()
    for article in drafts:
        old, topic = known.of(article), article.topic or ""
        if article.status != "rejected" or topic in done:
            continue
        if old is not None and old.article != article.id:
            continue
        done.add(topic)
        new = _made(article, known, now) if old is None else _kept(old, article)
        if new != old:
            yield old, new


def _kept(old: Rejection, article: Article) -> Rejection:
    """A known rejection as front matter says it now; since when and from how many stay."""
    new = replace(old, reason=article.reason or old.reason, article=article.id)
    if article.wake is None:
        return new
    times = times_of(article.wake, old.tickets)
    return replace(new, times=times, until=article.wake.until)


def _made(article: Article, known: _Known, now: datetime) -> Rejection:
    topic = article.topic or ""
    tickets = known.sizes.get(topic, len(tickets_of(article.evidence)))
    wake = article.wake or Wake(times=TIMES)
    return Rejection(
        topic, article.reason, tickets, now, known.run,
        times=times_of(wake, tickets), until=wake.until, article=article.id,
    )  # fmt: skip


def _read(connection: Connection) -> _Known:
    return _Known(
        rejections={one.topic: one for one in read_rejections(connection)},
        sizes=known_sizes(connection),
        forwarded=read_forwarding(connection),
        run=last_run(connection),
    )
