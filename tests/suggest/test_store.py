"""Rejections in the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kbtool.db import writing
from kbtool.suggest.store import Rejection, read_rejections, record_rejection

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_a_rejection_is_remembered_and_replaced(tmp_path: Path) -> None:
    """The last decision about a topic counts."""
    with writing(tmp_path / "kb.db") as connection:
        record_rejection(connection, "t-1", None, 5, NOW)
        record_rejection(connection, "t-1", "a bug", 7, NOW)
        assert read_rejections(connection) == {"t-1": Rejection("t-1", "a bug", 7, NOW)}
