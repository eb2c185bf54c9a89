"""Topics in one sample."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.mining.grouping.linkage import cluster, likeness
from kbtool.mining.questions.question import Question
from tests.mining.samples import questions

COLOURS = ("blue", "red", "green", "pink", "black", "white", "brown")
WORDS = ("card", "lost", "fee", "late", "renew", "loan", "?", "", "ş", "12345", "the")


def _asked() -> list[Question]:
    return [q for q in questions() if q.lang == "en"]


def _truth(question: Question) -> str:
    return question.ticket.removeprefix("desk:").rpartition("-")[0]


def test_questions_of_one_kind_come_together() -> None:
    """Each group holds one kind of question; the one-offs are in none."""
    sample = _asked()
    labels = cluster(sample, 3)
    for number in range(labels.max() + 1):
        own = {_truth(q) for q, label in zip(sample, labels, strict=True) if label == number}
        assert len(own) == 1
    assert {_truth(q) for q, n in zip(sample, labels, strict=True) if n >= 0} == {
        "renew",
        "fee",
        "card",
    }


def test_the_largest_group_is_number_nought() -> None:
    """Numbers go down in size and no group is smaller than asked."""
    labels = cluster(_asked(), 3)
    sizes = np.bincount(labels[labels >= 0])
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
    assert sizes.min() >= 3


def test_meaning_joins_what_words_keep_apart() -> None:
    """Two wordings of one question without a common word are one group when their vectors are near."""
    lines = ["where is my parcel", "parcel not here", "late parcel, sir", "any parcel today?"]
    other = ["shipment overdue", "overdue again", "shipment is gone", "overdue goods, shipment"]
    noise = [f"{a} {b}" for a, b in permutations(COLOURS, 2)]
    sample = [
        Question(ticket=f"t:{n}", text=text, wordings=(), lang="en")
        for n, text in enumerate([*lines, *other, *noise])
    ]
    vectors = np.eye(len(sample), dtype=np.float32)
    vectors[:8] = vectors[0]
    by_words = cluster(sample, 4)
    by_both = cluster(sample, 4, vectors)
    assert by_words[0] != by_words[4]
    assert by_both[0] == by_both[4] >= 0


def test_what_most_ask_is_found() -> None:
    """A question that a tenth to most of a sample asks is one group, in the same words or answered
    by the same macro, and so are the others.
    """
    for many in (30, 150, 600):
        for text, reply in (
            ("Please reset my password", ""),
            ("{} {}, it has {} again", "Open Settings, choose Security and follow the link there."),
        ):
            asked = [
                text.format(COLOURS[n % 7], WORDS[n % 6], COLOURS[n // 7 % 7]) for n in range(many)
            ]
            mass = [
                Question(ticket=f"t:m-{n}", text=line, wordings=(), lang="en", reply=reply)
                for n, line in enumerate(asked)
            ]
            others = [replace(q, ticket=f"{n}:{q.ticket}") for n in range(9) for q in _asked()]
            labels = cluster([*mass, *others], 4)
            assert len(set(labels[:many])) == 1 and labels[0] >= 0
            assert labels[0] not in labels[many:]


def test_likeness_is_symmetric_and_never_negative() -> None:
    """Also with a hub: a question that is somewhat like all others."""
    hub = replace(_asked()[0], ticket="desk:hub", text="renew late fee lost card loan book")
    found = likeness([*_asked(), hub])
    assert np.allclose(found, found.T, rtol=1e-5)
    assert found.min() >= 0


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=25))
def test_any_sample_is_grouped(texts: list[str]) -> None:
    """No text breaks it; the same texts in the same order give the same groups."""
    sample = [
        Question(ticket=f"t:{n}", text=text, wordings=(), lang="en") for n, text in enumerate(texts)
    ]
    labels = cluster(sample, 2)
    assert labels.shape == (len(texts),)
    assert np.array_equal(labels, cluster(sample, 2))
    sizes = np.bincount(labels[labels >= 0])
    assert not len(sizes) or sizes.min() >= 2
