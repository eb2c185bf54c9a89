"""When each article was last used: opened by a reader, or sent by an agent."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from kbtool.db import UtcTime
from kbtool.events.store import REPLIES, events_table

OPENED = ("view", "click", "vote")


def last_used(connection: sa.Connection) -> dict[str, date]:
    """The last day (UTC) on which an article was opened or sent, by its id; excluded events do not
    count. Articles that nobody used are left out.
    """
    table = events_table.c
    latest = sa.func.max(table.at, type_=UtcTime("microseconds"))
    query = (
        sa.select(table.article, latest.label("last"))
        .where(table.kind.in_([*OPENED, *sorted(REPLIES)]))
        .where(table.article.is_not(None), table.excluded.is_(None))
        .group_by(table.article)
    )
    return {row.article: row.last.date() for row in connection.execute(query)}
