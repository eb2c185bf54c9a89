"""Worth is a product of what was measured; its one assumption is told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import ArticleFigures, Coverage, Message, Rate, SuggestionKind, Ticket
from kbtool.suggest.worth import (
    AVERAGE_TICKETS,
    REMOVABLE,
    Estimates,
    Handling,
    article_success,
    in_minutes,
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
