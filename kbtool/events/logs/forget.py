"""The end of hits that are older than events are kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from kbtool.events.logs.read import bound
from kbtool.events.logs.store import hits_table, pages_table, reported_table, told_table
from kbtool.events.logs.times import DAY
from kbtool.events.store import events_table


def forget_hits(connection: sa.Connection, before: datetime) -> int:
    """Delete the hits before ``before``, and the searches that nothing else asked; returns how many
    hits went. Runs inside the caller's transaction, after the events of that time were deleted.

    The ledger stays: it says of no reader anything, and a file that is given again is known.
    """
    low = bound(before, 0)
    gone = connection.execute(hits_table.delete().where(hits_table.c.at < low)).rowcount
    connection.execute(reported_table.delete().where(reported_table.c.day < low // DAY))
    stored = sa.exists().where(events_table.c.id == told_table.c.id)
    connection.execute(told_table.delete().where(~stored))
    if gone:
        used = sa.select(hits_table.c.page)
        connection.execute(pages_table.delete().where(pages_table.c.id.not_in(used)))
    return gone
