"""Titles and other wordings: the customers' own questions, about the topic and nobody's case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.draft.questions import MOST_ALSO_ASKED, Questions, questions
from kbtool.model import Topic

PAUSE = (
    ("How do I pause my tea box?", "I am away in August."),
    ("Can I pause my tea box for a month?",),
    ("Please pause the tea box", "pausing my box"),
    ("I want to pause the tea box, how do I do that?",),
    ("Tea box pause",),
)


def asked_as(
    *tickets: Sequence[str],
    lang: str = "en",
    keywords: tuple[str, ...] = ("pause", "box"),
    abroad: Mapping[str, Sequence[Sequence[str]]] | None = None,
    flagged: str = "",
) -> Questions | None:
    topic = Topic(
        id="t-1", question="", keywords=keywords, tickets=(), requesters=len(tickets),
        languages=((lang, len(tickets)),), months=(), trend="steady", wordings=(),
    )  # fmt: skip
    found = lambda text: [(1, "secret")] if flagged and flagged in text else []  # noqa: E731 - one line
    return questions(topic, tickets, lang, found, abroad or {})


def title(*tickets: Sequence[str], lang: str = "en", keywords: tuple[str, ...] = ()) -> str:
    found = asked_as(*tickets, lang=lang, keywords=keywords)
    assert found is not None
    return found.title


def test_a_question_wins_over_statements() -> None:
    """However many tickets say it as a statement."""
    found = title(*PAUSE, keywords=("pause", "box"))
    assert found in ("How do I pause my tea box?", "Can I pause my tea box?")


def test_without_a_question_the_best_short_statement() -> None:
    """No question is made up."""
    tickets = [
        ("Tea box arrived damaged", "The lid is gone and everything smells of mint now."),
        ("My tea box arrived damaged yesterday and I was really looking forward to the mint",),
        ("Damaged tea box",),
    ]
    assert title(*tickets, keywords=("damaged", "box")) in (
        "Tea box arrived damaged",
        "Damaged tea box",
    )


def test_a_question_that_leans_on_a_statement_is_no_title() -> None:
    """ "What can I do?" alone says nothing, and a title is one sentence: the statement stands."""
    tickets = [
        ("The kettle light blinks red.", "What can I do?"),
        ("Kettle light blinks red since the move",),
        ("My kettle blinks red",),
        ("What can I do?",),
    ]
    found = title(*tickets, keywords=("kettle", "red"))
    assert "kettle" in found.lower()
    assert "What can I do" not in found


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("I moved to Tartu last week, how do I pause my tea box?", "How do I pause my tea box?"),
        ("And please how do I pause my tea box", "How do I pause my tea box?"),
        ("how do i pause my tea box (order from the fair)?", "How do i pause my tea box?"),
        ("How do I pause my tea box from Riga?", "How do I pause my tea box?"),
    ],
)
def test_a_long_sentence_is_trimmed_to_what_asks(sentence: str, shown: str) -> None:
    """Without what one customer tells, in the customer's own words."""
    rest = (("Pause my tea box",), ("tea box pause, please",))
    assert title((sentence,), *rest, keywords=("pause", "box")) == shown


@pytest.mark.parametrize(
    "sentence",
    [
        "Can I pause my tea box on Monday or in December?",
        "Can I pause my tea box number 4711?",
        "Can I pause my tea box at tea.example/box?",
        "Why the hell can I not pause my tea box?",
        "Can I pause my tea box today?",
    ],
)
def test_nothing_of_one_case_stands_in_a_title(sentence: str) -> None:
    """No day, number, address or swear word; the plain question wins, and none is also asked."""
    found = asked_as((sentence,), ("Pause my tea box",), ("How to pause a tea box",))
    assert found is not None
    shown = " ".join((found.title, *found.also_asked))
    for word in ("Monday", "December", "4711", "tea.example", "hell", "today"):
        assert word not in shown


def test_a_question_beside_the_topic_is_no_title() -> None:
    """ "Is it normal?" has no word of the topic."""
    tickets = [("Pause my tea box", "Is it normal?"), ("tea box pause",), ("pausing the tea box",)]
    assert "normal" not in title(*tickets, keywords=("pause", "box"))


def test_a_part_that_stops_in_the_middle_is_no_title() -> None:
    """A subject line that was cut off loses to a whole one."""
    tickets = [("Tea box not opening at the",), ("Tea box not opening",), ("box not opening",)]
    assert title(*tickets, keywords=("opening", "box")).endswith("ox not opening")


def test_other_wordings_differ_and_tell_no_story() -> None:
    """At most six, none like the title or another, none about what one customer did."""
    found = asked_as(
        *PAUSE,
        ("Can you stop the tea box for a month?", "I looked everywhere in the app yesterday"),
        ("Is there a way to stop the box for a month?", "Urgent please"),
    )
    assert found is not None
    assert 0 < len(found.also_asked) <= MOST_ALSO_ASKED
    assert found.title not in found.also_asked
    said = " ".join(found.also_asked)
    assert not any(word in said for word in ("everywhere", "Urgent", "August"))


def test_right_diacritics_win() -> None:
    """Of two like questions the one that is spelled as it should be."""
    tickets = [
        ("Cay kutumu nasil degistirebilirim?",),
        ("Çay kutumu nasıl değiştirebilirim?",),
        ("Çay kutusu değiştirme",),
    ]
    found = title(*tickets, lang="tr", keywords=("çay", "kutumu"))
    assert found == "Çay kutumu nasıl değiştirebilirim?"


@pytest.mark.parametrize(
    ("lang", "tickets", "shown"),
    [
        (
            "tr",
            [("teekutumu nasıl durdururum",), ("teekutumu durdurmak istiyorum",)],
            "Teekutumu nasıl durdururum?",
        ),
        (
            "et",
            [("Tere, kuidas teekarpi peatada",), ("Teekarpi peatada",), ("teekarpi pausile",)],
            "Kuidas teekarpi peatada?",
        ),
        (
            "de",
            [("Wie kann ich meine Teekiste anhalten?",), ("Teekiste anhalten",)],
            "Wie kann ich meine Teekiste anhalten?",
        ),
        (
            "ru",
            [("Как приостановить чайную коробку?",), ("Приостановить чайную коробку",)],
            "Как приостановить чайную коробку?",
        ),
    ],
)
def test_every_language_asks_in_its_own_words(
    lang: str, tickets: list[tuple[str, ...]], shown: str
) -> None:
    """A question without its mark is known by its question word."""
    assert title(*tickets, lang=lang) == shown


def test_other_languages_tell_what_is_asked() -> None:
    """With one ticket here, what the tickets of another language ask decides."""
    here = [("Olen reisil.", "Kas parool vahetub?", "Kas ilm on ilus?")]
    abroad = {"en": [("How do I change my password?",), ("password change",)] * 2}
    found = asked_as(*here, lang="et", keywords=("password",), abroad=abroad)
    assert found is not None
    assert found.title == "Kas parool vahetub?"


def test_what_may_hold_personal_data_is_left_out() -> None:
    """Nothing is left when every sentence does."""
    found = asked_as(*PAUSE, flagged="How")
    assert found is not None
    assert "How" not in found.title
    assert asked_as(("Pause my box 1",), ("pause my box 1",), flagged="box") is None


@given(st.lists(st.lists(st.text(max_size=80), min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_text_is_borne(tickets: list[list[str]]) -> None:
    """Whatever customers write: no error, one line, not too long."""
    found = asked_as(*tickets, *tickets)
    if found:
        assert all(len(one) <= 110 for one in (found.title, *found.also_asked))
        assert "\n" not in found.title


def test_a_guess_with_a_mark_is_no_title() -> None:
    """A question without a question word must be typical, or the statement stands."""
    tickets = [
        ("App finds no kettle", "I updated the phone, perhaps that is what the app needs?"),
        ("The app finds no kettle",),
        ("App finds no kettle at home",),
        ("no kettle in the app",),
    ]
    assert "updated" not in title(*tickets, keywords=("kettle", "app"))
