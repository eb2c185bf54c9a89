"""Shorter forms of a sentence: pieces of it, never more than it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.saying.trim import trimmed, worded
from kbtool.text import get_language
from tests.articles.saying.sentences import spoken, texts, told


def _forms(text: str, lang: str = "en") -> list[str]:
    return [form.text for form in trimmed(told(text, lang))]


@pytest.mark.parametrize(
    ("lang", "text", "form"),
    [
        ("en", "Tap Change box (the blue one) and wait.", "Tap Change box and wait."),
        ("en", "Tap Change box – it takes a minute.", "Tap Change box"),
        ("en", "Here is how: open Account and wait.", "open Account and wait."),
        ("en", "Tap Change box and wait, sorry about that.", "Tap Change box and wait"),
        ("en", "The kettle costs 29 euros, so yours is free.", "The kettle costs 29 euros"),
        ("en", "And tap Change box there.", "tap Change box there."),
        ("en", "Wait a whole day; then call the shop.", "then call the shop."),
        ("en", "Type [order 2] in the field.", "Type {order number} in the field."),
        ("en", "Tap Change box. \ue000kb-7\ue001", "Tap Change box."),
        ("en", "Account > Boxes", "Open Account > Boxes"),
        ("tr", "Hesap > Kutular", "Hesap > Kutular yolunu izleyin"),
        ("et", "Konto > Karbid", "Avage Konto > Karbid"),
        ("de", "Konto > Boxen", "Öffnen Sie Konto > Boxen"),
        ("tr", "[order] numarasını yazın.", "{sipariş numarası} numarasını yazın."),
        ("et", "Sisestage [order] väljale.", "Sisestage {tellimuse number} väljale."),
        ("de", "Geben Sie [order] dort ein.", "Geben Sie {Bestellnummer} dort ein."),
        ("et", "Veekeetja hind on 29 eurot, aga teile tasuta.", "Veekeetja hind on 29 eurot"),
        ("tr", "Su ısıtıcı 29 euro, ama sizinki ücretsiz.", "Su ısıtıcı 29 euro"),
    ],
)
def test_what_was_for_one_customer_falls_away(lang: str, text: str, form: str) -> None:
    """Brackets, what follows a dash, introductions, courtesies, joined clauses; data get a name."""
    assert form in _forms(text, lang)


def test_a_condition_keeps_its_clauses() -> None:
    """ "If …, so …" is one thing to know."""
    text = "If the box is packed, so is the tea, but you can wait."
    assert not any(form.startswith("If") and form != text for form in _forms(text))


def test_holes_without_a_name_are_not_filled() -> None:
    """Nor two in one sentence, nor one in what is no step."""
    for text in ("Send [name] the box.", "Type [order] and [phone].", "The box [order] is here."):
        assert not any("{" in form for form in _forms(text))


def test_each_form_is_judged_by_itself() -> None:
    """The whole is about one case; without its end it may be shown."""
    fit = {form.text: form.fit for form in trimmed(told("Tap Change box – I did it.", fit=False))}
    assert fit == {"Tap Change box – I did it.": False, "Tap Change box": True}


def test_a_link_stays_where_it_is_said_of_something() -> None:
    """Only one behind a whole sentence falls away."""
    assert _forms("Open \ue000kb-7\ue001 first of all.") == ["Open \ue000kb-7\ue001 first of all."]


ADDED = {
    word.lower()
    for lang in ("en", "tr", "et", "de", "ru")
    for text in (
        get_language(lang).open_path,
        *(name for _, name in get_language(lang).placeholders),
    )
    for word in re.findall(r"\w+", text)
}


@given(spoken | st.tuples(st.sampled_from(["en", "tr", "et", "de", "ru"]), texts))
def test_no_form_adds_words(said: tuple[str, str]) -> None:
    """But for the words around a bare menu path and the names of placeholders; source and place
    stay.
    """
    lang, text = said
    whole = told(text, lang)
    known = {word.lower() for word in re.findall(r"\w+", text)} | ADDED
    for form in trimmed(whole):
        assert {word.lower() for word in re.findall(r"\w+", form.text)} <= known
        assert (form.ref, form.place, form.on) == (whole.ref, whole.place, whole.on)
        before, _, after = get_language(lang).open_path.partition("{}")
        piece = form.text.removeprefix(before).removesuffix(after)
        if "{" not in form.text and "(" not in text and "[" not in text:
            assert piece in text


@given(spoken)
def test_wording_twice_changes_nothing(said: tuple[str, str]) -> None:
    """An instruction is not made one again."""
    lang, text = said
    once = worded(text, lang)
    assert worded(once, lang) == once
