"""Visits: what one visitor did without a pause of more than half an hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from kbtool.model import Event, Visit

VISIT_GAP = timedelta(minutes=30)


def visits(events: Iterable[Event]) -> tuple[Visit, ...]:
    """The visits in ``events``, by their first moment; the order of the input does not matter.

    A visit ends when the same visitor does nothing for more than ``VISIT_GAP``. Excluded events
    belong to no visit. Events without a visitor (readers who asked not to be followed, agents'
    links) belong to none either: they are counted one by one and never joined.
    """
    joined: dict[str, list[Event]] = {}
    for event in events:
        if event.excluded is None and event.visitor is not None:
            joined.setdefault(event.visitor, []).append(event)
    found = [Visit(visitor, part) for visitor, own in joined.items() for part in _split(own)]
    return tuple(sorted(found, key=lambda v: (v.events[0].at, v.visitor)))


def _split(events: list[Event]) -> Iterator[tuple[Event, ...]]:
    """One visitor's events, put in order of time and cut at every gap."""
    events.sort(key=lambda e: (e.at, e.id))
    start = 0
    for here in range(1, len(events)):
        if events[here].at - events[here - 1].at > VISIT_GAP:
            yield tuple(events[start:here])
            start = here
    yield tuple(events[start:])
