"""Tickets moved to the year before today."""

from __future__ import annotations

from datetime import date

import pytest

from kbtool.demo.dates import moved

TEXTS = (
    '{"at": "2026-11-03T10:00:00Z", "note": "see 2026-11-03"}',
    "V-1;01.11.2026 08:14;[02.11.2026 9]",
)


@pytest.mark.parametrize("today", [date(2026, 11, 4), date(2026, 11, 10)])
def test_in_the_week_after_nothing_moves(today: date) -> None:
    """Up to seven days after the newest they stay."""
    assert moved(TEXTS, today) == TEXTS


@pytest.mark.parametrize(
    ("today", "newest", "other"),
    [
        (date(2027, 3, 1), "2027-02-23", "21.02.2027"),
        (date(2025, 6, 20), "2025-06-17", "15.06.2025"),
    ],
)
def test_all_move_by_whole_weeks(today: date, newest: str, other: str) -> None:
    """Forwards and backwards, times only: a day that somebody wrote in a text stays."""
    iso, pointed = moved(TEXTS, today)
    assert iso == f'{{"at": "{newest}T10:00:00Z", "note": "see 2026-11-03"}}'
    assert pointed == f"V-1;{other} 08:14;[02.11.2026 9]"
