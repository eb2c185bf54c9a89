"""How long is kept what readers did, and the end of what is older."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from kbtool.events.logs.store import hits_table, pages_table, reported_table, told_table
from kbtool.events.store import READERS, events_table


def keep_from(now: datetime, months: int) -> datetime:
    """The midnight (UTC) from which on events are kept: the first of the month ``months`` before
    that of ``now``. Whole months, so that no month of a report is cut.
    """
    today = now.astimezone(UTC)
    month = max(today.year * 12 + today.month - 1 - months, 12)
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def forget_old(connection: sa.Connection, before: datetime) -> int:
    """Delete what readers did before ``before`` (a midnight, UTC), also what is not counted; returns
    how many events and hits went. Runs inside the caller's transaction.

    Events of agents' replies stay: they say nothing of a reader, follow from the tickets and go
    with them (``kbtool forget``, ``kbtool import --prune``). So do other counters' sums.
    """
    old = events_table.c.kind.in_(sorted(READERS)) & (events_table.c.at < before)
    events = connection.execute(events_table.delete().where(old)).rowcount
    return events + _forget_hits(connection, int(before.timestamp()))


def _forget_hits(connection: sa.Connection, before: int) -> int:
    """The same for hits of logs and what was noted for them; what nothing points at goes, too: the
    searches among the pages are what somebody typed.
    """
    hits = connection.execute(hits_table.delete().where(hits_table.c.at < before)).rowcount
    day = before // 86_400
    connection.execute(reported_table.delete().where(reported_table.c.day < day))
    stored, shown = sa.select(events_table.c.id), sa.select(hits_table.c.page)
    connection.execute(told_table.delete().where(told_table.c.id.not_in(stored)))
    if hits:
        connection.execute(pages_table.delete().where(pages_table.c.id.not_in(shown)))
    return hits
