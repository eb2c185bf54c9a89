"""Which articles readers open most."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from kbtool.events.logs.read import LATEST, bound, counted_views
from kbtool.events.store import events_table


def most_read(connection: sa.Connection, since: datetime, until: datetime) -> tuple[str, ...]:
    """Ids of articles viewed from ``since`` to before ``until``, by how many different visitors
    opened them, most first; ties by id.

    A visitor is known for one day. A reader who asked not to be followed counts with each view.
    Excluded events do not count. Hits of logs do.
    """
    table = events_table.c
    events = (
        sa.select(table.article, sa.func.coalesce(table.visitor, table.id).label("who"))
        .where(table.kind == "view", table.article.is_not(None), table.excluded.is_(None))
        .where(table.at >= since, table.at < until)
    )
    hits = counted_views(bound(since, 0), bound(until, LATEST)).subquery()
    views = sa.union_all(events, sa.select(hits.c.article, hits.c.who)).subquery()
    readers = sa.func.count(sa.distinct(views.c.who))
    query = (
        sa.select(views.c.article)
        .group_by(views.c.article)
        .order_by(readers.desc(), views.c.article)
    )
    return tuple(connection.execute(query).scalars())
