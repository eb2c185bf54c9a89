"""Support: which sentences several agents say, and who they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.agreeing.support import CAP, Replies, gather, support_needed
from tests.articles.saying.sentences import DAY, tickets, told

FEE = "The moving fee is 29 euros."


def _shown(read: Replies, needed: int = 2) -> list[str]:
    return [found.group.said.text for found in read.candidates(needed) if not found.alone]


@pytest.mark.parametrize(
    ("lang", "text", "tickets"),
    [
        ("en", "A moving fee of 29 euros is due.", 1),
        ("en", "The moving fee is 39 euros.", 0),
        ("et", "Kolimistasu on 29 €", 1),
        ("et", "Kolimistasu on 39 €", 0),
        ("tr", "Taşıma ücreti 29 eurodur.", 1),
        ("de", "Die Umzugsgebühr ist 29 €", 1),
    ],
)
def test_who_says_the_same(lang: str, text: str, tickets: int) -> None:
    """In other words or in another language, but with no other number."""
    read = Replies([[told(text, lang)]], "en")
    assert read.supporting(told(FEE, ticket=9)).tickets == tickets


def test_the_cross_is_two_way() -> None:
    """The Estonian sentence rests on the English one too."""
    read = Replies([[told(FEE)]], "et")
    assert read.supporting(told("Kolimistasu on 29 €", "et", ticket=9)).tickets == 1


def test_a_candidate_needs_tickets_and_agents() -> None:
    """One agent's habit is marked as alone; what one ticket says is none."""
    same = [[told(FEE, ticket=n, agent="a1")] for n in (1, 2, 3)]
    other = [[told("Tea boxes hold green tea.", ticket=4, agent="a2")]]
    (found,) = Replies(same + other, "en").candidates(2)
    assert (found.group.tickets, found.group.agents, found.alone) == (3, 1, True)
    assert Replies(same, "en").candidates(2)[0].alone is False
    assert Replies(same + other, "en").candidates(4) == []


@pytest.mark.parametrize(
    "rare",
    [
        "The moving fee is 29 euros for contract 4711.",
        "The moving fee is 29 euros at pay.example/x.",
        "The moving fee is 29 euros for Anna.",
    ],
)
def test_rare_strings_never_stand_in_a_draft(rare: str) -> None:
    """A number, an address or a name that one ticket holds is that ticket's."""
    read = Replies(tickets(FEE, FEE, rare, FEE), "en")
    assert rare not in _shown(read)
    assert FEE in _shown(read)


def test_what_may_not_be_shown_is_not() -> None:
    """The gate sees the sentence without link marks."""
    text = "Pay the moving fee of 29 euros at \ue000kb-7\ue001 first."
    said = tickets(text, text)
    assert _shown(Replies(said, "en", lambda one: "kb-7" not in one)) == [text]
    assert _shown(Replies(said, "en", lambda one: "29" not in one)) == []


def test_facts_are_what_enough_tickets_and_agents_state() -> None:
    """Numbers, addresses and labels, those of most tickets first."""
    read = Replies(
        tickets(FEE, FEE, FEE, "Wait 5 days there.", "Wait 5 days here.", "Wait 9 days."), "en"
    )
    facts = read.facts(2)
    numbers = {
        number: read.vocabulary.meaning(f"{number} {unit}", "en").mask
        for number, unit in ((29, "euros"), (5, "days"), (9, "days"))
    }
    assert facts[0] & numbers[29]
    assert any(fact & numbers[5] for fact in facts)
    assert len(facts) == 2


def test_a_fact_in_many_words_finds_its_sentence() -> None:
    """Everybody says it otherwise; the sentence that has most in common states it."""
    read = Replies(
        tickets(
            "The moving fee is 29 euros.",
            "For moving we take 29 euros.",
            "Moving boxes costs 29 euros once.",
        ),
        "en",
    )
    (fact,) = read.facts(3)
    stating = read.stating(fact, 3, 0)
    assert stating is not None
    assert stating.group.tickets == 3
    assert read.stating(fact, 4, 0) is None


def test_trust_and_spelling_weigh() -> None:
    """A bad rating and a misspelt wording count less."""
    said = tickets(FEE, FEE)
    full = Replies(said, "en").candidates(2)[0].trust
    less = Replies(said, "en", trust={"desk:1": 0.5}).candidates(2)[0].trust
    assert (full, less) == (2.0, 1.5)


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_more_tickets_need_more_support(one: int, other: int) -> None:
    """But never more than the cap nor fewer than two."""
    less, more = sorted((one, other))
    assert 2 <= support_needed(less) <= support_needed(more) <= CAP


def test_a_group_counts_tickets_agents_and_days() -> None:
    """A sentence that comes whole and trimmed is one source; the place is the tickets' median."""
    whole = told("Wait a day (or so).", ticket=1, day=3, place=0.2)
    trimmed = told("Wait a day.", ticket=1, day=3, place=0.2)
    others = [told("Wait.", ticket=n, day=n, agent="a1", place=n / 10) for n in (4, 6)]
    group = gather(whole, [trimmed, whole, *others])
    assert [source.ref for source in group.sources] == ["desk:1/m1/s1", "desk:4/m1/s1", "desk:6/m1/s1"]  # fmt: skip
    assert (group.tickets, group.agents, group.place) == (3, 1, 0.4)
    assert group.first_seen == DAY + timedelta(days=3)
    assert group.last_seen == DAY + timedelta(days=6)
    assert gather(whole, []).first_seen is None


def test_a_macro_is_one_candidate() -> None:
    """Sent hundreds of times, its newest wording stands for all, whatever the order."""
    said = tickets(*[FEE] * 9)
    assert _shown(Replies(said, "en")) == _shown(Replies(said[::-1], "en")) == [FEE]
