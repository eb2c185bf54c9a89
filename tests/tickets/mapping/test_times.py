"""Times as help desks write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.mapping.times import parse_time, read_time

TEN = datetime(2026, 1, 2, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-02T10:00:00Z",
        "2026-01-02T10:00:00.000+0000",
        "2026-01-02T12:00:00+02:00",
        "2026-01-02 10:00",
        "2026-01-02 10:00 AM",
        "2026-01-02 10:00:00 UTC",
        "2026/01/02 10:00:00",
        "02.01.2026 10:00",
        "2.1.2026, 10.00",
        "02/Jan/26 10:00 AM",
        "2 Jan 2026 10:00",
        "Fri, 2 Jan 2026 12:00:00 +0200",
        "Fri, 02 Jan 2026 10:00:00 +0000 (UTC)",
        "Jan 2, 2026 10:00 AM",
        "January 2nd, 2026 at 10:00 am",
        "2. Januar 2026, 10:00",
        "Freitag, 2. Januar 2026 um 10:00",
        "2 Ocak 2026 10:00",
        "2. jaanuar 2026 kell 10.00",
        "2 janvier 2026 10:00",
        "2 de enero de 2026 10:00",
        "2 января 2026 10:00",
        1767348000,
        1767348000.25,
        1767348000000,
        1767348000000000,
        "1767348000",
        "1767348000.5",
        "1767348000000",
    ],
)
def test_one_moment_in_many_writings(value: object) -> None:
    """ISO, tables, mail headers, seven languages' months, seconds to microseconds since 1970."""
    assert read_time(value, "UTC") == TEN


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("5 Mart 2026", 3), ("5. märts 2026", 3), ("5. März 2026", 3), ("5 mars 2026", 3),
        ("5 Mayıs 2026", 5), ("5 мая 2026", 5), ("5. mai 2026", 5), ("5 juin 2026", 6), ("5 juuni 2026", 6),
        ("5 juillet 2026", 7), ("5 juuli 2026", 7), ("5 Temmuz 2026", 7), ("5 août 2026", 8),
        ("5 Ağustos 2026", 8), ("5 Eylül 2026", 9), ("5 Ekim 2026", 10), ("5 Kasım 2026", 11),
        ("5 Aralık 2026", 12), ("5. detsember 2026", 12), ("5 dic 2026", 12), ("5 veebruar 2026", 2),
        ("5 Şubat 2026", 2),
    ],
)  # fmt: skip
def test_months_have_many_names(text: str, month: int) -> None:
    """Names that begin alike (juin, juillet; mart, mai) are told apart."""
    found = parse_time(text)
    assert found is not None
    assert (found.month, found.day) == (month, 5)


def test_days_and_months_are_told_apart() -> None:
    """Day first, unless it cannot be, the clock has twelve hours, or the mapping says so."""
    wanted = datetime(2026, 2, 1, 9, 0)  # noqa: DTZ001 - no zone was written
    assert parse_time("01/02/2026 09:00") == wanted
    assert parse_time("02/13/2026") == datetime(2026, 2, 13)  # noqa: DTZ001 - the same
    assert parse_time("02/01/2026 9:00 AM") == wanted
    assert parse_time("02/01/2026 09:00", month_first=True) == wanted


def test_a_written_format_stands_alone() -> None:
    """Nothing else is tried beside it."""
    assert parse_time("02|01|26", written="%d|%m|%y") == datetime(2026, 1, 2)  # noqa: DTZ001 - no zone
    assert parse_time("2026-01-02", written="%d|%m|%y") is None


def test_local_times_know_summer() -> None:
    """A zone is more than an offset."""
    assert read_time("2026-07-01 12:00", "Europe/Tallinn") == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert read_time("2026-01-01 12:00", "Europe/Tallinn") == datetime(2026, 1, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        None, "", " ", True, 0, 12, -5, 10**400, float("nan"), float("inf"), "soon", "2026-13-45", "5",
        "31.02.2026", "10:00", "1 day ago", "0000-00-00 00:00:00", "9999-12-31", "0001-01-01T00:00:00Z",
        "²" * 9, "1" * 5000, "2026-01-02T10:00:00+99:00", "5 Foo 2026",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(value: object) -> None:
    """Nothing is guessed and nothing raises."""
    assert read_time(value, "UTC") is None


@given(st.text(max_size=70) | st.integers() | st.floats())
def test_no_value_raises(value: object) -> None:
    """Whatever stands in the column, the answer is an aware time or none."""
    found = read_time(value, "Asia/Kathmandu")
    assert found is None or found.tzinfo is UTC
