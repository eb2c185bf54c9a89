"""The order of the answer, pieced together from what tickets say in part."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.agreeing.order import in_order
from kbtool.articles.agreeing.support import Group, gather
from tests.articles.saying.sentences import told


def _groups(*answers: str) -> list[Group]:
    """A group a letter; each answer is a ticket that says its letters in this order."""
    letters = sorted({letter for answer in answers for letter in answer})
    return [
        gather(
            told(f"Step {letter}.", ticket=0, number=ord(letter)),
            [
                told(letter, ticket=n, number=at + 1, place=at / max(len(answer) - 1, 1))
                for n, answer in enumerate(answers, start=1)
                for at, said in enumerate(answer)
                if said == letter
            ],
        )
        for letter in letters
    ]


def _letters(groups: tuple[Group, ...]) -> str:
    return "".join(group.said.text[5] for group in groups)


answers = st.lists(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True).map("".join), min_size=1, max_size=8)  # fmt: skip


@given(answers, st.randoms(use_true_random=False))
def test_the_order_keeps_every_group_once(said: list[str], dice: random.Random) -> None:
    """And does not depend on the order in which the groups come."""
    groups = _groups(*said)
    expected = in_order(groups)
    assert sorted(map(id, expected)) == sorted(map(id, groups))
    dice.shuffle(groups)
    assert in_order(groups) == expected


def test_partial_answers_make_one_order() -> None:
    """No ticket says all the steps."""
    assert _letters(in_order(_groups("ab", "bc", "cd", "ac", "bd"))) == "abcd"


def test_the_majority_rules() -> None:
    """Two say a before b, one the other way round."""
    assert _letters(in_order(_groups("ab", "ab", "ba"))) == "ab"
    assert _letters(in_order(_groups("ba", "ba", "ab"))) == "ba"


def test_one_long_answer_does_not_outweigh_two_short_ones() -> None:
    """d stands early in the short answers by its place, but behind c."""
    assert _letters(in_order(_groups("abcefgd", "cd", "cd"))).index("c") < "abcefgd".index("d")


def test_nothing_in_nothing_out() -> None:
    """An empty draft has an order."""
    assert in_order([]) == ()
