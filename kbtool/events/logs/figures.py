"""Where a report's views come from, the logs among it, and what lines of a log cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa

from kbtool.events.logs.ledger import Source, read_sources
from kbtool.events.logs.read import LATEST, bound, counted_views
from kbtool.events.logs.records import SIGNALS
from kbtool.events.logs.store import told_table
from kbtool.events.store import events_table
from kbtool.model import SourceFigures

SCRIPT = "script"
"""Without its lines (``api/hit``) a log tells no votes, clicks or contacts."""


def event_sources(
    connection: sa.Connection, since: datetime | None = None, until: datetime | None = None
) -> tuple[SourceFigures, ...]:
    """Where the counted views from ``since`` to before ``until`` were collected: ``server`` and
    ``log``, those that have some.

    ``lacks`` of a log: the signals that the lines of one file at least do not have (``Sec-Purpose``,
    ``Sec-GPC``, ``DNT``), and ``script`` where no page reported to it.
    """
    told = sa.select(told_table.c.id)
    by_script = _views(connection, since, until, events_table.c.id.in_(told))
    served = _views(connection, since, until, events_table.c.id.not_in(told))
    lines = _lines(connection, bound(since, 0), bound(until, LATEST))
    logs = _together("log", (by_script, lines), _lacks(read_sources(connection), by_script))
    return tuple(one for one in (_together("server", (served,), ()), logs) if one.views)


_Counted = tuple[int, datetime | None, datetime | None]


def _views(
    connection: sa.Connection,
    since: datetime | None,
    until: datetime | None,
    which: sa.ColumnElement[bool],
) -> _Counted:
    """Counted views among the stored events: how many, the first, the last."""
    table = events_table.c
    query = sa.select(sa.func.count(), sa.func.min(table.at), sa.func.max(table.at)).where(
        table.kind == "view", table.article.is_not(None), table.excluded.is_(None), which
    )
    if since is not None:
        query = query.where(table.at >= since)
    if until is not None:
        query = query.where(table.at < until)
    count, first, last = connection.execute(query).one()
    return count, first, last


def _lines(connection: sa.Connection, low: int, high: int) -> _Counted:
    """The same of hits."""
    views = counted_views(low, high).subquery()
    at = views.c.at
    query = sa.select(sa.func.count(), sa.func.min(at), sa.func.max(at))
    count, first, last = connection.execute(query).one()
    times = [None if one is None else datetime.fromtimestamp(one, UTC) for one in (first, last)]
    return count, times[0], times[1]


def _together(name: str, parts: Iterable[_Counted], lacks: tuple[str, ...]) -> SourceFigures:
    found = [part for part in parts if part[0]]
    return SourceFigures(
        name=name,
        kind="events",
        views=sum(count for count, _, _ in found),
        first=min((first.date() for _, first, _ in found if first), default=None),
        last=max((last.date() for _, _, last in found if last), default=None),
        lacks=lacks,
    )


def _lacks(sources: Iterable[Source], by_script: _Counted) -> tuple[str, ...]:
    """What the files do not tell."""
    gave = [source for source in sources if source.first is not None]
    missing = [s for s in SIGNALS if any(s not in source.signals for source in gave)]
    return (*missing, *(() if by_script[0] else (SCRIPT,)))
