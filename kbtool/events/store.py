"""Events in the database: each id once, written in one transaction, read back in order of time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from kbtool.db import UtcTime, metadata, open_database, transaction
from kbtool.errors import StoreError
from kbtool.model import Event, EventKind

BATCH = 500
READERS: frozenset[EventKind] = frozenset({"view", "search", "click", "vote", "contact"})
"""Kinds of what readers did on the site."""
REPLIES: frozenset[EventKind] = frozenset({"link", "reuse"})
"""Kinds of what agents did in their replies; they have no reader and are in no visit."""

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
    sa.Column("corrected", sa.String(200)),
    sa.Column("reason", sa.String(20)),
    sa.Column("text", sa.String(500)),
    sa.Column("token", sa.String(20)),
    sa.Column("source", sa.String(10)),
    sa.Column("dwell", sa.Integer),
    sa.Column("scroll", sa.Integer),
    sa.Column("arm", sa.String(5)),
)
_OF_REPLIES = sa.text("kind IN ('link', 'reuse')")  # literal, or SQLite does not use the index
sa.Index("ix_events_reply", events_table.c.value, sqlite_where=_OF_REPLIES)

health_table = sa.Table(
    "event_store_health",
    metadata,
    sa.Column("name", sa.String(10), primary_key=True),
    sa.Column("at", UtcTime("microseconds"), nullable=False),
)

reply_basis = sa.Table(
    "reply_basis",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("value", sa.String(64), nullable=False),
)
"""What the events of agents' replies were made with: the help centre's addresses, each article."""

reply_pending = sa.Table(
    "reply_pending", metadata, sa.Column("ticket", sa.String(300), primary_key=True)
)
"""Keys of tickets whose replies are to be read again."""


def save_events(connection: sa.Connection, events: Iterable[Event]) -> int:
    """Store events whose id is new and return how many were.

    The same id a second time changes nothing, so that a sender may try again; but a vote that says
    why completes the bare one of its id, once, and a view that was left lets how long and how far
    it was read grow. Runs inside the caller's transaction.
    """
    new = 0
    statement = insert(events_table).on_conflict_do_nothing(index_elements=["id"])
    iterator = iter(events)
    while batch := list(islice(iterator, BATCH)):
        rows = [{name: getattr(event, name) for name in Event.__slots__} for event in batch]
        result = connection.execute(statement, rows, execution_options={"preserve_rowcount": True})
        new += result.rowcount
        for event in batch:
            if event.reason or event.text:
                _complete(connection, event)
        _grow(connection, [event for event in batch if event.kind == "view"])
    return new


def _complete(connection: sa.Connection, vote: Event) -> None:
    """Give the stored vote of this id, article and value its reason and text if it has none."""
    stored = events_table.c
    same = [stored[name] == getattr(vote, name) for name in ("id", "kind", "article", "value")]
    bare = (stored.reason.is_(None), stored.text.is_(None))
    said = {"reason": vote.reason, "text": vote.text}
    connection.execute(events_table.update().where(*same, *bare).values(said))


def _grow(connection: sa.Connection, views: Sequence[Event]) -> None:
    """Give the stored views of these ids and articles the longer dwell and the deeper scroll."""
    for name in ("dwell", "scroll"):
        column = events_table.c[name]
        grown = [
            {"of": view.id, "what": view.article, "now": value}
            for view in views
            if (value := getattr(view, name)) is not None
        ]
        same = (
            events_table.c.id == sa.bindparam("of"),
            events_table.c.kind == "view",
            events_table.c.article.is_not_distinct_from(sa.bindparam("what")),
            column.is_(None) | (column < sa.bindparam("now")),
        )
        if grown:
            statement = events_table.update().where(*same).values({name: sa.bindparam("now")})
            connection.execute(statement, grown)


def read_events(
    connection: sa.Connection,
    since: datetime | None = None,
    until: datetime | None = None,
    *,
    kinds: Collection[EventKind] | None = None,
    value: str | None = None,
) -> Iterator[Event]:
    """Events from ``since`` to before ``until``, by time and id; the excluded ones too.

    ``kinds`` leaves out all others, and so does ``value``.
    """
    columns = [events_table.c[name] for name in Event.__slots__]
    query = sa.select(*columns).order_by(events_table.c.at, events_table.c.id)
    if kinds is not None:
        query = query.where(events_table.c.kind.in_(sorted(kinds)))
    if value is not None:
        query = query.where(events_table.c.value == value)
    if since is not None:
        query = query.where(events_table.c.at >= since)
    if until is not None:
        query = query.where(events_table.c.at < until)
    for row in connection.execute(query):
        yield Event(*row)  # by place, which is twice as fast as by name


def drop_reply_events(connection: sa.Connection, tickets: Collection[str]) -> None:
    """Forget what was found in the replies of these tickets (keys)."""
    for some in _batches(tickets):
        known = events_table.c.value.in_(some)
        connection.execute(events_table.delete().where(_OF_REPLIES, known))


def forget_replies(connection: sa.Connection, tickets: Collection[str]) -> None:
    """Forget what was found in the replies of these tickets (keys), and read them no more."""
    drop_reply_events(connection, tickets)
    for some in _batches(tickets):
        connection.execute(reply_pending.delete().where(reply_pending.c.ticket.in_(some)))


def forget_tokens(connection: sa.Connection, tokens: Collection[str]) -> None:
    """Take these visit tokens from the hand-offs that had them; the hand-offs stay counted."""
    for some in _batches(tokens):
        had = events_table.c.token.in_(some)
        connection.execute(events_table.update().where(had).values(token=None))


def await_replies(connection: sa.Connection, tickets: Collection[str]) -> None:
    """Have the replies of these tickets (keys) read again by ``settle_replies``."""
    statement = insert(reply_pending).on_conflict_do_nothing()
    for some in _batches(tickets):
        connection.execute(statement, [{"ticket": key} for key in some])


def awaited_replies(connection: sa.Connection, most: int) -> tuple[str, ...]:
    """Keys of some tickets whose replies are to be read, at most so many."""
    query = sa.select(reply_pending.c.ticket).order_by(reply_pending.c.ticket).limit(most)
    return tuple(connection.execute(query).scalars())


def count_awaited(connection: sa.Connection) -> int:
    """How many tickets' replies are to be read."""
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(reply_pending)).scalar_one()
    )


def settle_replies(
    connection: sa.Connection, tickets: Collection[str], events: Iterable[Event]
) -> None:
    """Replace what was known of these tickets' replies by ``events``; they wait no longer."""
    drop_reply_events(connection, tickets)
    save_events(connection, events)
    for some in _batches(tickets):
        connection.execute(reply_pending.delete().where(reply_pending.c.ticket.in_(some)))


def read_basis(connection: sa.Connection) -> dict[str, str]:
    """What the stored events of replies were made with; empty when none were made yet."""
    query = sa.select(reply_basis.c.name, reply_basis.c.value)
    return {row.name: row.value for row in connection.execute(query)}


def write_basis(connection: sa.Connection, basis: Mapping[str, str]) -> None:
    """Remember what the events of replies were made with, instead of what was before."""
    connection.execute(reply_basis.delete())
    connection.execute(reply_basis.insert(), [{"name": n, "value": v} for n, v in basis.items()])


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := list(islice(iterator, BATCH)):
        yield batch


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

    def change(self, act: Callable[[sa.Connection], int]) -> int:
        """What ``act`` returns, done durably in a transaction of its own. Raises StoreError."""
        with self._transaction() as connection:
            return act(connection)

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
