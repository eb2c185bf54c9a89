"""What sentences say, as slots that other sentences fill, in their language or in another."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.articles.saying.meaning import Vocabulary, addresses, labels, name_key, names, numbers
from tests.articles.saying.sentences import spoken, texts


def _fills(one: str, other: str, lang: str = "en") -> bool:
    """Whether the one says every number, address, name, label and "not" that the other does."""
    vocabulary = Vocabulary()
    mask = vocabulary.meaning(one, lang).mask
    negated = vocabulary.meaning("not", lang).mask
    return all(
        slot.fills & mask
        for slot in vocabulary.meaning(other, lang).slots
        if slot.kind not in ("word", "usual") or slot.fills & negated
    )


@given(spoken | st.tuples(st.sampled_from(["en", "tr", "et", "de", "ru"]), texts))
def test_a_sentence_says_itself(said: tuple[str, str]) -> None:
    """All its slots are filled by itself, and it goes not beyond itself."""
    lang, text = said
    meaning = Vocabulary().meaning(text, lang)
    assert meaning.filled(meaning.mask) == meaning.weight
    assert not meaning.goes_beyond(meaning.mask)
    assert (
        meaning.telling & ~sum(slot.fills for slot in meaning.slots) == 0 or len(meaning.slots) > 1
    )


@given(st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(dice: random.Random) -> None:
    """The same words in another order say the same; a number keeps what it counts."""
    words = [
        "boxes",
        "with",
        "green tea",
        "and",
        "two cups",
        "cost",
        "29 euros",
        "before",
        "winter",
    ]
    shuffled = words[:]
    dice.shuffle(shuffled)
    vocabulary = Vocabulary()
    one = vocabulary.meaning(" ".join(words), "en")
    other = vocabulary.meaning(" ".join(shuffled), "en")
    assert one.mask == other.mask


def test_all_texts_share_one_vocabulary() -> None:
    """The same feature has the same bit; another vocabulary may count from elsewhere."""
    vocabulary = Vocabulary()
    assert vocabulary.bit("x") == vocabulary.bit("x") != vocabulary.bit("y")
    assert vocabulary.meaning("Tea is free.", "en") is vocabulary.meaning("Tea is free.", "en")


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        ("It takes 24 hours.", "It takes 1 day.", True),
        ("It takes 24 hours.", "It takes 24 minutes.", False),
        ("A strainer is 10 cents.", "A strainer is €0.10.", True),
        ("A strainer is 10 cents.", "A strainer is 10 euros.", False),
        ("Wait two days.", "Wait 2 days.", True),
        ("Wait 2 days.", "Wait 3 days.", False),
        ("It costs 1,000 euros.", "It costs 1.000 €.", True),
        ("It costs 4,90 euros.", "It costs 4.90 €.", True),
        ("Send it to Anna.", "Send it to Berta.", False),
        ("Go to tea.example/a.", "Go to tea.example/b.", False),
        ("Go to https://www.Tea.example/a/.", "Go to tea.example/a.", True),
        ("See \ue000kb-7\ue001 first.", "See \ue000kb-8\ue001 first.", False),
        ("Tap “Sign in”.", "Tap “Sign up”.", False),
        ("Open Account > Boxes.", "Open Account > Cards.", False),
        ("We do not deliver boxes.", "We deliver boxes.", True),
        ("We deliver boxes.", "We do not deliver boxes.", False),
    ],
)
def test_numbers_addresses_names_and_labels_must_be_met(one: str, other: str, holds: bool) -> None:
    """Nothing but the same number, address, name or label fills theirs."""
    assert _fills(one, other) is holds


def test_a_bare_number_may_count_anything() -> None:
    """Whoever only says 2 may mean 2 days; 2 days are no 2 hours."""
    assert _fills("Choose 2.", "Wait 2 days.")
    assert _fills("Wait 2 days.", "Choose 2.")
    assert not _fills("Wait 2 hours.", "Wait 2 days.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("et", "Kolimistasu on 29 €"), ("en", "The moving fee is 29 euros")),
        (("tr", "Taşıma ücreti 29 euro"), ("en", "The moving fee is 29 euros")),
        (("en", "Refund to your card in 14 days"), ("tr", "İade 14 gün içinde kartınıza yapılır")),
        (("en", "Refund to your card in 14 days"), ("et", "Raha tagastatakse kaardile 14 päeva jooksul")),
    ],
)  # fmt: skip
def test_words_of_one_meaning_fill_each_other_abroad(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    """Numbers, units and what the thesaurus knows mean the same in every language."""
    vocabulary = Vocabulary()
    mine = vocabulary.meaning(one[1], one[0])
    theirs = vocabulary.meaning(other[1], other[0])
    filled = sum(slot.weight for slot in mine.abroad if slot.abroad & theirs.mask)
    assert filled >= 0.6 * sum(slot.weight for slot in mine.abroad)


def test_labels_do_not_travel() -> None:
    """What a screen says is said in one language."""
    vocabulary = Vocabulary()
    english = vocabulary.meaning("Open Account > Boxes", "en")
    assert [slot.abroad for slot in english.slots if slot.kind == "label"] == [0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.000 and 1,000 and 1 000", ["1000", "1000", "1000"]),
        ("4,90 at 12:30 in v2.10", ["4.90", "12:30", "2.10"]),
        ("1 234 567 times", ["1234567"]),
        ("12 345,5", ["12345.5"]),
        ("none", []),
    ],
)
def test_numbers_as_they_compare(text: str, expected: list[str]) -> None:
    """Thousands marks fall, the decimal comma is a point."""
    assert numbers(text) == expected


def test_addresses_are_host_and_path() -> None:
    """Without scheme, www., case and what ends the sentence; a version is none."""
    text = "See https://www.Tea.example/A/b/?x=1, tea.example/faq. Or v2.1, e.g. this"
    assert addresses(text) == ["tea.example/a/b/?x=1", "tea.example/faq"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Write to Anna Berg in Tallinn.", ["Anna", "Berg", "Tallinn"]),
        ("en", "The tea is here. Boxes are there: Cups too.", []),
        ("en", "Tap “Sign In” in Account > My Boxes.", []),
        ("en", "Use the iPhone with USB-C.", ["iPhone", "USB", "C"]),
        ("et", "Saadame Tartust Omniva kaudu.", ["Tartust", "Omniva"]),
        ("tr", "Kutuyu Ayşe'ye gönderin.", ["Ayşe"]),
        ("de", "Der Umzug kostet Geld im Lager.", []),
    ],
)
def test_names_are_capitals_that_nothing_explains(
    lang: str, text: str, expected: list[str]
) -> None:
    """No beginning, no label, no quotation; German writes every noun so and has none."""
    assert names(text, lang) == [name_key(word) for word in expected]


def test_labels_are_quotations_and_ends_of_paths() -> None:
    """As they compare, and no whole sentences."""
    assert labels("Open Account > Boxes and tap “Change Box”.", "en")[-1] == "change box"
    assert labels("He said “this is a very long remark about tea” once.", "en") == []
