"""Tickets on their way in: a database of their own, then one transaction into the real one.

Until that transaction nobody sees them, and the real database is free for others meanwhile
(``kbtool serve`` stores events). What a killed import leaves behind, the next one removes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

import sqlalchemy as sa

from kbtool.db import open_database, transaction, translated
from kbtool.errors import StoreError
from kbtool.model import Ticket
from kbtool.tickets.store import TicketRow, key_pairs, ticket_from_json, ticket_row

FILE = "import.db"
LOCK = "import.lock"
LOCK_SECONDS = 10.0
_POLL = 0.1
_BATCH = 200
_COLUMNS = ", ".join(TicketRow._fields)
_VALUES = ", ".join("?" for _ in (*TicketRow._fields, "place"))
_MAKE = f"CREATE TABLE staged_tickets ({_COLUMNS}, place INTEGER, PRIMARY KEY (source, id))"
_PUT = (
    f"INSERT INTO staged_tickets ({_COLUMNS}, place) VALUES ({_VALUES}) "  # noqa: S608 - our own names
    "ON CONFLICT (source, id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in (*TicketRow._fields[2:], "place"))
    + " WHERE excluded.place >= place"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """How many tickets of one import were new, changed, or the same as before."""

    new: int
    updated: int
    unchanged: int
    pruned: int = 0
    """Stored tickets of the same sources that were not in the import and went."""


@dataclass(frozen=True, slots=True)
class StagedFigures:
    """What the staged tickets are."""

    tickets: int
    resolved: int
    resolutions: tuple[tuple[str, int], ...]
    """(resolution, tickets), most first."""
    languages: tuple[tuple[str, int], ...]
    """(language or "unknown", tickets), most first."""
    first: datetime | None
    last: datetime | None
    """The earliest and latest creation that is not in the future."""
    visits: int
    """Tickets that carry a visit token."""


class Staging:
    """The tickets of one import, each once: the one that came last in the files."""

    def __init__(self, file: Path | None) -> None:
        """``None``: a database that is gone when it is closed. Raises StoreError."""
        self.file = file
        with _told(file):
            self._db = sqlite3.connect(file or "", isolation_level=None)
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-16000"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute(_MAKE)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def put(self, rows: Iterable[tuple[TicketRow, int]]) -> None:
        """Add tickets, each with its place in the files; of equal ids the last place stays."""
        with _told(self.file):
            self._db.execute("BEGIN")
            self._db.executemany(_PUT, ((*row, place) for row, place in rows))
            self._db.execute("COMMIT")

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM staged_tickets").fetchone()[0])

    def tickets(self) -> Iterator[Ticket]:
        """All by source and id."""
        query = "SELECT record FROM staged_tickets ORDER BY source, id"
        with _told(self.file):
            for (record,) in self._db.execute(query):
                yield ticket_from_json(record)

    def find(self, keys: Sequence[str]) -> list[Ticket]:
        """The tickets with these keys (``source:id``), in the order of ``keys``."""
        query = "SELECT record FROM staged_tickets WHERE source = ? AND id = ?"
        with _told(self.file):
            pairs = [pair for key in keys for pair in key_pairs(key)]
            rows = [self._db.execute(query, pair).fetchone() for pair in pairs]
        return [ticket_from_json(row[0]) for row in rows if row]

    def rewrite(self, change: Callable[[Ticket], Ticket]) -> int:
        """Put ``change`` of each ticket in its place; how many it changed."""
        changed = last = 0
        query = "SELECT rowid, record FROM staged_tickets WHERE rowid > ? ORDER BY rowid LIMIT ?"
        update = (
            "UPDATE staged_tickets SET fingerprint = ?, language = ?, record = ? WHERE rowid = ?"
        )
        with _told(self.file):
            while batch := self._db.execute(query, (last, _BATCH)).fetchall():
                last = batch[-1][0]
                self._db.execute("BEGIN")
                for rowid, record in batch:
                    before = ticket_from_json(record)
                    after = change(before)
                    if after is not before:
                        row = ticket_row(after)
                        put = (row.fingerprint, row.language, row.record, rowid)
                        self._db.execute(update, put)
                        changed += 1
                self._db.execute("COMMIT")
        return changed

    def figures(self, now: datetime) -> StagedFigures:
        """Counts of the staged tickets."""
        db = self._db
        first, last = db.execute(
            "SELECT min(created_at), max(created_at) FROM staged_tickets WHERE created_at <= ?",
            (now.isoformat(timespec="seconds"),),
        ).fetchone()
        resolved, visits = db.execute(
            "SELECT count(*) FILTER (WHERE resolved), count(visit) FROM staged_tickets"
        ).fetchone()
        return StagedFigures(
            tickets=len(self),
            resolved=resolved,
            resolutions=self._counts("resolution"),
            languages=self._counts("coalesce(language, 'unknown')"),
            first=datetime.fromisoformat(first) if first else None,
            last=datetime.fromisoformat(last) if last else None,
            visits=visits,
        )

    def _counts(self, what: str) -> tuple[tuple[str, int], ...]:
        query = f"SELECT {what}, count(*) FROM staged_tickets GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608 - our own names
        return tuple(self._db.execute(query).fetchall())

    def compared(self, stored: Path, *, prune: bool) -> Saved:
        """What ``merge`` would do with the database ``stored``, which is only read."""
        if not stored.is_file():
            return Saved(len(self), 0, 0)
        with _told(stored):
            self._attach(stored)
            return _compare(self._db.execute, prune=prune)

    def stored_sample(self, stored: Path, count: int) -> Iterator[Ticket]:
        """Stored tickets that are not in this import, ``count`` at most, by fingerprint."""
        query = (
            "SELECT record FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM staged_tickets s "
            "WHERE s.source = t.source AND s.id = t.id) ORDER BY fingerprint LIMIT ?"
        )
        if stored.is_file():
            with _told(stored):
                self._attach(stored)
                for (record,) in self._db.execute(query, (count,)):
                    yield ticket_from_json(record)

    def spoken(self, stored: Path) -> dict[str, str]:
        """Requester → language, for those of tickets without one whose other tickets have but one."""
        tables = ["staged_tickets"]
        with _told(stored if stored.is_file() else self.file):
            if stored.is_file():
                self._attach(stored)
                tables.append("stored.tickets")
            known = " UNION ALL ".join(
                f"SELECT requester, language FROM {table} WHERE language IS NOT NULL"  # noqa: S608 - our own names
                for table in tables
            )
            rows = self._db.execute(
                f"SELECT requester, min(language) FROM ({known}) WHERE requester IN "  # noqa: S608 - our own names
                "(SELECT requester FROM staged_tickets WHERE language IS NULL) "
                "GROUP BY requester HAVING count(DISTINCT language) = 1"
            )
            return dict(rows.fetchall())

    def _attach(self, stored: Path) -> None:
        names = [row[1] for row in self._db.execute("PRAGMA database_list")]
        if "stored" not in names:
            self._db.execute("ATTACH DATABASE ? AS stored", (str(stored),))


@contextmanager
def temporary() -> Iterator[Staging]:
    """A staging place that leaves nothing behind, even when the process is killed."""
    with closing(Staging(None)) as staging:
        yield staging


@contextmanager
def no_import(folder: Path) -> Iterator[None]:
    """Keep imports into the knowledge base with its data in ``folder`` out as long as the block lasts.

    What a killed import left behind is removed. Raises StoreError when one is running.
    """
    with _lock(folder / LOCK):
        (folder / FILE).unlink(missing_ok=True)
        yield


@contextmanager
def importing(folder: Path) -> Iterator[Staging]:
    """The staging place of the knowledge base that keeps its data in ``folder``.

    One import at a time: a second waits for up to ten seconds. Raises StoreError.
    """
    file = folder / FILE
    with no_import(folder):
        try:
            with closing(Staging(file)) as staging:
                yield staging
        finally:
            file.unlink(missing_ok=True)


@contextmanager
def merging(staging: Staging, database: Path) -> Iterator[sa.Connection]:
    """A transaction on ``database`` in which ``merge`` can read what is staged. Raises StoreError."""
    engine = open_database(database)
    engine.dispose()  # so that the connection to come is made with what is listened for

    def attach(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("ATTACH DATABASE ? AS staging", (str(staging.file),))

    sa.event.listen(engine, "connect", attach)
    try:
        with transaction(engine, database) as connection:
            yield connection
    finally:
        engine.dispose()


def merge(connection: sa.Connection, *, prune: bool) -> Saved:
    """Bring what is staged into the store: new and changed tickets, nothing for those unchanged.

    With ``prune`` stored tickets of the same sources that are not staged go. Runs inside
    ``merging``; ``changed_keys`` then tells what changed.
    """
    execute = connection.exec_driver_sql
    saved = _compare(execute, prune=prune)
    execute(
        f"REPLACE INTO tickets ({_COLUMNS}) SELECT {_COLUMNS} FROM staged_tickets "  # noqa: S608 - our own names
        "WHERE (source, id) IN (SELECT source, id FROM changed WHERE kind != 'pruned')"
    )
    execute(
        "DELETE FROM tickets "
        "WHERE (source, id) IN (SELECT source, id FROM changed WHERE kind = 'pruned')"
    )
    return saved


def changed_keys(connection: sa.Connection) -> tuple[list[str], list[str]]:
    """(keys of new and updated tickets, keys of pruned ones) of the ``merge`` just done."""
    query = "SELECT source || ':' || id FROM changed WHERE (kind = 'pruned') = ? ORDER BY 1"
    kept, pruned = (
        [key for (key,) in connection.exec_driver_sql(query, (gone,))] for gone in (False, True)
    )
    return kept, pruned


def _compare(execute: Callable[[str], Any], *, prune: bool) -> Saved:
    """Write what differs into the temporary table ``changed`` and count it."""
    execute("DROP TABLE IF EXISTS temp.changed")
    execute(
        "CREATE TEMP TABLE changed AS SELECT s.source, s.id, "
        "CASE WHEN t.id IS NULL THEN 'new' ELSE 'updated' END AS kind FROM staged_tickets s "
        "LEFT JOIN tickets t ON t.source = s.source AND t.id = s.id "
        "WHERE t.id IS NULL OR t.fingerprint != s.fingerprint"
    )
    if prune:
        execute(
            "INSERT INTO changed SELECT t.source, t.id, 'pruned' FROM tickets t "
            "WHERE t.source IN (SELECT DISTINCT source FROM staged_tickets) AND NOT EXISTS "
            "(SELECT 1 FROM staged_tickets s WHERE s.source = t.source AND s.id = t.id)"
        )
    counts = dict(execute("SELECT kind, count(*) FROM changed GROUP BY kind").fetchall())
    (staged,) = execute("SELECT count(*) FROM staged_tickets").fetchone()
    new, updated = counts.get("new", 0), counts.get("updated", 0)
    return Saved(new, updated, staged - new - updated, counts.get("pruned", 0))


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the import's lock; the system lets go of it even when the process is killed."""
    import fcntl

    with path.open("a") as file:
        for attempt in range(round(LOCK_SECONDS / _POLL) + 1):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt * _POLL >= LOCK_SECONDS:
                    raise StoreError(
                        f"{path.parent}: another import is running", hint="wait until it is done"
                    ) from None
                sleep(_POLL)
        yield


def _told(file: Path | None) -> AbstractContextManager[None]:
    """Turn SQLite's own errors into StoreError."""
    return translated(file or "temporary database")
