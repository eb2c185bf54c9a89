"""Events end: what readers did, after so many months, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kbtool.db import reading, writing
from kbtool.events.logs.store import (
    PageIds,
    hits_table,
    put_hits,
    put_reported,
    put_told,
    read_pages,
    reported_table,
    told_table,
)
from kbtool.events.logs.targets import Page
from kbtool.events.retention import forget_old, keep_from
from kbtool.events.store import read_events, save_events
from kbtool.model import Event

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "months", "expected"),
    [
        (NOW, 25, (2024, 10)), (NOW, 1, (2026, 10)), (NOW, 11, (2025, 12)), (NOW, 12, (2025, 11)),
        (datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=3))), 1, (2026, 1)),
        (NOW, 10**6, (1, 1)),
    ],
)  # fmt: skip
def test_whole_months_are_kept(now: datetime, months: int, expected: tuple[int, int]) -> None:
    """From the first of a month in UTC, however far back that is."""
    year, month = expected
    assert keep_from(now, months) == datetime(year, month, 1, tzinfo=UTC)


def test_what_is_older_goes_and_says_how_much(tmp_path: Path) -> None:
    """Excluded events, too; the bound itself stays; agents' replies go with their tickets."""
    before, path = keep_from(NOW, 25), tmp_path / "kb.db"
    second = timedelta(seconds=1)
    old = [
        Event("a", "view", before - second, "0123456789abcdef", article="kb-1"),
        Event("b", "contact", before - 400 * 86_400 * second, None, value="open"),
        Event("c", "view", before - second, None, excluded="bot"),
    ]
    kept = [
        Event("d", "link", before - second, None, article="kb-1", value="csv:1"),
        Event("e", "search", before, None, query="x", results=1),
    ]
    with writing(path) as connection:
        save_events(connection, [*old, *kept])
        assert forget_old(connection, before) == 3
        assert forget_old(connection, before) == 0
    assert stored(path) == kept


def test_hits_of_logs_end_with_what_was_noted_for_them(tmp_path: Path) -> None:
    """And no search stays that nothing points at."""
    before, path = keep_from(NOW, 25), tmp_path / "kb.db"
    at, day = int(before.timestamp()), int(before.timestamp()) // 86_400
    pages = (
        Page("search", None, "en", "old"),
        Page("search", None, "en", "new"),
        Page("view", "kb-1", "en"),
    )
    with writing(path) as connection:
        numbers = PageIds().of(connection, pages)
        rows = [(at - 1, 0, 0, 7, None), (at - 1, 50, 2, None, "bot"), (at, 90, 1, 7, None)]
        put_hits(connection, 1, rows, numbers)
        put_reported(connection, {(day - 1, 7), (day, 7)})
        put_told(connection, {"gone", "kept"})
        save_events(connection, [Event("kept", "view", before, None)])
        assert forget_old(connection, before) == 2
        assert list(read_pages(connection).values()) == [pages[1]]
        assert connection.execute(reported_table.select()).all() == [(day, 7)]
        assert connection.execute(told_table.select()).all() == [("kept",)]
        assert [row.at for row in connection.execute(hits_table.select())] == [at]


def stored(path: Path) -> list[Event]:
    """Every event."""
    with reading(path) as connection:
        return list(read_events(connection))
