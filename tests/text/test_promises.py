"""Words that change what a sentence promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text import words
from kbtool.text.promises import act, negations, opposite, qualifiers

LANGUAGES = ["en", "tr", "et", "de", "es", "fr", "ru", "fi"]


@pytest.mark.parametrize(
    ("lang", "text", "about"),
    [
        ("en", "You can't cancel after dispatch, but you can change the address.", ["cancel"]),
        ("en", "After 24 hours the code does not work.", ["work"]),
        ("en", "The code will never work without a phone.", ["work", "phone"]),
        ("en", "The code works.", []),
        ("tr", "İptal edilemez, iade edilebilir.", ["iptal"]),
        ("tr", "İptal edilebilir, iade edilemez.", ["iade"]),
        ("tr", "Siparişi iptal etmeden çıkmayın.", ["iptal", "cikma"]),
        ("tr", "Kod geçersiz.", ["gecer"]),
        ("tr", "Uygulamadan açın.", []),
        ("et", "Tellimust ei saa pärast saatmist tühistada.", ["tuhis"]),
        ("et", "Selle saab tagastada.", []),
        ("et", "Ärge vajutage nuppu.", ["vajut"]),
        ("de", "Sie können die Karte nicht ändern.", ["and"]),
        ("ru", "Код не работает.", ["работа"]),
    ],
)
def test_a_not_belongs_to_a_word(lang: str, text: str, about: list[str]) -> None:
    """Before it, after it or inside it, past the verbs that only carry it."""
    assert list(negations(words(text, lang), lang)) == about


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("en", "At least two days before, only on weekdays", {"at least", "days", "before", "only", "weekdays"}),
        ("en", "Once more, and more", set()),
        ("tr", "Teslimattan önce, en fazla bir hafta", {"teslimattan önce", "en fazla", "hafta"}),
        ("tr", "Önce açın, sonra seçin", set()),
        ("et", "Vähemalt nädal enne, tasuta", {"vähemalt", "nädal", "enne", "tasuta"}),
        ("fi", "ennen kello kahta", set()),
    ],
)  # fmt: skip
def test_limits_amounts_and_spans_are_found(lang: str, text: str, said: set[str]) -> None:
    """As they are said here; where a language has no list there are none."""
    assert set(qualifiers(words(text, lang), lang).values()) == said


def test_words_of_one_meaning_have_one_name() -> None:
    """So "prior to" may stand for "before"."""
    assert qualifiers(["prior"], "en").keys() == qualifiers(["before"], "en").keys()


@pytest.mark.parametrize(
    ("lang", "text", "source", "turned"),
    [
        ("en", "Turn the light off", "Turn the light on", "off"),
        ("en", "Turn the light on", "Turn on the light", None),
        ("en", "Remove the card", "Add the card", "remove"),
        ("en", "Remove the card, then add it", "Add the card, then remove it", None),
        ("tr", "Kartı kaldırın", "Kartı ekleyin", "kaldırın"),
        ("et", "Sulgege leht", "Avage leht", "sulgege"),
    ],
)
def test_opposites_are_told(lang: str, text: str, source: str, turned: str | None) -> None:
    """A word whose opposite the source has, unless the source has it too."""
    assert opposite(words(text, lang), words(source, lang), lang) == turned


def test_verbs_of_steps_stand_for_each_other() -> None:
    """Tap, press and click are one; other words are themselves."""
    assert act("press", "en") == act("click", "en") == act("tap", "en")
    assert act("parcel", "en") == "parcel"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12), st.sampled_from(LANGUAGES))
def test_nothing_turns_itself(said: list[str], lang: str) -> None:
    """Any words against themselves are no opposite, and every "not" is counted the same way."""
    assert opposite(said, said, lang) is None
    assert negations(said, lang) == negations(said, lang)
