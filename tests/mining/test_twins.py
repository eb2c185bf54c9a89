"""Topics that may be one question in other words."""

from __future__ import annotations

from itertools import product

from kbtool.mining.questions import Question
from kbtool.mining.twins import LEAST, MOST, twins


def _topic(name: str, *texts: str) -> list[Question]:
    return [
        Question(ticket=f"{name}:{n}", text=text, wordings=(), lang="en")
        for n, text in enumerate(texts)
    ]


def _others() -> list[list[Question]]:
    things = ("lamp", "chair", "garden", "ticket", "train", "dinner")
    asks = ("what colour has the {}", "is the {} open on Sunday", "may I borrow a {}")
    return [
        _topic(f"o{n}", *(f"{text} {thing}" for text in (ask.format(thing), ask.format(thing))))
        for n, (thing, ask) in enumerate(product(things, asks))
    ]


REFUND = _topic("refund", "when will I get my refund", "refund not arrived", "my refund is late")
MONEY = _topic("money", "when do I get my money back refund", "refund money has not arrived")


def test_two_wordings_of_one_question_are_twins() -> None:
    """The likeliest twin of each is the other, with a chance that tells."""
    found = twins([REFUND, *_others(), MONEY])
    last = len(found) - 1
    assert found[0][0][0] == last
    assert found[last][0][0] == 0
    assert found[0][0][1] > 0.5


def test_chances_are_mutual_and_ordered() -> None:
    """Both of a pair tell the same chance, the likeliest first, none below the least."""
    found = twins([REFUND, *_others(), MONEY])
    told = {(i, j): chance for i, own in enumerate(found) for j, chance in own}
    assert told
    for own in found:
        chances = [chance for _, chance in own]
        assert chances == sorted(chances, reverse=True)
        assert len(own) <= MOST
        assert all(LEAST <= chance <= 1 for chance in chances)
    for (i, j), chance in told.items():
        assert told.get((j, i), chance) == chance
        assert i != j


def test_nothing_stands_out_of_two() -> None:
    """With one other topic there is nothing to compare with; empty groups have no twins."""
    assert twins([REFUND, MONEY]) == [(), ()]
    assert twins([]) == []
    found = twins([REFUND, [], *_others(), MONEY])
    assert found[1] == ()
    assert found[0][0][0] == len(found) - 1
