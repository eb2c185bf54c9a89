"""Words that a mistyped word may have meant: only for words that no article has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

_MAX_WORDS = 3
_SHORTEST = 4
_TWO_FROM = 6


def nearest_words(word: str, vocabulary: Callable[[], Mapping[str, int]]) -> list[tuple[int, str]]:
    """(distance, word) of the nearest words, most frequent first, at most three.

    The distance counts insertions, deletions, substitutions and swaps of neighbours (optimal
    string alignment): 1, or 2 from six letters up when nothing is at 1. Words under four letters
    and words with digits are taken as typed. ``vocabulary`` is called only when it is needed.
    """
    if len(word) < _SHORTEST or any(c.isdigit() for c in word):
        return []
    known = vocabulary()
    letters = sorted({c for other in known for c in other if not c.isdigit()})
    near = {other for other in _edits(word, letters) if other in known}
    distance = 1
    if not near and len(word) >= _TWO_FROM:
        distance = 2
        near = {other for other in known if _maybe_two(word, other) and _distance(word, other) == 2}
    best = sorted(near, key=lambda other: (-known[other], other))
    return [(distance, other) for other in best[:_MAX_WORDS]]


def _edits(word: str, letters: list[str]) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + c + tail[1:] for c in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + c + tail for c in letters)


def _maybe_two(word: str, other: str) -> bool:
    """A cheap sieve: each of two edits changes the set of letters by two at most."""
    return abs(len(word) - len(other)) <= 2 and len(set(word) ^ set(other)) <= 4


def _distance(one: str, two: str) -> int:
    """Optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
