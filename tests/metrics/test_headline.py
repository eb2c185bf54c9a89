"""The first number of the report, and what stands in its place when there is none."""

from __future__ import annotations

from dataclasses import replace

from kbtool.metrics.headline import Headline, headline
from kbtool.model import Effects, Pooled, Report, Span
from tests.metrics.page.samples import effects, empty, rich, young


def with_pooled(per_month: Span, change: Span, **fields: object) -> Headline:
    """The headline of a pooled effect."""
    known = effects()
    assert known.pooled
    pooled: Pooled = replace(known.pooled, per_month=per_month, change=change, **fields)  # type: ignore[arg-type]  # each test gives fields of Pooled
    return headline(replace(rich(), effects=replace(known, pooled=pooled)))


def test_tickets_avoided_stand_with_interval_and_what_could_be_seen() -> None:
    """Topics, controls, the change in per cent, the lot, and the money."""
    found = headline(rich())
    assert (found.value, found.interval, found.is_known) == ("41 tickets a month", "22 to 60", True)
    told = " ".join(found.told)
    assert "10 topics with an article, each held against 23 topics without one" in told
    assert "−24 % (−34 to −13 %)" in told
    assert "smallest reduction that could have been seen: 14 %" in told
    assert "3 of 10 were published on dates drawn by lot." in told
    assert found.saved == "EUR 330 (179 to 482) a month"


def test_an_interval_with_nought_in_it_is_no_measurable_change() -> None:
    """It says the estimate, what could have been seen, and never money."""
    found = with_pooled(Span(12, -4, 30), Span(-0.08, -0.2, 0.03))
    assert found.value == "No measurable change"
    assert "12 (−4.0 to 30) tickets avoided a month; that holds 0" in " ".join(found.told)
    assert "could have been seen: 14 %" in " ".join(found.told)
    assert found.saved == ""


def test_more_tickets_are_called_more() -> None:
    """An effect in the wrong direction is no success."""
    found = with_pooled(Span(-9, -16, -2), Span(0.1, 0.02, 0.2))
    assert found.value == "9.0 more tickets a month"


def test_chance_alone_is_told_where_dates_were_drawn() -> None:
    """The share of all draws that show as much."""
    found = with_pooled(Span(40, 20, 60), Span(-0.2, -0.3, -0.1), randomised=6, chance=0.031)
    assert "chance alone shows as much in 3.1 % of all draws" in " ".join(found.told)
    rare = with_pooled(Span(40, 20, 60), Span(-0.2, -0.3, -0.1), randomised=6, chance=0.0002)
    assert "in less than 0.1 % of all draws" in " ".join(rare.told)


def test_without_an_estimate_it_says_what_is_missing() -> None:
    """From the estimate's gates; in an empty help centre, where to begin."""
    found = headline(young())
    assert (found.value, found.interval, found.is_known) == ("Not enough data yet", "", False)
    assert found.missing == young().effects.missing  # type: ignore[union-attr]  # it has some
    assert "kbtool suggest" in headline(empty()).missing[0]
    nothing_said = replace(empty(), effects=Effects(None, None, 0, ()))
    assert headline(nothing_said).missing == headline(empty()).missing


def test_money_comes_from_the_estimate_alone() -> None:
    """No cost of a ticket in the settings, no money; views change nothing."""
    whole: Report = rich()
    assert whole.effects
    free = replace(whole, effects=replace(whole.effects, saved=None))
    assert headline(free).saved == ""
    assert headline(replace(whole, views=10**9, potential=whole.helpful)) == headline(whole)
