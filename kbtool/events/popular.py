"""Which articles readers open most."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from kbtool.events.store import events_table


def most_read(connection: sa.Connection, since: datetime, until: datetime) -> tuple[str, ...]:
    """Ids of articles viewed from ``since`` to before ``until``, by how many different visitors
    opened them, most first; ties by id.

    A visitor is known for one day. A reader who asked not to be followed counts with each view.
    Excluded events do not count.
    """
    table = events_table.c
    readers = sa.func.count(sa.distinct(sa.func.coalesce(table.visitor, table.id)))
    query = (
        sa.select(table.article)
        .where(table.kind == "view", table.article.is_not(None), table.excluded.is_(None))
        .where(table.at >= since, table.at < until)
        .group_by(table.article)
        .order_by(readers.desc(), table.article)
    )
    return tuple(connection.execute(query).scalars())
