"""Topics in the database: the last run's, and those before it so that their ids can come back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.model import Topic, Wording

topics = sa.Table(
    "topics",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("rank", sa.Integer),  # None: not found in the last run
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("first_seen", UtcTime, nullable=False),
    sa.Column("last_seen", UtcTime, nullable=False),
)


def save_topics(connection: sa.Connection, found: Sequence[Topic], now: datetime) -> None:
    """Make ``found`` the current topics, in this order; topics not found again are kept aside."""
    known = connection.execute(sa.select(topics.c.id, topics.c.first_seen))
    born = {row.id: row.first_seen for row in known}
    rows = [
        {
            "id": topic.id,
            "rank": rank,
            "record": json.dumps(asdict(topic), ensure_ascii=False, sort_keys=True),
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


def read_topics(connection: sa.Connection, *, gone: bool = False) -> tuple[Topic, ...]:
    """The current topics in rank order; with ``gone`` also those of earlier runs, after them."""
    query = sa.select(topics.c.record).order_by(
        topics.c.rank.is_(None), topics.c.rank, topics.c.last_seen.desc(), topics.c.id
    )
    if not gone:
        query = query.where(topics.c.rank.is_not(None))
    return tuple(_topic(record) for (record,) in connection.execute(query))


def _topic(record: str) -> Topic:
    data: dict[str, Any] = json.loads(record)
    for name in ("languages", "months"):
        data[name] = tuple((key, count) for key, count in data[name])
    for name in ("keywords", "tickets", "peaks"):
        data[name] = tuple(data.get(name, ()))
    data["wordings"] = tuple(Wording(**wording) for wording in data["wordings"])
    return Topic(**data)
