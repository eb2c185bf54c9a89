"""Times of logs become seconds since 1970; what is none is said to be none."""

from __future__ import annotations

import pytest

from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.times import clf_time, iso_time, number_time

AT = 1_760_101_536
"""2025-10-10 13:05:36 UTC"""


@pytest.mark.parametrize(
    "text",
    [b"10/Oct/2025:13:05:36 +0000", b"10/Oct/2025:16:05:36 +0300", b"10/Oct/2025:06:05:36 -0700"],
)
def test_a_time_of_the_common_format_counts_its_zone(text: bytes) -> None:
    """The same moment in three zones."""
    assert clf_time(text) == AT


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"10/Oct/2025:13:05:36",
        b"10/Okt/2025:13:05:36 +0000",
        b"31/Feb/2025:13:05:36 +0000",
        b"10/Oct/2025:24:05:36 +0000",
        b"10/Oct/2025:13:05:99 +0000",
        b"10/Oct/1969:13:05:36 +0000",
    ],
)
def test_what_is_no_time_is_refused(text: bytes) -> None:
    """Also a day that no calendar has."""
    with pytest.raises(NotTakenError, match="bad-time"):
        clf_time(text)


@pytest.mark.parametrize(
    "text", ["2025-10-10T13:05:36Z", "2025-10-10 13:05:36", "2025-10-10T16:05:36.999+03:00"]
)
def test_iso_times_are_utc_unless_they_say_another_zone(text: str) -> None:
    """Parts of a second fall."""
    assert iso_time(text) == AT


@pytest.mark.parametrize("value", [AT, AT + 0.25, AT * 1_000, AT * 1_000_000, AT * 10**9])
def test_numbers_may_be_seconds_or_parts_of_them(value: float) -> None:
    """Told by their size."""
    assert number_time(value) == AT


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), 1e40])
def test_numbers_that_are_no_time_are_refused(value: float) -> None:
    """However large."""
    with pytest.raises(NotTakenError, match="bad-time"):
        number_time(value)
