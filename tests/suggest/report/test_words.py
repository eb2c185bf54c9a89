"""Figures as a person reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kbtool.model import Coverage, Worth
from kbtool.suggest.report.words import (
    cut,
    figure,
    how_surely,
    languages,
    month,
    short_month,
    trend,
    worth,
)
from tests.suggest.samples import topic


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (0.04, "0.04"), (0.099, "0.1"), (1.0, "1.0"), (3.66, "3.7"), (9.96, "10"), (1204.4, "1,204")],
)  # fmt: skip
def test_figures(value: float, told: str) -> None:
    """Two digits that mean something, never a false precision."""
    assert figure(value) == told


def test_months() -> None:
    """A month of a year, a month of every year, and what is no month."""
    assert (month("2026-03"), month("12"), month("soon"), month("2026-13")) == (
        "March 2026", "December", "soon", "2026-13",
    )  # fmt: skip
    assert (short_month("2026-03"), short_month("12")) == ("Mar\u00a0’26", "December")


def test_trends_say_when() -> None:
    """A spike has its months, a season its months of the year."""
    spike = replace(topic(trend="spike"), peaks=("2026-02", "2026-03"))
    assert trend(spike) == "spike in Feb\u00a0’26 and Mar\u00a0’26"
    season = replace(topic(trend="seasonal"), peaks=("11", "12", "01"))
    assert trend(season) == "seasonal, most in November, December and January"
    assert trend(topic(trend="growing")) == "growing"


def test_worth_is_told_in_its_parts() -> None:
    """Factors that change nothing are left out; what the site adds and minutes are named."""
    assert worth(Worth(2.0, share=0.5)) == (
        "2.0 expected a month × 50\u00a0% that the action could deflect"
    )
    told = worth(Worth(2.0, cost=1.4, share=0.5, returned=3, ticket_minutes=10))
    assert "× 1.4 (cost of one; the average is 1) ×" in told
    assert told.endswith("+ 3.0 that readers of the help centre add; 44 minutes of agents’ time")
    assert worth(Worth(0.0, returned=2)) == "2.0 that readers of the help centre add"


@pytest.mark.parametrize(
    ("by", "told"),
    [("topic", "names this topic"), ("links", "83\u00a0% sure"), ("text", "should look")],
)
def test_how_surely(by: str, told: str) -> None:
    """How we know, and what is left to a person."""
    assert told in how_surely(Coverage("t", "kb-1", 0.83, by))  # type: ignore[arg-type]  # a parameter


def test_signs_that_disagree_are_told() -> None:
    """Another article that the other sign points at is named."""
    assert how_surely(Coverage("t", "kb-1", 0.6, "links", other="kb-2")).endswith(
        "60\u00a0% sure; but its words point at kb-2"
    )
    assert how_surely(Coverage("t", "kb-1", 0.6, "text", other="kb-2")).endswith(
        "; but agents link kb-2"
    )


def test_languages_and_cuts() -> None:
    """Languages bear their own names; unknown codes stay; cut texts say so."""
    assert languages((("tr", 1200), ("xx", 1), ("und", 2))) == (
        "Türkçe 1,200, xx 1, language unknown 2"
    )
    assert (cut("abc", 3), cut("ab cd", 3)) == ("abc", "ab …")
