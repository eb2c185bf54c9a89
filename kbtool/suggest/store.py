"""Rejected suggestions: they come back only when the topic has grown to twice its size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata

WAKE_UP = 2
"""A rejected topic is suggested again when it has this many times the tickets it had then."""

rejections = sa.Table(
    "rejections",
    metadata,
    sa.Column("topic", sa.String(40), primary_key=True),
    sa.Column("reason", sa.Text),
    sa.Column("tickets", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A person's decision that a topic needs no article."""

    topic: str
    reason: str | None
    tickets: int
    """How many the topic had when it was rejected."""
    at: datetime

    def sleeps(self, tickets: int) -> bool:
        """Whether a topic that has ``tickets`` now is still not to be suggested."""
        return tickets < WAKE_UP * self.tickets


def record_rejection(
    connection: sa.Connection, topic_id: str, reason: str | None, tickets: int, now: datetime
) -> None:
    """Remember that a topic was rejected; a later rejection replaces the earlier one."""
    connection.execute(rejections.delete().where(rejections.c.topic == topic_id))
    connection.execute(
        rejections.insert(),
        [{"topic": topic_id, "reason": reason, "tickets": tickets, "at": now}],
    )


def read_rejections(connection: sa.Connection) -> dict[str, Rejection]:
    """All rejections by topic id."""
    rows = connection.execute(sa.select(rejections).order_by(rejections.c.topic))
    return {row.topic: Rejection(row.topic, row.reason, row.tickets, row.at) for row in rows}
