"""Where the report's views come from: our own events, logs, and other counters' exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kbtool.db import Connection
from kbtool.events.aggregates.store import read_aggregates
from kbtool.events.logs.figures import event_sources
from kbtool.metrics.sources import SourceViews, aggregate_figures
from kbtool.model import SourceFigures


def sources_of(
    connection: Connection, since: datetime | None, until: datetime | None
) -> tuple[SourceFigures, ...]:
    """The sources of views from ``since`` to before ``until``: those of events first."""
    events = event_sources(connection, since, until)
    counted = _counted(connection, since, until)
    return (*events, *aggregate_figures(counted, events, since=since, until=until))


def _counted(
    connection: Connection, since: datetime | None, until: datetime | None
) -> Iterator[SourceViews]:
    first, last = since.date() if since else None, until.date() if until else None
    for one in read_aggregates(connection, first, last):
        yield SourceViews(one.source, *one.days, one.article, one.views)
