"""Known words that an unknown one may have meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.impacts.near import (
    KEPT,
    SHORTEST,
    TWO_FROM,
    corrections,
    distance,
    endings_of,
    is_slip,
    longest_tail,
    relatives,
)
from kbtool.search.impacts.reader import Shelf
from tests.search.helpers import document
from tests.search.impacts.helpers import EN, numbered, shelf_of

SHELF = shelf_of(numbered(80))
KNOWN = {
    key: entry.having
    for n in range(SHELF.shards)
    for key, entry in SHELF.words(n).starting("")
    if entry.having
}


def keys(key: str, shelf: Shelf = SHELF) -> list[str]:
    return [found.key for found in corrections(key, shelf)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("battrey", "battery"),  # swapped
        ("batery", "battery"),  # left out
        ("batttery", "battery"),  # added
        ("battety", "battery"),  # replaced
        ("nattery", "battery"),  # the first letter
        ("trailet", "trailer"),  # the last letter
        ("adderss", "address"),
        ("hlemet", "helmet"),  # swapped in the middle
        ("hemlet", "helmet"),
        ("batxxry", "battery"),  # two
        ("tyer", "tyre"),
        ("pupm", "pump"),
        ("bik", "bike"),
    ],
)
def test_a_slip_finds_its_word(typed: str, meant: str) -> None:
    """One letter anywhere, or two in a long word."""
    assert keys(typed)[0] == meant


@pytest.mark.parametrize("typed", ["ba", "b", "", "zzzz", "zxqwvy", "qik"])
def test_what_is_no_slip(typed: str) -> None:
    """Too short, or near nothing; a word of three letters keeps its first."""
    assert keys(typed) == []


def test_the_most_frequent_of_the_nearest_first() -> None:
    """Then by the alphabet; farther ones after nearer ones, and few of them."""
    words = ["lamp"] * 3 + ["camp", "damp", "ramp", "vamp", "stamp"]
    shelf = shelf_of([document(str(n), "xx", word) for n, word in enumerate(words)], "xx")
    assert keys("tamp", shelf) == ["lamp", "camp", "damp", "ramp"]


@given(st.text(alphabet="abeiklrty", max_size=9))
def test_corrections_are_known_words_that_are_near(typed: str) -> None:
    """Articles have them; the distance is right; none is missed that is one letter away."""
    found = corrections(typed, SHELF)
    assert len(found) <= KEPT
    for one in found:
        assert one.entry.having == KNOWN[one.key] > 0
        assert one.distance in (1, 2)
        assert one.distance == 1 or len(typed) >= TWO_FROM
        assert one.key[: len(typed) + 3] != typed
        near = min(slow_distance(typed, one.key), slow_distance(typed, one.key[: len(typed)]) + 1)
        assert near <= one.distance
    right = [word for word in KNOWN if word.isalpha() and slow_distance(typed, word) == 1]
    if len(typed) > SHORTEST and len(right) <= KEPT:
        assert {one.key for one in found} >= set(right)


@given(st.sampled_from(EN), st.integers(0, 12), st.sampled_from("abcxyz"), st.integers(0, 3))
def test_every_slip_of_one_letter_leads_back(word: str, at: int, letter: str, kind: int) -> None:
    """Of a word of five letters or more, wherever it is: the word is among the corrections."""
    at %= len(word)
    typed = (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    )[kind]
    near = [other for other in KNOWN if slow_distance(typed, other) <= 1]
    if typed not in KNOWN and len(word) >= 5 and len(near) <= KEPT:
        assert word in keys(typed)


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7))
def test_the_distance_is_that_of_the_table(one: str, two: str) -> None:
    """Trimmed ends and early ends change nothing."""
    right = slow_distance(one, two)
    for most in (1, 2):
        assert distance(one, two, most) == (right if 1 <= right <= most else None)


def slow_distance(one: str, two: str) -> int:
    """Optimal string alignment by the whole table, as the textbook has it."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(two) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (one[i - 1] != two[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(two)]


@pytest.mark.parametrize(
    ("typed", "found", "slip"),
    [
        ("pasword", "password", True),
        ("passwords", "password", False),  # an ending: another form
        ("parool", "paroolile", False),
        ("sifer", "sifre", True),
    ],
)
def test_an_ending_is_no_slip(typed: str, found: str, slip: bool) -> None:
    """What differs in its last two letters only may as well be another form; it is not told."""
    assert is_slip(typed, found) is slip


def test_relatives_begin_alike() -> None:
    """The known words with the longest common beginning, the most frequent first."""
    documents = [
        document("a", "xx", "parkingly parkings"),
        document("b", "xx", "parkingo"),
        document("c", "xx", "parkingo"),
    ]
    shelf = shelf_of(documents, "xx")
    assert [key for key, _ in relatives("parkingoz", shelf)] == ["parkingo"]
    assert [key for key, _ in relatives("parkingx", shelf)] == ["parkingo", "parkingly", "parkings"]
    assert relatives("par", shelf) == relatives("xyzt", shelf) == []


def test_compounds_by_their_ends() -> None:
    """An unknown word that known ones end in, and the known word that an unknown one ends in."""
    shelf = shelf_of([document("a", "de", "Fahrradschloss"), document("b", "de", "Kette")], "de")
    assert [entry.shown or entry.having for entry in endings_of("schloss", shelf)] == [1]
    assert endings_of("loss", shelf)[0].having == 1
    assert endings_of("oss", shelf) == []
    assert longest_tail("fahrradkette", shelf) == "kette"
    assert longest_tail("kettenfahrradschloss", shelf) == "fahrradschloss"
    assert longest_tail("radkette", shelf) is None  # a beginning of three letters
