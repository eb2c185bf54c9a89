"""Questions that have company, told by their words alone, however many questions there are.

Most of what a sample does not show was asked once. A question has company when it shares two rare
words (of the question or the answer) with others far more often than chance brings these words
together. Of the groups found so on six labelled question sets, without any answers, half to nearly
all are of one intent (mean purity 0.6 to 0.98); ``group`` keeps those that hold together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kbtool.mining.questions.columns import Columns
from kbtool.mining.questions.hashed import ANSWERED, PAIR, SPACE

ASKED_WORDS = 5
ANSWER_WORDS = 4
"""Rarest words of a question and of its answer that are paired."""
MEETINGS = 3
"""Rows in which two words must meet; a group of such pairs must have ``smallest`` rows."""
LEAPS = 3
"""From a pair to the one that leads it, to that one's, and so on."""
LIFT = 5.0
"""How many times more often than by chance two words must meet."""
TOO_COMMON = 0.02
"""A word of so many questions is not rare."""
SLICE = 100_000
_BUCKETS = 1 << 25
_BITS = 23
"""Of a feature; see ``hashed.SPACE``."""


@dataclass(frozen=True, slots=True)
class _Meetings:
    """Pairs of words and the rows that have them."""

    names: np.ndarray
    """The pairs, ascending; uint64."""
    which: np.ndarray
    """Of each meeting its pair's place in ``names``."""
    at: np.ndarray
    """Of each meeting its row, as its place in ``owners``."""
    owners: np.ndarray
    """Rows that have a pair, ascending."""
    best: np.ndarray
    """The most telling pair of each of them, as its place in ``names``."""

    @classmethod
    def of(
        cls, names: np.ndarray, which: np.ndarray, owners: np.ndarray, telling: np.ndarray
    ) -> _Meetings:
        """From each meeting's pair and row, and how telling each pair is."""
        order = np.lexsort((which, -telling[which], owners))
        which, owners = which[order], owners[order]
        different, first, at = np.unique(owners, return_index=True, return_inverse=True)
        return cls(names, which, at, different, which[first])

    def leaders(self) -> np.ndarray:
        """For each pair the one that stands for its group: what most of its rows find more telling.

        An answer of four sentences, of which each agent leaves out another one, has many pairs;
        they lead to the same.
        """
        width = np.int64(len(self.names))
        votes, counts = np.unique(self.which * width + self.best[self.at], return_counts=True)
        pair, choice = votes // width, votes % width
        order = np.lexsort((choice, -counts, pair))
        _, first = np.unique(pair[order], return_index=True)
        leader = choice[order][first]
        for _ in range(LEAPS):
            leader = leader[leader]
        return np.asarray(leader)


class Crowds:
    """Finds questions with company."""

    def __init__(self, columns: Columns, smallest: int) -> None:
        self._columns = columns
        self._smallest = smallest
        self._usual = np.zeros(SPACE, dtype=np.int32)

    def groups(self, rows: np.ndarray, common: float = TOO_COMMON) -> np.ndarray:
        """The group of each of ``rows``, −1 where it has no company; the largest is 0.

        ``common`` is the largest share of the rows that may have a word for it to be a rare one.
        """
        found = np.full(len(rows), -1, dtype=np.int32)
        touched = self._count(rows)
        met = self._meetings(rows, common)
        self._usual[touched] = 0
        if met is not None:
            homes = met.leaders()[met.best]
            names, sizes = np.unique(homes, return_counts=True)
            kept = np.flatnonzero(sizes >= self._smallest)
            kept = kept[np.lexsort((names[kept], -sizes[kept]))]
            number = np.full(len(met.names), -1, dtype=np.int32)
            number[names[kept]] = np.arange(len(kept))
            found[met.owners] = number[homes]
        return found

    def _meetings(self, rows: np.ndarray, common: float) -> _Meetings | None:
        """The pairs of rare words that meet more often than by chance."""
        rare = self._rarest(rows, common)
        least = min(self._smallest, MEETINGS)
        crowded = _crowded(rare, least) if len(rare) > SLICE else None
        found = [_pairs(rare[at : at + SLICE], crowded, at) for at in range(0, len(rare), SLICE)]
        if not found:
            return None
        pairs, owners = (np.concatenate(part) for part in zip(*found, strict=True))
        names, which, met = np.unique(pairs, return_inverse=True, return_counts=True)
        chance = self._by_chance(names, len(rows))
        good = (met >= least) & (met >= LIFT * chance)
        if not good.any():
            return None
        kept = good[which]
        which, owners = (np.cumsum(good) - 1)[which[kept]], owners[kept]
        return _Meetings.of(
            names[good],
            which,
            owners,
            (np.minimum(met, self._smallest) * np.log(met / chance))[good],
        )

    def _count(self, rows: np.ndarray) -> np.ndarray | slice:
        """Note in how many of ``rows`` each feature is; which were noted."""
        if len(rows) < SLICE:
            found, counts = np.unique(self._columns.of(rows)[1], return_counts=True)
            self._usual[found] = counts
            return found
        for at in range(0, len(rows), SLICE):
            _, features = self._columns.of(rows[at : at + SLICE])
            self._usual += np.bincount(features, minlength=SPACE).astype(np.int32)
        return slice(None)

    def _rarest(self, rows: np.ndarray, common: float) -> np.ndarray:
        """The rarest words of each row that others have too, 0 where there are fewer.

        uint32 of shape (rows, ASKED_WORDS + ANSWER_WORDS).
        """
        most = max(common * len(rows), 10 * self._smallest)
        found = np.zeros((len(rows), ASKED_WORDS + ANSWER_WORDS), dtype=np.uint32)
        for at in range(0, len(rows), SLICE):
            starts, features = self._columns.of(rows[at : at + SLICE])
            row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            usual = self._usual[features]
            kept = (usual >= self._smallest) & (usual <= most) & ((features & PAIR) == 0)
            kept &= (features & ~np.uint32(ANSWERED)) > 0
            _fill(found[at : at + SLICE], row[kept], features[kept], usual[kept])
        return found

    def _by_chance(self, pairs: np.ndarray, rows: int) -> np.ndarray:
        """How often two words would meet if they knew nothing of each other."""
        low = (pairs & np.uint64((1 << _BITS) - 1)).astype(np.int64)
        high = (pairs >> np.uint64(_BITS)).astype(np.int64)
        return np.asarray(self._usual[low] * self._usual[high].astype(np.float64) / rows)


def _fill(found: np.ndarray, row: np.ndarray, features: np.ndarray, usual: np.ndarray) -> None:
    """Put the rarest features of each row into ``found``, those of the question first."""
    side = (features >= ANSWERED).astype(np.int64)
    order = np.lexsort((features, usual, 2 * row + side))
    row, side, features = row[order], side[order], features[order]
    run = 2 * row + side
    begins = np.flatnonzero(np.diff(run, prepend=-1))
    rank = np.arange(len(run)) - np.repeat(begins, np.diff(np.append(begins, len(run))))
    kept = rank < np.where(side == 0, ASKED_WORDS, ANSWER_WORDS)
    found[row[kept], rank[kept] + ASKED_WORDS * side[kept]] = features[kept]


def _crowded(rare: np.ndarray, smallest: int) -> np.ndarray:
    """Which buckets of pairs are full enough to hold one that ``smallest`` rows share; bool."""
    counts = np.zeros(_BUCKETS, dtype=np.int32)
    for at in range(0, len(rare), SLICE):
        for one, other in _combinations(rare.shape[1]):
            pairs = _paired(rare[at : at + SLICE, one], rare[at : at + SLICE, other])
            np.add.at(counts, _bucket(pairs[pairs > 0]), 1)
    return counts >= smallest


def _pairs(rare: np.ndarray, crowded: np.ndarray | None, at: int) -> tuple[np.ndarray, np.ndarray]:
    """(pair, place of its row) of all pairs, in ``crowded`` buckets where these are given; ``at``
    is the first row's place.
    """
    found: list[np.ndarray] = []
    owners: list[np.ndarray] = []
    for one, other in _combinations(rare.shape[1]):
        pairs = _paired(rare[:, one], rare[:, other])
        kept = np.flatnonzero(pairs)
        if crowded is not None:
            kept = kept[crowded[_bucket(pairs[kept])]]
        found.append(pairs[kept])
        owners.append(kept + at)
    return np.concatenate(found), np.concatenate(owners)


def _paired(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """A number for each pair of words, 0 where one is missing; uint64."""
    low = np.minimum(one, other).astype(np.uint64)
    high = np.maximum(one, other).astype(np.uint64)
    return np.where(low > 0, high << np.uint64(_BITS) | low, np.uint64(0))


def _bucket(pairs: np.ndarray) -> np.ndarray:
    """A fair number below ``_BUCKETS`` for each pair."""
    mixed = pairs * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - 25)).astype(np.int64)


def _combinations(width: int) -> list[tuple[int, int]]:
    return list(combinations(range(width), 2))
