"""How hard a text is to read: known formulas on texts that can be counted by hand."""

from __future__ import annotations

import pytest

from kbtool.text import words
from kbtool.text.reading import lix, reading_ease


def _words(lang: str, *sentences: str) -> list[list[str]]:
    return [words(sentence, lang) for sentence in sentences]


def test_english_is_flesch() -> None:
    """Ten words, two sentences, 13 syllables: 206.835 − 1.015 × 5 − 84.6 × 1.3."""
    text = _words("en", "Open the app and wait.", "Tap the yellow table once.")
    assert reading_ease(text, "en") == pytest.approx(206.835 - 1.015 * 5 - 84.6 * 1.3)


def test_turkish_counts_every_vowel() -> None:
    """Ateşman: four words, eleven vowels, one sentence."""
    text = _words("tr", "Kilidi açmak için dokunun.")
    assert reading_ease(text, "tr") == pytest.approx(198.825 - 40.175 * 10 / 4 - 2.610 * 4)


@pytest.mark.parametrize(
    ("word", "lang", "syllables"),
    [("make", "en", 1), ("moved", "en", 1), ("wanted", "en", 2), ("table", "en", 2),
     ("boxes", "en", 2), ("the", "en", 1), ("Straße", "de", 2), ("город", "ru", 2)],
)  # fmt: skip
def test_syllables_are_counted(word: str, lang: str, syllables: int) -> None:
    """Silent vowels are none; a word has one at least."""
    one, two = (reading_ease(_words(lang, " ".join([word] * n)), lang) for n in (1, 2))
    assert one is not None
    assert two is not None
    weights = {"en": (206.835, 1.015, 84.6), "de": (180.0, 1.0, 58.5), "ru": (206.835, 1.3, 60.1)}
    base, sentence, per = weights[lang]
    assert one == pytest.approx(base - sentence - per * syllables)
    assert two == pytest.approx(base - 2 * sentence - per * syllables)


def test_lix_needs_no_syllables() -> None:
    """Four words, of which two are long: 4 + 50; no words, no figure."""
    assert lix(_words("et", "Kirjuta meile klienditoele kohe.")) == pytest.approx(54)
    assert lix([]) is None
    assert lix(_words("et", "…")) is None
    assert reading_ease(_words("et", "Kirjuta meile."), "et") is None
    assert reading_ease([], "en") is None
