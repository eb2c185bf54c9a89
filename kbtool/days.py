"""Days as people give them: ``2026-11-01``, or ``30d`` for so many days ago."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_AGO = re.compile(r"(\d{1,4})d", re.ASCII)
_FIRST, _LAST = date(1970, 1, 1), date(2199, 12, 31)
"""Days beyond are slips of the pen, and periods reckoned from them would leave the calendar."""


def read_day(text: str, today: date) -> datetime:
    """``2026-11-01`` or ``30d`` (days before ``today``) → midnight (UTC) at which that day begins.

    Raises ValueError, with a message for people, when it is neither, or a day before 1970 or after
    2199.
    """
    given = text.strip()
    try:
        ago = _AGO.fullmatch(given)
        day = today - timedelta(days=int(ago[1])) if ago else date.fromisoformat(given)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day; write 2026-11-01, or 30d for 30 days ago") from None
    if not _FIRST <= day <= _LAST:
        raise ValueError(f"{text!r} lies outside of {_FIRST} to {_LAST}")
    return midnight(day)


def tomorrow(now: datetime) -> datetime:
    """The moment at which the day after ``now``'s begins (UTC)."""
    return midnight(now.date() + timedelta(days=1))


def midnight(day: date) -> datetime:
    """The moment at which the day begins (UTC)."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
