"""The rule of outcomes, case by case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kbtool.events.visits import visits
from kbtool.metrics.outcomes import Judgement, contacts_of, judge
from kbtool.model import Event
from tests.metrics.histories import at, contact, event, search, view, vote

DAY = timedelta(days=1)


def outcomes(*events: Event, window: timedelta = 7 * DAY) -> list[str]:
    """The outcome of each visit, "!" when it was taken back."""
    found = [judge(visit, contacts_of(events), window) for visit in visits(events)]
    return [j.outcome + "!" * j.taken_back for j in found]


def opened(minutes: float, visitor: str = "ann") -> Event:
    """A suggestion on the contact page is opened; its page's own view was lost."""
    return contact(minutes, "opened", visitor, article="kb-1")


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
        ([opened(0)], "potential"),
        ([opened(0), contact(1, "solved")], "confirmed"),
        ([opened(0), vote(1, "yes")], "confirmed"),
        ([opened(0), contact(1, "solved"), contact(2, "handoff")], "none!"),
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


def test_a_visit_token_ties_a_later_day_to_the_reader() -> None:
    """Of two hashes that handed off from one tab, each takes back what the other one said."""
    first = contact(0, "handoff", "mon", token="kbv-1")
    solved = [view(60, "mon"), contact(61, "solved", "mon")]
    again = contact(24 * 60, "handoff", "tue", token="kbv-1")
    other = contact(24 * 60, "handoff", "tue", token="kbv-2")
    assert outcomes(first, *solved, again) == ["unknown", "none!", "unknown"]
    assert outcomes(first, *solved, other) == ["unknown", "confirmed", "unknown"]
    assert outcomes(first, *solved, again, window=timedelta(hours=20))[1] == "confirmed"


def test_a_ticket_with_the_token_takes_a_solved_back() -> None:
    """The message was sent an hour after the hand-off: what was "solved" in between was not."""
    events = [contact(0, "handoff", token="kbv-1"), view(40), contact(41, "solved")]
    assert outcomes(*events) == ["unknown", "confirmed"]
    for tickets, outcome in [
        ([("kbv-1", at(60))], "none!"),
        ([("kbv-9", at(60))], "confirmed"),
        ([("kbv-1", at(8 * 24 * 60))], "confirmed"),
        ([("kbv-1", at(1))], "confirmed"),
    ]:
        contacts = contacts_of(events, tickets)
        judged = judge(visits(events)[1], contacts, 7 * DAY)
        assert judged.outcome + "!" * judged.taken_back == outcome


def test_excluded_and_anonymous_hand_offs_are_nobodys() -> None:
    """They belong to no visitor's contacts."""
    bot = event("contact", 1, value="handoff", excluded="bot")
    assert contacts_of([bot, contact(1, "handoff", None)]) == {}
    seen = view(0)
    found = judge(visits([seen])[0], contacts_of([bot]), DAY)
    assert found == Judgement("potential", False, seen.at)
