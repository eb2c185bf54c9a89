"""How sure a number of tickets a month is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.suggest.spread import dispersion, expected_range, fewer, score_range
from tests.suggest.samples import topic

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=24)
YEAR = tuple(f"2026-{month:02d}" for month in range(1, 13))


def test_the_interval_of_a_count() -> None:
    """Ten tickets: n + z²/2 ± z √(n + z²/4), by hand 5.43 to 18.41; none: 0 to z²."""
    assert score_range(10) == pytest.approx((5.4325, 18.4090), abs=1e-3)
    assert score_range(0) == pytest.approx((0.0, 3.8415), abs=1e-3)


@given(st.integers(0, 10_000), st.floats(1, 20))
def test_it_holds_the_count_and_grows_with_unevenness(count: int, wide: float) -> None:
    """Whatever is counted lies within, and uneven months tell less."""
    low, high = score_range(count)
    wider = score_range(count, wide)
    assert 0 <= wider[0] <= low <= count <= high <= wider[1]


def test_uneven_months_are_told() -> None:
    """Even months are Poisson's at most; a burst is many times as uneven."""
    assert dispersion([3, 3, 3, 3]) == 1.0
    assert dispersion([0, 0, 0, 12]) == pytest.approx(12.0)
    assert dispersion([5, 90]) == 1.0  # two months tell nothing


def test_what_changed_rests_on_the_months_since() -> None:
    """A growing topic's expectation comes of its last third, so it is less sure than a steady one's."""
    months = tuple((month, 2) for month in YEAR)
    steady = topic(size=24, months=months, expected=2.0)
    growing = topic(size=24, months=months, expected=2.0, trend="growing")
    low, high = expected_range(steady, YEAR)
    least, most = expected_range(growing, YEAR)
    assert least < low < 2.0 < high < most
    burst = topic(size=9, months=(("2026-03", 9),), expected=0.0, trend="spike", peaks=("2026-03",))
    assert expected_range(burst, YEAR) == pytest.approx((0.0, 3.8415 / 11), abs=1e-3)


@given(COUNTS, COUNTS)
def test_fewer_is_the_difference_of_means_within_its_interval(
    before: list[int], after: list[int]
) -> None:
    """And the other way round it is the same with the other sign."""
    seen, back = fewer(before, after), fewer(after, before)
    assert seen.value == pytest.approx(sum(before) / len(before) - sum(after) / len(after))
    assert seen.low <= seen.value <= seen.high
    assert (back.low, back.high) == pytest.approx((-seen.high, -seen.low))
