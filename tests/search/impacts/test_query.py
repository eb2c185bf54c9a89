"""A query as words, and what each of them stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.impacts.query import Group, clean_query, read_groups, read_query
from kbtool.search.impacts.reader import Shelf
from kbtool.search.impacts.scale import (
    COMPLETION,
    JOINED,
    NEAR,
    ONLY_COMPLETION,
    PHRASE,
    WHOLE,
)
from kbtool.search.terms import MAX_QUERY_LENGTH, MAX_QUERY_WORDS
from tests.search.helpers import document
from tests.search.impacts.helpers import queries, shelf_of

DOCUMENTS = [
    document("a", "en", "How to lock the bike", "Wishlist, newsletter and password of SIM locks."),
    document("b", "en", "Turn it off", "Raincoat, zephyr mode, part 502 and the A1 unit."),
    *(document(f"x{n}", "en", f"Rain {n}", "Nothing else at all.") for n in range(4)),
]
SHELF = shelf_of(DOCUMENTS)


def groups(query: str, shelf: Shelf = SHELF, *, as_typed: bool = False) -> list[Group]:
    """One group a word; without bonuses."""
    found = read_groups(read_query(query, shelf), shelf, as_typed=as_typed)
    return [group for group in found if not getattr(group, "is_bonus", False)]


def scales(group: Group) -> set[int]:
    return {reading.scale for reading in group.readings}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("How to lock the bike?", ["lock", "bike"]),
        ("lock LOCK Lock", ["lock"]),
        ("how to", ["how", "to"]),  # nothing else is there
        ("title:lock AND -bike*", ["title", "lock", "bike"]),
        ("", []),
        ("\u202elo\u200bck", ["lo", "ck"]),
    ],
)
def test_words_that_carry_meaning(text: str, kept: list[str]) -> None:
    """Each once, in order; stop words only when there is nothing else; no operators."""
    assert [word.key for word in read_query(text, SHELF).kept] == kept


@pytest.mark.parametrize(
    ("text", "typing"),
    [("loc", True), ("loc*", True), ("lock ", False), ("lock?", False), ("lock the", False), ("", False)],
)  # fmt: skip
def test_the_last_word_may_be_unfinished(text: str, typing: bool) -> None:
    """Until something stands after it; a stop word is whole."""
    assert read_query(text, SHELF).typing is typing


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("my VPN bike", {"vpn"}),
        ("MY VPN BIKE", set()),  # somebody shouts
        ("A1 and 502", {"a1", "502"}),
        ("Vpn", set()),
        ("I lost my bike", set()),
    ],
)
def test_names_and_codes_are_taken_as_typed(text: str, exact: set[str]) -> None:
    """Capitals among small letters, and anything with a digit."""
    assert {word.key for word in read_query(text, SHELF).kept if word.exact} == exact


@given(st.text(max_size=700))
def test_any_text_is_read(text: str) -> None:
    """No more than the limits; nothing that could act on a terminal."""
    clean = clean_query(text)
    assert len(clean) <= MAX_QUERY_LENGTH * 3  # NFC makes a few letters three
    assert clean.isprintable() or not clean.strip() or all(ord(c) > 31 for c in clean)
    query = read_query(text, SHELF)
    assert len(query.every) <= MAX_QUERY_WORDS
    assert {word.key for word in query.kept} <= set(query.every)


def test_a_known_word_is_itself() -> None:
    """At full scale, and only with a space after it without its completions."""
    (whole,) = groups("lock ")
    assert WHOLE in scales(whole)
    assert whole.known
    assert COMPLETION not in scales(whole)
    (typing,) = groups("rain")
    assert COMPLETION in scales(typing)  # raincoat


def test_an_unfinished_word_is_what_it_may_become() -> None:
    """Known, so that nothing is corrected."""
    (group,) = groups("newsl")
    assert ONLY_COMPLETION in scales(group)
    assert (group.known, group.corrected) == (True, None)


def test_a_word_typed_as_two() -> None:
    """Both words stand for the joined one, too."""
    news, letter = groups("news letter ")
    assert JOINED in scales(news)
    assert JOINED in scales(letter)


def test_two_words_typed_as_one() -> None:
    """By both parts, when articles have them."""
    shelf = shelf_of([document("a", "en", "Garden pump"), document("b", "en", "Rain")])
    (group,) = groups("gardenpump ", shelf)
    assert group.readings
    assert {n for r in group.readings for t, _ in r.terms for n in shelf.postings(t).articles} == {
        0
    }


def test_a_phrase_with_room_for_others() -> None:
    """``switch the light off`` is what ``turn it off`` is."""
    found = groups("switch the light off ")
    assert any(PHRASE in scales(group) for group in found)


def test_a_slip_is_corrected_and_told() -> None:
    """By its distance; the word as the articles spell it."""
    (one,) = groups("pasword ")
    assert (one.corrected, one.known) == ("password", False)
    assert NEAR[1] in scales(one)
    (two,) = groups("npssletter ")
    assert two.corrected == "newsletter"
    assert NEAR[2] in scales(two)


def test_another_form_is_no_correction() -> None:
    """It is searched and not told."""
    (group,) = groups("passworded ")
    assert group.corrected is None
    assert "password" in group.forms


@pytest.mark.parametrize("query", ["my PSSAWORD here", "pssaword1", "pw", "zephxr9 mode"])
def test_what_is_never_corrected(query: str) -> None:
    """Capitals among small words, words with digits, words of fewer than three letters."""
    assert [group.corrected for group in groups(query) if group.corrected] == []


@given(queries())
def test_corrections_are_of_unknown_words_by_known_ones(query: str) -> None:
    """No word that an article has is ever taken for another; what is searched instead is one."""
    for group in groups(query):
        entry = SHELF.entry(group.word.key)
        if entry is not None and entry.having:
            assert group.corrected is None
            assert group.known
        if group.corrected is not None:
            meant = SHELF.entry(group.corrected)
            assert meant is not None
            assert meant.having
            assert not group.word.exact
            assert len(group.word.key) >= 3


@given(queries())
def test_as_typed_corrects_nothing(query: str) -> None:
    """Beside that it reads the query in the same way."""
    typed, usual = groups(query, as_typed=True), groups(query)
    assert [group.corrected for group in typed] == [None] * len(typed)
    assert [group.word for group in typed] == [group.word for group in usual]
    for one, other in zip(typed, usual, strict=True):
        assert one == other or not other.known
