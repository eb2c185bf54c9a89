"""Where the stored views come from: counted in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from kbtool.events.store import events_table


class EventSource(NamedTuple):
    """What one source of events counted."""

    name: str | None
    """As the events say it; None: the site's own pages."""
    views: int
    first: date
    last: date
    """Days (UTC) of its first and last counted view."""


def read_event_sources(
    connection: sa.Connection, since: datetime | None = None, until: datetime | None = None
) -> Iterator[EventSource]:
    """The sources of counted views from ``since`` to before ``until``, by name."""
    table = events_table.c
    day = sa.func.substr(table.at, 1, 10)  # or the driver would make it a time again
    query = (
        sa.select(table.source, sa.func.count(), sa.func.min(day), sa.func.max(day))
        .where(table.kind == "view", table.excluded.is_(None), table.article.is_not(None))
        .group_by(table.source)
        .order_by(table.source)
    )
    if since is not None:
        query = query.where(table.at >= since)
    if until is not None:
        query = query.where(table.at < until)
    for name, views, first, last in connection.execute(query):
        yield EventSource(name, views, date.fromisoformat(first), date.fromisoformat(last))
