"""Events in the database: each id once, written in one transaction, read back in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from kbtool.db import UtcTime, metadata, open_database, transaction
from kbtool.errors import StoreError
from kbtool.model import Event

BATCH = 1000

events_table = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("at", UtcTime("microseconds"), nullable=False, index=True),
    sa.Column("visitor", sa.String(16)),
    sa.Column("article", sa.String(64)),
    sa.Column("lang", sa.String(10)),
    sa.Column("query", sa.String(200)),
    sa.Column("results", sa.Integer),
    sa.Column("position", sa.Integer),
    sa.Column("value", sa.String(300)),
    sa.Column("excluded", sa.String(20)),
    sa.Column("address", sa.String(300)),
)

health_table = sa.Table(
    "event_store_health",
    metadata,
    sa.Column("name", sa.String(10), primary_key=True),
    sa.Column("at", UtcTime("microseconds"), nullable=False),
)


def save_events(connection: sa.Connection, events: Iterable[Event]) -> int:
    """Store events whose id is new and return how many were.

    The same id a second time changes nothing, so that a sender may try again. Runs inside the
    caller's transaction.
    """
    new = 0
    statement = insert(events_table).on_conflict_do_nothing(index_elements=["id"])
    iterator = iter(events)
    while batch := list(islice(iterator, BATCH)):
        rows = [asdict(event) for event in batch]
        result = connection.execute(statement, rows, execution_options={"preserve_rowcount": True})
        new += result.rowcount
    return new


def read_events(
    connection: sa.Connection, since: datetime | None = None, until: datetime | None = None
) -> Iterator[Event]:
    """Events from ``since`` to before ``until``, by time and id; the excluded ones too."""
    query = sa.select(events_table).order_by(events_table.c.at, events_table.c.id)
    if since is not None:
        query = query.where(events_table.c.at >= since)
    if until is not None:
        query = query.where(events_table.c.at < until)
    for row in connection.execute(query).mappings():
        yield Event(**row)


class EventStore:
    """The event store as the collector uses it: whole transactions, one after the other.

    Not for several threads at once: one writer owns it.
    """

    def __init__(self, database: Path) -> None:
        """Open (or make) the database. Raises StoreError when it cannot be used."""
        self._path = database
        self._engine = open_database(database)

    def save(self, events: Sequence[Event]) -> int:
        """Store events durably; returns how many were new. Raises StoreError, nothing kept."""
        with self._transaction() as connection:
            return save_events(connection, events)

    def check(self, now: datetime) -> None:
        """Write and read back a row, as a check that events could be stored.

        Raises StoreError when they could not.
        """
        with self._transaction() as connection:
            connection.execute(health_table.delete())
            connection.execute(health_table.insert(), [{"name": "server", "at": now}])
            found = connection.execute(sa.select(health_table.c.at)).scalar_one()
        if found != now:
            raise StoreError(f"{self._path}: a row came back changed")

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            with transaction(self._engine, self._path) as connection:
                yield connection
        except StoreError:
            # After a failed write or fsync the handle may lie about what is on disk; see
            # https://wiki.postgresql.org/wiki/Fsync_Errors. The next transaction opens a new one.
            self._engine.dispose()
            raise
