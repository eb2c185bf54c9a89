"""What each run of the miner changed: topics born, split, merged, gone and come back.

Only changes are stored. A run that changed nothing leaves nothing, so the tables grow with the
number of topics there ever were and not with the number of runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.mining.memory.identity import forwarding
from kbtool.model import TopicChange, TopicRun

runs = sa.Table(
    "topic_runs",
    metadata,
    sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("topics", sa.Integer, nullable=False),
    sa.Column("tickets", sa.Integer, nullable=False),
)
changes = sa.Table(
    "topic_changes",
    metadata,
    sa.Column("run", sa.Integer, sa.ForeignKey("topic_runs.run"), primary_key=True),
    sa.Column("topic", sa.String(40), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("tickets", sa.Integer, nullable=False),
    sa.Column("other", sa.String(40)),
    sa.Column("shared", sa.Integer, nullable=False),
)


def record_run(
    connection: sa.Connection,
    changed: Sequence[TopicChange],
    *,
    topics: int,
    tickets: int,
    now: datetime,
) -> None:
    """Remember a run that ``changed`` something: it now has ``topics`` with ``tickets`` in them."""
    if not changed:
        return
    run = last_run(connection) + 1
    row = {"run": run, "at": now, "topics": topics, "tickets": tickets}
    connection.execute(runs.insert(), [row])
    connection.execute(changes.insert(), [{"run": run, **asdict(change)} for change in changed])


def last_run(connection: sa.Connection) -> int:
    """The number of the last run that changed something; 0 when there was none."""
    return int(connection.execute(sa.select(sa.func.max(runs.c.run))).scalar() or 0)


def read_runs(connection: sa.Connection) -> tuple[TopicRun, ...]:
    """All runs that changed something, oldest first, each with its changes."""
    query = sa.select(changes).order_by(
        changes.c.run, changes.c.kind.not_in(("merged", "gone")), changes.c.topic
    )
    changed = {
        run: tuple(TopicChange(r.kind, r.topic, r.tickets, r.other, r.shared) for r in rows)
        for run, rows in groupby(connection.execute(query), key=lambda row: row.run)
    }
    found = connection.execute(sa.select(runs).order_by(runs.c.run))
    return tuple(
        TopicRun(row.run, row.at, row.topics, row.tickets, changed[row.run]) for row in found
    )


def read_forwarding(connection: sa.Connection) -> dict[str, str]:
    """Where the tickets of each merged topic are now, by the id it had."""
    return forwarding(change for run in read_runs(connection) for change in run.changes)
