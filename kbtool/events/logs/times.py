"""Times of access logs → whole seconds since 1970, UTC. Each minute and zone is worked out once."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from kbtool.events.logs.records import NotTakenError

DAY = 86_400
_MONTHS = {
    name.encode(): number
    for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}
_CLF = re.compile(rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_SECONDS = {b"%02d" % second: second for second in range(61)}
_LATEST = 253_402_300_799
"""The end of the year 9999."""


@lru_cache(maxsize=1 << 12)
def clf_time(text: bytes) -> int:
    """``10/Oct/2026:13:55:36 -0700``. Raises NotTakenError."""
    second = _SECONDS.get(text[18:20])
    if second is None or text[17:18] != b":":
        raise NotTakenError("bad-time")
    return minute(text[:17] + text[20:]) + second


@lru_cache(maxsize=1 << 12)
def minute(text: bytes) -> int:
    """The beginning of a minute, of a time without its seconds. Raises NotTakenError."""
    found = _CLF.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        raise NotTakenError("bad-time")
    try:
        local = datetime(
            int(found[3]),
            _MONTHS[found[2]],
            int(found[1]),
            int(found[4]),
            int(found[5]),
            tzinfo=UTC,
        )
    except ValueError:
        raise NotTakenError("bad-time") from None
    offset = int(found[7]) * 3600 + int(found[8]) * 60
    return _checked(int(local.timestamp()) + (-offset if found[6] == b"+" else offset))


@lru_cache(maxsize=1 << 12)
def iso_time(text: str) -> int:
    """``2026-10-10T13:55:36+03:00``, or with a space; without a zone it is UTC. Raises
    NotTakenError.
    """
    try:
        found = datetime.fromisoformat(text)
        return _checked(int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        raise NotTakenError("bad-time") from None


def number_time(value: float) -> int:
    """Seconds since 1970, or milli-, micro- or nanoseconds when it is that large. Raises
    NotTakenError.
    """
    try:
        seconds = int(value)
    except (ValueError, OverflowError):
        raise NotTakenError("bad-time") from None
    for _ in range(3):
        if seconds > 100_000_000_000:
            seconds //= 1000
    return _checked(seconds)


def _checked(seconds: int) -> int:
    if not 0 <= seconds <= _LATEST:
        raise NotTakenError("bad-time")
    return seconds
