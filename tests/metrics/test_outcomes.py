"""The rule of outcomes, case by case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kbtool.events.visits import visits
from kbtool.metrics.outcomes import Judgement, contacts_of, judge
from kbtool.model import Event
from tests.metrics.histories import contact, event, search, view, vote

DAY = timedelta(days=1)


def outcomes(*events: Event, window: timedelta = 7 * DAY) -> list[str]:
    """The outcome of each visit, "!" when it was taken back."""
    found = [judge(visit, contacts_of(events), window) for visit in visits(events)]
    return [j.outcome + "!" * j.taken_back for j in found]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([view(0)], "potential"),
        ([view(0), vote(1, "yes")], "confirmed"),
        ([view(0), vote(1, "no")], "potential"),
        ([view(0), vote(1, "yes"), vote(2, "no")], "potential"),
        ([view(0), vote(1, "no"), vote(2, "yes")], "confirmed"),
        ([view(0), vote(1, "yes", article="kb-2")], "potential"),
        ([vote(0, "yes"), view(1)], "potential"),
        ([view(0), contact(1, "open")], "potential"),
        ([view(0), contact(1, "open"), contact(2, "solved")], "confirmed"),
        ([contact(0, "solved"), view(1)], "potential"),
        ([view(0), contact(2, "handoff")], "none"),
        ([contact(0, "handoff"), view(1)], "none"),
        ([view(0), vote(1, "yes"), contact(2, "handoff")], "none!"),
        ([view(0), contact(1, "handoff"), contact(2, "solved")], "none"),
        ([search(0, "bike", 3)], "unknown"),
        ([search(0, "bike", 0), contact(1, "handoff")], "unknown"),
        ([event("view", 0)], "unknown"),
    ],
)
def test_one_visit(events: list[Event], expected: str) -> None:
    """Each way through a visit has the outcome that the rule says."""
    assert outcomes(*events) == [expected]


def test_a_later_visit_takes_back_within_the_window_only() -> None:
    """The hand-off counts until window days after the first article view, that moment included."""
    helped = [view(0), vote(1, "yes")]
    later = contact(24 * 60, "handoff")
    assert outcomes(*helped, later, window=DAY) == ["none!", "unknown"]
    too_late = contact(24 * 60 + 1, "handoff")
    assert outcomes(*helped, too_late, window=DAY) == ["confirmed", "unknown"]


def test_an_earlier_visit_takes_nothing_back() -> None:
    """A hand-off of a visit before this one does not touch it."""
    assert outcomes(contact(0, "handoff"), view(60)) == ["unknown", "potential"]


def test_another_visitors_hand_off_does_not_matter() -> None:
    """Only the same visitor takes back."""
    assert sorted(outcomes(view(0, "ann"), contact(1, "handoff", "bob"))) == [
        "potential",
        "unknown",
    ]


def test_excluded_and_anonymous_hand_offs_are_nobodys() -> None:
    """They belong to no visitor's contacts."""
    bot = event("contact", 1, value="handoff", excluded="bot")
    assert contacts_of([bot, contact(1, "handoff", None)]) == {}
    assert judge(visits([view(0)])[0], contacts_of([bot]), DAY) == Judgement("potential", False)
