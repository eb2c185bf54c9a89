"""Times as help desks write them, to aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_NUMERIC = re.compile(
    r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T,]{1,2}(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?"
)
_WRITTEN = (
    "%d/%b/%y %I:%M %p",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%b %d, %Y",
    "%a, %d %b %Y %H:%M:%S %z",
)
_YEARS = range(1990, 2101)


def read_time(
    value: object, zone: str, *, written: str | None = None, month_first: bool = False
) -> datetime | None:
    """``value`` as UTC, or ``None`` when it is no time; times that name no zone are in ``zone``.

    See ``parse_time`` for what is understood.
    """
    found = parse_time(value, written=written, month_first=month_first)
    return None if found is None else in_utc(found, zone)


def in_utc(time: datetime, zone: str) -> datetime:
    """A time that ``parse_time`` gave, as UTC in whole seconds."""
    if time.tzinfo is None:
        time = time.replace(tzinfo=_zone(zone))
    return time.astimezone(UTC).replace(microsecond=0)


def parse_time(
    value: object, *, written: str | None = None, month_first: bool = False
) -> datetime | None:
    """``value`` as it was written, naive when it names no zone; ``None`` when it is no time.

    ISO 8601, ``05.11.2025 10:30``, ``11/05/2025`` (day first unless ``month_first``), seconds or
    milliseconds since 1970. ``written`` is a strptime format that is tried alone.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(float(value))
    text = str(value).strip()
    if not text:
        return None
    if re.fullmatch(r"\d{9,14}(?:\.\d+)?", text):
        return _epoch(float(text))
    found = _parse(text, written, month_first)
    return found if found is not None and found.year in _YEARS else None


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _parse(text: str, written: str | None, month_first: bool) -> datetime | None:
    if written:
        try:
            return datetime.strptime(text, written)  # noqa: DTZ007 - the zone is set by the caller
        except ValueError:
            return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    match = _NUMERIC.fullmatch(text)
    if match:
        return _numeric(match, month_first)
    for pattern in _WRITTEN:
        try:
            return datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone is set by the caller
        except ValueError:
            continue
    return None


def _numeric(match: re.Match[str], month_first: bool) -> datetime | None:
    first, second, third = int(match[1]), int(match[2]), int(match[3])
    if len(match[1]) == 4:
        year, month, day = first, second, third
    else:
        swapped = (month_first or bool(match[7])) and first <= 12
        day, month = (second, first) if swapped or second > 12 else (first, second)
        year = third + 2000 if third < 100 else third
    hour = int(match[4] or 0)
    if match[7]:
        hour = hour % 12 + (12 if match[7][0] in "pP" else 0)
    try:
        return datetime(year, month, day, hour, int(match[5] or 0), int(match[6] or 0))  # noqa: DTZ001 - set by the caller
    except ValueError:
        return None


def _epoch(seconds: float) -> datetime | None:
    if seconds > 1e11:
        seconds /= 1000
    if not 6e8 < seconds < 4.2e9:
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
