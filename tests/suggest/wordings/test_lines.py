"""Lines to paste."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kbtool.suggest.wordings.lines import PREFIX, of_search
from kbtool.suggest.wordings.searches import Seen
from tests.suggest.samples import article

KB = article("kb-1", path="en/tv.md")


def test_a_line_has_its_file_and_its_counts() -> None:
    """What a person needs to decide and to paste."""
    line = of_search(KB, "black screen", Seen(searches=5, visits=4))
    assert (line.file, line.line, line.searches, line.visits) == (
        "en/tv.md", "- black screen", 5, 4,
    )  # fmt: skip
    assert line.reason == "in 4 visits it was searched in vain and this article opened later"


def test_the_id_stays_while_the_same_is_asked() -> None:
    """Other endings, case and counts give the same line; another article another one."""
    one = of_search(KB, "black screens", None, 3)
    assert one.id.startswith(PREFIX)
    assert one.id == of_search(KB, "Black screen", Seen(searches=9, visits=9)).id
    assert one.id != of_search(article("kb-2"), "black screens", None, 3).id


@pytest.mark.parametrize("text", ["no", "- x", "a: b", "a #b", "*x", "'", "yes", "é?", "12", "{a}"])
def test_odd_texts_are_quoted(text: str) -> None:
    """YAML reads back what was meant, as text."""
    assert yaml.safe_load(of_search(KB, text, None, 3).line) == [text]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80))
def test_any_text_is_read_back(text: str) -> None:
    """Whatever customers type, the line is one item of a list."""
    query = " ".join(text.split())
    if query:
        line = of_search(KB, query, None, 3).line
        assert "\n" not in line
        assert yaml.safe_load(line) == [query]
