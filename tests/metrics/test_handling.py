"""How tickets were handled, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kbtool.metrics.handling import handling_figures
from kbtool.model import Rate, TicketFacts, TopicHandling
from tests.metrics.histories import NONE
from tests.suggest.samples import topic

CREATED = datetime(2026, 10, 5, tzinfo=UTC)


def facts(
    id_: str,
    *,
    hours: float | None = 2,
    replies: int = 1,
    reopens: int | None = None,
    csat: float | None = None,
    answered: bool = True,
    resolved: bool = True,
) -> TicketFacts:
    """An answered ticket of one reply, created on 5 October."""
    return TicketFacts(
        key=f"s:{id_}", created_at=CREATED, resolved=resolved, answered=answered,
        solved_at=None if hours is None else CREATED + timedelta(hours=hours),
        language="en", replies=replies, reopens=reopens, csat=csat, type=None,
    )  # fmt: skip


def whole(*tickets: TicketFacts, min_count: int = 1) -> TopicHandling:
    """The figures of all tickets."""
    return handling_figures(tickets, {}, (), min_count)[0]


def parts(of: Rate) -> tuple[int, int]:
    """Numerator and denominator."""
    return of.numerator, of.denominator


def test_without_tickets_there_is_nothing() -> None:
    """No row of zeros."""
    assert handling_figures((), {}, (topic(),), 1) == ()


def test_first_contact_is_one_reply_and_no_reopening() -> None:
    """Two replies, a reopening, an unanswered ticket: none of them; unknown reopening counts."""
    found = whole(
        facts("1"),
        facts("2", reopens=0),
        facts("3", reopens=1),
        facts("4", replies=2),
        facts("5", replies=1, answered=False),
    )
    assert (found.tickets, found.answered) == (5, 4)
    assert parts(found.first_contact) == (2, 4)


def test_reopening_is_a_share_of_what_could_tell_and_was_resolved() -> None:
    """A source that tells nothing and a ticket that was never resolved are in neither part."""
    found = whole(
        facts("1", reopens=None),
        facts("2", reopens=0),
        facts("3", reopens=2),
        facts("4", reopens=0, resolved=False, answered=False),
        facts("5", reopens=1, resolved=False, answered=False),
    )
    assert parts(found.reopened) == (2, 3)


def test_hours_are_the_median_of_answered_tickets_with_both_dates() -> None:
    """One solved before it was created, an open one and an undated one are left out."""
    undated = replace(facts("5"), created_at=None)
    found = whole(
        facts("1", hours=1),
        facts("2", hours=4.5),
        facts("3", hours=100),
        facts("4", hours=-1),
        undated,
        facts("6", hours=1, answered=False),
    )
    assert found.hours == 4.5
    assert whole(undated).hours is None


def test_replies_are_a_mean_of_answered_tickets() -> None:
    """None when nothing was answered."""
    assert whole(facts("1"), facts("2", replies=4), facts("3", answered=False)).replies == 2.5
    assert whole(facts("1", answered=False)).replies is None


def test_a_good_rating_is_three_quarters_or_more() -> None:
    """Of the rated tickets only, answered or not."""
    rated = (facts("1", csat=1.0), facts("2", csat=0.75), facts("3", csat=0.74, answered=False))
    assert parts(whole(*rated, facts("4")).csat) == (2, 3)
    assert whole(facts("1")).csat == NONE


def test_few_tickets_have_no_interval() -> None:
    """The share is there; how sure it is, is not."""
    found = whole(facts("1"), min_count=2)
    assert found.first_contact == Rate(1, 1, None, None)
    assert whole(facts("1"), facts("2"), min_count=2).first_contact.low is not None


def test_topics_come_after_all_largest_first() -> None:
    """A topic without tickets in the period has no row; a ticket without a topic is in "all"."""
    topics = [topic("t-1"), topic("t-2"), topic("t-3")]
    homes = {"s:1": "t-1", "s:2": "t-2", "s:3": "t-2", "s:9": "t-3"}
    rows = handling_figures([facts(str(n)) for n in range(1, 5)], homes, topics, 1)
    assert [(row.topic, row.tickets) for row in rows] == [(None, 4), ("t-2", 2), ("t-1", 1)]
    assert rows[1].question == topics[1].question


made = st.builds(
    facts,
    st.integers(0, 30).map(str),
    hours=st.none() | st.floats(-5, 500),
    replies=st.integers(0, 5),
    reopens=st.none() | st.integers(0, 3),
    csat=st.none() | st.floats(0, 1),
    answered=st.booleans(),
    resolved=st.booleans(),
)


@given(st.lists(made, min_size=1), st.randoms(use_true_random=False))
def test_the_order_of_tickets_does_not_matter(tickets: list[TicketFacts], chance: Random) -> None:
    """And no share is more than one."""
    homes = {ticket.key: "t-1" for ticket in tickets[::2]}
    rows = handling_figures(tickets, homes, [topic("t-1")], 1)
    shuffled = list(tickets)
    chance.shuffle(shuffled)
    assert handling_figures(shuffled, homes, [topic("t-1")], 1) == rows
    for row in rows:
        for share in (row.first_contact, row.reopened, row.csat):
            assert share.numerator <= share.denominator <= row.tickets
