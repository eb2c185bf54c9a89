"""Snippets: one stretch of the article, with the words that matched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.snippet import WIDTH, snippet

BODY = (
    "The first sentence is about nothing at all, and it goes on for quite a while so that it fills "
    "the line.\nOpen the app. Then choose Battery and wait until the light is green, because a "
    "battery needs time. " + "Filler words follow here. " * 20 + "The charger and the battery."
)


def test_the_stretch_with_most_different_words_wins() -> None:
    """Two words together beat one word earlier; the stretch starts at a sentence."""
    pieces = snippet(BODY, "en", [{"battery", "batteries"}, {"charger"}])
    assert pieces == (
        ("The ", False),
        ("charger", True),
        (" and the ", False),
        ("battery", True),
        (".", False),
    )


def test_without_a_match_it_is_the_beginning() -> None:
    """A hit by its title alone shows how the article begins, cut at a word."""
    ((text, marked),) = snippet(BODY, "en", [{"title"}])
    assert not marked
    assert BODY.startswith(text)
    assert len(text) <= WIDTH
    assert BODY[len(text)] in " \n"


@pytest.mark.parametrize(
    ("body", "lang", "key", "word"),
    [
        ("Önce İPTAL edin.", "tr", "iptal", "İPTAL"),
        ("Önce Outlook'ta açın.", "tr", "outlook", "Outlook'ta"),
        ("Sõida õigesti.", "et", "oigesti", "õigesti"),
        ("It doesn’t open.", "en", "doesnt", "doesn’t"),
        ("Große Straße", "de", "strasse", "Straße"),
    ],
)
def test_marks_are_the_words_as_written(body: str, lang: str, key: str, word: str) -> None:
    """Matching is done on folded words; what is shown is the article's own spelling."""
    assert (word, True) in snippet(body, lang, [{key}])


def test_an_empty_body_has_no_pieces() -> None:
    """Nothing to show is an empty snippet."""
    assert snippet("", "en", [{"word"}]) == ()


@given(
    st.text(alphabet="ab cİıéß'’.\n!…", max_size=600),
    st.sampled_from(["en", "tr", "et", "xx"]),
    st.lists(st.sets(st.sampled_from(["a", "b", "ab", "ac", "iss", "e"]))),
)
def test_pieces_joined_are_one_stretch(body: str, lang: str, wanted: list[set[str]]) -> None:
    """Whatever the text: pieces join to a stretch of it, none is empty, none too long."""
    pieces = snippet(body, lang, wanted)
    joined = "".join(text for text, _ in pieces)
    assert joined in body
    assert all(text for text, _ in pieces)
    assert len(joined) <= WIDTH
    assert bool(joined) == bool(body)
