"""Worth is a product of what was measured; its one assumption is told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import (
    ArticleFigures,
    Coverage,
    Effects,
    Message,
    Pooled,
    Rate,
    Span,
    SuggestionKind,
    Ticket,
    Worth,
)
from kbtool.suggest.additions import Replies
from kbtool.suggest.ranking import suggest_from_topics
from kbtool.suggest.worth import (
    AVERAGE_TICKETS,
    REMOVABLE,
    Estimates,
    Handling,
    article_success,
    in_minutes,
    measured_share,
)
from tests.mining.samples import ticket
from tests.suggest.samples import suggestion, topic


def handled(id_: str, replies: int, *, reopens: int | None = None, hours: float = 2) -> Ticket:
    """A ticket that took so many public replies."""
    made = ticket(id_=id_, reopens=reopens)
    at = made.created_at
    assert at is not None
    sent = [Message(str(n), "agent", "public", at, "a", "Done.") for n in range(replies)]
    note = Message("n", "agent", "internal", at, "a", "Ask billing.")
    return ticket(
        id_=id_,
        reopens=reopens,
        messages=(*made.messages, *sent, note),
        solved_at=at + timedelta(hours=hours),
    )


def handling(*tickets: Ticket) -> Handling:
    """What these tickets took."""
    made = Handling()
    for one in tickets:
        made.take(one)
    return made


def test_cost_is_rounds_against_the_average() -> None:
    """Public replies and reopenings count, notes do not; few tickets are drawn to the average."""
    hard = [handled(f"t-1-{n}", 3, reopens=1, hours=100) for n in range(6)]
    easy = [handled(f"o-{n}", 1, hours=10) for n in range(18)]
    found = handling(*hard, *easy)
    usual = (6 * 4 + 18) / 24
    cost = found.of(t.key for t in hard)
    assert (cost.rounds, cost.hours) == (4, 100)
    assert cost.relative == pytest.approx(
        (24 + AVERAGE_TICKETS * usual) / (6 + AVERAGE_TICKETS) / usual
    )
    assert 1 < cost.relative < 4 / usual
    assert Estimates(found).told([t.key for t in hard]) == [
        "4.0 replies a ticket (1.8 on average)",
        "solved in 4 days (10 hours on average)",
    ]
    assert found.of(t.key for t in easy).relative < 1


def test_unknown_handling_is_average() -> None:
    """An export without replies says nothing about the work, so nothing is invented."""
    silent = handling(*(handled(str(n), 0) for n in range(5)))
    assert silent.of(["desk:0"]).relative == 1
    assert Estimates(silent).told(["desk:0"]) == []
    parts = Estimates().worth("write", topic(), None)
    assert (parts.tickets, parts.cost, parts.share, parts.measured) == (1.0, 1.0, 0.5, False)


def effects(change: Span) -> Effects:
    """A pooled effect over seven topics."""
    pooled = Pooled(7, change, Span(0, 0, 0), Span(0, 0, 0), 0.2)
    return Effects(None, None, 12, (), pooled)


def test_what_articles_removed_takes_the_place_of_the_assumption() -> None:
    """For new articles only; the reason says over how many topics, and how surely."""
    measured = measured_share(effects(Span(-0.31, -0.42, -0.18)))
    assert measured is not None
    known = Estimates(measured=measured)
    write, fix = known.worth("write", topic(), None), known.worth("fix", topic(), None)
    assert (write.share, write.share_range, write.measured) == (0.31, (0.18, 0.42), True)
    assert (fix.share, fix.share_range, fix.measured) == (0.25, (0.05, 0.5), False)
    (found,) = suggest_from_topics([topic()], [], {}, Replies({}), (), known)
    assert found.reasons[-1] == (
        "what an article removes is measured, not assumed: 31% of a topic's tickets "
        "(18% to 42%, pooled over 7 topics)"
    )


@pytest.mark.parametrize(
    ("change", "share"),
    [
        (Span(0.1, -0.2, 0.5), Span(0.0, 0.0, 0.2)),
        (Span(-0.9, -1.4, -0.5), Span(0.9, 0.5, 1.0)),
    ],
)
def test_a_share_is_a_share(change: Span, share: Span) -> None:
    """More tickets than before are none removed, and nothing removes more than all."""
    measured = measured_share(effects(change))
    assert measured is not None
    assert measured.share == share
    assert measured_share(None) is None
    assert measured_share(Effects(None, None, 0, ())) is None


@given(st.floats(0, 500), st.floats(0.1, 5), st.floats(0, 1), st.floats(0, 1), st.integers(0, 300))
def test_worth_lies_within_its_interval(
    expects: float, cost: float, left: float, novelty: float, votes: int
) -> None:
    """Whatever the parts are."""
    parts = Worth(
        expects, cost, 0.5 * left, votes / 3, novelty=round(novelty, 2),
        tickets_range=(expects / 2, expects * 3), share_range=(0.1 * left, 0.8 * left),
        returned_range=(votes / 4, votes / 2),
    )  # fmt: skip
    assert parts.interval is not None
    low, high = parts.interval
    assert low <= parts.value <= high


def test_without_ranges_there_is_no_interval() -> None:
    """What nothing says the sureness of is not shown as sure."""
    assert Worth(2.0).interval is None
    assert Worth(0.0, returned=1.0).interval is None
    assert Worth(0.0).interval == (0.0, 0.0)


def test_a_good_article_leaves_little() -> None:
    """The surer it answers and the more it helps, the less is left; a translation keeps all."""
    good, poor = Estimates(success={"kb-1": 0.9}), Estimates(success={"kb-1": 0.2})
    sure = Coverage("t-1", "kb-1", 0.9, "links")
    unsure = Coverage("t-1", "kb-1", 0.5, "text")
    assert good.worth("fix", topic(), sure).share == pytest.approx(0.25 * (1 - 0.81))
    assert poor.worth("fix", topic(), sure).share == pytest.approx(0.25 * (1 - 0.18))
    assert good.worth("fix", topic(), unsure).share == pytest.approx(0.25 * (1 - 0.45))
    assert Estimates().worth("fix", topic(), sure).share == pytest.approx(0.25 * (1 - 0.45))
    assert good.worth("translate", topic(), sure, 0.4).share == pytest.approx(0.2)


def figures(helpful: tuple[int, int], contacts: tuple[int, int]) -> ArticleFigures:
    """Votes (yes, all) and visits (went on to a person, all) of kb-1."""
    votes, visits = Rate(*helpful, None, None), Rate(*contacts, None, None)
    return ArticleFigures("kb-1", "?", "en", 9, 9, 0, votes, visits, 0, Rate(0, 0, None, None))


def test_success_is_votes_and_visits_drawn_to_one_half() -> None:
    """Nothing measured is no figure; one vote changes little; the worse of two signs counts."""
    assert article_success([figures((0, 0), (0, 0))]) == {}
    assert article_success([figures((1, 1), (0, 0))]) == {"kb-1": 0.6}
    assert article_success([figures((96, 96), (48, 96))]) == {"kb-1": 0.5}
    assert article_success([figures((0, 96), (0, 96))]) == {"kb-1": 0.02}


def test_minutes_only_when_the_team_said_what_a_reply_takes() -> None:
    """Worth × replies of an average ticket × minutes."""
    found = handling(handled("1", 1), handled("2", 3))
    (plain,) = in_minutes([suggestion("t-1", 4.0)], found, None)
    assert plain.parts.minutes is None
    (told,) = in_minutes([suggestion("t-1", 4.0)], found, 6.5)
    assert told.parts.minutes == round(4 * 2 * 6.5)
    assert told.worth == plain.worth


@given(
    st.sampled_from(sorted(REMOVABLE)),
    st.floats(0, 1),
    st.floats(0, 1),
    st.lists(st.integers(0, 9), min_size=1, max_size=12),
    st.floats(0, 1000),
)
def test_worth_is_the_product_of_its_parts(
    kind: SuggestionKind, confidence: float, success: float, replies: list[int], monthly: float
) -> None:
    """Never below nothing, never more than the assumed share of the tickets' cost."""
    found = handling(*(handled(f"t-1-{n}", count) for n, count in enumerate(replies)))
    known = Coverage("t-1", "kb-1", confidence, "links")
    parts = Estimates(found, {"kb-1": success}).worth(kind, topic(expected=monthly), known)
    assert parts.value == round(parts.tickets * parts.cost * parts.share, 2)
    assert 0 <= parts.share <= REMOVABLE[kind]
    assert parts.tickets == monthly
    assert 0.5 < parts.cost < 10
