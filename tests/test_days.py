"""Days as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kbtool.days import read_day

TODAY = date(2026, 11, 22)


def test_a_day_or_so_many_days_ago() -> None:
    """Midnight (UTC) at which the day begins; spaces around do not matter."""
    assert read_day("2026-11-01", TODAY) == datetime(2026, 11, 1, tzinfo=UTC)
    assert read_day(" 30d ", TODAY) == datetime(2026, 10, 23, tzinfo=UTC)
    assert read_day("0d", TODAY) == datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "d", "-3d", "٣d", "99999d", "9999999d"])
def test_anything_else_is_no_day(text: str) -> None:
    """The message says what would be right."""
    with pytest.raises(ValueError, match="is no day; write 2026-11-01, or 30d"):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["0001-01-01", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_days_of_other_centuries_are_refused(text: str) -> None:
    """A window or as many days before would lie beyond what a calendar holds."""
    with pytest.raises(ValueError, match="lies outside of 1970-01-01 to 2199-12-31"):
        read_day(text, TODAY)
