"""The views in which questions are compared."""

from __future__ import annotations

import numpy as np
import pytest

from kbtool.mining.questions.question import Question
from kbtool.mining.questions.views import (
    VIEWS,
    Said,
    act_features,
    char_features,
    compared,
    meaning_features,
    pair_features,
    word_features,
)


def _question(text: str, lang: str = "en", reply: str = "", ticket: str = "t:1") -> Question:
    return Question(ticket=ticket, text=text, wordings=(), lang=lang, reply=reply)


def _alike(first: Question, second: Question, view: str) -> float:
    only = {name: float(name == view) for name in VIEWS}
    vectors = compared([first, second, first, second], only)  # twice: a lone feature is dropped
    return float((vectors @ vectors.T).toarray()[0, 1])


def test_pairs_do_not_know_their_order_and_skip_stop_words() -> None:
    """Two words that mean something are a pair whichever comes first, with small words between."""
    one, other = _question("cancel the order"), _question("my order, cancel it")
    assert set(pair_features(Said.by(one))) & set(pair_features(Said.by(other)))
    assert all("the" not in pair.split("|") for pair in pair_features(Said.by(one)))


def test_a_pair_stays_within_a_line() -> None:
    """The end of the subject and the beginning of the message are no pair."""
    assert not pair_features(Said.by(_question("cancel\norder")))
    assert not word_features(Said.by(_question("cancel\norder")))["cancel order"]


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "cancel my purchase", "I want to call off the order"),
        ("de", "Ich will meine Bestellung stornieren", "Bestellung bitte annullieren"),
    ],
)
def test_like_meanings_meet_without_a_common_word(lang: str, one: str, other: str) -> None:
    """Near-synonyms of the thesaurus are the same meaning, and make the same act."""
    first, second = _question(one, lang), _question(other, lang)
    assert set(act_features(Said.by(first))) & set(act_features(Said.by(second)))
    assert _alike(first, second, "meanings") > 0
    assert _alike(first, second, "acts") > 0


def test_what_frames_a_question_tells_nothing_of_it() -> None:
    """Questions about other things have nothing in common for being asked in the same way."""
    one, other = (
        _question("I would like to know where the invoice is"),
        _question("I would like to know where the printer is"),
    )
    for view, most in {"letters": 0.4, "pairs": 0.2, "meanings": 0.2, "acts": 0.2}.items():
        assert _alike(one, other, view) < most, view
    assert "the" not in word_features(Said.by(one))
    assert not char_features(Said.by(_question("where is it")))
    assert not meaning_features(Said.by(_question("please help, I need this")))


def test_a_small_word_counts_beside_one_that_says_something() -> None:
    """ "Not working" is no "working": neighbours are kept when one of them means something."""
    assert word_features(Said.by(_question("not working")))["not work"] == 1


def test_numbers_and_codes_are_one_word() -> None:
    """Order numbers differ from ticket to ticket and tell nothing."""
    assert (
        word_features(Said.by(_question("order AB12345")))
        == word_features(Said.by(_question("order 987")))
        != {}
    )


def test_every_view_adds_its_weight_for_the_same_question() -> None:
    """A question is as like itself as the weights of the views in which it says something."""
    question = _question("please cancel the order", reply="Open the account and press cancel.")
    vectors = compared([question, question])
    same = (vectors @ vectors.T).toarray()[0, 0]
    assert same == pytest.approx(sum(weight for _, weight in VIEWS.values()), rel=1e-4)


def test_nothing_said_is_a_row_of_zeros() -> None:
    """A text without a word compares with nothing, and nothing breaks."""
    vectors = compared([_question("?!"), _question("cancel order"), _question("cancel order")])
    assert vectors.shape[0] == 3
    assert not np.any(vectors[[0]].toarray())
