"""Windows: who says enough of a sentence, compared with a plain count of the same rules."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kbtool.articles.agreeing.windows import (
    ANCHORS,
    ENOUGH,
    FACT,
    FIRM,
    WINDOW,
    Windows,
    bits_of,
)
from kbtool.articles.saying.meaning import Meaning, Vocabulary
from kbtool.articles.saying.replies import Said
from tests.articles.saying.sentences import told

WORDS = ["tea", "box", "open", "kettle", "5 days", "3 cups", "29 euros", "shop.example", "Anna", "cup"]  # fmt: skip
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
messages = st.lists(phrases, min_size=1, max_size=5)
replies = st.lists(st.lists(messages, min_size=1, max_size=2), min_size=1, max_size=5)


def _said(found: list[list[list[str]]], lang: str = "en") -> list[list[Said]]:
    return [
        [
            told(text, lang, ticket=ticket, message=message, number=number)
            for message, texts in enumerate(of_ticket, start=1)
            for number, text in enumerate(texts, start=1)
        ]
        for ticket, of_ticket in enumerate(found, start=1)
    ]


def _plain_share(meaning: Meaning, mask: int, fact: int) -> float:
    """The rule of a support as a person would count it; 0 when it is not one."""
    share = sum(s.weight for s in meaning.slots if s.fills & mask) / meaning.weight
    if fact:
        beside = any(s.fills & mask for s in meaning.slots if not s.fills & fact)
        return share if fact & mask and beside and share >= FACT else 0.0
    numbers = [s for s in meaning.slots if s.kind == "number"]
    if sum(bool(s.fills & mask) for s in numbers) * 2 < len(numbers):
        return 0.0
    firm = any(s.fills & mask for s in meaning.slots if s.kind in ANCHORS)
    enough = next(least for weight, least in ENOUGH if meaning.weight < weight)
    return share if share >= enough - FIRM * firm else 0.0


def _plain(
    meaning: Meaning, said: list[list[Said]], vocabulary: Vocabulary, fact: int
) -> dict[str, float]:
    """Ticket → the share that its best window says, less a little for each sentence."""
    best: dict[str, float] = {}
    for one in said:
        for start in range(len(one)):
            for end in range(start + 1, min(start + WINDOW, len(one)) + 1):
                window = one[start:end]
                if window[-1].message != window[0].message:
                    break
                mask = 0
                for sentence in window:
                    mask |= vocabulary.meaning(sentence.text, "en").mask
                share = _plain_share(meaning, mask, fact)
                if share:
                    value = share - 0.001 * len(window)
                    best[one[0].ticket] = max(best.get(one[0].ticket, 0.0), value)
    return best


@given(phrases, replies, st.booleans())
def test_bit_slices_count_like_people(
    text: str, found: list[list[list[str]]], for_a_fact: bool
) -> None:
    """The same tickets with the same shares, whatever is said in whatever order."""
    vocabulary = Vocabulary()
    said = _said(found)
    windows = Windows(said, "en", vocabulary)
    meaning = vocabulary.meaning(text, "en")
    assume(meaning.telling)
    anchors = [slot.own for slot in meaning.slots if slot.kind in ANCHORS]
    fact = anchors[0] if for_a_fact and anchors else 0
    shares = {one[0].ticket: share for share, one in windows.saying(meaning, fact)}
    assert shares == pytest.approx(_plain(meaning, said, vocabulary, fact))


def test_sentences_of_two_messages_are_no_window() -> None:
    """What stands in one message is said together, what a later one adds is not."""
    vocabulary = Vocabulary()
    together = _said([[["Green tea in boxes", "costs much money"]]])
    apart = _said([[["Green tea in boxes"], ["costs much money"]]])
    meaning = vocabulary.meaning("Green tea boxes cost much money", "en")
    assert len([*Windows(together, "en", vocabulary).saying(meaning)]) == 1
    assert not [*Windows(apart, "en", vocabulary).saying(meaning)]


def test_only_sentences_that_say_something_of_it_are_named() -> None:
    """The one between them is not evidence; the shortest window is taken."""
    vocabulary = Vocabulary()
    said = _said([[["Green tea in boxes", "So far the weather", "costs much money", "Green tea"]]])
    meaning = vocabulary.meaning("Green tea boxes cost much money", "en")
    ((_, named),) = Windows(said, "en", vocabulary).saying(meaning)
    assert [one.text for one in named] == ["Green tea in boxes", "costs much money"]


@pytest.mark.parametrize(
    ("lang", "text", "supported"),
    [
        ("et", "Kolimistasu on 29 €.", True),
        ("et", "Kolimistasu on 39 €.", False),
        ("tr", "Taşıma ücreti 29 euro.", True),
        ("tr", "Taşıma ücreti 39 euro.", False),
        ("de", "Die Umzugsgebühr beträgt 29 €.", True),
        ("et", "Kolimine kestab 29 päeva.", False),
    ],
)
def test_other_languages_support_what_means_the_same(lang: str, text: str, supported: bool) -> None:
    """The number and what it is said of."""
    vocabulary = Vocabulary()
    windows = Windows([[told(text, lang)]], "en", vocabulary)
    meaning = vocabulary.meaning("The moving fee is 29 euros.", "en")
    assert bool([*windows.saying(meaning)]) is supported


def test_nothing_supports_nothing() -> None:
    """A sentence without slots, and no replies."""
    vocabulary = Vocabulary()
    empty = vocabulary.meaning("", "en")
    tea = vocabulary.meaning("Tea is green", "en")
    assert not [*Windows([[told("Tea")]], "en", vocabulary).saying(empty)]
    assert not [*Windows([], "en", vocabulary).saying(tea)]


@given(st.integers(0, 2**70))
def test_bits_add_up(mask: int) -> None:
    """Each bit once, the lowest first."""
    bits = [*bits_of(mask)]
    assert sum(bits) == mask
    assert bits == sorted(bits)
