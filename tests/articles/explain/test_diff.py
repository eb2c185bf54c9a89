"""What a person changed, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.explain import changes, edits, word_diff
from kbtool.articles.explain.diff import MOST
from tests.articles.explain.samples import explained


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Wait 5 days.", "Wait 7 days.", ["=Wait", "- 5", "+ 7", "= days."]),
        ("Tap it.", "Tap it.", ["=Tap it."]),
        ("Tap ‘it’", "Tap 'it'!", ["=Tap 'it'", "+!"]),
        ("until 1,5 m", "until 1,6 m", ["=until", "- 1,5", "+ 1,6", "= m"]),
        ("", "new", ["+new"]),
        ("gone", " ", ["-gone"]),
    ],
)
def test_words_are_compared(before: str, after: str, pieces: list[str]) -> None:
    """Numbers are one word; punctuation is one of its own; curly marks are no change."""
    signs = {"same": "=", "gone": "-", "new": "+"}
    assert [signs[p.change] + p.text for p in word_diff(before, after)] == pieces


@given(st.text(alphabet="ab 1.,'\n", max_size=60), st.text(alphabet="ab 1.,'\n", max_size=60))
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    """Same and gone make what was, same and new make what is; white space apart."""
    pieces = word_diff(before, after)
    for kinds, text in ((("same", "gone"), before), (("same", "new"), after)):
        made = "".join(p.text for p in pieces if p.change in kinds)
        assert made.split() == text.split() or "".join(made.split()) == "".join(text.split())


def test_a_text_too_long_to_compare_is_replaced_whole() -> None:
    """Rather than after minutes."""
    pieces = word_diff("a " * (MOST + 1), "b")
    assert [p.change for p in pieces] == ["gone", "new"]


def test_a_sentence_that_was_split_is_compared_as_a_whole() -> None:
    """Its halves are one edit, also over two list items; drafted neighbours are none."""
    found = explained("1. Choose another tea.\n2. Confirm it.\n\nOpen Account > Boxes.\n")
    ((first, run),) = edits(found.trace.sentences).items()
    assert [one.text for one in run] == ["Choose another tea.", "Confirm it."]
    assert run[0] is first
    told = [(p.change, p.text) for p in changes(run, found.article)]
    assert told == [
        ("same", "Choose another tea"), ("gone", " and confirm"), ("same", "."), ("new", " Confirm it."),
    ]  # fmt: skip
