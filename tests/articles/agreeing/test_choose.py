"""Choosing: each fact once, in its usual wording, steps without holes."""

from __future__ import annotations

import pytest

from kbtool.articles.agreeing.choose import MOST, choose, groups, likeness
from kbtool.articles.agreeing.support import Replies
from kbtool.articles.saying.replies import Said
from tests.articles.saying.sentences import tickets, told


def _texts(said: list[list[Said]], lang: str = "en") -> list[str]:
    return [group.said.text for group in groups(Replies(said, lang))]


FACTS = [
    "Open Account > Boxes.",
    "Tap the green button there.",
    "Choose another tea.",
    "The change is free of charge.",
]


def test_a_full_answer_out_of_partial_ones() -> None:
    """Nobody says all four; each stands once, in order."""
    pairs = [(0, 1), (1, 2), (2, 3), (0, 2), (1, 3), (0, 3)]
    said = tickets(*(f"{FACTS[a]} | {FACTS[b]}" for a, b in pairs))
    assert _texts(said) == FACTS


@pytest.mark.parametrize(
    ("lang", "wordings"),
    [
        ("en", ["A return is free within 30 days.", "Within 30 days a return is free.", "Returns are free for 30 days."]),
        ("tr", ["İade 30 gün içinde ücretsizdir.", "30 gün içinde iade ücretsizdir.", "İade ücretsizdir 30 gün."]),
        ("et", ["Tagastus on 30 päeva tasuta.", "30 päeva on tagastus tasuta.", "Tagastus 30 päeva jooksul tasuta."]),
        ("de", ["Die Rückgabe ist 30 Tage kostenlos.", "30 Tage ist die Rückgabe kostenlos.", "Rückgabe 30 Tage kostenlos."]),
    ],
)  # fmt: skip
def test_wordings_of_one_fact_are_one_sentence(lang: str, wordings: list[str]) -> None:
    """However many there are."""
    (text,) = _texts(tickets(*wordings * 2, lang=lang), lang)
    assert text in wordings


def test_the_usual_wording_is_taken() -> None:
    """Five say it so, one says it with more words around."""
    usual = "A return is free within 30 days."
    odd = "So a return is as ever free of all charge within the usual 30 days of grace."
    assert _texts(tickets(usual, odd, usual, usual, usual, usual, usual)) == [usual]


def test_short_steps_are_not_swallowed_by_long_sentences() -> None:
    """An item of a list is a step of its own unless another holds it whole."""
    steps = ["Open the box", "Take the tea", "Boil the water", "Wait for 3 minutes"]
    said = [
        [
            told(text, ticket=n, number=at, item=True, place=at / 4)
            for at, text in enumerate(steps, start=1)
        ]
        for n in (1, 2, 3)
    ]
    assert _texts(said) == steps


def test_a_list_has_no_holes() -> None:
    """The step that one agent's list has between chosen ones is kept, a sentence alone is not."""
    steps = ["Open the blue drawer", "Lift the wooden lid", "Pour the hot water"]
    said = [
        [
            told(text, ticket=n, number=at, agent=agent, item=True, place=at / 3)
            for at, text in enumerate(steps, start=1)
            if agent == "a1" or at != 2
        ]
        for n, agent in ((1, "a1"), (2, "a2"), (3, "a1"), (4, "a2"))
    ]
    assert _texts(said) == steps
    bare = [[told(s.text, ticket=int(s.ticket[5:]), number=int(s.ref[-1]), agent=s.agent, place=s.place) for s in one] for one in said]  # fmt: skip
    assert steps[1] not in _texts(bare)


def test_a_draft_ends_somewhere() -> None:
    """It has so many sentences at most, however much is said."""
    names = [chr(97 + n) * 4 + chr(97 + m) * 3 for n in range(8) for m in range(5)]
    said = tickets(*[" | ".join(f"Every {one} needs some {one[::-1]}." for one in names)] * 3)
    assert len(_texts(said)) == MOST


def test_nothing_is_chosen_twice() -> None:
    """And choosing from nothing gives nothing."""
    read = Replies(tickets(*FACTS, *FACTS), "en")
    found = read.candidates(2)
    chosen = choose(found + found, "en")
    assert len({one.group.said.ref for one in chosen}) == len(chosen)
    assert choose([], "en") == []
    assert groups(Replies([], "en")) == ()


def test_likeness_is_mutual_and_one_with_oneself() -> None:
    """Common weight over all weight."""
    one, other = Replies(tickets(FACTS[1], FACTS[1], FACTS[2], FACTS[2]), "en").candidates(2)[:2]
    assert likeness(one, other) == likeness(other, one) < 1
    assert likeness(one, one) == 1
