"""Rejections in the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from kbtool.db import writing
from kbtool.suggest.store import forget_rejections, read_rejections, record_rejection
from kbtool.suggest.waking import Rejection

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_a_rejection_is_remembered_replaced_and_forgotten(tmp_path: Path) -> None:
    """The last decision about a topic counts, until it is taken back."""
    last = Rejection("t-1", "a bug", 7, NOW, run=3, times=None, until=date(2027, 3, 1))
    other = Rejection("t-2", None, 5, NOW, times=1.5)
    with writing(tmp_path / "kb.db") as connection:
        for one in (Rejection("t-1", None, 5, NOW), other, last):
            record_rejection(connection, one)
        assert read_rejections(connection) == (last, other)
        forget_rejections(connection, ["t-1", "t-none"])
        assert read_rejections(connection) == (other,)
