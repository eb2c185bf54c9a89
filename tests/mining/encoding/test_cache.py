"""The vector cache: what is kept comes back, what is broken is made anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from kbtool.mining.encoding.cache import VectorCache, key_of

KEYS = [key_of("m", f"text {i}") for i in range(1200)]


def _vectors(count: int, size: int = 4) -> dict[bytes, np.ndarray]:
    return {KEYS[i]: np.full(size, i / 8, dtype=np.float16) for i in range(count)}


def _filled(path: Path, count: int = 3) -> None:
    cache = VectorCache(path)
    cache.write(_vectors(count))
    cache.close()


def test_vectors_come_back_bit_by_bit(tmp_path: Path) -> None:
    """Also more than one SELECT takes, also in another run."""
    _filled(tmp_path / "v.db", 1200)
    cache = VectorCache(tmp_path / "v.db")
    found = cache.read(KEYS)
    assert found.keys() == set(KEYS)
    assert all(np.array_equal(found[key], row) for key, row in _vectors(1200).items())
    cache.close()


def test_models_do_not_share_vectors() -> None:
    """Nor do a model and a text that together spell the same."""
    assert len({key_of("a", "b"), key_of("b", "b"), key_of("ab", ""), key_of("", "ab")}) == 4


def test_texts_are_not_in_the_file(tmp_path: Path) -> None:
    """Only hashes and vectors: a copy of the file tells no question."""
    cache = VectorCache(tmp_path / "v.db")
    cache.write({key_of("m", "my secret question"): np.ones(4, dtype=np.float16)})
    cache.close()
    assert b"secret" not in (tmp_path / "v.db").read_bytes()


@pytest.mark.parametrize("damage", ["noise", "other version", "other table", "empty", "cut"])
def test_a_broken_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    """It costs the vectors, not the run, and the next run has them again."""
    path = tmp_path / "v.db"
    _filled(path, 1200)
    if damage in ("noise", "empty"):
        path.write_bytes(b"no database at all" * 400 if damage == "noise" else b"")
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        with sqlite3.connect(path) as connection:
            if damage == "other version":
                connection.execute("PRAGMA user_version = 99")
            else:
                connection.execute("ALTER TABLE vectors RENAME COLUMN used TO wanted")
        connection.close()
    cache = VectorCache(path)
    assert cache.read(KEYS) == {}
    cache.write(_vectors(3))
    cache.close()
    again = VectorCache(path)
    assert len(again.read(KEYS)) == 3
    again.close()


@pytest.mark.parametrize("raw", [b"", b"abc", np.full(4, np.nan, np.float16).tobytes(), "text"])
def test_a_damaged_vector_is_unknown(tmp_path: Path, raw: object) -> None:
    """It is encoded again; the others stay."""
    _filled(tmp_path / "v.db")
    with sqlite3.connect(tmp_path / "v.db") as connection:
        connection.execute("UPDATE vectors SET vector = ? WHERE key = ?", (raw, KEYS[1]))
    connection.close()
    cache = VectorCache(tmp_path / "v.db")
    assert cache.read(KEYS[:3]).keys() == {KEYS[0], KEYS[2]}
    cache.close()


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    """The file stays below its bound; what the last run used stays in it."""
    path = tmp_path / "v.db"
    _filled(path, 1000)
    cache = VectorCache(path, most_bytes=300 * 8)
    assert len(cache.read(KEYS[:100])) == 100
    cache.write({key: np.ones(4, dtype=np.float16) for key in KEYS[1000:1200]})
    cache.close()
    cache = VectorCache(path)
    assert cache.read(KEYS).keys() == {*KEYS[:100], *KEYS[1000:]}
    cache.close()


def test_what_is_dropped_leaves_the_file(tmp_path: Path) -> None:
    """The bound is one of the file, not of its rows."""
    path = tmp_path / "v.db"
    VectorCache(path).close()
    cache = VectorCache(path)
    cache.write(_vectors(1200, size=400))
    cache.close()
    full = path.stat().st_size
    VectorCache(path, most_bytes=10 * 800).close()
    assert path.stat().st_size < full / 10


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """Then vectors are kept until the end of the run."""
    (tmp_path / "file").write_text("no folder")
    cache = VectorCache(tmp_path / "file" / "v.db")
    cache.write(_vectors(3))
    assert len(cache.read(KEYS)) == 3
    cache.close()


def test_a_busy_file_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another kbtool writes, what is there is read and nothing is lost of it."""
    path = tmp_path / "v.db"
    _filled(path)
    monkeypatch.setattr("kbtool.mining.encoding.cache.PATIENCE_SECONDS", 0.0)
    cache = VectorCache(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert len(cache.read(KEYS)) == 3
    cache.write({KEYS[5]: np.ones(4, dtype=np.float16)})
    cache.close()
    other.execute("ROLLBACK")
    other.close()
    cache = VectorCache(path)
    assert len(cache.read(KEYS)) == 3
    cache.close()


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a knowledge base."""
    monkeypatch.chdir(tmp_path)
    cache = VectorCache(None)
    cache.write(_vectors(3))
    assert len(cache.read(KEYS)) == 3
    cache.close()
    assert list(tmp_path.iterdir()) == []
