"""Words and index terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text import is_stop_word, terms, words


def test_words_are_lower_case_in_order() -> None:
    """Punctuation falls, digits stay, the order stays."""
    assert words("Hello, World! It's 3.5 km", "en") == ["hello", "world", "it's", "3", "5", "km"]


@pytest.mark.parametrize(("text", "lang"), [("Outlook'ta", "tr"), ("Outlook’is", "et")])
def test_endings_after_an_apostrophe_fall(text: str, lang: str) -> None:
    """Turkish and Estonian endings of names do not make new words."""
    assert words(text, lang) == ["outlook"]


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        ("passwords", "password", "en"),
        ("faturayı", "faturam", "tr"),
        ("kilidini açamıyorum", "KILIDI ACAMIYORUM", "tr"),
        ("paroolid", "paroolile", "et"),
        ("Rechnungen", "Rechnung", "de"),
    ],
)
def test_inflected_forms_share_a_term(one: str, other: str, lang: str) -> None:
    """Forms of a word, in any case and without diacritics, have the same terms."""
    assert terms(one, lang) == terms(other, lang)


def test_a_text_of_stop_words_keeps_them() -> None:
    """A query such as "how to" must not become empty."""
    assert terms("how to", "en") == ["how", "to"]
    assert terms("how to pause", "en") == ["paus"]


def test_stop_words_are_known_without_diacritics() -> None:
    """``cok`` is ``çok``."""
    assert is_stop_word("cok", "tr")
    assert not is_stop_word("not", "en")


@given(st.text(), st.sampled_from(["en", "tr", "et", "de", "xx", None]))
def test_any_text_has_terms_or_no_words(text: str, lang: str | None) -> None:
    """Analysis never fails and loses everything only when there are no words."""
    assert bool(terms(text, lang)) == bool(words(text, lang))
