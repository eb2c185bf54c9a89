"""When each article was last used: opened by a reader, or sent by an agent; and how often other
counters saw it opened.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa

from kbtool.db import UtcTime
from kbtool.events.aggregates.store import aggregates_table
from kbtool.events.logs.read import LATEST, counted_views
from kbtool.events.store import REPLIES, events_table

OPENED = ("view", "click", "vote")


def last_used(connection: sa.Connection) -> dict[str, date]:
    """The last day (UTC) on which an article was opened or sent, by its id; excluded events do not
    count, hits of logs do. Views that another counter told of count with the last day of its export's row. Articles
    that nobody used are left out.
    """
    table, other = events_table.c, aggregates_table.c
    latest = sa.func.max(table.at, type_=UtcTime("microseconds"))
    events = (
        sa.select(table.article, latest.label("last"))
        .where(table.kind.in_([*OPENED, *sorted(REPLIES)]))
        .where(table.article.is_not(None), table.excluded.is_(None))
        .group_by(table.article)
    )
    counted = (
        sa.select(other.article, sa.func.max(other.last, type_=sa.Date).label("last"))
        .where(other.views > 0)
        .group_by(other.article)
    )
    found = {row.article: row.last.date() for row in connection.execute(events)}
    hits = counted_views(0, LATEST).subquery()
    seen = sa.select(hits.c.article, sa.func.max(hits.c.at)).group_by(hits.c.article)
    for article, at in connection.execute(seen):
        day = datetime.fromtimestamp(at, UTC).date()
        found[article] = max(day, found.get(article, day))
    for row in connection.execute(counted):
        found[row.article] = max(row.last, found.get(row.article, row.last))
    return found


def views_elsewhere(connection: sa.Connection) -> dict[str, int]:
    """How often other counters (Plausible, Matomo …) saw each article opened, by its id: of the one
    that saw it most, for they all count the same readers.
    """
    table = aggregates_table.c
    query = sa.select(table.article, sa.func.sum(table.views).label("views")).group_by(
        table.source, table.article
    )
    found: dict[str, int] = {}
    for row in connection.execute(query):
        found[row.article] = max(row.views, found.get(row.article, 0))
    return found
