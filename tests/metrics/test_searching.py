"""What becomes of searches, case by case."""

from __future__ import annotations

import pytest

from kbtool.model import Event, QueryFigures
from tests.metrics.histories import click, contact, event, report_of, search, view


def fates(*events: Event) -> tuple[int, int, int, int]:
    """Searches that succeeded, were refined, were abandoned; and all of them."""
    found = report_of(events).search
    assert found
    of = {found.success.denominator, found.refined.denominator, found.abandoned.denominator}
    assert len(of) == 1
    return (found.success.numerator, found.refined.numerator, found.abandoned.numerator, of.pop())


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([search(0, "tyre", 2), click(1, "tyre")], (1, 0, 0, 1)),
        ([search(0, "tyre", 2), click(1, "TYRE"), view(1)], (1, 0, 0, 1)),
        ([search(0, "tyre", 2)], (0, 0, 1, 1)),
        ([search(0, "tyre", 0)], (0, 0, 1, 1)),
        ([search(0, "tyre", 2), view(1)], (0, 0, 0, 1)),
        ([view(0), search(1, "tyre", 2)], (0, 0, 1, 1)),
        ([search(0, "tyre", 2), click(1, "tyre"), contact(2, "handoff")], (0, 0, 0, 1)),
        ([search(0, "tyre", 2), contact(2, "handoff")], (0, 0, 0, 1)),
        ([search(0, "tyre", 2), search(1, "tyres", 2)], (0, 0, 1, 1)),
        ([search(0, "tyre", 2), search(1, "puncture", 2), click(2, "puncture")], (1, 1, 0, 2)),
        ([search(0, "tyre", 2), click(1, "tyre"), search(2, "puncture", 2)], (0, 1, 1, 2)),
        ([search(0, "a1", 0), search(1, "b2", 0), search(2, "a1", 0)], (0, 1, 1, 2)),
        ([search(0, "tyre", 2, None)], (0, 0, 0, 0)),
        ([event("search", 0, query="tyre"), view(1)], (0, 0, 0, 0)),
    ],
)
def test_the_fate_of_a_search(events: list[Event], expected: tuple[int, int, int, int]) -> None:
    """Found, refined or abandoned, at most one of them; other searches ended with a person or in
    browsing. A search without a visitor has no known fate, nor one that only a log tells of.
    """
    assert fates(*events) == expected


def test_a_query_says_what_was_searched_for_next() -> None:
    """The commonest first, by visits, at most three."""
    events = []
    for number, then in enumerate(["lock", "LOCK", "key", "battery", "chain"]):
        name = f"v{number}"
        events += [search(0, "pedal", 0, name), search(1, then, 1, name)]
    found = {q.query: q for q in report_of(events).queries}
    assert found["pedal"] == QueryFigures(
        "pedal", "en", 5, 5, 0, 0, refined=(("lock", 2), ("key", 1), ("chain", 1))
    )
    assert found["lock"].refined == ()


def test_results_can_only_be_passed_over_where_they_were_seen() -> None:
    """Not by a reader whose clicks are not known, nor where a log does not say what was found."""
    events = [
        search(0, "tyre", 2, "ann"), click(1, "tyre", "ann"),
        search(0, "tyre", 2, "ben"),
        search(0, "tyre", 0, "cem"),
        search(0, "tyre", 2, None),
        event("search", 0, "dan", query="tyre"),
    ]  # fmt: skip
    (found,) = report_of(events).queries
    assert (found.searches, found.without_result, found.followed) == (5, 1, 2)
    assert (found.clicked, found.unopened) == (1, 1)
