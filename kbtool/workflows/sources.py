"""Where the report's views come from: events and other counters' exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kbtool.db import Connection
from kbtool.events.aggregates.store import read_aggregates
from kbtool.events.sources import read_event_sources
from kbtool.metrics.sources import SITE, SourceViews, source_figures
from kbtool.model import SourceFigures


def sources_of(
    connection: Connection, since: datetime | None, until: datetime | None
) -> tuple[SourceFigures, ...]:
    """The sources of views from ``since`` to before ``until``."""
    return source_figures(_counted(connection, since, until), since=since, until=until)


def _counted(
    connection: Connection, since: datetime | None, until: datetime | None
) -> Iterator[SourceViews]:
    for found in read_event_sources(connection, since, until):
        yield SourceViews(found.name or SITE, found.first, found.last, found.views)
    first, last = since.date() if since else None, until.date() if until else None
    for one in read_aggregates(connection, first, last):
        yield SourceViews(one.source, *one.days, one.views, one.article)
