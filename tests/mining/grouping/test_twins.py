"""Topics that may be one question in other words."""

from __future__ import annotations

from itertools import product

import numpy as np

from kbtool.mining.grouping.twins import FEWEST, LEAST, MOST, twins
from kbtool.mining.questions.question import Question


def _topic(name: str, *texts: str) -> list[Question]:
    return [
        Question(ticket=f"{name}:{n}", text=text, wordings=(), lang="en")
        for n, text in enumerate(texts)
    ]


def _others() -> list[list[Question]]:
    things = ("lamp", "chair", "garden", "ticket", "train", "dinner")
    asks = (
        "what colour has the {}",
        "is the {} open on Sunday",
        "may I borrow a {}",
        "who made this {}",
        "how heavy would a {} be",
    )
    return [
        _topic(f"o{n}", *(f"{text} {thing}" for text in (ask.format(thing), ask.format(thing))))
        for n, (thing, ask) in enumerate(product(things, asks))
    ]


REFUND = _topic("refund", "when will I get my refund", "refund not arrived", "my refund is late")
MONEY = _topic("money", "when do I get my money back refund", "refund money has not arrived")


def _found(
    *groups: list[Question], meanings: np.ndarray | None = None
) -> dict[int, tuple[tuple[int, float], ...]]:
    homes = [number for number, group in enumerate(groups) for _ in group]
    return twins([question for group in groups for question in group], homes, meanings)


def test_two_wordings_of_one_question_are_twins() -> None:
    """The likeliest twin of each is the other, with a chance that tells."""
    found = _found(REFUND, *_others(), MONEY)
    last = len(_others()) + 1
    assert found[0][0][0] == last
    assert found[last][0][0] == 0
    assert found[0][0][1] > 0.5


def test_chances_are_mutual_and_ordered() -> None:
    """Both of a pair tell the same chance, the likeliest first, none below the least."""
    found = _found(REFUND, *_others(), MONEY)
    told = {(i, j): chance for i, own in found.items() for j, chance in own}
    assert told
    for own in found.values():
        chances = [chance for _, chance in own]
        assert chances == sorted(chances, reverse=True)
        assert len(own) <= MOST
        assert all(LEAST <= chance <= 1 for chance in chances)
    for (i, j), chance in told.items():
        assert told.get((j, i), chance) == chance
        assert i != j


def test_meaning_tells_twins_that_share_no_word() -> None:
    """Topics whose questions have near vectors are likelier twins than by words alone."""
    parcel = _topic("parcel", "parcel overdue", "where is it", "still nothing here")
    late = _topic("late", "shipment delayed", "goods did not come", "delivery is missing")
    groups = [parcel, *_others(), late]
    homes = [number for number, group in enumerate(groups) for _ in group]
    vectors = np.eye(len(groups), dtype=np.float32)[homes]
    vectors[-3:] = vectors[0]
    last = len(groups) - 1
    by_words = dict(_found(*groups).get(0, ()))
    by_both = dict(_found(*groups, meanings=vectors)[0])
    assert by_both[last] > by_words.get(last, 0.0)


def test_a_few_topics_have_nothing_to_stand_out_from() -> None:
    """Below the fewest no twins are told; no questions break nothing."""
    assert _found(REFUND, MONEY, *_others()[: FEWEST - 3]) == {}
    assert _found() == {}
