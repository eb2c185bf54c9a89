"""How hard a text is to read: a formula for each language that has a known one, else LIX."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONG = 6
"""Letters beyond which LIX counts a word as long."""
_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿ]+")
_TURKISH = re.compile(r"[aeıioöuüâîû]")
_RUSSIAN = re.compile(r"[аеёиоуыэюя]")
_SILENT_E = re.compile(r"(?<=[^aeiouy])(?:e|es|ed)$")


@dataclass(frozen=True, slots=True)
class Ease:
    """A formula of Flesch's kind: ``base − sentence × words a sentence − word × syllables a word``."""

    base: float
    sentence: float
    word: float
    syllables: Callable[[str], int]


def _groups(word: str) -> int:
    """Groups of vowels: near enough to syllables in the languages of western Europe."""
    return len(_VOWELS.findall(word))


def _english(word: str) -> int:
    """The same without a silent e at the end ("make", "moved"), but "tables", "wanted"."""
    silent = _SILENT_E.search(word) and not re.search(
        r"(?:[td]ed|[^aeiou]le|[sxz]es|[cs]hes)$", word
    )
    return _groups(word) - bool(silent)


EASE = {
    "en": Ease(206.835, 1.015, 84.6, _english),
    "de": Ease(180.0, 1.0, 58.5, _groups),
    "es": Ease(206.84, 1.02, 60.0, _groups),
    "fr": Ease(207.0, 1.015, 73.6, _groups),
    "ru": Ease(206.835, 1.3, 60.1, lambda word: len(_RUSSIAN.findall(word))),
    "tr": Ease(198.825, 2.610, 40.175, lambda word: len(_TURKISH.findall(word))),
}
"""en: Flesch 1948; de: Amstad 1978; es: Fernández Huerta 1959, its second figure read as words a
sentence (as Law 2011 corrected it); fr: Kandel and Moles 1958; ru: Oborneva 2006; tr: Ateşman
1997. All say 0 (hard) to 100 (easy) and are drawn up to give alike texts alike figures."""

_REMEMBERED = 50_000
"""Words of a language whose syllables are counted once."""


def _at_least_one(count: Callable[[str], int]) -> Callable[[str], int]:
    return lru_cache(maxsize=_REMEMBERED)(lambda word: max(1, count(word)))


_SYLLABLES = {lang: _at_least_one(ease.syllables) for lang, ease in EASE.items()}


def reading_ease(sentences: Sequence[Sequence[str]], lang: str) -> float | None:
    """How easy sentences (the lower-case words of each) are, about 0 (hard) to 100 (easy); None
    where no formula is known, or for no words.
    """
    formula = EASE.get(lang.partition("-")[0])
    found = [words for words in sentences if words]
    if formula is None or not found:
        return None
    count = sum(map(len, found))
    counted = _SYLLABLES[lang.partition("-")[0]]
    syllables = sum(sum(map(counted, words)) for words in found)
    return formula.base - formula.sentence * count / len(found) - formula.word * syllables / count


def lix(sentences: Sequence[Sequence[str]]) -> float | None:
    """Words a sentence plus the percentage of words over six letters, about 20 (easy) to 60
    (hard), of sentences (the words of each); None for no words.

    Björnsson, *Läsbarhet*, 1968. It needs no syllables, so it is known for any language that puts
    spaces between words.
    """
    found = [words for words in sentences if words]
    if not found:
        return None
    count = sum(map(len, found))
    return count / len(found) + 100 * sum(len(w) > LONG for one in found for w in one) / count
