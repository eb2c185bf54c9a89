"""Lines that were read before from another file: a log cut in two, joined, or cut at its beginning.

The ledger knows a file again by its beginning. One that begins elsewhere is compared hit by hit with
those stored of the same time: where three in a row stand as far from each other, to the byte, as
three of another file, at the same seconds and on the same pages, they are the same lines. Two
servers that count the same articles in the same second do not come near that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

ENOUGH = 3
"""Hits in a row."""

Mark: TypeAlias = tuple[int, str]
"""What a hit is known by: its second, and its article or kind."""
Place: TypeAlias = tuple[int, int]
"""A file and an offset in it, or a file and how far its lines lie from ours."""


@dataclass(slots=True)
class Repeats:
    """Finds them in one file, batch after batch."""

    _runs: dict[Place, int] = field(default_factory=dict)
    """For each (file, distance) that the last hit fits: how many hits in a row fit it."""
    _last: list[Place] = field(default_factory=list)
    """Times and offsets of the last hits, fewer than ``ENOUGH``, that an earlier batch stored."""
    _seen: int = 0

    def find(
        self,
        hits: Sequence[tuple[Mark, int]],
        stored: Mapping[Mark, Iterable[Place]],
    ) -> tuple[set[int], list[Place]]:
        """Which of ``hits`` (mark, offset; in the order of the file) are ``stored``, by index, and
        (time, offset) of hits of the batch before that now turn out to be.
        """
        known: set[int] = set()
        before: list[Place] = []
        for index, (mark, offset) in enumerate(hits):
            fits = {(file, there - offset) for file, there in stored.get(mark, ())}
            self._runs = {place: self._runs.get(place, 0) + 1 for place in fits}
            longest = max(self._runs.values(), default=0)
            if longest >= ENOUGH:
                known.update(range(max(index - ENOUGH + 1, 0), index + 1))
                late = ENOUGH - 1 - index
                if longest == ENOUGH and late > 0:
                    before += self._last[-late:]
        self._seen += len(hits)
        recent = [(mark[0], offset) for mark, offset in hits[-(ENOUGH - 1) :]]
        self._last = [*self._last, *recent][-(ENOUGH - 1) :]
        return known, before

    def pass_by(self, hits: Sequence[Place], count: int) -> None:
        """Move behind ``count`` hits that nothing stored can be; ``hits`` (time, offset) are the last
        of them.
        """
        self._runs = {}
        self._seen += count
        self._last = [*self._last, *hits[-(ENOUGH - 1) :]][-(ENOUGH - 1) :]

    def finish(self) -> list[Place]:
        """(time, offset) of all hits of a file that has too few for a row, when all of them fit."""
        fit = max(self._runs.values(), default=0)
        return self._last if 0 < self._seen < ENOUGH and fit == self._seen else []
