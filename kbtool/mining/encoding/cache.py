"""Vectors kept between runs, by a hash of model and text: a file that may be deleted at any time.

The texts themselves are not in it. A file that is damaged, of another version or not writable
costs time, never the run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np

VERSION = 1
MOST_BYTES = 200_000_000
"""Bytes of vectors that are kept: 250,000 of 384 dimensions. The longest unused go first."""
PATIENCE_SECONDS = 10.0
_AT_ONCE = 500
"""Keys in one SELECT; SQLite takes at least 999."""
_TABLE = """
CREATE TABLE vectors (
  key BLOB PRIMARY KEY, vector BLOB NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID
"""


def key_of(model: str, text: str) -> bytes:
    """The key of a text's vector."""
    return blake2b(f"{model}\0{text}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VectorCache:
    """Half-precision vectors by key, in an SQLite file or, without one, in memory."""

    def __init__(self, path: Path | None, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self.path = path
        self._connection = self._open()
        self._run = self._last_run() + 1

    def read(self, keys: Sequence[bytes]) -> dict[bytes, np.ndarray]:
        """The vectors that are known, float16; what was damaged is as good as unknown."""
        found: dict[bytes, np.ndarray] = {}
        try:
            for some in _batches(keys):
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(
                    f"SELECT key, vector FROM vectors WHERE key IN ({marks})",  # noqa: S608 - marks only
                    some,
                )
                found.update(
                    (key, vector) for key, raw in rows if (vector := _vector(raw)) is not None
                )
            self._touch(list(found))
        except sqlite3.OperationalError:  # busy or not writable: what was read is good
            return found
        except sqlite3.DatabaseError:
            self._renew()
            return {}
        return found

    def write(self, vectors: Mapping[bytes, np.ndarray]) -> None:
        """Keep ``vectors`` (float16) at once, so that a stopped run goes on where it was."""
        rows = [(key, row.astype("<f2").tobytes(), self._run) for key, row in vectors.items()]
        try:
            with self._connection as connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError:  # busy, full or not writable: encoded again next time
            return
        except sqlite3.DatabaseError:
            self._renew()

    def close(self) -> None:
        """Drop what is too much, the longest unused first, and close the file."""
        with suppress(sqlite3.Error):
            self._trim()
        self._connection.close()

    def _last_run(self) -> int:
        try:
            return int(self._connection.execute("SELECT max(used) FROM vectors").fetchone()[0] or 0)
        except sqlite3.DatabaseError:
            self._renew()
            return 0

    def _trim(self) -> None:
        size = (
            self._connection.execute("SELECT sum(length(vector)) FROM vectors").fetchone()[0] or 0
        )
        dropped: list[tuple[bytes]] = []
        for key, length in self._connection.execute(
            "SELECT key, length(vector) FROM vectors ORDER BY used, key"
        ):
            if size <= self._most:
                break
            dropped.append((key,))
            size -= length
        with self._connection as connection:
            connection.executemany("DELETE FROM vectors WHERE key = ?", dropped)

    def _touch(self, keys: Sequence[bytes]) -> None:
        with self._connection as connection:
            for some in _batches(keys):
                marks = ",".join("?" * len(some))
                connection.execute(
                    f"UPDATE vectors SET used = ? WHERE key IN ({marks}) AND used < ?",  # noqa: S608 - marks only
                    (self._run, *some, self._run),
                )

    def _open(self) -> sqlite3.Connection:
        """The file, made anew when it is damaged or of another version; else memory."""
        if self.path is not None:
            for _ in range(2):
                try:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    return _connect(str(self.path))
                except (sqlite3.OperationalError, OSError):  # busy or not writable
                    break
                except sqlite3.DatabaseError:
                    delete_vectors(self.path)
        return _connect(":memory:")

    def _renew(self) -> None:
        """After an error in the middle: a new file, or memory when even that fails."""
        self._connection.close()
        if self.path is not None:
            delete_vectors(self.path)
        self._connection = self._open()


def _connect(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=PATIENCE_SECONDS)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(vectors)")]
        if version == 0 and not columns:
            connection.execute("PRAGMA auto_vacuum = FULL")  # what is dropped leaves the file
            with connection:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION or columns != ["key", "vector", "used"]:
            raise sqlite3.DatabaseError("not of this version")
    except BaseException:
        connection.close()
        raise
    return connection


def delete_vectors(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it.

    The way to forget a person's: vectors lie under hashes of texts, older texts of changed tickets
    among them, so nobody can tell whose they are. What is asked for next is encoded anew.
    """
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()


def _vector(raw: object) -> np.ndarray | None:
    """A stored vector, None when it cannot be one."""
    if not isinstance(raw, bytes) or not raw or len(raw) % 2:
        return None
    vector = np.frombuffer(raw, dtype="<f2").astype(np.float16)
    return vector if np.isfinite(vector).all() else None


def _batches(keys: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [keys[i : i + _AT_ONCE] for i in range(0, len(keys), _AT_ONCE)]
