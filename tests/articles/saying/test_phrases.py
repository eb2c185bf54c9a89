"""What the language records say about a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.saying.phrases import (
    capitalised,
    closes_with,
    in_digits,
    is_condition,
    is_first_person,
    is_one_case,
    opens_with,
    points_back,
)
from kbtool.text import get_language
from tests.articles.saying.sentences import texts

LANGS = st.sampled_from(["en", "tr", "et", "de", "ru"])


@pytest.mark.parametrize(
    ("lang", "text", "holds"),
    [
        ("en", "If it rains, wait.", True), ("en", "In case it rains, wait.", True),
        ("en", "Not found? Wait.", True), ("en", "Wait if it rains.", True),
        ("en", "Tap the box, then wait if it rains.", False), ("en", "What is it?", False),
        ("tr", "Eğer yağmur yağarsa bekleyin.", True), ("tr", "Kutu gelmezse yazın.", True),
        ("tr", "Kutuyu açın.", False),
        ("et", "Kui sajab, oodake.", True), ("et", "Oodake, kui sajab.", False), ("et", "Kuulake meid.", False),
        ("de", "Wenn es regnet, warten Sie.", True), ("de", "Warten Sie bitte.", False),
        ("ru", "Если идёт дождь, ждите.", True), ("ru", "Ждите.", False),
    ],
)  # fmt: skip
def test_conditions(lang: str, text: str, holds: bool) -> None:
    """They stand at the beginning, or the sentence begins with a question."""
    assert is_condition(text, lang) is holds


@pytest.mark.parametrize(
    ("lang", "text", "holds"),
    [
        ("en", "I have changed it.", True), ("en", "It is changed.", False),
        ("tr", "Kutuyu değiştirdim.", True), ("tr", "Kutuyu değiştirin.", False),
        ("et", "Ma muutsin seda.", True), ("et", "Muutke seda.", False),
        ("de", "Ich habe es geändert.", True), ("de", "Ändern Sie es.", False),
    ],
)  # fmt: skip
def test_first_person(lang: str, text: str, holds: bool) -> None:
    """The agent tells what they did, by a word or by an ending."""
    assert is_first_person(text, lang) is holds


@pytest.mark.parametrize(
    ("lang", "text", "holds"),
    [
        ("en", "In your case it is free.", True), ("en", "It arrives today.", True), ("en", "It is free.", False),
        ("tr", "Bu seferlik ücretsiz.", True), ("et", "Teie puhul on see tasuta.", True),
        ("de", "In Ihrem Fall ist es frei.", True), ("de", "Es ist frei.", False),
    ],
)  # fmt: skip
def test_one_case(lang: str, text: str, holds: bool) -> None:
    """What is said to the one who asked is said to nobody else."""
    assert is_one_case(text, lang) is holds


def test_steps_open_or_close_with_their_verb() -> None:
    """By whole words; Turkish puts the verb last, and may put a word before the first one."""
    turkish, english = get_language("tr").imperatives, get_language("en").imperatives
    assert closes_with("Kutuyu seçin.", turkish, "tr")
    assert closes_with("Saati kontrol edin", turkish, "tr")
    assert not closes_with("Seçin ve", turkish, "tr")
    assert opens_with("Go to Boxes", english, "en")
    assert opens_with("Then tap it", english, "en", within=2)
    assert not opens_with("Then tap it", english, "en")
    assert not opens_with("Opening hours", english, "en")
    assert not opens_with("", english, "en")


def test_sentences_that_need_the_one_before() -> None:
    """They begin with a pointer."""
    assert points_back("It's free.", "en")
    assert not points_back("Tea is free.", "en")
    assert points_back("Bunu seçin.", "tr")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Two teas, twelve cups", "2 teas, 12 cups"),
        ("tr", "Üç çay", "3 çay"),
        ("et", "Kolm teed", "3 teed"),
        ("de", "Zwei Tees", "2 tees"),
    ],
)
def test_numbers_in_words(lang: str, text: str, expected: str) -> None:
    """Words that count become digits; parts of words do not."""
    assert in_digits(text, lang) == expected
    assert in_digits("twofold", "en") == "twofold"


def test_capitals_follow_the_language() -> None:
    """A Turkish i keeps its dot."""
    assert capitalised("iade", "tr") == "İade"
    assert capitalised("iade", "en") == "Iade"
    assert capitalised("", "tr") == ""


@given(texts, LANGS)
def test_digits_stay_digits(text: str, lang: str) -> None:
    """Doing it twice changes nothing."""
    once = in_digits(text, lang)
    assert in_digits(once, lang) == once
