"""Languages told or left open; how often each is right stands in tests/eval/language.py."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text.identify import CERTAIN, foreign_language, identify_language
from tests.eval.language import rows

TEAM = ("en", "tr", "et")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My bike will not unlock since this morning", "en"),
        ("Bisikletin kilidi açılmıyor, ne yapmalıyım?", "tr"),
        ("sifremi unuttum, giris yapamiyorum", "tr"),
        ("ŞİFREMİ UNUTTUM, GİRİŞ YAPAMIYORUM", "tr"),
        ("Tervist, ratas ei avane ära, mida teha?", "et"),
        ("õige", "et"),
        ("merhaba, iyi günler", "tr"),
        ("ok", None),
        ("12345 +++", None),
        ("", None),
        ("Külli Raudsepp", None),
        ("https://help.example.com/en/how-do-i-cancel-my-subscription/", None),
    ],
)
def test_language_is_told_or_left_open(text: str, expected: str | None) -> None:
    """Clear texts get their language; numbers, names and addresses get none."""
    assert identify_language(text, TEAM)[0] == expected


@pytest.mark.parametrize(
    ("text", "team", "lang"),
    [
        ("Voisitteko kertoa, kuinka kauan korjaus vielä kestää?", TEAM, "fi"),
        ("Kunt u mij vertellen hoe lang de reparatie nog gaat duren?", ("en",), "nl"),
        ("Підкажіть, скільки ще триватиме ремонт?", ("ru", "et"), "uk"),
        ("Şifrəmi unutdum, hesabıma daxil ola bilmirəm.", ("tr",), "az"),
    ],
)
def test_a_language_nobody_configured_is_not_forced(
    text: str, team: tuple[str, ...], lang: str
) -> None:
    """Finnish is not made Estonian, and one configured language does not take everything."""
    assert identify_language(text, team)[0] is None
    assert foreign_language(text, team) == lang
    assert foreign_language(text, (*team, lang)) is None
    assert identify_language(text, (*team, lang))[0] == lang


def test_a_language_in_foreign_letters_is_open_not_foreign() -> None:
    """Russian in Latin letters looks a little like Slovene: the source's own word may still count."""
    text = "zdravstvuite, skolko stoit na dve nedeli? my priezzhaem v nojabre, chetyre cheloveka"
    assert identify_language(text, ("et", "en", "ru"))[0] is None
    assert foreign_language(text, ("et", "en", "ru")) is None


def test_code_and_addresses_do_not_count() -> None:
    """A log in English does not make an Estonian mail English, nor a link a German one."""
    log = "\n".join(
        f"2026-03-0{n} 10:22:31 ERROR connection was reset by the peer" for n in range(9)
    )
    asked = f"Tere, mida see tähendab?\n{log}\nPalun aidake, töö seisab."
    assert identify_language(asked, TEAM)[0] == "et"
    code = "```\nif the value is not found then return the default value\n```"
    assert identify_language(f"{code}\nBu satır neden hata veriyor?", TEAM)[0] == "tr"


def test_of_two_languages_the_larger_or_the_first_is_told() -> None:
    """A bilingual mail is in its first language; a long one with a foreign footer in its own."""
    et = "Tere, mul on küsimus arve kohta, kuhu peaksin helistama?"
    en = "Hello, I have a question about the invoice, which number should I call?"
    assert identify_language(f"{et}\n\n{en}", TEAM)[0] == "et"
    assert identify_language(f"{en}\n\n{et}", TEAM)[0] == "en"
    assert identify_language(f"{en}\n\n{et}\n\n{et} {et} {et}", TEAM)[0] == "et"


def test_languages_with_a_region_and_unknown_ones_are_taken_as_they_are_configured() -> None:
    """``pt-BR`` comes back as configured; a code nobody can identify is never told, nor an error."""
    text = "Quero cancelar o pedido e receber o meu dinheiro de volta."
    assert identify_language(text, ("en", "pt-BR"))[0] == "pt-BR"
    assert identify_language(text, ("xx",))[0] is None
    assert identify_language(text, ())[0] is None


@given(st.text())
def test_any_text_gets_a_configured_language_or_none(text: str) -> None:
    """The probability is a share, and a told language has enough of it."""
    lang, probability = identify_language(text, TEAM)
    assert 0.0 <= probability <= 1.0
    assert lang is None or (lang in TEAM and probability >= CERTAIN)


@pytest.mark.parametrize("piece", ["a", "a.", "[", "[a", "a@", "```", "\n\n", "É ", "aA", "\tat "])
def test_no_crafted_text_takes_long(piece: str) -> None:
    """Repeated pieces do not make a pattern search for ever."""
    start = time.process_time()
    identify_language(piece * 20_000, TEAM)
    assert time.process_time() - start < 2


def test_the_labelled_texts_stay_right() -> None:
    """No sentence is told wrong, few short texts are left open, next to nothing is forced."""
    found = {row.name: row for row in rows()}
    for name, row in found.items():
        assert len(row.wrong) <= (1 if name == "not configured (7)" else 0), (name, row.wrong)
    assert all(not row.open for name, row in found.items() if name.startswith(("sentences", "two")))
    assert len(found["short, 7 languages"].open) <= 8
    assert len(found["short, no diacritics"].open) <= 14
