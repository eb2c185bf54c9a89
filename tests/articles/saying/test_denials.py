"""Negations: which sentences say no, of what, and which two contradict each other."""

from __future__ import annotations

import pytest
from hypothesis import given

from kbtool.articles.saying.denials import Denials, denied_words, is_denied, without_denials
from tests.articles.saying.sentences import spoken, told


@pytest.mark.parametrize(
    ("lang", "text", "holds"),
    [
        ("en", "We do not deliver on Sundays.", True), ("en", "You can’t change it.", True),
        ("en", "No more than 5 boxes fit.", False), ("en", "Not later than Monday.", False),
        ("en", 'Press "Not found" and wait.', False), ("en", "Put it on the notice board.", False),
        ("tr", "Kutu değiştirilemez.", True), ("tr", "Kuponlar kullanılmıyor.", True),
        ("tr", "Kutuyu kapatmayın.", True), ("tr", "Geçerli değil.", True), ("tr", "Kutuyu kapatın.", False),
        ("et", "Karpi ei saa vahetada.", True), ("et", "Mitte rohkem kui 5 karpi.", False),
        ("et", "Karpi saab vahetada.", False),
        ("de", "Der Gutschein gilt nicht.", True), ("de", "Nicht mehr als 5 Boxen.", False),
        ("ru", "Купон не действует.", True), ("ru", "Не более 5 коробок.", False),
    ],
)  # fmt: skip
def test_which_sentences_say_no(lang: str, text: str, holds: bool) -> None:
    """A bound is none, and what a screen says is not the agent's."""
    assert is_denied(text, lang) is holds


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("en", "We do not deliver on Sundays.", "deliver"),
        ("en", "The box is not in the shed.", "shed"),
        ("tr", "Kutu değiştirilemez.", "değiştirilemez"),
        ("de", "Der Gutschein gilt nicht.", "gilt"),
        ("tr", "Kupon geçerli değil, kutu geçerli.", "geçerli"),
        ("en", "Not.", "not"),
    ],
)
def test_what_is_denied(lang: str, text: str, word: str) -> None:
    """The next word that means something, the one before where none follows or the "not" stands
    behind, or the verb itself.
    """
    assert denied_words(text, lang) == [word]


def test_what_a_screen_says_is_not_taken_out() -> None:
    """Only the agent's own negations are."""
    assert without_denials("Do not press “Not found” now.", "en") == "Do press “Not found” now."


@given(spoken)
def test_a_sentence_without_denials_denies_nothing(said: tuple[str, str]) -> None:
    """And one that has none stays whole, but for its links; Turkish verbs keep their negation."""
    lang, text = said
    assert lang == "tr" or not is_denied(without_denials(text, lang), lang)
    if not is_denied(text, lang) and "\ue000" not in text:
        assert without_denials(text, lang) == text


@pytest.mark.parametrize(
    ("lang", "one", "other", "against"),
    [
        ("en", "The coupon is valid for tea boxes.", "The coupon is not valid for tea boxes.", True),
        ("en", "The coupon is valid for tea boxes.", "The coupon is valid for tea cups.", False),
        ("en", "The coupon is valid for tea boxes.", "The courier does not come on Sundays.", False),
        ("en", "Keep the tea in the kitchen.", "Keep the tea in the kitchen, not in the shed.", False),
        ("en", "The coupon is valid for tea boxes.", "If it is old, the coupon is not valid for tea boxes.", False),
        ("en", "You can add 5 boxes to the order.", "You can add no more than 5 boxes to the order.", False),
        ("en", "A box of 5 teas can be returned.", "A box of 7 teas cannot be returned.", False),
        ("tr", "Kupon çay kutularında geçerlidir.", "Kupon çay kutularında geçerli değildir.", True),
        ("tr", "Kutular değiştirilir her zaman.", "Kutular değiştirilmez her zaman.", True),
        ("et", "Kupong kehtib teekarpidele.", "Kupong ei kehti teekarpidele.", True),
        ("de", "Der Gutschein gilt am Sonntag.", "Der Gutschein gilt am Sonntag nicht.", True),
        ("de", "Der Gutschein gilt für Teeboxen.", "Der Gutschein gilt nicht für Teeboxen.", True),
    ],
)  # fmt: skip
def test_who_denies_what_is_said(lang: str, one: str, other: str, against: bool) -> None:
    """The same but for a "not" of the same thing; conditions and other numbers deny nothing."""
    said = told(one, lang), told(other, lang, ticket=2)
    assert [found.ref for found in Denials(said, lang).against(said[0])] == (
        [said[1].ref] if against else []
    )


@given(spoken, spoken)
def test_denying_is_mutual(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Whoever is denied denies; nobody denies themselves."""
    lang = one[0]
    said = told(one[1], lang), told(other[1], lang, ticket=2)
    denials = Denials(said, lang)
    assert bool(denials.against(said[0])) == bool(denials.against(said[1]))


def test_unfit_sentences_deny_nothing() -> None:
    """What one agent did in one case is no rule."""
    said = [
        told("The coupon is valid for tea boxes."),
        told("The coupon is not valid for tea boxes.", ticket=2, fit=False),
    ]
    assert Denials(said, "en").against(said[0]) == []
