"""Two periods side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.intervals import newcombe
from kbtool.metrics.compare import (
    COUNTS,
    SHARES,
    Change,
    compare,
    count_change,
    cut_short,
    share_named,
)
from kbtool.metrics.definitions import METRICS
from kbtool.model import Rate
from tests.metrics.page.samples import empty, rich, share


def helpful(now: Rate, before: Rate) -> Change:
    """What is said of the helpful votes."""
    later, earlier = replace(rich(), helpful=now), replace(rich(), helpful=before)
    (found,) = [one for one in compare(later, earlier).changes if one.name == "helpful"]
    return found


@pytest.mark.parametrize(
    ("now", "before", "word"),
    [
        (share(80, 100), share(50, 100), "more"),
        (share(50, 100), share(80, 100), "less"),
        (share(52, 100), share(50, 100), "no clear change"),
        (share(9, 10), share(50, 100), None),
        (share(50, 100), share(1, 10), None),
    ],
)
def test_a_share_is_more_or_less_only_beyond_chance(
    now: Rate, before: Rate, word: str | None
) -> None:
    """Newcombe's interval of the difference leaves 0 out; too little data says nothing."""
    found = helpful(now, before)
    assert found.word == word
    assert (found.difference is None) == (word is None)
    if found.difference:
        parts = (now.numerator, now.denominator, before.numerator, before.denominator)
        assert (found.difference.low, found.difference.high) == newcombe(*parts)


@given(st.integers(20, 400), st.integers(20, 400), st.data())
def test_looking_back_turns_the_sign(n: int, m: int, data: st.DataObject) -> None:
    """The difference and its interval are mirrored, and so is the word."""
    a = share(data.draw(st.integers(0, n)), n)
    b = share(data.draw(st.integers(0, m)), m)
    there, back = helpful(a, b), helpful(b, a)
    assert there.difference
    assert back.difference
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.difference.low == pytest.approx(-back.difference.high)
    mirrored = {"more": "less", "less": "more", "no clear change": "no clear change"}
    assert back.word == mirrored[there.word or ""]


def test_counts_have_both_numbers_and_no_verdict() -> None:
    """What happens in one week goes together: an interval of a count would be a lie."""
    found = compare(rich(), replace(rich(), views=40_000))
    views = found.changes[0]
    assert (views.name, views.before, views.now) == ("views", 40_000, rich().views)
    assert (views.difference, views.word) == (None, None)
    assert count_change(views) == "+25 %"
    assert count_change(Change("views", 0, 5)) == "–"


def test_what_a_period_lacks_is_left_out() -> None:
    """No contact page, no shares of it; every name is a defined figure of the report."""
    names = {one.name for one in compare(rich(), empty()).changes}
    assert "contact.explicit" not in names
    assert "confirmed" in names
    assert set(COUNTS) | set(SHARES) <= set(METRICS)
    assert all(share_named(name, rich()) for name in SHARES)
    assert share_named("contact.steps", rich()) is None


def test_a_period_that_was_not_counted_whole_is_told() -> None:
    """Counting that began in it makes every count grow; whole periods say nothing."""
    week = rich().series[3]
    assert week.days == 7
    part, whole = replace(week, days=3), replace(rich(), series=(week, week))
    whole = replace(whole, since=whole.until - timedelta(days=14))
    assert cut_short(compare(whole, whole)) == ""
    late = replace(whole, series=(part, week))
    told = cut_short(compare(whole, late))
    assert told.startswith("In the earlier period events were counted on 10 of 14 days.")
    assert cut_short(compare(late, whole)).startswith("In the later period")
