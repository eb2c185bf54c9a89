"""What the articles say."""

from __future__ import annotations

import pytest

from kbtool.suggest.wordings.shelf import Shelf, is_form_of, is_meaningful, is_slip
from tests.suggest.samples import article


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("charger", "charging", True),
        ("subscribe", "unsubscribe", True),
        ("recieve", "receive", True),
        ("telly", "tv", False),
        ("cat", "cut", False),
        ("şifreyi", "sifrem", True),
        ("invoice", "bill", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, same: bool) -> None:
    """Endings, slips and what a word ends in; three letters are taken as typed."""
    assert is_form_of(one, other) is is_form_of(other, one) is same


def test_a_slip_is_what_search_corrects() -> None:
    """One letter from four letters on, two from six, neighbours swapped."""
    assert is_slip("tyre", "tire")
    assert is_slip("battrey", "battery")
    assert not is_slip("lock", "clog")
    assert not is_slip("late", "elaborate")


def test_words_that_name_nothing() -> None:
    """Stop words, numbers, letters, words that ask or deny."""
    said = ["my", "battery", "never", "where", "5g", "no", "x"]
    assert [word for word in said if is_meaningful(word, "en")] == ["battery"]


def test_an_article_is_found_in_the_customers_language() -> None:
    """Itself, its translation, or none; a draft is not there for readers."""
    shelf = Shelf(
        [
            article("kb-1"),
            article("kb-2", "Ödünç nasıl uzatılır?", lang="tr", translation_of="kb-1"),
            article("kb-3", status="draft"),
        ]
    )
    found = [shelf.in_language("kb-1", lang) for lang in ("en", "tr", "et")]
    assert [one and one.id for one in found] == ["kb-1", "kb-2", None]
    assert shelf.in_language("kb-3", "en") is None


def test_an_ending_is_no_other_word() -> None:
    """In a language of endings an article that says ``kodu`` says ``kod`` too."""
    shelf = Shelf([article("kb-1", "Kodu nerede bulurum?", lang="tr", body="Kodunuz gelir.")])
    assert shelf.of_language("tr")[0].says("kod")
    assert not shelf.of_language("tr")[0].says("sms")


def test_synonyms_are_known_by_their_terms() -> None:
    """A line with another ending is the same line; the other direction is another."""
    shelf = Shelf([article("kb-1")], {"en": [(("puncture",), ("flat", "tyre"))]})
    assert shelf.is_synonym(["punctures"], ["flat", "tyres"], "en")
    assert not shelf.is_synonym(["flat", "tyre"], ["puncture"], "en")
