"""Hits of logs as events, in order of time, beside those that were stored as events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from heapq import merge
from itertools import chain
from typing import NamedTuple, TypeAlias, cast

import sqlalchemy as sa

from kbtool.events.logs.readers import visitor_text
from kbtool.events.logs.store import hits_table, pages_table, read_pages, reported_table
from kbtool.events.logs.times import DAY
from kbtool.events.store import read_events
from kbtool.model import Event, EventKind

KINDS: frozenset[EventKind] = frozenset({"view", "search"})
"""What a line of a page can be."""
LATEST = 1 << 62
LEADS_ON = 10
"""Seconds in which a browser follows a page that leads on to an article's own."""
REPORTED = "reported"
REDIRECT = "redirect"


_READ = (
    "SELECT at, source, offset, page, visitor, excluded FROM log_hits WHERE at >= ? AND at < ?"
    " ORDER BY at, source, offset"
)


_Row: TypeAlias = tuple[int, int, int, int, int | None, str | None]


class _Beside(NamedTuple):
    """What decides whether a line counts, apart from the line."""

    reported: frozenset[tuple[int, int]]
    """(day, visitor or 0)."""
    followed: frozenset[tuple[int, int, int]]
    """Hits (time, file, offset) of pages that led on to another hit."""


def read_all(
    connection: sa.Connection,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    kinds: Collection[EventKind] | None = None,
    value: str | None = None,
) -> Iterator[Event]:
    """As ``read_events``, and the hits of logs among them."""
    events = read_events(connection, since, until, kinds=kinds, value=value)
    if value is not None or not (kinds is None or KINDS & set(kinds)):
        return events
    hits = read_hits(connection, since, until, kinds=kinds)
    event, hit = next(events, None), next(hits, None)
    if event is None or hit is None:
        return chain(*((one,) for one in (event, hit) if one is not None), events, hits)
    both = chain((event,), events), chain((hit,), hits)
    return merge(*both, key=lambda one: (one.at, one.id))


def read_hits(
    connection: sa.Connection,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    kinds: Collection[EventKind] | None = None,
) -> Iterator[Event]:
    """Hits of logs from ``since`` to before ``until``, by time, then file, then place in it.

    What does not count has its reason: that of its line; ``reported`` where the reader's page told
    of the same day by its script; ``redirect`` where an address led on to the article's own page,
    which is a hit itself.
    """
    low, high = bound(since, 0), bound(until, LATEST)
    pages = read_pages(connection)
    beside = _beside(connection, low, high)
    of_visitor = lru_cache(maxsize=1 << 16)(visitor_text)
    of_time = lru_cache(maxsize=1 << 4)(lambda at: datetime.fromtimestamp(at, UTC))
    # a million rows: the driver's own tuples, without SQLAlchemy's rows around them
    rows = cast("Iterable[_Row]", connection.exec_driver_sql(_READ, (low, high)).cursor)
    for at, source, offset, page, visitor, excluded in rows:
        what, article, lang, asked = pages[page]
        kind: EventKind = "search" if what == "search" else "view"
        if kinds is not None and kind not in kinds:
            continue
        why = excluded
        if why is None and beside.reported and (at // DAY, visitor or 0) in beside.reported:
            why = REPORTED
        elif why is None and beside.followed and (at, source, offset) in beside.followed:
            why = REDIRECT
        name = None if visitor is None else of_visitor(visitor)
        yield Event(
            f"log-{source}-{offset:012d}", kind, of_time(at), name, article, lang, asked,
            excluded=why,
        )  # fmt: skip


def _beside(connection: sa.Connection, low: int, high: int) -> _Beside:
    day = reported_table.c.day
    query = sa.select(reported_table).where(day >= low // DAY, day <= high // DAY)
    reported = frozenset((row.day, row.visitor) for row in connection.execute(query))
    found = connection.execute(_followed(low, high))
    followed = frozenset((row.at, row.source, row.offset) for row in found)
    return _Beside(reported, followed)


def counted_views(low: int, high: int) -> sa.Select[tuple[str, str, int]]:
    """The hits of articles that count: article, who (a visitor's key, or the hit's own name), when."""
    hit, page = hits_table, pages_table
    reported = sa.exists().where(
        reported_table.c.day == hit.c.at // DAY,
        reported_table.c.visitor == sa.func.coalesce(hit.c.visitor, 0),
    )
    who = sa.case(
        (hit.c.visitor.is_(None), sa.func.printf("log-%d-%d", hit.c.source, hit.c.offset)),
        else_=sa.func.printf("%016x", hit.c.visitor),
    )
    leads = hit.c.page.in_(_LEADS) & _goes_on(hit, page)
    return (
        sa.select(page.c.article, who.label("who"), hit.c.at)
        .join_from(hit, page, page.c.id == hit.c.page)
        .where(hit.c.at >= low, hit.c.at < high, hit.c.excluded.is_(None))
        .where(page.c.article.is_not(None), ~reported, ~leads)
    )


_LEADS = sa.select(pages_table.c.id).where(pages_table.c.kind == "lead").scalar_subquery()


def _followed(low: int, high: int) -> sa.Select[tuple[int, int, int]]:
    """Hits of pages that led on to the article's own page."""
    hit, page = hits_table, pages_table
    return (
        sa.select(hit.c.at, hit.c.source, hit.c.offset)
        .join_from(hit, page, page.c.id == hit.c.page)
        .where(hit.c.page.in_(_LEADS), hit.c.at >= low, hit.c.at < high, _goes_on(hit, page))
    )


def _goes_on(hit: sa.FromClause, page: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether a hit's reader was at the article's own page within ten seconds."""
    then, there = hits_table.alias("then"), pages_table.alias("there")
    return sa.exists().where(
        then.c.at.between(hit.c.at, hit.c.at + LEADS_ON),
        then.c.visitor.is_not_distinct_from(hit.c.visitor),
        then.c.excluded.is_(None),
        there.c.id == then.c.page,
        there.c.kind == "view",
        there.c.article == page.c.article,
    )


def bound(at: datetime | None, none: int) -> int:
    """Whole seconds; hits have no parts of them."""
    if at is None:
        return none
    seconds = int(at.timestamp())
    return seconds + (at.microsecond > 0)
