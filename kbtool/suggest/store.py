"""Rejections and proposed lines in the database: what a person decided to leave alone, why and
until when, and what there is to decide.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.model import Proposal
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

proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("record", sa.Text, nullable=False),
)
"""The lines that the last run proposed, the rejected ones too."""


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


def save_proposals(connection: sa.Connection, found: Iterable[Proposal]) -> None:
    """Keep the lines of a run instead of those of the one before."""
    connection.execute(proposals.delete())
    rows = [{"id": one.id, "record": json.dumps(asdict(one))} for one in found]
    if rows:
        connection.execute(proposals.insert(), rows)


def read_proposals(connection: sa.Connection) -> tuple[Proposal, ...]:
    """The lines of the last run by id."""
    rows = connection.execute(sa.select(proposals.c.record).order_by(proposals.c.id)).scalars()
    return tuple(_proposal(json.loads(record)) for record in rows)


def forget_proposals(connection: sa.Connection, tickets: Collection[str]) -> None:
    """Drop the lines that any of these tickets (keys) speak for; the next run counts anew."""
    for one in read_proposals(connection):
        if not set(tickets).isdisjoint(one.tickets):
            connection.execute(proposals.delete().where(proposals.c.id == one.id))


def _proposal(record: dict[str, Any]) -> Proposal:
    return Proposal(**{**record, "tickets": tuple(record["tickets"])})
