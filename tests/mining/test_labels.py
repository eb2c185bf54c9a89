"""Labels: trend, months, ids, what may be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.mining.labels import Labels, birth_id, may_be_shown, trend
from kbtool.months import month_range
from tests.mining.samples import questions

YEAR = month_range("2025-12", "2026-11")


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({"2026-09": 2, "2026-10": 1}, "new"),
        ({"2026-10": 2}, "steady"),
        ({"2026-01": 3, "2026-02": 2, "2026-09": 4, "2026-10": 6, "2026-11": 7}, "growing"),
        ({"2026-02": 5, "2026-03": 4}, "fading"),
        ({"2025-12": 2, "2026-03": 2, "2026-06": 2, "2026-10": 3}, "steady"),
        ({"2026-01": 40_000, "2026-10": 30_000}, "growing"),
        ({"2026-01": 90_000, "2026-10": 30_000}, "fading"),
        ({}, "steady"),
    ],
)
def test_trend(months: dict[str, int], expected: str) -> None:
    """The last third of the months against those before, by chance of one in ten."""
    assert trend(months, YEAR) == expected


def test_trend_needs_three_months() -> None:
    """A short export says nothing about time."""
    assert trend({"2026-11": 9}, ("2026-10", "2026-11")) == "steady"


@given(st.dictionaries(st.sampled_from(YEAR), st.integers(1, 50)))
def test_trend_never_contradicts_the_counts(months: dict[str, int]) -> None:
    """Growing topics are above their even share in the last third, fading ones below."""
    late = sum(months.get(m, 0) for m in YEAR[-4:])
    even = sum(months.values()) / 3
    found = trend(months, YEAR)
    assert found != "growing" or late > even
    assert found != "fading" or late < even


def test_month_range_crosses_years() -> None:
    """Months are counted on over New Year."""
    assert month_range("2025-11", "2026-02") == ("2025-11", "2025-12", "2026-01", "2026-02")


def test_birth_id_is_the_same_in_any_order() -> None:
    """An id is a function of the tickets alone."""
    assert birth_id(["a:1", "a:2"]) == birth_id(["a:2", "a:1"])
    assert birth_id(["a:1", "a:2"]) != birth_id(["a:1", "a:3"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("How do I renew a loan?", True),
        ("Hello Anna, how are you?", False),
        ("why?", False),
        ("what is this?", False),
        ("x" * 121, False),
    ],
)
def test_what_may_be_shown(text: str, shown: bool) -> None:
    """Greetings, scraps and long sentences never stand for a topic."""
    assert may_be_shown(text, "en") is shown


def test_facts_of_a_topic() -> None:
    """Requesters, months and languages are counted; the typical ticket goes first."""
    group = [q for q in questions() if q.ticket.startswith("desk:fee")]
    topic = Labels(questions()).topic(group)
    assert topic.requesters == 6
    assert topic.languages == (("en", 4), ("tr", 2))
    assert [month for month, _ in topic.months] == [f"2026-0{n}" for n in range(1, 7)]
    assert set(topic.tickets) == {q.ticket for q in group}
    assert {"late", "fee"} <= set(topic.keywords)


def test_wordings_differ() -> None:
    """No wording repeats another one's words."""
    group = [q for q in questions() if q.ticket.startswith("desk:renew")]
    again = [replace(q, ticket=f"{q.ticket}-again") for q in group]
    labels = Labels([*questions(), *again])
    texts = [w.text for w in labels.topic([*group, *again]).wordings]
    assert len(texts) == len(set(texts)) >= 3
