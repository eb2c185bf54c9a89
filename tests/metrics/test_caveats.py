"""What is said with a number, and when."""

from __future__ import annotations

from collections import Counter

import pytest

from kbtool.metrics.caveats import distrust, spared
from kbtool.metrics.holdout import holdout_figures
from tests.metrics.page.samples import contact


def test_an_upper_bound_that_sees_few_tickets_is_not_to_be_used() -> None:
    """Below half of the tickets tied to a visit it says why; from half on nothing."""
    assert distrust(contact(100, 50)) == ""
    assert "only 49 % of tickets (49 of 100)" in distrust(contact(100, 49))
    assert "too few tickets are known" in distrust(contact(3, 3))


@pytest.mark.parametrize(
    ("on", "off", "told"),
    [
        (50, 80, "Hand-offs that suggestions spared in these visits: 30 (17 to 42)."),
        (78, 80, "No measurable difference; the smallest that could have been seen: 16.1 points."),
        (80, 50, "With suggestions more readers go to a person, not fewer."),
        (5, None, ""),
    ],
)
def test_the_lot_says_spared_only_beyond_chance(on: int, off: int | None, told: str) -> None:
    """Of a hundred visits in each arm so many handed off; an empty arm says nothing."""
    total = Counter({"arm on": 100, "arm on handed off": on})
    if off is not None:
        total.update({"arm off": 100, "arm off handed off": off})
    found = holdout_figures(total, 20)
    assert found
    assert spared(found) == told
