"""What checks found out about files, kept in an SQLite file that may be deleted at any time.

It holds nothing that ``content/`` does not hold. Each piece carries its checksum: one that is
damaged raises DamagedError, and everything is found out anew.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

from kbtool.articles.checks.facts import Facts, Feature
from kbtool.articles.files.sections import Section

_TABLES = {
    name: f"CREATE TABLE {name} ({columns})"
    for name, columns in {
        "notes": "name TEXT PRIMARY KEY, value BLOB",
        "articles": "no INTEGER PRIMARY KEY, path TEXT, digest TEXT, record BLOB",
        "details": "no INTEGER PRIMARY KEY, sections BLOB, facts BLOB, features BLOB",
        "holders": "bucket INTEGER PRIMARY KEY, entries BLOB",
        "meetings": "no INTEGER PRIMARY KEY, one INTEGER, other INTEGER, what BLOB",
    }.items()
}
_BUCKETS = 4096
_NO_BITS = 20
MOST = 1 << _NO_BITS
"""Numbers of articles, used ones included, before all are numbered anew."""
_NO_MASK = MOST - 1
_CHECKSUM = 4

T = TypeVar("T")


class DamagedError(Exception):
    """What was kept is not what was written."""


class Row(NamedTuple):
    """A file as it was when it was read last."""

    no: int
    digest: str
    record: bytes
    """Sealed."""


class CheckFile:
    """One transaction on the file: what it held when it was opened, and what shall replace that.

    Raises sqlite3.OperationalError when it is busy or cannot be written, sqlite3.DatabaseError and
    DamagedError when it is damaged.
    """

    def __init__(self, path: Path, stamp: str) -> None:
        """A file made with another ``stamp`` is as good as empty."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("BEGIN")
            self._refuse_others()
            self.is_empty = self._is_bare() or self.note("stamp") != stamp
        except BaseException:
            self._database.close()
            raise
        self._stamp = stamp
        self._holders: dict[int, array[int]] = {}

    def close(self) -> None:
        """Drop what was not committed."""
        self._database.close()

    def rows(self) -> dict[str, Row]:
        """All files by path."""
        if self.is_empty:
            return {}
        found = self._database.execute("SELECT path, no, digest, record FROM articles")
        return {path: Row(no, digest, record) for path, no, digest, record in found}

    def note(self, name: str) -> Any:
        """A value by name; None when there is none."""
        row = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return unsealed(row[0], _as_it_is) if row else None

    def sections(self, no: int) -> tuple[Section, ...]:
        """An article's sections."""
        kept = self._detail("sections", no)
        return unsealed(kept, lambda found: tuple(Section(*one) for one in found))

    def facts(self, no: int) -> Facts:
        """What an article says."""
        return unsealed(self._detail("facts", no), lambda found: Facts(*found))

    def features(self, no: int) -> set[Feature]:
        """An article's features."""
        return {*_numbers(self._detail("features", no))}

    def holders(self, features: Collection[Feature]) -> dict[Feature, list[int]]:
        """The articles that have each of these features, in no order."""
        found: dict[Feature, list[int]] = {feature: [] for feature in features}
        for bucket in {_bucket(feature) for feature in features}:
            for entry in self._entries(bucket):
                if (feature := entry >> _NO_BITS) in found:
                    found[feature].append(entry & _NO_MASK)
        return found

    def meetings(self) -> list[tuple[int, int, int, Any]]:
        """(number, article, another one, what they have in common) of all that met."""
        rows = self._database.execute("SELECT no, one, other, what FROM meetings ORDER BY no")
        return [(no, one, other, unsealed(what, _as_it_is)) for no, one, other, what in rows]

    def clear(self) -> None:
        """Empty the file and say of what it will be made."""
        self._begin_writing()
        for name, statement in _TABLES.items():
            self._database.execute(f"DROP TABLE IF EXISTS {name}")
            self._database.execute(statement)
        self._holders.clear()
        self.write_notes({"stamp": self._stamp})

    def write_notes(self, values: dict[str, Any]) -> None:
        """Replace values by name."""
        rows = [(name, sealed(value)) for name, value in values.items()]
        self._database.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", rows)

    def write_articles(
        self,
        rows: Iterable[tuple[int, str, str, Any]],
        details: Iterable[tuple[int, Any, Any, Collection[Feature]]],
    ) -> None:
        """Add files (number, path, digest, record) and what is in them (number, sections, facts,
        features)."""
        self._database.executemany(
            "INSERT INTO articles VALUES (?, ?, ?, ?)",
            ((no, path, digest, sealed(record)) for no, path, digest, record in rows),
        )
        self._database.executemany(
            "INSERT INTO details VALUES (?, ?, ?, ?)",
            (
                (no, sealed(sections), sealed(facts), _sealed(array("Q", features).tobytes()))
                for no, sections, facts, features in details
            ),
        )

    def drop_articles(self, numbers: Iterable[int]) -> None:
        """Forget files."""
        gone = [(no,) for no in numbers]
        self._database.executemany("DELETE FROM articles WHERE no = ?", gone)
        self._database.executemany("DELETE FROM details WHERE no = ?", gone)

    def write_holders(
        self,
        come: Iterable[tuple[int, Collection[Feature]]],
        gone: Iterable[tuple[int, Collection[Feature]]] = (),
    ) -> None:
        """Bring up to date who has which feature."""
        more: dict[int, array[int]] = defaultdict(lambda: array("Q"))
        less: dict[int, set[int]] = defaultdict(set)
        for no, features in come:
            for feature in features:
                more[_bucket(feature)].append(feature << _NO_BITS | no)
        for no, features in gone:
            for feature in features:
                less[_bucket(feature)].add(feature << _NO_BITS | no)
        for bucket in {*more, *less}:
            dropped = less[bucket]
            kept = array("Q", (e for e in self._entries(bucket) if e not in dropped)) + more[bucket]
            row = (bucket, _sealed(kept.tobytes()))
            self._database.execute("INSERT OR REPLACE INTO holders VALUES (?, ?)", row)

    def write_meetings(
        self, come: Iterable[tuple[int | None, int, int, Any]], gone: Iterable[int] = ()
    ) -> None:
        """Forget meetings and add some; one with the number of an old one replaces it."""
        self._database.executemany("DELETE FROM meetings WHERE no = ?", [(no,) for no in gone])
        self._database.executemany(
            "INSERT OR REPLACE INTO meetings VALUES (?, ?, ?, ?)",
            ((no, one, other, sealed(what)) for no, one, other, what in come),
        )

    def commit(self) -> None:
        """Keep all that was written, or, when another run wrote in between, nothing."""
        self._database.execute("COMMIT")

    def _is_bare(self) -> bool:
        return not self._database.execute("SELECT 1 FROM sqlite_master").fetchone()

    def _refuse_others(self) -> None:
        """Raise when there are other tables than ours."""
        query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        found = {statement for (statement,) in self._database.execute(query)}
        if found and found != {*_TABLES.values()}:
            raise DamagedError

    def _begin_writing(self) -> None:
        """A file that is not ours may have been opened at any state; begin at its newest."""
        self._database.execute("ROLLBACK")
        self._database.execute("BEGIN IMMEDIATE")

    def _detail(self, name: str, no: int) -> bytes:
        query = f"SELECT {name} FROM details WHERE no = ?"  # noqa: S608 - a name of ours
        row = self._database.execute(query, (no,)).fetchone()
        if row is None:
            raise DamagedError
        return bytes(row[0])

    def _entries(self, bucket: int) -> Sequence[int]:
        if self.is_empty:
            return ()
        if bucket not in self._holders:
            query = "SELECT entries FROM holders WHERE bucket = ?"
            row = self._database.execute(query, (bucket,)).fetchone()
            self._holders[bucket] = _numbers(row[0]) if row else array("Q")
        return self._holders[bucket]


def forget_checks(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()


def sealed(value: Any) -> bytes:
    """A JSON value with its checksum."""
    return _sealed(_ENCODER(value).encode())


def unsealed(content: object, made: Callable[[Any], T]) -> T:
    """What was sealed, ``made`` into something. Raises DamagedError."""
    try:
        return made(_DECODER(str(_checked(content), "ascii")))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise DamagedError from None


def _as_it_is(value: Any) -> Any:
    return value


_ENCODER = json.JSONEncoder(separators=(",", ":")).encode
_DECODER = json.JSONDecoder().decode


def _sealed(content: bytes) -> bytes:
    return crc32(content).to_bytes(_CHECKSUM, "big") + content


def _checked(content: object) -> bytes:
    if not isinstance(content, bytes):
        raise DamagedError
    found = content[_CHECKSUM:]
    if crc32(found) != int.from_bytes(content[:_CHECKSUM], "big"):
        raise DamagedError
    return found


def _numbers(content: object) -> array[int]:
    found = array("Q")
    try:
        found.frombytes(_checked(content))
    except ValueError:
        raise DamagedError from None
    return found


def _bucket(feature: Feature) -> int:
    return feature % _BUCKETS
