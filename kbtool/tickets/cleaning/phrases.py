"""Tables of phrases that are looked up quickly: a stem that is not in a text costs one search.

A pattern of a hundred alternatives tries each of them at every letter; a table asks for its stems
first and runs only the few patterns whose stem is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from kbtool.tickets.cleaning.lines import Line

_MOST_CANDIDATES = 60
"""Lines that a rule looks at closely: the first and last of those that hold one of its stems."""


class Phrases:
    """Patterns by stem, all in lower case; they are put between ``before`` and ``after``."""

    def __init__(self, table: Mapping[str, str], before: str = "", after: str = "") -> None:
        self.stems = tuple(table)
        self._sources = {stem: f"{before}(?:{text})\n{after}" for stem, text in table.items()}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {
            stem: re.compile(source.replace("\n", "")) for stem, source in self._sources.items()
        }

    def found(self, text: str) -> bool:
        """Whether a text in lower case holds one of the phrases."""
        return any(stem in text and self._patterns[stem].search(text) for stem in self.stems)

    def length(self, text: str) -> int:
        """How many characters at the beginning of a text are the longest such phrase; 0 for none."""
        found = (self._patterns[stem].match(text) for stem in self.stems if stem in text)
        return max((match.end() for match in found if match), default=0)

    def candidates(self, lines: Sequence[Line]) -> list[int]:
        """Which lines hold a stem (the first and the last of them, when they are many)."""
        return candidates(lines, self.stems)


def lowered(text: str) -> str:
    """Lower case without the stray dot that ``İ`` leaves."""
    text = text.lower()
    return text if text.isascii() else text.replace("i\u0307", "i").replace("’", "'")


def candidates(lines: Sequence[Line], stems: Iterable[str]) -> list[int]:
    """Which lines hold one of the stems in lower case; no more than a few dozen."""
    texts = [line.text for line in lines]
    whole = lowered("\n".join(texts))
    there = [stem for stem in stems if stem in whole]
    if not there:
        return []
    found = [
        index
        for index, text in enumerate(whole.split("\n"))
        if text and any(stem in text for stem in there)
    ]
    half = _MOST_CANDIDATES // 2
    return found if len(found) <= _MOST_CANDIDATES else found[:half] + found[-half:]
