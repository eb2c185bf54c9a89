"""Questions that look alike but are answered in two ways."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.mining.grouping.answers import answered_in, split_by_answers
from kbtool.mining.questions.question import Question

RESET = (
    "Open Account > Password and press Reset.",
    "Press Reset under Account > Password.",
    "Go to Account > Password, then Reset, and wait for the mail.",
    "Reset is under Account > Password.",
)
BLOCK = (
    "Please call our branch so that we can block the card at once.",
    "Call the branch: they block the card.",
    "We block the card when you call our branch.",
    "A call to the branch is enough, they will block the card.",
)


def _questions(asked: tuple[str, ...], replies: tuple[str, ...], name: str) -> list[Question]:
    return [
        Question(ticket=f"{name}:{n}", text=text, wordings=(text,), lang="en", reply=reply)
        for n, (text, reply) in enumerate(zip(asked, replies, strict=True))
    ]


PASSWORD = ("forgot my password", "password forgotten, help", "I forgot the password", "password?")
CARD = ("lost my card", "card lost, help", "I lost the card", "card?")
ONE = _questions(PASSWORD, RESET, "a")
OTHER = _questions(CARD, BLOCK, "b")
SAME = _questions(PASSWORD, BLOCK, "c")


def test_two_questions_with_two_answers_are_two_topics() -> None:
    """A topic that mixes two questions falls apart where its answers do."""
    found = split_by_answers([*ONE, *OTHER], np.zeros(8, dtype=np.int64), 3)
    assert len({*found[:4].tolist()}) == len({*found[4:].tolist()}) == 1
    assert found[0] != found[4]


def test_one_question_with_two_answers_stays_one_and_is_told() -> None:
    """The same question answered in two ways is no new topic; a ticket of either way is named."""
    both = [*ONE, *SAME]
    labels = np.zeros(8, dtype=np.int64)
    assert np.array_equal(split_by_answers(both, labels, 3), labels)
    first, second = answered_in(both)
    assert (first.tickets, second.tickets) == (4, 4)
    assert {first.ticket[0], second.ticket[0]} == {"a", "c"}


def test_one_way_of_answering_is_no_news() -> None:
    """Replies that say the same in other words, few replies and none: nothing to tell."""
    assert answered_in([*ONE, *_questions(PASSWORD, RESET[::-1], "d")]) == ()
    assert answered_in(ONE[:2]) == ()
    assert answered_in([]) == ()


def test_a_part_below_the_smallest_is_no_topic() -> None:
    """The lesser part is left over when it is too small; the larger one stays."""
    found = split_by_answers([*ONE, *OTHER[:3]], np.zeros(7, dtype=np.int64), 4)
    assert found.tolist() == [0, 0, 0, 0, -1, -1, -1]


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["", *RESET, *BLOCK]), st.integers(-1, 2)), max_size=20))
def test_splitting_never_joins_or_loses_others(made: list[tuple[str, int]]) -> None:
    """Questions without a topic stay so; two questions of different topics never meet."""
    sample = [
        Question(ticket=f"t:{n}", text=f"word{n}", wordings=(), lang="en", reply=reply)
        for n, (reply, _) in enumerate(made)
    ]
    labels = np.array([label for _, label in made], dtype=np.int64)
    found = split_by_answers(sample, labels, 3)
    assert all(found[labels < 0] == -1)
    for label in {*found[found >= 0].tolist()}:
        assert len({*labels[found == label].tolist()}) == 1
