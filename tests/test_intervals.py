"""Shares and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.intervals import newcombe, rate, wilson
from kbtool.model import Rate


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_the_published_ones(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3."""
    found = wilson(numerator, denominator)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_intervals_of_differences_are_the_published_ones(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10."""
    found = newcombe(*first, *second)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_nothing_is_divided_by_zero() -> None:
    """No data gives no interval; a share that cannot be is a bug and says so."""
    assert rate(0, 0, 0) == Rate(0, 0, None, None)
    for numerator, denominator in [(1, 0), (3, 2), (-1, 5)]:
        with pytest.raises(ValueError, match="not a share"):
            rate(numerator, denominator, 1)
    with pytest.raises(ValueError, match="not a share"):
        wilson(0, 0)
    with pytest.raises(ValueError, match="not a share"):
        newcombe(1, 2, 0, 0)


def test_below_the_minimum_count_there_are_no_bounds() -> None:
    """19 of 20 needed: numerator and denominator stay, the bounds are None."""
    assert rate(10, 19, 20) == Rate(10, 19, None, None)
    assert rate(10, 20, 20).low is not None


SHARES = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARES, SHARES)
def test_the_interval_of_a_difference_holds_it(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    """-1 ≤ low ≤ difference ≤ high ≤ 1; swapping the shares turns it round; a smaller z narrows it."""
    low, high = newcombe(*first, *second)
    difference = first[0] / first[1] - second[0] / second[1]
    assert -1 <= low <= difference <= high <= 1
    assert newcombe(*second, *first) == pytest.approx((-high, -low), abs=1e-12)
    narrow = newcombe(*first, *second, z=1)
    assert low <= narrow[0] + 1e-12
    assert narrow[1] <= high + 1e-12


@given(SHARES)
def test_the_interval_holds_the_share(parts: tuple[int, int]) -> None:
    """0 ≤ low ≤ share ≤ high ≤ 1, and the interval of the complement is its mirror image."""
    numerator, denominator = parts
    low, high = wilson(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1
    mirrored = wilson(denominator - numerator, denominator)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)
