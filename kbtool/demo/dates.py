"""The demo's own tickets, moved to the year before today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?=T\d\d:)")
_POINTED = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})(?= \d\d:\d\d)")


def moved(exports: Sequence[str], today: date) -> tuple[str, ...]:
    """The exports with all their times moved by the same number of whole weeks, so that the newest
    lies in the seven days before ``today``; weekdays and hours stay.
    """
    newest = max(day for text in exports for day in _days(text))
    weeks = (today - timedelta(days=1) - newest).days // 7
    return tuple(_moved(text, timedelta(weeks=weeks)) for text in exports)


def _days(text: str) -> list[date]:
    iso = [date(int(y), int(m), int(d)) for y, m, d in _ISO.findall(text)]
    return iso + [date(int(y), int(m), int(d)) for d, m, y in _POINTED.findall(text)]


def _moved(text: str, by: timedelta) -> str:
    def iso(found: re.Match[str]) -> str:
        year, month, day = map(int, found.groups())
        return (date(year, month, day) + by).isoformat()

    def pointed(found: re.Match[str]) -> str:
        day, month, year = map(int, found.groups())
        return f"{date(year, month, day) + by:%d.%m.%Y}"

    return _POINTED.sub(pointed, _ISO.sub(iso, text)) if by else text
