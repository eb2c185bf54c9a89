"""Topics in the database: the last run's, and those before it so that their ids can come back."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.mining.memory.history import read_runs, record_run
from kbtool.mining.memory.identity import find_changes
from kbtool.model import Topic, TopicChange, TopicRun, Twin, Way, Wording

topics = sa.Table(
    "topics",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("rank", sa.Integer),  # None: not found in the last run
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("first_seen", UtcTime, nullable=False),
    sa.Column("last_seen", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs found."""

    topics: tuple[Topic, ...] = ()
    """Those of the last run, in rank order."""
    gone: tuple[Topic, ...] = ()
    """Those of runs before it that it did not find, those seen last first."""
    runs: tuple[TopicRun, ...] = ()
    """What the runs changed, oldest first."""


def read_memory(connection: sa.Connection) -> Memory:
    """Everything that is known of earlier runs."""
    return Memory(read_topics(connection), read_gone(connection), read_runs(connection))


def save_topics(
    connection: sa.Connection, found: Sequence[Topic], now: datetime
) -> tuple[TopicChange, ...]:
    """Make ``found`` the current topics, in this order; topics not found again are kept aside.

    What changed since the last run is remembered (see ``history``) and comes back.
    """
    changed = find_changes(found, read_topics(connection), read_gone(connection))
    tickets = sum(len(topic.tickets) for topic in found)
    record_run(connection, changed, topics=len(found), tickets=tickets, now=now)
    known = connection.execute(sa.select(topics.c.id, topics.c.first_seen))
    born = {row.id: row.first_seen for row in known}
    rows = [
        {
            "id": topic.id,
            "rank": rank,
            "record": _record(topic),
            "first_seen": born.get(topic.id, now),
            "last_seen": now,
        }
        for rank, topic in enumerate(found)
    ]
    connection.execute(topics.update().values(rank=None))
    for row in rows:
        connection.execute(topics.delete().where(topics.c.id == row["id"]))
    if rows:
        connection.execute(topics.insert(), rows)
    return changed


def read_topics(connection: sa.Connection) -> tuple[Topic, ...]:
    """The current topics in rank order."""
    query = sa.select(topics.c.record).where(topics.c.rank.is_not(None)).order_by(topics.c.rank)
    return tuple(_topic(record) for (record,) in connection.execute(query))


def read_gone(connection: sa.Connection) -> tuple[Topic, ...]:
    """The topics of earlier runs that the last run did not find, those seen last first."""
    query = (
        sa.select(topics.c.record)
        .where(topics.c.rank.is_(None))
        .order_by(topics.c.last_seen.desc(), topics.c.id)
    )
    return tuple(_topic(record) for (record,) in connection.execute(query))


def read_seen(connection: sa.Connection) -> dict[str, tuple[datetime, datetime]]:
    """When each topic there ever was, was found first and last, by its id."""
    rows = connection.execute(sa.select(topics.c.id, topics.c.first_seen, topics.c.last_seen))
    return {row.id: (row.first_seen, row.last_seen) for row in rows}


def topics_of(connection: sa.Connection, tickets: Collection[str]) -> tuple[Topic, ...]:
    """All topics there ever were that hold, show or name one of these tickets, by id."""
    rows = connection.execute(sa.select(topics.c.record).order_by(topics.c.id))
    known = (_topic(record) for (record,) in rows)
    return tuple(topic for topic in known if not _tickets(topic).isdisjoint(tickets))


def rewrite_topic(connection: sa.Connection, topic: Topic) -> None:
    """Put ``topic`` in the place of the one with its id; one without tickets is a gone one."""
    changed: dict[str, Any] = {"record": _record(topic)}
    if not topic.tickets:
        changed["rank"] = None
    connection.execute(topics.update().where(topics.c.id == topic.id).values(changed))


def _tickets(topic: Topic) -> set[str]:
    shown = (wording.ticket for wording in topic.wordings)
    return {*topic.tickets, *shown, *(way.ticket for way in topic.ways)}


def _record(topic: Topic) -> str:
    return json.dumps(asdict(topic), ensure_ascii=False, sort_keys=True)


def _topic(record: str) -> Topic:
    data: dict[str, Any] = json.loads(record)
    for name in ("languages", "months"):
        data[name] = tuple((key, count) for key, count in data[name])
    for name in ("keywords", "tickets", "peaks"):
        data[name] = tuple(data.get(name, ()))
    data["wordings"] = tuple(Wording(**wording) for wording in data["wordings"])
    data["twins"] = tuple(Twin(**twin) for twin in data.get("twins", ()))
    data["ways"] = tuple(Way(**way) for way in data.get("ways", ()))
    return Topic(**data)
