"""When a rejected topic is suggested again, whatever became of its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from kbtool.model import TopicChange, TopicRun

TIMES = 2.0
"""A rejected topic is suggested again when it has this many times the tickets it had then."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A person's decision that a topic needs no article."""

    topic: str
    reason: str | None
    tickets: int
    """How many the topic had when it was rejected."""
    at: datetime
    run: int = 0
    """The last run of the miner (of those that changed something) before the rejection."""
    times: float | None = TIMES
    """It wakes with this many times the tickets; None: not by growing."""
    until: date | None = None
    """It wakes on this day; None: on none. Without ``times`` and ``until`` it never wakes."""
    article: str | None = None
    """The draft with which it was rejected; None when the topic itself was."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rejection and what it means today."""

    rejection: Rejection
    topics: tuple[str, ...]
    """Ids of the current topics that it holds back: the rejected one and its parts."""
    tickets: int
    """How many they have now, those of topics merged into them not counted."""
    sleeps: bool

    @property
    def wakes_at(self) -> int | None:
        """The number of tickets that wakes it; None when growing does not."""
        rejection = self.rejection
        return (
            None if rejection.times is None else ceil(round(rejection.times * rejection.tickets, 6))
        )


def standings(
    rejections: Iterable[Rejection],
    runs: Sequence[TopicRun],
    sizes: Mapping[str, int],
    today: date,
) -> tuple[Standing, ...]:
    """What each rejection means: ``runs`` are all runs, oldest first; ``sizes`` are the tickets of
    the current topics by id.

    Parts that split off a rejected topic are rejected with it and their tickets count together. A
    topic that was merged into a rejected one sleeps with it, and its tickets are no growth. A
    rejected topic that was merged into a larger one does not silence that one: most of its
    tickets were not rejected; when it comes back by itself it is still rejected.
    """
    return tuple(_standing(one, runs, sizes, today) for one in rejections)


def asleep(found: Iterable[Standing]) -> frozenset[str]:
    """Ids of the current topics that at least one rejection holds back."""
    return frozenset(topic for one in found if one.sleeps for topic in one.topics)


def _standing(
    rejection: Rejection, runs: Sequence[TopicRun], sizes: Mapping[str, int], today: date
) -> Standing:
    family, foreign = {rejection.topic}, dict[str, _Guest]()
    for run in runs:
        if run.number > rejection.run:
            for change in run.changes:
                _replay(change, family, foreign)
    there = tuple(sorted(family & sizes.keys()))
    guests = sum(guest.tickets for guest in foreign.values() if guest.host in sizes)
    tickets = max(0, sum(sizes[topic] for topic in there) - guests)
    found = Standing(rejection, there, tickets, sleeps=True)
    grown = found.wakes_at is not None and tickets >= max(1, found.wakes_at)
    due = rejection.until is not None and today >= rejection.until
    return Standing(rejection, there, tickets, sleeps=not (grown or due))


@dataclass(slots=True)
class _Guest:
    """A topic that was not rejected and merged into one that was."""

    host: str
    tickets: int


def _replay(change: TopicChange, family: set[str], foreign: dict[str, _Guest]) -> None:
    """Add parts that split off to the ``family``; keep what merged into it as ``foreign``."""
    topic, other = change.topic, change.other
    if change.kind == "merged" and other is not None:
        for guest in foreign.values():
            guest.host = other if guest.host == topic else guest.host
        if other in family and topic not in family:
            foreign[topic] = _Guest(other, change.shared)
    elif change.kind in ("split", "back") and foreign.pop(topic, None) is None and other in family:
        family.add(topic)
