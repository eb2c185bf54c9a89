"""What to do next, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.model import Coverage, Suggestion, Trend, Way
from kbtool.suggest.additions import Replies
from kbtool.suggest.ranking import merge, suggest_from_topics
from tests.suggest.samples import article, suggestion, topic

NONE = Replies({})
LINKED = {"t-1": Coverage("t-1", "kb-1", 0.9, "links")}
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_uncovered_topic_is_to_be_written() -> None:
    """The reasons say how often, by how many, and that nothing answers it."""
    (found,) = suggest_from_topics([topic()], [], {}, NONE)
    assert (found.kind, found.topic, found.article) == ("write", "t-1", None)
    assert found.reasons == (
        "6 tickets in 6 months, steady",
        "6 different requesters",
        "no article answers it",
    )
    assert found.worth == 0.5
    assert found.command == "kbtool draft t-1"


def test_topics_that_will_bring_more_go_first() -> None:
    """Of topics with as many tickets the one that grows is worth most, the one that fades least."""
    growing = topic("t-9", trend="growing", expected=2.4)
    fading = topic("t-5", trend="fading", months=(("2026-01", 6),), expected=0.0)
    found = suggest_from_topics([fading, topic(), growing], [], {}, NONE)
    assert [s.topic for s in found] == ["t-9", "t-1", "t-5"]
    assert found[0].reasons[0] == "6 tickets in 6 months, growing: 2.4 a month lately"
    assert found[2].reasons[0] == "fading: 0 of 6 tickets in the last 2 months"
    assert found[2].worth == 0


@pytest.mark.parametrize(
    ("trend", "peaks", "told"),
    [
        ("spike", ("2026-01",), "spike: 3 of 6 tickets in 2026-01"),
        ("seasonal", ("01", "12"), "6 tickets in 6 months, most in Jan, Dec every year"),
    ],
)
def test_bursts_and_seasons_say_when(trend: Trend, peaks: tuple[str, ...], told: str) -> None:
    """The month of a spike and the months of a season are named."""
    (found,) = suggest_from_topics([topic(trend=trend, peaks=peaks)], [], {}, NONE)
    assert found.reasons[0] == told


def test_a_sign_against_the_covering_article_is_told() -> None:
    """What the other sign points at stands in the reason."""
    other = topic(keywords=("extend", "longer", "loan"))
    unsure = {"t-1": Coverage("t-1", "kb-1", 0.6, "text", other="kb-7")}
    (found,) = suggest_from_topics([other], [article("kb-1")], unsure, NONE)
    assert "kb-1 answers it (its words are alike, but agents link kb-7)" in found.reasons


def test_a_covered_quiet_topic_needs_nothing() -> None:
    """An article in the customers' words, in their language, with nothing to add: silence."""
    assert suggest_from_topics([topic()], [article("kb-1")], LINKED, NONE) == ()


def test_agents_who_keep_adding_ask_for_a_fix() -> None:
    """What a third of the replies add to the article is named."""
    reply = "Open My shelf and press Renew. Reserved copies need a librarian desk visit."
    replies = {f"desk:t-1-{n}": ("en", reply) for n in range(4)}
    others = {f"desk:o-{n}": ("en", "Please write to the archive.") for n in range(8)}
    (found,) = suggest_from_topics(
        [topic()], [article("kb-1")], LINKED, Replies({**replies, **others})
    )
    assert found.kind == "fix"
    assert any("“reserved copies”" in reason for reason in found.reasons)


def test_agents_names_are_no_additions() -> None:
    """What all replies of the desk say is not about this topic."""
    signed = {
        f"desk:{t}-{n}": ("en", "Renew. Warm greetings Hannah")
        for t in ("t-1", "o")
        for n in range(6)
    }
    assert suggest_from_topics([topic()], [article("kb-1")], LINKED, Replies(signed)) == ()


def test_a_missing_language_is_to_be_translated() -> None:
    """Tickets in a language the article does not exist in ask for a translation."""
    foreign = topic(langs=(("en", 4), ("tr", 2)))
    (found,) = suggest_from_topics([foreign], [article("kb-1")], LINKED, NONE)
    assert (found.kind, found.article) == ("translate", "kb-1")
    assert "kb-1 answers it (agents link it), but not in tr (2 tickets)" in found.reasons
    there = article("kb-2", lang="tr", translation_of="kb-1", title="renew loan")
    assert suggest_from_topics([foreign], [article("kb-1"), there], LINKED, NONE) == ()


def test_customers_words_are_suggested() -> None:
    """A covered topic that customers ask in other words gets those words."""
    other = topic(keywords=("extend", "longer", "loan"))
    (found,) = suggest_from_topics([other], [article("kb-1")], LINKED, NONE)
    assert found.kind == "wording"
    assert "extend, longer" in found.reasons[-1]


def test_a_topic_asleep_is_left_out() -> None:
    """What was rejected stays out of the list; the others do not."""
    both = [suggestion("t-1", 2.0), suggestion("t-2", 1.0)]
    assert merge(both, asleep={"t-1"}) == (both[1],)


def test_the_same_action_twice_is_one() -> None:
    """Two sources that ask for the same become one with the reasons of both."""
    (found,) = merge([suggestion("t-1", 1.0)], [suggestion("t-1", 3.0)])
    assert found.worth == 3.0
    assert found.reasons == ("worth 3.0", "worth 1.0")


@given(
    st.lists(
        st.builds(
            suggestion,
            st.sampled_from([None, "t-1", "t-2", "t-3"]),
            st.floats(0, 100),
            kind=st.sampled_from(["write", "fix"]),
            question=st.sampled_from(["a", "b"]),
        ),
        max_size=8,
    ),
    st.integers(1, 5),
)
def test_merged_is_ranked_distinct_and_limited(found: list[Suggestion], most: int) -> None:
    """Worth never rises down the list, no action stands twice, the order in is forgotten."""
    merged = merge(found, most=most)
    assert [s.worth for s in merged] == sorted((s.worth for s in merged), reverse=True)
    actions = [(s.kind, s.topic or s.question) for s in merged]
    assert len(actions) == len(set(actions)) <= most
    assert [s.worth for s in merge(found[::-1], most=most)] == [s.worth for s in merged]


def test_two_ways_of_answering_are_told_with_a_ticket_of_each() -> None:
    """A writer sees at once that agents do not agree, and where to read it."""
    ways = (Way("desk:4", 5), Way("desk:9", 3))
    (found,) = suggest_from_topics([replace(topic(), ways=ways)], [], {}, NONE)
    told = "agents answer it in two ways: 5 tickets as in desk:4, 3 tickets as in desk:9"
    assert told in found.reasons
    (other,) = suggest_from_topics([topic()], [], {}, NONE)
    assert not any("two ways" in reason for reason in other.reasons)
