"""What an article loses when tickets are forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.explain.reliance import message_of, reliance, ticket_of, without
from kbtool.model import Article, Evidence

REFS = ("z:1/10/s1", "z:1/10/s2", "z:2/20/s1", "z:3/30/s1")
EVIDENCE = Evidence("Press.", REFS, 3, 2, date(2026, 3, 1), date(2026, 1, 1))
WRITTEN = {
    ("z:1", "10"): ("ann", date(2026, 1, 1)),
    ("z:2", "20"): ("bo", date(2026, 2, 1)),
    ("z:3", "30"): ("ann", date(2026, 3, 1)),
}


def test_counts_and_dates_are_those_of_what_is_left() -> None:
    """Tickets, agents, first and last day."""
    left = without(EVIDENCE, {"z:3"}, WRITTEN)
    assert (left.sources, left.tickets, left.agents) == (REFS[:3], 2, 2)
    assert (left.first_seen, left.last_seen) == (date(2026, 1, 1), date(2026, 2, 1))
    assert without(EVIDENCE, {"z:2"}, WRITTEN).agents == 1


def test_what_the_store_does_not_know_is_only_bounded() -> None:
    """A ticket that was pruned still counts as support; agents are never more than tickets."""
    left = without(EVIDENCE, {"z:1", "z:2"}, {})
    assert (left.tickets, left.agents, left.last_seen) == (1, 1, EVIDENCE.last_seen)


def test_nothing_left_is_said_as_none() -> None:
    """The sentence stays in the list, so that a reader of the file sees what became of it."""
    left = without(EVIDENCE, {"z:1", "z:2", "z:3"}, WRITTEN)
    assert (left.text, left.sources, left.tickets, left.agents) == ("Press.", (), 0, 0)
    assert (left.first_seen, left.last_seen) == (None, None)


@given(st.sets(st.sampled_from(["z:1", "z:2", "z:3", "z:4"])), st.booleans())
def test_less_is_never_more(gone: set[str], known: bool) -> None:
    """Whatever goes: no reference to it is left, no count grows, and twice is once."""
    left = without(EVIDENCE, gone, WRITTEN if known else {})
    assert not gone & {ticket_of(ref) for ref in left.sources}
    assert left.tickets == len({ticket_of(ref) for ref in left.sources})
    assert left.agents <= min(EVIDENCE.agents, left.tickets)
    assert without(left, gone, WRITTEN if known else {}) == left


@pytest.mark.parametrize("key", ["z:1", "my:desk:1/2", "a/b:c"])
def test_references_are_read_from_their_end(key: str) -> None:
    """Keys may hold what separates the parts."""
    assert message_of(f"{key}/m:9/s12") == (key, "m:9")


def test_short_titles_are_nobodys_own() -> None:
    """Two words are said by everybody, whoever wrote them first."""
    article = Article("kb-1", "Unlock bike", "en", "draft", None, "x", "a.md")
    assert reliance(article, (), {}, {" unlock bike now "}, ()) is None
