"""Events and tickets of a period → what the report counts of them, a day at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import groupby

from kbtool.db import Connection
from kbtool.events.logs.ledger import read_sources
from kbtool.events.logs.read import read_all
from kbtool.events.reading import is_read
from kbtool.events.store import READERS, read_events
from kbtool.events.visits import visits
from kbtool.metrics.by_article import shelves_of
from kbtool.metrics.contact import DeskTickets
from kbtool.metrics.outcomes import contacts_of
from kbtool.metrics.report import Frame
from kbtool.metrics.tally import Rules, Tally, merged, tally
from kbtool.model import Article, Event
from kbtool.tickets.counts import created_with_token, tickets_by_week


def count_events(connection: Connection, frame: Frame, articles: Sequence[Article]) -> Tally:
    """Everything that readers did in the period, in logs too. No more than a day of events is held
    at once.
    """
    window = timedelta(days=frame.window_days)
    rules = Rules(
        visits_of=visits,
        contacts=contacts_of(_hand_offs(connection, frame), created_with_token(connection)),
        window=window,
        now=frame.now,
        is_read=is_read,
        shelves=shelves_of(articles),
    )
    events = read_all(connection, frame.since, frame.until, kinds=READERS)
    return merged(tally(day, rules) for day in _days(events))


def counting_began(
    connection: Connection, since: datetime | None, first_event: datetime | None
) -> datetime | None:
    """When counting began in the period from ``since`` on, whose ``first_event`` is known: ``since``
    where something was counted before it. None when nothing was counted in the period.
    """
    if since is None or first_event is None:
        return first_event
    events = read_events(connection, None, since, kinds=READERS)
    logs = (source.first for source in read_sources(connection))
    in_logs = any(first is not None and first < since.timestamp() for first in logs)
    return since if in_logs or next(events, None) else first_event


def count_tickets(connection: Connection, frame: Frame) -> DeskTickets:
    """The tickets created in the period, and those that can be tied to a visit.

    These are counted from the day on which counting began: before it, none could be tied.
    """
    by_week = tickets_by_week(connection, frame.since, frame.until)
    if frame.begun is None:
        return DeskTickets(by_week=by_week or None)
    begin = datetime.combine(frame.begun.date(), time(), UTC)
    tokens = {e.token for e in _hand_offs(connection, frame) if e.visitor and not e.excluded}
    tied = sum(
        token in tokens and begin <= at and (frame.until is None or at < frame.until)
        for token, at in created_with_token(connection)
    )
    created = sum(tickets_by_week(connection, begin, frame.until).values())
    return DeskTickets(created, tied, by_week or None)


def _hand_offs(connection: Connection, frame: Frame) -> Iterator[Event]:
    """Those that a visit or ticket of the period may have to do with."""
    window = timedelta(days=frame.window_days)
    since = frame.since - window if frame.since else None
    until = frame.until + window if frame.until else None
    return read_events(connection, since, until, kinds={"contact"}, value="handoff")


def _days(events: Iterable[Event]) -> Iterator[Iterable[Event]]:
    """Events in order of time, day (UTC) by day."""
    for _, day in groupby(events, key=lambda event: event.at.date()):
        yield day
