"""Rejections, proposed lines and decisions in the database: what a person decided to leave alone,
why and until when, what there is to decide, and what became of what was suggested.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.model import Proposal
from kbtool.suggest.memory.records import Basis, Decision
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

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("target", sa.String(64), nullable=False),
    sa.Column("topic", sa.String(40)),
    sa.Column("article", sa.String(64)),
    sa.Column("shown", UtcTime, nullable=False),
    sa.Column("promised", sa.Float, nullable=False),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Column("basis", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("decided", UtcTime),
    sa.Column("since", sa.Date),
    sa.Column("failed", sa.Integer, nullable=False),
)
"""Each suggestion that was shown, and what a person made of it. Ids and counts; of texts only the
proposed lines and the terms of a search."""


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


def read_decisions(connection: sa.Connection) -> tuple[Decision, ...]:
    """All decisions in the order in which their suggestions were shown first."""
    rows = connection.execute(sa.select(decisions).order_by(decisions.c.number)).mappings()
    return tuple(_decision(dict(row)) for row in rows)


def save_decisions(connection: sa.Connection, found: Iterable[Decision]) -> None:
    """Store new decisions, and those that changed in the place of what was known of them."""
    known = {one.number: one for one in read_decisions(connection)}
    for one in found:
        row = _row(one)
        if not one.number:
            connection.execute(decisions.insert(), [row])
        elif known.get(one.number) != one:
            connection.execute(
                decisions.update().where(decisions.c.number == one.number).values(row)
            )


def read_weights(connection: sa.Connection) -> dict[str, int]:
    """What spoke for each suggestion when it was last made, by its kind and target."""
    return {one.key: one.weight for one in read_decisions(connection)}


def forget_proposals(connection: sa.Connection, tickets: Collection[str]) -> None:
    """Drop the lines that any of these tickets (keys) speak for; the next run counts anew."""
    for one in read_proposals(connection):
        if not set(tickets).isdisjoint(one.tickets):
            connection.execute(proposals.delete().where(proposals.c.id == one.id))
            _forget_line(connection, one.id)


def _proposal(record: dict[str, Any]) -> Proposal:
    return Proposal(**{**record, "tickets": tuple(record["tickets"])})


def _forget_line(connection: sa.Connection, line: str) -> None:
    """Take the text of a line, which is a customer's own, out of the decisions about it."""
    for one in read_decisions(connection):
        if any(line == name for name, *_ in one.basis.lines):
            lines = tuple(known for known in one.basis.lines if known[0] != line)
            save_decisions(connection, [replace(one, basis=replace(one.basis, lines=lines))])


def _row(one: Decision) -> dict[str, Any]:
    row = asdict(one)
    del row["interval"], row["number"]
    low, high = one.interval or (None, None)
    return row | {"low": low, "high": high, "basis": json.dumps(asdict(one.basis))}


def _decision(row: dict[str, Any]) -> Decision:
    low, high = row.pop("low"), row.pop("high")
    basis = json.loads(row.pop("basis"))
    for name in ("langs", "query"):
        basis[name] = tuple(basis[name])
    basis["lines"] = tuple(tuple(line) for line in basis["lines"])
    interval = None if low is None or high is None else (low, high)
    return Decision(**row, basis=Basis(**basis), interval=interval)
