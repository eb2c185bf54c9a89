"""What is known of a desk's topics week by week, and which of them an article can be compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kbtool.metrics.effect.fit import Floats
from kbtool.metrics.effect.one import AFTER, BEFORE, LEFT_OUT

LEAST_A_WEEK = 5.0
"""Tickets a week: below it a topic is neither estimated nor compared with."""
MOST_EMPTY = 0.25
"""Share of weeks without a ticket that a control may have: one that dies out is no comparison."""


@dataclass(frozen=True, slots=True)
class Treated:
    """A topic and the first article that answers it."""

    topic: str
    question: str
    article: str
    published: date
    randomised: bool = False
    neighbours: tuple[str, ...] = ()
    """Topics that ask nearly the same: tickets may go over to them."""
    also: tuple[str, ...] = ()
    """Other topics whose tickets are counted with this one's (metrics/effect/units.py)."""


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Something else that changed what customers ask, as the team entered it."""

    day: date
    what: str
    topics: tuple[str, ...] = ()
    """The topics it touched; none = all of them alike."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the estimates are made of."""

    first: date | None
    """Monday of the first week; None without dated tickets."""
    counts: Mapping[str, Sequence[int]]
    """Tickets of each topic in each week from ``first`` on; all of one length."""
    treated: Sequence[Treated]
    disturbances: Sequence[Disturbance] = ()
    touched: Collection[str] = ()
    """Topics that an article may answer, which are not estimated: no comparison either."""

    @property
    def length(self) -> int:
        """How many weeks there are."""
        return len(next(iter(self.counts.values()), ()))

    def week(self, day: date) -> int:
        """The week of a day, 0 for the first; outside of the data below 0 or beyond."""
        return 0 if self.first is None else (day - self.first).days // 7

    def day(self, week: int) -> date | None:
        """The Monday of a week."""
        return None if self.first is None else self.first + timedelta(days=7 * week)


def series(desk: Desk, topics: Sequence[str]) -> Floats:
    """Tickets of these topics (rows) in each week."""
    return np.array([desk.counts[topic] for topic in topics], dtype=float).reshape(
        len(topics), desk.length
    )


def controls_for(desk: Desk, one: Treated) -> tuple[str, ...]:
    """The topics that ``one`` is compared with, by id.

    Those that nothing touched in the weeks that are looked at (no article of theirs came in them
    or in the weeks before in which it would still find its readers; nothing was entered for
    them), with enough tickets in them; never ``one`` itself or its neighbours.
    """
    start = desk.week(one.published)
    begin, end = max(0, start - BEFORE), min(desk.length, start + AFTER + 1)
    touched = {one.topic, *one.neighbours, *desk.touched}
    for other in desk.treated:
        if begin - LEFT_OUT <= desk.week(other.published) < end:
            touched.add(other.topic)
    for event in desk.disturbances:
        if begin <= desk.week(event.day) < end:
            touched.update(event.topics)
    return tuple(
        topic
        for topic in sorted(desk.counts)
        if topic not in touched and _is_busy(desk.counts[topic][begin:end])
    )


def _is_busy(counts: Sequence[int]) -> bool:
    empty = sum(not count for count in counts)
    enough = sum(counts) >= LEAST_A_WEEK * len(counts)
    return bool(counts) and enough and empty <= MOST_EMPTY * len(counts)
