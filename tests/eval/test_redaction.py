"""The measure itself, the labelled set, and what redaction must not fall below."""

from __future__ import annotations

from collections import Counter

import pytest

from kbtool.privacy.spans import Span
from tests.eval.redaction import (
    KINDS,
    LANGUAGES,
    Case,
    alarms,
    baseline,
    is_right,
    measured,
    misses,
    read_cases,
    redactor,
    with_gate,
)

CASE = Case("dev", "en", (), "my wife Anna, 12 Oak Road", (Span(8, 12, "name"), Span(14, 25, "address")))  # fmt: skip


def test_the_set_is_what_it_says() -> None:
    """Both parts big, every kind and language in both, two fifths without personal data."""
    cases = read_cases()
    assert len(cases) >= 500
    assert len({case.text for case in cases}) == len(cases)
    for part in ("dev", "heldout"):
        mine = [case for case in cases if case.part == part]
        kinds = Counter(mark.kind for case in mine for mark in case.marks)
        assert set(KINDS) - {"order"} <= set(kinds)
        assert {case.lang for case in mine} == set(LANGUAGES)
        assert sum(not case.marks for case in mine) >= 0.38 * len(mine)


def test_each_mistake_is_counted() -> None:
    """A piece that is left, one that is left in part, a word taken along, a wrong alarm."""
    assert list(misses(CASE, [])) == ["missed name: 'Anna'", "missed address: '12 Oak Road'"]
    half = [Span(8, 12, "name"), Span(14, 20, "address")]
    assert list(misses(CASE, half)) == ["missed address: '12 Oak Road'"]
    assert not is_right(CASE, Span(3, 12, "name"))
    assert not is_right(CASE, Span(0, 2, "name"))
    assert is_right(CASE, Span(8, 25, "name"))
    tally = measured([CASE], lambda _: half)
    assert (tally.recall(), tally.precision()) == (0.5, 1.0)
    assert tally.leaked() == 4 / 13


@pytest.mark.parametrize(
    ("part", "recall", "precision"), [("dev", 0.99, 0.99), ("heldout", 0.95, 0.97)]
)
def test_redaction_stays_as_good_as_it_was(part: str, recall: float, precision: float) -> None:
    """Shares that were reached once, far more than plain patterns and a phone matcher reach."""
    cases = read_cases(part)
    ours = measured(cases, redactor)
    assert ours.recall() >= recall
    assert ours.precision() >= precision
    assert ours.leaked() <= 0.04
    assert measured(cases, with_gate).recall() >= ours.recall()
    assert ours.recall() > 3 * measured(cases, baseline).recall()


def test_published_articles_are_left_alone() -> None:
    """The redactor takes nothing from the articles of content/, and the gate names nothing."""
    words, redacted, articles, shown = alarms()
    assert words > 2_000
    assert articles > 20
    assert redacted == 0
    assert shown == 0
