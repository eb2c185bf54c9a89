"""Typo tolerance: careful rules, nearest words only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.spelling import nearest_words

WORDS = {"battery": 5, "charge": 3, "change": 9, "chance": 1, "bike": 7, "lock": 2, "2fa": 1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("batery", [(1, "battery")]),  # a letter missing
        ("batttery", [(1, "battery")]),  # one too many
        ("vattery", [(1, "battery")]),  # the first one wrong
        ("abttery", [(1, "battery")]),  # two swapped
        ("bateyr", [(2, "battery")]),  # swapped and one missing
        ("bvttrey", [(2, "battery")]),
        ("chamge", [(1, "change"), (1, "charge")]),
        ("bkie", [(1, "bike")]),
        ("bkei", []),  # two away, but only four letters
        ("lok", []),  # too short to guess
        ("2fb", []),
        ("bik3", []),  # numbers are taken as typed
        ("zzzzzzzz", []),
    ],
)
def test_nearest_words(typed: str, meant: list[tuple[int, str]]) -> None:
    """Distance 1, or 2 from six letters up when 1 finds nothing; most frequent first."""
    assert nearest_words(typed, lambda: WORDS) == meant


def test_at_most_three() -> None:
    """Of many equally near words the three most frequent, ties by the alphabet."""
    known = {"cane": 1, "cape": 4, "care": 4, "case": 9, "cave": 2}
    assert nearest_words("caxe", lambda: known) == [(1, "case"), (1, "cape"), (1, "care")]


@given(st.text(alphabet="abcdeé", min_size=4, max_size=9), st.data())
def test_every_single_typo_is_mended(word: str, data: st.DataObject) -> None:
    """Leaving out, doubling or swapping any letter of a known word leads back to it."""
    place = data.draw(st.integers(0, len(word) - 1))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[: place + 1] + word[place:],
                word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
            ]
        )
    )
    near = nearest_words(typed, lambda: {word: 1})
    assert len(typed) < 4 or typed == word or near == [(1, word)]
