"""Searches in vain, and what was opened after all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kbtool.events.visits import visits
from kbtool.model import Article, Event
from kbtool.suggest.wordings.searches import Reworded, Searches, Vain
from kbtool.suggest.wordings.shelf import Shelf
from tests.metrics.histories import click, contact, search, view, vote
from tests.suggest.samples import article
from tests.suggest.wordings.cases_of import SHELF

THREE = ("ann", "bob", "cem")


def _taken(events: Iterable[Event]) -> Searches:
    found = Searches()
    for visit in visits(events):
        found.take(visit)
    return found


def _nothing_personal(text: str) -> bool:
    return "@" in text


def _vain(events: Iterable[Event], articles: tuple[Article, ...] = SHELF) -> list[Vain]:
    return list(_taken(events).vain(Shelf(articles), _nothing_personal))


def _reworded(events: Iterable[Event], shelf: Shelf | None = None) -> list[Reworded]:
    return list(_taken(events).reworded(shelf or Shelf(SHELF), _nothing_personal))


def _history(
    query: str, article_id: str = "kb-1", people: Iterable[str] = THREE, results: int = 0
) -> list[Event]:
    """Each of them searches for it and then opens the article from a list."""
    return [
        event
        for person in people
        for event in (search(0, query, results, person), view(2, person, article_id))
    ]


@pytest.mark.parametrize("results", [0, 4])
def test_what_was_searched_in_vain_belongs_to_what_was_opened(results: int) -> None:
    """Nothing was found, or nobody opened a result: the article lacks the wording."""
    found = _vain(_history("screen stays dark", results=results))
    assert [(one.lang, one.article, one.seen.text) for one in found] == [
        ("en", "kb-1", "screen stays dark")
    ]
    assert (found[0].seen.searches, found[0].seen.visits) == (3, 3)


def test_a_query_sent_twice_is_one_visit() -> None:
    """Searches and visits are counted apart; other endings are the same query."""
    again = [search(1, "Screens stay dark", 0, "ann")]
    found = _vain([*_history("screen stays dark"), *again])
    assert (found[0].seen.searches, found[0].seen.visits) == (4, 3)


def test_an_opened_result_is_no_search_in_vain() -> None:
    """Whoever opened a result of it found it."""
    clicks = [click(1, "screen stays dark", person) for person in THREE]
    assert _vain([*_history("screen stays dark", results=3), *clicks]) == []


def test_two_visitors_are_too_few() -> None:
    """Also when one of them comes back."""
    later = [search(90, "screen stays dark", 0, "ann"), view(91, "ann")]
    assert _vain([*_history("screen stays dark", people=THREE[:2]), *later]) == []


@pytest.mark.parametrize(
    "after",
    [contact(3, "handoff", "cem"), vote(3, "no", "cem")],
    ids=["went on to a person", "did not help"],
)
def test_who_was_not_helped_does_not_count(after: Event) -> None:
    """The article was opened, and was not the answer."""
    assert _vain([*_history("screen stays dark"), after]) == []


def test_a_yes_outweighs_what_was_opened_later() -> None:
    """A vote says which of two opened articles helped; else it was the last."""
    events = _history("screen stays dark")
    looked_on = [view(5, person, "kb-2") for person in THREE]
    voted = [vote(3, "yes", person, "kb-1") for person in THREE]
    assert [one.article for one in _vain([*events, *looked_on])] == ["kb-2"]
    assert [one.article for one in _vain([*events, *looked_on, *voted])] == ["kb-1"]


def test_the_beginning_of_a_longer_query_is_typing() -> None:
    """What a reader was still typing is nobody's wording."""
    typed = [search(1, "screen stays dark", 0, person) for person in THREE]
    assert [one.seen.text for one in _vain([*_history("screen sta"), *typed])] == [
        "screen stays dark"
    ]


def test_where_readers_end_up_in_different_places_nothing_is_proposed() -> None:
    """Most of those who found something must have found this."""
    elsewhere = _history("screen stays dark", "kb-2", ("dan", "eve", "fay"))
    assert _vain([*_history("screen stays dark"), *elsewhere]) == []


def test_what_the_article_says_already_is_no_missing_wording() -> None:
    """Title, wordings and tags; a pasted line is not proposed again."""
    mended = article("kb-1", "My tv shows no picture", also_asked=("screen stays dark",))
    assert _vain(_history("screen stays dark"), (mended,)) == []


@pytest.mark.parametrize(
    "query",
    [
        "where is [order]",
        "write ann@tea.example",
        "x " * 60,
        "<b>dark</b>",
        "dark \u202escreen",
        "the",
    ],
)
def test_what_may_not_be_shown_is_left_out(query: str) -> None:
    """Redacted, personal, endless, markup, nothing but stop words."""
    assert _vain(_history(query)) == []


def test_the_line_goes_to_the_translation_that_was_asked_for() -> None:
    """Who searches in one language and opens another's page is answered in their own."""
    turkish = article("kb-3", "Ekran kararıyor", lang="tr", translation_of="kb-1")
    events = [
        event
        for person in THREE
        for event in (search(0, "siyah ekran sorunu", 0, person, "tr"), view(1, person, "kb-1"))
    ]
    assert [one.article for one in _vain(events, (*SHELF, turkish))] == ["kb-3"]
    assert _vain(events) == []


def _rewording(one: str, two: str) -> list[Event]:
    return [
        event
        for person in THREE
        for event in (
            search(0, one, 0, person),
            search(1, two, 3, person),
            click(2, two, person, "kb-1"),
        )
    ]


@pytest.mark.parametrize(
    ("one", "two", "pair"),
    [
        ("telly", "tv", (("telly",), ("tv",))),
        ("haywire", "tv black", (("haywire",), ("tv", "black"))),
        ("telly no picture", "tv no picture", (("telly",), ("tv",))),
        ("idiot box picture", "tv picture", (("idiot", "box"), ("tv",))),
    ],
)
def test_exchanged_words_are_a_synonym(
    one: str, two: str, pair: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    """What readers typed instead, and then opened what they found."""
    found = _reworded(_rewording(one, two))
    assert [(each.pair, each.seen.visits) for each in found] == [(("en", *pair), 3)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("pictures", "picture tv"),
        ("black tea offers", "tv picture"),
        ("pictrue", "picture"),
        ("parcel", "tv"),
    ],
    ids=["added", "another question", "a slip", "a word that articles have"],
)
def test_other_changes_of_a_query_are_none(one: str, two: str) -> None:
    """A word more, all words other, a slip, a word that search knows."""
    assert _reworded(_rewording(one, two)) == []


def test_a_written_synonym_is_not_proposed_again() -> None:
    """Pasting the line takes it off the list."""
    shelf = Shelf(SHELF, {"en": [(("telly",), ("tv",))]})
    assert _reworded(_rewording("telly", "tv"), shelf) == []


def test_order_does_not_matter() -> None:
    """Visits are taken in any order."""
    events = [*_history("screen stays dark"), *_rewording("telly", "tv")]
    shuffled = [*events[1::2], *events[::-2]]
    assert _vain(events) == _vain(shuffled)
    assert _reworded(events) == _reworded(shuffled)
