"""Markdown without code and comments: every place is kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbtool.text.code import comments, without_code


def test_comments_are_those_outside_code() -> None:
    """One that never ends goes to the end."""
    text = "a <!-- b --> `<!-- c -->`\n```\n<!-- d -->\n```\n<!-- e"
    assert [text[start:end] for start, end in comments(text)] == ["<!-- b -->", "<!-- e"]


@given(st.lists(st.sampled_from(["`", "```", "\n", "<!--", "-->", "x", "~~~", " "])).map("".join))
def test_places_stay_and_comments_are_blank(text: str) -> None:
    """As long as before, line by line."""
    masked = without_code(text)
    assert [len(line) for line in masked.split("\n")] == [len(line) for line in text.split("\n")]
    for start, end in comments(text):
        assert set(masked[start:end]) <= {"\0", "\n"}
