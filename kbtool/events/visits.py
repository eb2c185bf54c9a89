"""Visits: what one visitor did without a pause of more than half an hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from kbtool.model import Event, Visit

VISIT_GAP = timedelta(minutes=30)


def visits(events: Iterable[Event]) -> tuple[Visit, ...]:
    """The visits in ``events``, by their first moment; the order of the input does not matter.

    A visit ends when the same visitor does nothing for more than ``VISIT_GAP``. Excluded events
    belong to no visit. Events without a visitor (readers who asked not to be followed, agents'
    links) belong to none either: they are counted one by one and never joined.
    """
    joined = [e for e in events if e.excluded is None and e.visitor is not None]
    joined.sort(key=lambda e: (e.visitor or "", e.at, e.id))
    found = [
        Visit(visitor or "", part)
        for visitor, group in groupby(joined, key=lambda e: e.visitor)
        for part in _split(tuple(group))
    ]
    return tuple(sorted(found, key=lambda v: (v.events[0].at, v.visitor)))


def _split(events: tuple[Event, ...]) -> list[tuple[Event, ...]]:
    """One visitor's events in order of time, cut at every gap."""
    parts: list[tuple[Event, ...]] = []
    start = 0
    for here in range(1, len(events) + 1):
        if here == len(events) or events[here].at - events[here - 1].at > VISIT_GAP:
            parts.append(events[start:here])
            start = here
    return parts
