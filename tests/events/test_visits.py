"""Visits partition what was counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kbtool.events.visits import VISIT_GAP, visits
from kbtool.model import Event

START = datetime(2026, 10, 5, 12, tzinfo=UTC)


def event(id_: str, minute: float, visitor: str | None = "a", excluded: str | None = None) -> Event:
    return Event(id_, "view", START + timedelta(minutes=minute), visitor, excluded=excluded)


def test_a_gap_of_half_an_hour_still_joins() -> None:
    """30 minutes belong to the visit, a microsecond more begins another."""
    events = [event("1", 0), event("2", 30), event("3", 60 + 1e-6)]
    assert [[e.id for e in visit.events] for visit in visits(events)] == [["1", "2"], ["3"]]


def test_excluded_and_unfollowed_events_are_in_no_visit() -> None:
    """Bots belong to no visit, and readers who asked not to be followed are never joined."""
    events = [event("1", 0), event("2", 1, visitor=None), event("3", 2, excluded="bot")]
    assert [[e.id for e in visit.events] for visit in visits(events)] == [["1"]]


EVENTS = st.lists(
    st.builds(
        lambda n, minute, visitor, excluded: event(f"e{n}", minute, visitor, excluded),
        st.integers(0, 10**6),
        st.integers(0, 300),
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from([None, None, "bot", "staff"]),
    ),
    unique_by=lambda e: e.id,
    max_size=40,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_visits_partition_the_counted_events(events: list[Event], random: object) -> None:
    """Each counted event with a visitor is in exactly one visit, whatever order they came in."""
    found = visits(events)
    inside = [e for visit in found for e in visit.events]
    expected = [e for e in events if e.excluded is None and e.visitor is not None]
    assert sorted(e.id for e in inside) == sorted(e.id for e in expected)
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert visits(shuffled) == found


@given(EVENTS)
def test_visits_are_cut_at_gaps_and_only_there(events: list[Event]) -> None:
    """Within a visit no gap is too long; between two visits of one visitor every gap is."""
    found = visits(events)
    assert list(found) == sorted(found, key=lambda v: (v.events[0].at, v.visitor))
    for visit in found:
        assert {e.visitor for e in visit.events} == {visit.visitor}
        assert all(b.at - a.at <= VISIT_GAP for a, b in pairwise(visit.events))
    for visitor in ("a", "b", "c"):
        own = [visit for visit in found if visit.visitor == visitor]
        for before, after in pairwise(own):
            assert after.events[0].at - before.events[-1].at > VISIT_GAP
