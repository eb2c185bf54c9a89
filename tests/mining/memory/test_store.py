"""Topics in the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kbtool.db import writing
from kbtool.mining.memory.store import read_gone, read_topics, save_topics
from kbtool.mining.mine import mine
from tests.mining.samples import questions

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_topics_come_back_equal_and_in_order(tmp_path: Path) -> None:
    """What is read is what was saved."""
    found = mine(questions())
    with writing(tmp_path / "kb.db") as connection:
        save_topics(connection, found, NOW)
        save_topics(connection, found, NOW)
        assert read_topics(connection) == found


def test_topics_not_found_again_stay_aside(tmp_path: Path) -> None:
    """A topic that vanished is not current but is remembered, so that its id can come back."""
    found = mine(questions())
    with writing(tmp_path / "kb.db") as connection:
        save_topics(connection, found, NOW)
        save_topics(connection, found[1:], NOW)
        assert read_topics(connection) == found[1:]
        assert read_gone(connection) == found[:1]
