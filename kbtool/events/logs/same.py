"""Lines that were read before from another file: a log cut in two, joined, or cut at its beginning.

The ledger knows a file again by its beginning. One that begins elsewhere is compared hit by hit with
those stored of the same time: where three in a row stand as far from each other, to the byte, as
three of another file, at the same seconds and on the same pages, they are the same lines. Two
servers that count the same articles in the same second do not come near that; and as long as the
day's salt lives, their readers are compared, too. One or two hits are taken for the same where what
is before and behind them is, where both files begin or end with the same bytes, or where they are all
that a new file has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

ENOUGH = 3
"""Hits in a row."""

Mark: TypeAlias = tuple[int, str]
"""What a hit is known by: its second, and its article or kind."""
Place: TypeAlias = tuple[int, int]
"""A file and an offset in it, or a file and how far its lines lie from ours."""
UNKNOWN = "?"
"""A visitor that cannot be compared: its salt is gone."""


class Hit(NamedTuple):
    """A hit of the file that is read."""

    mark: Mark
    offset: int
    visitor: int | None


class Kept(NamedTuple):
    """One that is stored."""

    file: int
    offset: int
    visitor: int | str | None
    """``UNKNOWN``, or the key."""


@dataclass(slots=True)
class Repeats:
    """Finds them in one file, batch after batch."""

    alike: frozenset[int] = frozenset()
    """Files with the same beginning: what stands at the same offset in them is the same."""
    is_new: bool = False
    """Whether nothing of the file was read before."""
    _runs: dict[Place, int] = field(default_factory=dict)
    """For each (file, distance) that the last hit fits: how many hits in a row fit it."""
    _last: list[Place] = field(default_factory=list)
    """Times and offsets of the last hits, fewer than ``ENOUGH``, that an earlier batch stored."""
    _seen: int = 0

    def pass_by(self, hits: Sequence[Place], count: int) -> None:
        """Move behind ``count`` hits that nothing stored can be; ``hits`` (time, offset) are the last
        of them.
        """
        self._runs = {}
        self._remember(hits, count)

    def find(
        self,
        hits: Sequence[Hit],
        stored: Mapping[Mark, Iterable[Kept]],
        *,
        ends: Iterable[Place] = (),
        last: bool = False,
    ) -> tuple[set[int], list[Place]]:
        """Which of ``hits`` (in the order of the file) are ``stored``, by index, and
        (time, offset) of hits of the batch before that now turn out to be. ``last``: no batch
        follows; ``ends`` are then the files that end where this one does, with their distance.
        """
        fits = [
            {
                (kept.file, kept.offset - hit.offset)
                for kept in stored.get(hit.mark, ())
                if kept.visitor in (UNKNOWN, hit.visitor)
            }
            for hit in hits
        ]
        known, before = self._in_rows(fits)
        at_end = max((self._runs.get(place, 0) for place in ends), default=0)
        known.update(range(max(len(hits) - at_end, 0), len(hits)))
        if self._seen == 0 and (known or (self.is_new and last)):
            known |= _between(fits, known, start=True, end=last)
        elif known:
            known |= _between(fits, known, start=False, end=last)
        self._remember([(hit.mark[0], hit.offset) for hit in hits[-(ENOUGH - 1) :]], len(hits))
        return known, before

    def _remember(self, hits: Sequence[Place], count: int) -> None:
        self._seen += count
        self._last = [*self._last, *hits][-(ENOUGH - 1) :]

    def _in_rows(self, fits: Sequence[set[Place]]) -> tuple[set[int], list[Place]]:
        """Those that stand in a row of enough, or at the same place of a file alike."""
        known: set[int] = set()
        before: list[Place] = []
        for index, here in enumerate(fits):
            self._runs = {place: self._runs.get(place, 0) + 1 for place in here}
            longest = max(self._runs.values(), default=0)
            if any(file in self.alike and not distance for file, distance in here):
                known.add(index)
            if longest >= ENOUGH:
                known.update(range(max(index - ENOUGH + 1, 0), index + 1))
                late = ENOUGH - 1 - index
                if longest == ENOUGH and late > 0:
                    before += self._last[-late:]
        return known, before


def _between(fits: Sequence[set[Place]], known: set[int], *, start: bool, end: bool) -> set[int]:
    """The hits of short gaps: fewer than ``ENOUGH`` that all fit something, between known ones or
    between such and the ``start`` or the ``end`` of the file.
    """
    found: set[int] = set()
    gap: list[int] = []
    closed = start
    for index in range(len(fits)):
        if index in known:
            if closed and len(gap) < ENOUGH:
                found.update(gap)
            gap, closed = [], True
        elif fits[index]:
            gap.append(index)
        else:
            gap, closed = [], False
    if end and closed and len(gap) < ENOUGH:
        found.update(gap)
    return found
