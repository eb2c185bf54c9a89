"""Numbers as the report says them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.metrics.words import (
    amount,
    amount_told,
    change,
    change_told,
    interval,
    per_cent,
    points_told,
    rate_told,
    share_of,
)
from kbtool.model import Rate, Span
from tests.metrics.page.samples import share


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0 %"), (0.0004, "<0.1 %"), (0.0006, "0.1 %"), (0.046, "4.6 %"), (0.0996, "10 %"), (0.43, "43 %"), (1, "100 %"),
     (-0.031, "−3.1 %"), (-0.0001, "0.0 %")],
)  # fmt: skip
def test_shares(value: float, told: str) -> None:
    """One digit after the point below a tenth, none above; what is not 0 is not called 0."""
    assert per_cent(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (0.001, "0"), (-0.001, "0"), (0.04, "0.04"), (3.72, "3.7"), (9.96, "10"), (1204.4, "1,204"),
     (-17.3, "−17")],
)  # fmt: skip
def test_amounts(value: float, told: str) -> None:
    """As many digits as a person reads."""
    assert amount(value) == told


def test_estimates_come_with_their_intervals() -> None:
    """A minus is a minus sign, and a plus is said."""
    assert amount_told(Span(41.3, 12.2, 70)) == "41 (12 to 70)"
    assert change_told(Span(-0.32, -0.484, -0.11)) == "−32 % (−48 to −11 %)"
    assert change_told(Span(0.001, -0.2, 1.5)) == "0 % (−20 to +150 %)"
    assert points_told(Span(0.081, -0.003, 0.129)) == "+8.1 points (−0.3 to +12.9)"
    assert change(-0.004) == "0 %"


def test_a_share_of_too_little_is_none() -> None:
    """And says how much there is, and what is needed."""
    assert share_of(share(2, 3)) is None
    assert rate_told(share(2, 3), 20) == "not enough data (3 of 20)"
    assert interval(share(2, 3)) == ""
    assert rate_told(Rate(43, 100, 0.337, 0.528), 20) == "43 % (34 – 53 %)"


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_no_number_is_said_in_a_way_that_cannot_be_read(a: float, b: float, c: float) -> None:
    """Digits, separators, signs; never nan, e+ or a minus before nought."""
    span = Span(a, b, c)
    for told in (amount_told(span), change_told(span), points_told(span)):
        assert re.fullmatch(r"[\d.,−+ ()%a-z]+", told)
        assert not re.search(r"−0(?![.,\d])|−0\.0(?!\d)|nan|inf|\de", told)
