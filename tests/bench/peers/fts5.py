"""SQLite's FTS5: ``unicode61`` without diacritics, any word, bm25 with the title's weight."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tests.bench.peers.running import DEPTH, TITLE, Ask, Record, start, words


def build(documents: Sequence[Record], folder: Path, _way: str) -> Ask:
    """A table in a file of its own."""
    base = sqlite3.connect(folder / "fts5.sqlite")
    base.execute(
        "CREATE VIRTUAL TABLE found USING fts5(id UNINDEXED, title, text,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    rows = ((one["id"], one["title"], one["text"]) for one in documents)
    base.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)
    base.execute("INSERT INTO found(found) VALUES ('optimize')")
    base.commit()
    best = f"SELECT id FROM found WHERE found MATCH ? ORDER BY bm25(found, 0, {TITLE}, 1) LIMIT ?"  # noqa: S608  # our own number

    def ask(query: str, _lang: str | None) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in words(query))
        return [key for (key,) in base.execute(best, (match, DEPTH))] if match else []

    return ask


if __name__ == "__main__":
    start(build)
