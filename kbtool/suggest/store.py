"""Rejections in the database: what a person decided to leave alone, why and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.suggest.waking import Rejection

rejections = sa.Table(
    "rejections",
    metadata,
    sa.Column("topic", sa.String(40), primary_key=True),
    sa.Column("reason", sa.Text),
    sa.Column("tickets", sa.Integer, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("run", sa.Integer, nullable=False, server_default="0"),
    sa.Column("times", sa.Float),
    sa.Column("until", sa.Date),
    sa.Column("article", sa.String(64)),
)


def record_rejection(connection: sa.Connection, rejection: Rejection) -> None:
    """Remember that a topic was rejected; a later rejection replaces the earlier one."""
    forget_rejections(connection, [rejection.topic])
    connection.execute(rejections.insert(), [asdict(rejection)])


def forget_rejections(connection: sa.Connection, topics: Iterable[str]) -> None:
    """Take the rejections of these topics back."""
    for topic in topics:
        connection.execute(rejections.delete().where(rejections.c.topic == topic))


def read_rejections(connection: sa.Connection) -> tuple[Rejection, ...]:
    """All rejections by topic id."""
    rows = connection.execute(sa.select(rejections).order_by(rejections.c.topic))
    return tuple(
        Rejection(
            row.topic, row.reason, row.tickets, row.at, row.run, row.times, row.until, row.article
        )
        for row in rows
    )
