"""How long events are kept, and the end of those that are older."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from kbtool.events.store import READERS, events_table


def keep_from(now: datetime, months: int) -> datetime:
    """The midnight (UTC) from which on events are kept: the first of the month ``months`` before
    that of ``now``. Whole months, so that no month of a report is cut.
    """
    today = now.astimezone(UTC)
    month = max(today.year * 12 + today.month - 1 - months, 12)
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


def forget_old(connection: sa.Connection, before: datetime) -> int:
    """Delete what readers did before ``before``, also what is not counted; returns how many events
    went. Runs inside the caller's transaction.

    Events of agents' replies stay: they say nothing of a reader, follow from the tickets and go
    with them (``kbtool forget``, ``kbtool import --prune``).
    """
    old = events_table.c.kind.in_(sorted(READERS)) & (events_table.c.at < before)
    return connection.execute(events_table.delete().where(old)).rowcount
