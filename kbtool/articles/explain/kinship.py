"""Which evidence a changed sentence still comes from: by its words, whatever was done to it.

A person mends a typo, merges two sentences, splits one, changes a number. What is left of the
evidence's own words tells where the sentence comes from; words that many sentences of the article
share tell little. The bounds below are shares of such weighted words; they are judgement, no
measurement, and lie where a reader would still say "this is that sentence".
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from kbtool.articles.saying.phrases import in_digits
from kbtool.text import lower, sentences, terms

HALF = 0.5
"""Share of the words of the one that the other must hold."""
WHOLE = 0.85
"""Share from which a sentence holds all that another says."""
ALIKE = 0.75
"""Likeness, letter by letter, from which two sentences are the same with typos mended."""
FEW = 4
"""Words of a sentence so short that one mended typo hides what it comes from."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ARTICLE = re.compile(r"\[[\w-]+\]")


class Kinship:
    """Finds, among the texts of an article's evidence, those that a sentence comes from."""

    def __init__(self, texts: Sequence[str], lang: str) -> None:
        self._lang = lang
        self._texts = [lower(text, lang).rstrip(" .") for text in texts]
        self._terms = [self._terms_of(text) for text in texts]
        self._numbers = [frozenset(self._numbers_of(text)) for text in texts]
        self._holding: dict[str, list[int]] = {}
        for number, found in enumerate(self._terms):
            for term in sorted(found):
                self._holding.setdefault(term, []).append(number)

    def of(self, text: str, taken: Collection[int] = ()) -> tuple[int, ...]:
        """Numbers of the texts that ``text`` comes from, in their order; perhaps none.

        A text that is ``taken`` stands in the article as it is; what comes from it as well must
        be as good as a copy.
        """
        own = self._terms_of(text)
        shown = lower(text, self._lang).rstrip(" .")
        kin = [n for n in self._candidates(own) if self._is_kin(own, shown, n, n in taken)]
        kin.sort(key=lambda n: (-self._weight(own & self._terms[n]), n in taken, n))
        chosen: list[int] = []
        covered: set[str] = set()
        for number in kin:
            if not chosen or self._adds(own & self._terms[number], covered, number):
                chosen.append(number)
                covered |= own & self._terms[number]
        return tuple(sorted(chosen))

    def is_rest_of(self, text: str, number: int) -> bool:
        """Whether ``text`` says nothing but what the text of this number says too, or is one of
        its sentences with a typo mended.
        """
        shown = lower(text, self._lang).rstrip(" .")
        parts = sentences(self._texts[number])
        return self._terms_of(text) <= self._terms[number] or any(
            _are_alike(shown, part) for part in parts
        )

    def new_numbers(self, text: str, numbers: Iterable[int]) -> tuple[str, ...]:
        """The numbers in ``text`` that none of these texts holds, in digits, each once."""
        known = {value for number in numbers for value in self._numbers[number]}
        return tuple(dict.fromkeys(v for v in self._numbers_of(text) if v not in known))

    def _candidates(self, own: frozenset[str]) -> list[int]:
        found = {number for term in own for number in self._holding.get(term, ())}
        if len(own) <= FEW:
            found |= {n for n, other in enumerate(self._terms) if len(other) <= FEW}
        return sorted(found)

    def _is_kin(self, own: frozenset[str], shown: str, number: int, is_taken: bool) -> bool:
        theirs, text = self._terms[number], self._texts[number]
        shared = own & theirs
        weight = self._weight(shared)
        of_own = weight / max(self._weight(own), 1e-9)
        of_theirs = weight / max(self._weight(theirs), 1e-9)
        if is_taken:
            return len(shared) > 1 and min(of_own, of_theirs) >= HALF
        if len(shared) > 1 and max(of_own, of_theirs) >= HALF:
            return True
        if _within(shown, text) or _within(text, shown):
            return True
        return min(len(own), len(theirs)) <= FEW and _are_alike(shown, text)

    def _adds(self, shared: frozenset[str], covered: set[str], number: int) -> bool:
        """Whether a further text tells where more of the sentence comes from."""
        theirs = self._weight(self._terms[number])
        new = shared - covered
        much = len(new) > 1 and self._weight(new) >= HALF * theirs
        return much or (bool(new) and self._weight(shared) >= WHOLE * theirs)

    def _weight(self, found: Iterable[str]) -> float:
        """The rarer a word is in the evidence, the more it tells."""
        size = len(self._terms)
        return math.fsum(
            math.log1p(size / max(len(self._holding.get(term, ())), 1)) for term in found
        )

    def _terms_of(self, text: str) -> frozenset[str]:
        return frozenset(terms(in_digits(text, self._lang), self._lang))

    def _numbers_of(self, text: str) -> Iterator[str]:
        plain = in_digits(_ARTICLE.sub(" ", text), self._lang)
        return (found[0].replace(",", ".") for found in _NUMBER.finditer(plain))


def _within(part: str, whole: str) -> bool:
    """Whether a sentence of two words or more stands in another, word for word."""
    return " " in part and bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole))


def _are_alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= ALIKE for bound in bounds)
