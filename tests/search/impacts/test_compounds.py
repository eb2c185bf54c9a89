"""Compounds: which word a longer word ends in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.impacts.compounds import HEAD, TAIL, Tails

WORDS = {
    "parkimine", "trahv", "parkimistrahv", "uurileping", "leping", "uurimine", "fahrrad",
    "schloss", "fahrradschloss", "rad", "bank", "umbauhaus", "account1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("compound", "tail"),
    [
        ("parkimistrahv", "trahv"),
        ("uurileping", "leping"),
        ("fahrradschloss", "schloss"),
        ("schlossfahrrad", "fahrrad"),  # not ``rad``, which is too short to be a part
        ("trahv", None),  # a word is no part of itself
        ("xyzwtrahv", None),  # nothing begins like this
        ("oietrahv", None),  # a beginning of three letters
        ("parkimistrahv2", None),  # a code
        ("", None),
    ],
)
def test_what_a_compound_ends_in(compound: str, tail: str | None) -> None:
    """Its beginning must be a word's beginning, too; both parts have a size."""
    assert Tails(WORDS).of(compound) == tail


def test_the_longest_ending_wins() -> None:
    """``tagasimaksekonto`` ends in a compound, which says more than its last word."""
    tails = Tails({"konto", "maksekonto", "tagasi", "makse"})
    assert tails.of("tagasimaksekonto") == "maksekonto"


@given(st.sets(st.text(alphabet="abcd", min_size=1, max_size=9), max_size=30), st.data())
def test_a_tail_is_a_word_and_an_ending(words: set[str], data: st.DataObject) -> None:
    """Whatever the words: the tail is one of them, shorter, and the rest is long enough."""
    key = data.draw(st.text(alphabet="abcd", max_size=14))
    tail = Tails(words).of(key)
    if tail is not None:
        assert tail in words
        assert key.endswith(tail)
        assert len(tail) >= TAIL
        assert len(key) - len(tail) >= HEAD
