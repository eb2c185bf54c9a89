"""Times as help desks write them, to aware UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from kbtool.text import match_key

_CLOCK = (
    r"(?:(?:,|\s|,?\s(?:at|um|kell|saat)\s)\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?:\s?(?P<zone>UTC|GMT|Z|[+-]\d\d:?\d\d))?(?:\s\([A-Za-z ]{1,30}\))?)?"
)
_WEEKDAY = r"(?:[^\W\d]{2,12}\.?,?\s)?"
_NUMERIC = re.compile(r"(?P<first>\d{1,4})[./-](?P<middle>\d{1,2})[./-](?P<last>\d{1,4})" + _CLOCK)
_DAY_FIRST = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?[\s/.-](?:de\s)?(?P<month>[^\W\d]{3,12})\.?,?"
    r"[\s/.-](?:de\s)?(?P<year>\d{4}|\d\d)" + _CLOCK
)
_MONTH_FIRST = re.compile(
    _WEEKDAY
    + r"(?P<month>[^\W\d]{3,12})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})"
    + _CLOCK
)
_MONTHS = {
    match_key(beginning): number
    for number, beginnings in enumerate(
        (
            "jan jaan oca ene янв",
            "feb fev fév veeb şub фев",
            "mar mär мар",
            "apr avr abr nis апр",
            "may mai май мая",
            "jun juin juun haz июн",
            "jul juil juul tem июл",
            "aug aoû ağu ago авг",
            "sep eyl сен",
            "oct okt eki окт",
            "nov kas ноя",
            "dec déc dez det dic ara дек",
        ),
        start=1,
    )
    for beginning in beginnings.split()
}
"""How the months begin in the seven languages → 1 … 12."""
_LONGEST = 64
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

    ISO 8601, ``05.11.2025 10:30``, ``11/05/2025`` (day first unless ``month_first`` or with AM or
    PM), ``02/Jan/26 10:00 AM``, ``Fri, 2 Jan 2026 10:00:00 +0200``, ``2. Januar 2026``, seconds,
    milli-, micro- or nanoseconds since 1970. ``written`` is a strptime format that is tried alone.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(value)
    text = str(value).strip()
    if not text or len(text) > _LONGEST:
        return None
    if written:
        found = _as_written(text, written)
    elif text.isdecimal() and 9 <= len(text) <= 19:
        return _epoch(int(text))
    elif re.fullmatch(r"\d{9,10}\.\d+", text):
        return _epoch(float(text))
    else:
        found = _parse(text, month_first)
    return found if found is not None and found.year in _YEARS else None


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _as_written(text: str, written: str) -> datetime | None:
    try:
        return datetime.strptime(text, written)  # noqa: DTZ007 - the zone is set by the caller
    except ValueError:
        return None


def _parse(text: str, month_first: bool) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match, month_first)
    if match := _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        return _written_out(match)
    return None


def _numeric(match: re.Match[str], month_first: bool) -> datetime | None:
    first, second, third = int(match["first"]), int(match["middle"]), int(match["last"])
    if len(match["first"]) == 4:
        return _at(match, first, second, third)
    swapped = (month_first or match["half"] is not None) and first <= 12
    day, month = (second, first) if swapped or second > 12 else (first, second)
    return _at(match, _full(third), month, day)


def _written_out(match: re.Match[str]) -> datetime | None:
    word = match_key(match["month"])
    month = next((_MONTHS[word[:n]] for n in (4, 3) if word[:n] in _MONTHS), None)
    return _at(match, _full(int(match["year"])), month, int(match["day"])) if month else None


def _full(year: int) -> int:
    return year + 2000 if year < 100 else year


def _at(match: re.Match[str], year: int, month: int, day: int) -> datetime | None:
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match["zone"]))
    except ValueError:
        return None


def _offset(zone: str | None) -> tzinfo | None:
    if zone is None:
        return None
    if zone[0] not in "+-":
        return UTC
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))


def _epoch(value: float) -> datetime | None:
    for _ in range(3):
        if value <= 1e11:
            break
        value = value // 1000
    if not 6e8 < value < 4.2e9:
        return None
    return datetime.fromtimestamp(int(value), UTC)
