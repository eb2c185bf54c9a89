"""Features as numbers: the same words give the same ones, everywhere and always."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kbtool.mining.questions.hashed import ANSWERED, PAIR, SPACE, features
from kbtool.mining.questions.question import Question

GOLDEN = [627608, 1492338, 2736910, 4821912, 5276580, 7501345]
ASKED = Question("d:1", "Cancelling orders", ("Cancelling orders",), "en")


def _shared(one: Question, other: Question) -> int:
    return len(np.intersect1d(features(one), features(other)))


def test_features_are_what_they_always_were() -> None:
    """They are stored: another version of kbtool must find the same numbers (or raise VERSION)."""
    assert features(replace(ASKED, reply="Open orders")).tolist() == GOLDEN


def test_forms_of_a_word_and_all_order_numbers_are_one() -> None:
    """Stems meet; numbers differ from ticket to ticket and are masked."""
    assert _shared(ASKED, replace(ASKED, text="cancelled order")) == 3
    assert _shared(replace(ASKED, text="VM-100200"), replace(ASKED, text="VM-900800")) > 0


def test_a_word_of_the_answer_is_another_feature() -> None:
    """What agents say is told apart from what customers ask."""
    found = features(replace(ASKED, text="orders", reply="orders"))
    assert len(found) == 2
    assert found[1] - found[0] == ANSWERED


def test_pairs_stay_inside_a_line() -> None:
    """The last word of the subject and the first of the message are no neighbours."""
    apart = features(replace(ASKED, text="Cancelling\norders"))
    assert not (apart & PAIR).any()
    assert (features(ASKED) & PAIR).any()


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["en", "tr", None]))
def test_any_text_has_features(text: str, reply: str, lang: str | None) -> None:
    """Ascending, each once, inside the space."""
    found = features(Question("d:1", text, (), lang, reply=reply))
    assert (np.diff(found.astype(np.int64)) > 0).all()
    assert (found < SPACE).all()
