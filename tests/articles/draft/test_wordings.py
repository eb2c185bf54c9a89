"""What of a customer's mail may stand alone: their own words, trimmed, never invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.draft.wordings import (
    asks_within,
    is_calendar,
    is_question,
    is_rude,
    names_problem,
    tidy,
    without_tail,
    wordings,
)
from kbtool.text import words


def shown(*sentences: str, lang: str = "en") -> list[str]:
    return list(wordings(sentences, lang, lambda text: ()))


@pytest.mark.parametrize(
    ("lang", "text", "asks"),
    [
        ("en", "how do I open the box", True),
        ("en", "When I open the box it smells", False),
        ("en", "What I did: I opened the box", False),
        ("en", "I opened the box", False),
        ("tr", "kutuyu nasıl açabilirim", True),
        ("tr", "kutu ne zaman gelir", True),
        ("tr", "Kutu gelmedi", False),
        ("et", "kuidas karpi avada", True),
        ("de", "Wo finde ich die Kiste", True),
        ("ru", "как открыть коробку", True),
        ("en", "Box open?", True),
    ],
)
def test_questions_are_known_without_their_mark(lang: str, text: str, asks: bool) -> None:
    """By a question word where the language puts it, but not by one that opens a condition."""
    assert is_question(text, lang) is asks


@pytest.mark.parametrize(
    ("lang", "text", "tidied"),
    [
        ("en", "- HOW DO I OPEN THE BOX???", "How do i open the box?"),
        ("en", "Hello, the box is empty...", "The box is empty"),
        ("tr", "içi boş kutu!!", "İçi boş kutu"),
    ],
)
def test_tidying_changes_marks_and_case_only(lang: str, text: str, tidied: str) -> None:
    """No list marks, no shouting, one mark at the end."""
    assert tidy(text, lang) == tidied


def test_a_clause_that_asks_may_stand_alone() -> None:
    """The sentence itself stays a candidate."""
    found = shown("I am abroad, how do I open the box, it is heavy?")
    assert "How do I open the box?" in found
    assert "I am abroad, how do I open the box, it is heavy?" in found


def test_a_sentence_with_a_day_leaves_its_wish() -> None:
    """When only a sentence with a date asks for something, the rest of it still may."""
    found = shown(
        "I am away from Monday, I would like to pause my box, my aunt looks after all the plants"
    )
    assert "I would like to pause my box" in found
    assert "My aunt looks after all the plants" not in found


def test_each_wording_is_one_sentence() -> None:
    """A statement and the question behind it are two wordings, never joined."""
    assert shown("The lid is stuck. What can I do?") == ["The lid is stuck", "What can I do?"]


def test_what_may_not_stand_is_left_out() -> None:
    """Placeholders, addresses, long and very short sentences, what the gate sees."""
    assert shown("Where is [order]?", "See https://tea.example/x now", "Box?", "tea " * 40) == []
    assert wordings(("Where is my box?",), "en", lambda text: [(1, "name")]) == ()


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            "Can I change it from Riga to Oslo?",
            ["Can I change it from Riga?"],
        ),
        ("Can I get the box sent from Riga?", ["Can I get the box sent?"]),
        ("How do I sign in to tea.example?", []),
        ("I moved the box from Riga", []),
        ("How do I open the box, I am from Riga?", []),
    ],
)
def test_phrases_fall_at_the_end_of_a_question(text: str, forms: list[str]) -> None:
    """None ends in a word that needs another, and none is cut outside the clause that asks."""
    assert list(without_tail(text, "en")) == forms


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It came on Mondays"), ("et", "Tuli jaanuaris"), ("tr", "Temmuzda geldi"),
        ("de", "Es kam am Freitag"), ("ru", "Пришло в январе"),
    ],
)  # fmt: skip
def test_months_and_days_are_known_in_their_cases(lang: str, text: str) -> None:
    """They are of one customer; a month that is also another word is none."""
    assert is_calendar(text, lang)
    assert not is_calendar("May I march on?", "en")


def test_what_people_tell_is_no_wording_of_their_question() -> None:
    """A subject line, a problem or a wish is; a story is not."""
    assert names_problem("Empty tea box", "en")
    assert names_problem("The lid of my box is not opening", "en")
    assert not names_problem("I looked everywhere in the app", "en")
    assert not names_problem("My neighbour has had the same box for years", "en")


def test_phrases_of_the_languages() -> None:
    """Swear words, a clause that asks."""
    assert is_rude("Where is the damn box", "en")
    assert asks_within("The box is empty, what now?", "en")
    assert not asks_within("The box, perhaps that?", "en")


@given(st.lists(st.text(max_size=120), max_size=4), st.sampled_from(["en", "tr", "et", "de", "ru"]))
def test_no_word_is_invented(sentences: list[str], lang: str) -> None:
    """Every word of a wording stands in its ticket."""
    said = set(words(" ".join(sentences).replace("_", ""), lang))
    for one in wordings(sentences, lang, lambda text: ()):
        assert "\n" not in one
        assert len(one) <= 110
        if all(text.isascii() and text.isalpha() for text in one.split()):
            assert set(words(one, lang)) <= said
