"""All lines of a run and the suggestions that carry them."""

from __future__ import annotations

from dataclasses import replace

from kbtool.events.visits import visits
from kbtool.model import Coverage, Proposal
from kbtool.suggest.wordings.propose import (
    propose,
    suggest_wordings,
    together,
    without_found,
    without_rejected,
)
from kbtool.suggest.wordings.searches import Searches
from kbtool.suggest.wordings.shelf import Shelf
from tests.metrics.histories import search, view
from tests.suggest.samples import suggestion, topic
from tests.suggest.wordings.cases_of import SHELF, cases, of_word, others


def _proposed() -> tuple[Proposal, ...]:
    searches = Searches()
    people = ("ann", "bob", "cem")
    events = [e for p in people for e in (search(0, "screen flickers", 0, p), view(1, p))]
    for visit in visits(events):
        searches.take(visit)
    flickers = cases(["the screen flickers"] * 3 + ["my screen flickers"] * 2, first=300)
    own = [*of_word("tv", 0), *of_word("telly", 100), *flickers, *others()]
    return propose(own, searches, Shelf(SHELF), lambda text: False)


def test_searches_and_tickets_speak_for_one_line() -> None:
    """The same wording is one line with the counts of both; synonyms are lines of their own."""
    found = {(one.file, one.line): one for one in _proposed()}
    both = found["en/tv.md", "- my screen flickers"]
    assert (both.searches, both.visits, len(both.tickets), both.requesters) == (3, 3, 5, 5)
    assert both.weight == 8
    telly = found["synonyms/en.yaml", "- telly: tv"]
    assert (telly.kind, telly.article, telly.requesters) == ("synonym", None, 6)


def test_an_articles_lines_come_in_one_suggestion() -> None:
    """It belongs to the topic that the article answers; a synonym to none."""
    lines = _proposed()
    coverage = {"t-1": Coverage("t-1", "kb-1", 0.9, "links")}
    found = suggest_wordings(lines, [topic("t-1")], SHELF, coverage, months=6)
    assert {(one.kind, one.topic, one.article) for one in found} == {
        ("wording", "t-1", "kb-1"),
        ("wording", None, None),
    }
    assert sum(len(one.proposals) for one in found) == len(lines)
    assert all(one.worth >= 0 for one in found)


def test_a_rejected_line_goes_and_its_suggestion_with_the_last() -> None:
    """What else is suggested stays."""
    lines = _proposed()
    found = suggest_wordings(lines, [], SHELF, {}, months=6)
    other = suggestion("t-2", 1.0)
    one = lines[0].id
    kept = without_rejected([*found, other], {one})
    assert one not in {line.id for each in kept for line in each.proposals}
    assert without_rejected([*found, other], {line.id for line in lines}) == (other,)


def test_a_query_whose_readers_found_an_article_needs_no_other() -> None:
    """Nothing is to be written on it; on other queries and topics it is."""
    lines = _proposed()
    asked = suggestion(None, 1.0, question="my screens flicker")
    kept = [suggestion(None, 1.0, question="gift cards"), suggestion("t-1", 1.0)]
    assert without_found([asked, *kept], lines) == tuple(kept)


def test_the_same_line_twice_is_one() -> None:
    """With what either knows of it."""
    line = next(one for one in _proposed() if one.tickets and one.visits)
    searched = replace(line, tickets=(), requesters=0, reason="searched")
    asked = replace(line, searches=0, visits=0, reason="asked")
    found = together([searched, asked])
    assert len(found) == 1
    assert (found[0].visits, found[0].tickets) == (line.visits, line.tickets)
    assert sorted(found[0].reason.split("; ")) == ["asked", "searched"]
