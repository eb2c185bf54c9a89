"""Days as people give them: ``2026-11-01``, or ``30d`` for so many days ago."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_AGO = re.compile(r"(\d{1,4})d", re.ASCII)


def read_day(text: str, today: date) -> datetime:
    """``2026-11-01`` or ``30d`` (days before ``today``) → midnight (UTC) at which that day begins.

    Raises ValueError, with a message for people, when it is neither.
    """
    given = text.strip()
    try:
        if found := _AGO.fullmatch(given):
            return midnight(today - timedelta(days=int(found[1])))
        return midnight(date.fromisoformat(given))
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day; write 2026-11-01, or 30d for 30 days ago") from None


def midnight(day: date) -> datetime:
    """The moment at which the day begins (UTC)."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
