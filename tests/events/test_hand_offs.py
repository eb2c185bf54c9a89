"""Hand-offs meet their tickets by the visit token, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kbtool.events.hand_offs import HandOff, join_hand_offs
from kbtool.model import Event

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
A, B, C = "kbv-aaaaaaaaaaaa", "kbv-bbbbbbbbbbbb", "kbv-cccccccccccc"


def hand_off(id_: str, token: str | None, minute: int = 0) -> Event:
    at = NOON + timedelta(minutes=minute)
    return Event(id_, "contact", at, None, value="handoff", token=token)


def test_tickets_are_joined_by_token() -> None:
    """One or several or none; a token that nobody handed off is no hand-off of ours."""
    events = [hand_off("2", B, 5), hand_off("1", A), hand_off("3", A, 9), hand_off("4", None)]
    carried = [(A, "desk:8"), (A, "desk:7"), (C, "desk:9"), (A, "desk:7")]
    assert join_hand_offs(events, carried) == (
        HandOff(A, (events[1], events[2]), ("desk:7", "desk:8")),
        HandOff(B, (events[0],), ()),
    )


def test_what_is_not_counted_is_no_hand_off() -> None:
    """Neither staff nor a step that is not the last."""
    staff = replace(hand_off("1", A), excluded="staff")
    opened = replace(hand_off("2", B), value="open")
    assert join_hand_offs([staff, opened], [(A, "desk:1"), (B, "desk:2")]) == ()


@given(
    st.lists(st.tuples(st.sampled_from([A, B, C]), st.integers(0, 3)), max_size=6),
    st.lists(st.tuples(st.sampled_from([A, B, C]), st.sampled_from(["d:1", "d:2"])), max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_does_not_matter(
    handed: list[tuple[str, int]], carried: list[tuple[str, str]], shuffle: Random
) -> None:
    """The same hand-offs whichever way events and tickets come."""
    events = [hand_off(str(n), token, minute) for n, (token, minute) in enumerate(handed)]
    found = join_hand_offs(events, carried)
    shuffle.shuffle(events)
    shuffle.shuffle(carried)
    assert join_hand_offs(events, carried) == found
