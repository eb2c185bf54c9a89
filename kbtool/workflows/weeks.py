"""Tickets of each topic week by week: what an article's effect is estimated from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kbtool.db import Connection
from kbtool.mining.homes import topics_of_tickets
from kbtool.mining.memory.store import read_topics
from kbtool.tickets.counts import created_weeks

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TopicWeeks:
    """Tickets of the current topics by the week (Monday, UTC) in which they were created."""

    first: date | None = None
    """Monday of the first complete week: that after the oldest ticket's. None without one."""
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By topic id, in rank order: tickets of each week from ``first`` to the last complete one, that
    before the newest ticket's."""


def read_weeks(connection: Connection) -> TopicWeeks:
    """The tickets of each current topic by week; those without a date are in none.

    Only resolved tickets have a topic, so the newest weeks lack those that are still open. Weeks
    are complete between the oldest and the newest ticket of all, with or without a topic: what
    comes after the newest was not exported yet.
    """
    topics = read_topics(connection)
    homes = topics_of_tickets(connection, topics)
    created = dict(created_weeks(connection))
    dated = {week for week in created.values() if week is not None}
    first, last = (min(dated) + WEEK, max(dated) - WEEK) if dated else (None, None)
    if first is None or last is None or first > last:
        return TopicWeeks()
    counts = {topic.id: [0] * ((last - first) // WEEK + 1) for topic in topics}
    for key, topic in homes.items():
        week = created.get(key)
        if week is not None and first <= week <= last:
            counts[topic][(week - first) // WEEK] += 1
    return TopicWeeks(first, {topic: tuple(weeks) for topic, weeks in counts.items()})
