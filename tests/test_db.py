"""The database: made when missing, refused when newer, errors translated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from kbtool.db import SCHEMA_VERSION, UtcTime, open_database, schema_info
from kbtool.errors import StoreError


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    """The schema is stamped once."""
    for _ in range(2):
        engine = open_database(tmp_path / "state" / "kb.db")
        with engine.connect() as connection:
            rows = connection.execute(sa.select(schema_info)).all()
        assert [tuple(row) for row in rows] == [("version", str(SCHEMA_VERSION))]
        engine.dispose()


def test_a_newer_database_is_refused_politely(tmp_path: Path) -> None:
    """The message says both versions; the file is left alone."""
    engine = open_database(tmp_path / "kb.db")
    with engine.begin() as connection:
        connection.execute(schema_info.update().values(value="99"))
    engine.dispose()
    with pytest.raises(StoreError, match="schema 99"):
        open_database(tmp_path / "kb.db")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Not a stack trace: the file's name and what to do."""
    (tmp_path / "kb.db").write_bytes(b"this is not a database, not at all" * 100)
    with pytest.raises(StoreError) as caught:
        open_database(tmp_path / "kb.db")
    assert "kb.db" in caught.value.message
    assert caught.value.hint


def test_commits_are_synchronous(tmp_path: Path) -> None:
    """WAL with synchronous=FULL (2): an acknowledged write survives power loss."""
    engine = open_database(tmp_path / "kb.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_times_are_stored_in_utc() -> None:
    """Any zone goes in, UTC comes out; a time without zone is a bug, not a guess."""
    kind, dialect = UtcTime(), sa.engine.default.DefaultDialect()
    local = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    stored = kind.process_bind_param(local, dialect)
    assert kind.process_result_value(stored, dialect) == datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        kind.process_bind_param(datetime(2026, 3, 1), dialect)  # noqa: DTZ001 - the point
