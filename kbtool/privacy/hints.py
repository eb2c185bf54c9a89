"""Patterns that are only tried where a piece of text stands that every match of theirs holds.

Looking for fixed pieces is many times quicker than trying a pattern at every letter, and most texts
hold none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_SAME = (
    ("ı", "i"), ("ſ", "s"), ("\u0307", ""), ("ᲀ", "в"), ("ᲁ", "д"), ("ᲂ", "о"), ("ᲃ", "с"), ("ᲄ", "т"), ("ᲅ", "т"), ("ᲆ", "ъ"),
)  # fmt: skip
"""Letters that ``re.IGNORECASE`` takes for one another and ``str.lower`` does not."""


class Hinted:
    """A pattern with its hints: pieces of text one of which every match holds."""

    def __init__(self, pattern: re.Pattern[str], *hints: str, exact: bool = False) -> None:
        """Hints are looked for in any case and written in ``folded`` form, unless ``exact``."""
        self.pattern = pattern
        self.hints = hints
        self.exact = exact

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in ``text``, the same as the pattern alone finds."""
        where = text if self.exact else folded(text)
        for hint in self.hints:
            if hint in where:
                return self.pattern.finditer(text)
        return iter(())


class Begun:
    """A pattern with its beginnings: pieces of text with one of which every match begins."""

    def __init__(self, pattern: re.Pattern[str], *beginnings: str) -> None:
        """Beginnings are looked for in any case and written in ``folded`` form."""
        self.pattern = pattern
        self.hints = beginnings
        self._begins = re.compile("|".join(map(re.escape, sorted(set(beginnings)))))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in ``text``, the same as the pattern alone finds."""
        where = folded(text)
        if len(where) != len(text):  # a sign that folding drops: the places are not the same
            yield from self.pattern.finditer(text)
            return
        done = 0
        for begin in self._begins.finditer(where):
            if begin.start() >= done and (match := self.pattern.match(text, begin.start())):
                yield match
                done = match.end()


class Around(Hinted):
    """A pattern whose every match holds one sign once, and so many characters before it."""

    def __init__(self, pattern: re.Pattern[str], sign: str, before: re.Pattern[str]) -> None:
        """``before`` ends with ``$`` and finds where a match with a sign there begins."""
        super().__init__(pattern, sign, exact=True)
        self._sign, self._before = sign, before

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in ``text``, the same as the pattern alone finds."""
        at, done = text.find(self._sign), 0
        while at >= 0:
            begin = self._before.search(text, max(done, at - _FURTHEST), at)
            if begin and (match := self.pattern.match(text, begin.start())):
                yield match
                done = match.end()
            else:
                done = at + 1
            at = text.find(self._sign, done)


_FURTHEST = 64
"""Characters that are looked at before a sign."""


@lru_cache(maxsize=16)
def folded(text: str) -> str:
    """``text`` in the small letters that patterns which ignore case hold to be the same."""
    small = text.lower()
    if small.isascii():
        return small
    for letter, same in _SAME:
        small = small.replace(letter, same)
    return small
