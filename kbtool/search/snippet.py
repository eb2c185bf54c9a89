"""The piece of an article that shows why it matched."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import lru_cache

from kbtool.text import typed_keys, words

WIDTH = 180
"""Characters of a snippet, at most."""
_LEAD = 60  # characters before the first matched word
_READ = 4_000  # characters of a body that are looked at
_STEM = 4  # letters that forms of a word begin with alike, at least
_ENDING = 2  # letters of an ending that a form may lack
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_START = re.compile(r"\n|(?<=[.!?…])\s+")

Piece = tuple[str, bool]


def snippet(body: str, lang: str, wanted: Sequence[Collection[str]]) -> tuple[Piece, ...]:
    """Pieces of ``body`` that, joined, are one stretch of it; ``True`` marks matched words.

    ``wanted`` holds, for each word of the query, the folded words that stand for it; their other
    forms are marked, too. The stretch with the most different ones wins, the earliest of equals;
    the beginning when there is none.
    """
    forms = _Forms(wanted)
    found: list[tuple[int, int, frozenset[int]]] = []
    for match in _WORD.finditer(body, 0, _READ):
        key = _key(match[0], lang)
        if key[:_STEM] in forms.heads and (numbers := forms.of(key)):
            found.append((match.start(), match.end(), numbers))
    start, end = _stretch(body, found)
    return _pieces(body, start, end, [(a, b) for a, b, _ in found if start <= a and b <= end])


class _Forms:
    """Which words look like forms of the wanted ones: alike but for an ending of one of them."""

    def __init__(self, wanted: Sequence[Collection[str]]) -> None:
        self._whole: dict[str, set[int]] = {}
        self._starts: dict[str, set[int]] = {}
        for number, keys in enumerate(wanted):
            for key in keys:
                if len(key) < _STEM:
                    self._whole.setdefault(key, set()).add(number)
                else:
                    start = key[: max(_STEM, len(key) - _ENDING)]
                    self._starts.setdefault(start, set()).add(number)
        self.heads = {*self._whole, *(start[:_STEM] for start in self._starts)}
        """First letters without which a word is no form of any: nearly all words."""
        self._sizes = sorted({len(start) for start in self._starts})

    def of(self, key: str) -> frozenset[int]:
        """The numbers of the wanted words of which a word is a form."""
        starts = (self._starts.get(key[:size], ()) for size in self._sizes)
        return frozenset(self._whole.get(key, ())).union(*starts)


@lru_cache(maxsize=50_000)
def _key(word: str, lang: str) -> str:
    found = words(word, lang)
    return typed_keys(found[0])[0] if found else ""


def _stretch(body: str, found: Sequence[tuple[int, int, frozenset[int]]]) -> tuple[int, int]:
    best, start = 0, 0
    starts = [0, *(match.end() for match in _SENTENCE_START.finditer(body, 0, _READ))]
    for number, (place, _, _) in enumerate(found):
        begin = _begin(body, place, starts)
        covered: set[int] = set()
        for _, end, groups in found[number:]:
            if end > begin + WIDTH:
                break
            covered |= groups
        if len(covered) > best:
            best, start = len(covered), begin
    return start, _end(body, start)


def _begin(body: str, place: int, starts: Sequence[int]) -> int:
    """Where a stretch that shows ``place`` begins: at its sentence, or a few words before."""
    sentence = starts[bisect_right(starts, place) - 1]
    if place - sentence <= _LEAD:
        return sentence
    space = body.find(" ", place - _LEAD, place)
    return space + 1 if space >= 0 else place


def _end(body: str, start: int) -> int:
    if len(body) - start <= WIDTH:
        return len(body)
    cut = max(body.rfind(space, start, start + WIDTH + 1) for space in " \n")
    return cut if cut > start + WIDTH // 2 else start + WIDTH


def _pieces(body: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for a, b in marks:
        pieces += [(body[start:a], False), (body[a:b], True)]
        start = b
    pieces.append((body[start:end], False))
    return tuple(piece for piece in pieces if piece[0])
