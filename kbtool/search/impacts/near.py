"""Known words that an unknown one may have meant: other forms of it, and what it is a slip of.

Nothing needs a list of all words: a slip of one letter leaves one half of a word whole, so that
the word stands among those that begin or end alike; a swap in the middle, which does not, is
looked up. The browser's script looks in the same places, so that it finds the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from typing import NamedTuple

from kbtool.search.impacts.reader import Entry, Shelf
from kbtool.text.distance import slips

SHORTEST = 3
"""Letters of a word from which it may be a slip."""
TWO_FROM = 6
"""Letters from which it may be two."""
KEPT = 4
"""Corrections and relatives of a word, each."""
_SHORT = 5
"""Letters of a word up to which all words as short are looked at."""
_HALF = 4
"""Letters that words are looked up by, at most."""
_SHARDS = 4
"""Shards that are looked through for a beginning."""
_ALIKE = 4
"""Letters that relatives begin with alike, at least."""
_ENDING = 2
"""Letters of an ending: a slip there may as well be another form."""


class Correction(NamedTuple):
    """A known word near an unknown one."""

    distance: int
    key: str
    entry: Entry


def corrections(key: str, shelf: Shelf) -> list[Correction]:
    """The nearest words, most frequent first; words that only the thesaurus knows when articles
    have none.

    The distance counts insertions, deletions, substitutions and swaps of neighbours (optimal
    string alignment): 1, or 2 in long words when nothing is at 1.
    """
    if len(key) < SHORTEST:
        return []
    every = dict(_candidates(key, shelf))
    near = {word: having for word, having in every.items() if having}
    at = {word: distance(key, word, 1) for word in near}
    if len(key) >= TWO_FROM and 1 not in at.values():
        at = {word: _far(key, word) for word in near}
        if not any(at.values()):
            near = every
            at = {word: distance(key, word, 1) for word in near}
    if len(key) == SHORTEST:  # nearly every short word is one letter from another
        at = {word: d for word, d in at.items() if word[0] == key[0]}
    found = [word for word, d in at.items() if d is not None]
    best = nsmallest(KEPT, found, key=lambda word: (at[word], -near[word], word))
    entries = ((word, shelf.entry(word)) for word in best)
    return [Correction(at[word] or 0, word, entry) for word, entry in entries if entry is not None]


def _far(key: str, word: str) -> int | None:
    """2 for a word at that distance, and for a longer one that begins with a slip of ``key``."""
    if distance(key, word, 2) is not None:
        return 2
    begins = len(word) > len(key) + 1 and distance(key, word[: len(key)], 1) is not None
    return 2 if begins else None


def is_slip(key: str, word: str) -> bool:
    """Whether ``key`` is no other form of ``word``: letters inside are missing, doubled or swapped,
    or others stand before the ending.
    """
    start, one, two = _difference(key, word)
    if one and two and one != two[::-1]:
        return start < min(len(key), len(word)) - _ENDING
    return start + max(len(one), len(two)) < max(len(key), len(word)) or bool(one and two)


def relatives(key: str, shelf: Shelf) -> list[tuple[str, Entry]]:
    """The words that have the longest beginning in common with ``key``, the most frequent first."""
    shard = shelf.shard_of(key)
    if shard is None or len(key) < _ALIKE:
        return []
    words = list(shelf.words(shard).starting(key[:_ALIKE]))
    alike = {word: _shared(key, word) for word, _ in words}
    fit = {w: n for w, n in alike.items() if 2 * n >= len(w) or n == len(key)}
    longest = max(fit.values(), default=0)
    found = [(word, entry) for word, entry in words if fit.get(word) == longest]
    return nsmallest(KEPT, found, key=lambda pair: (-pair[1].having, pair[0]))


def endings_of(key: str, shelf: Shelf) -> list[Entry]:
    """The known compounds that end in ``key``, the most frequent first."""
    if len(key) < _ALIKE:
        return []
    found = [(w, n) for w, n in shelf.ending(key) if n and len(w) >= len(key) + _ALIKE - 1]
    best = nsmallest(KEPT, found, key=lambda pair: (-pair[1], pair[0]))
    return [entry for word, _ in best if (entry := shelf.entry(word)) is not None]


def longest_tail(key: str, shelf: Shelf) -> str | None:
    """The longest known word of four letters or more that ``key`` ends in."""
    if len(key) < 2 * _ALIKE:
        return None
    ends = (word for word, _ in shelf.ending(key[-_ALIKE:]) if key.endswith(word))
    return max((w for w in ends if len(w) <= len(key) - _ALIKE), key=len, default=None)


def _candidates(key: str, shelf: Shelf) -> Iterator[tuple[str, int]]:
    """(word, articles) of the words that may be near."""
    if len(key) <= _SHORT:
        yield from shelf.short_words().items()
        return
    half = min(len(key) // 2, _HALF)
    swapped = f"{key[: half - 1]}{key[half]}{key[half - 1]}{key[half + 1 :]}"
    entry = shelf.entry(swapped)  # a swap in the middle leaves neither half whole
    if entry is not None:
        yield swapped, entry.having
    start = key[:half]
    first = shelf.shard_of(start)
    if first is not None:
        for shard in range(first, min(first + _SHARDS, shelf.shards)):
            for word, found in shelf.words(shard).starting(start):
                yield word, found.having
    yield from shelf.ending(key[-half:])


def _shared(one: str, two: str) -> int:
    """Letters that both begin with."""
    size = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        size += 1
    return size


def _difference(one: str, two: str) -> tuple[int, str, str]:
    """Letters that both begin with, and what is left of each without a common beginning and end."""
    start = _shared(one, two)
    one, two = one[start:], two[start:]
    end = _shared(one[::-1], two[::-1])
    return start, one[: len(one) - end], two[: len(two) - end]


def distance(one: str, two: str, most: int) -> int | None:
    """Optimal string alignment distance from 1 to ``most``; None when it is another."""
    if abs(len(one) - len(two)) > most:
        return None
    _, one, two = _difference(one, two)
    if most == 1 and max(len(one), len(two)) > 2:  # the usual case, and cheaper so
        return None
    found = slips(one, two)
    return found if 1 <= found <= most else None
