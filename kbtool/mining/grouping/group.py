"""The questions of one language, however many, grouped: the large topics first, then the tail.

A fair sample is compared, question with question, and a classifier learnt from the topics found
places the others. What is asked seldom stands in that sample alone, or among what shares a word
with it: with four questions about racks, "the rack" is the topic. So what is left over, and every
topic inside, is then looked through for questions that keep company (``crowds``). Such a group is
a topic when it holds together: each half of it is taken for the other one by a classifier that
knows all topics. Halves of different groups that are taken for each other are one topic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import scipy.sparse as sp

from kbtool.mining.grouping.classifier import SURE, Classifier, Counts, count
from kbtool.mining.grouping.crowds import Crowds
from kbtool.mining.questions.columns import Columns

SAMPLE = 4_000
"""Questions compared with each other at once; of fewer no company is looked for."""
STAGES = 2
EXAMPLES = 60
"""Most examples of a topic that a classifier learns from."""
TRIED = 8
"""Most questions of a group that tell whether it holds together."""
NEAR = 0.5
"""Posterior from which a question is more likely a topic's than not: it starts no new one."""
FEWEST = 24
"""Questions of a topic that may have parts."""
PART = 0.2
"""Share of a topic's questions up to which a word belongs to a part of it."""
PARTS = 40
"""Most parts of one topic that are tried, the largest first."""
GROUPS = 2_500
"""Most groups of the leftovers that are tried."""
PARTS_IN_ALL = 4_000
SAME = 0.7
"""Share of the examples of two groups that must be taken for each other's, on average."""

Compare = Callable[[np.ndarray], np.ndarray]
"""Compares the questions of some rows: the topic number of each, −1 for none."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The topics of some rows of columns."""

    labels: np.ndarray
    """Topic number of each row, −1 for none; int32."""
    compared: np.ndarray
    """Which rows are examples, from which the others were placed; bool."""
    counts: Counts
    """What tells the topics apart."""


def group(
    columns: Columns,
    rows: np.ndarray,
    compare: Compare,
    smallest: int,
    tell: Callable[[int], None] = lambda done: None,
) -> Grouped:
    """The topics of ``rows`` of one language with at least ``smallest`` examples.

    ``tell`` is called with the number of stages done, ``STAGES`` at the end.
    """
    state = _State(columns, rows)
    tell(0)
    if len(rows) >= max(2 * smallest, 4):
        first = state.fair()
        found = compare(rows[first])
        state.labels[first] = found
        state.examples[first] = found >= 0
        if len(rows) > SAMPLE:
            state.place()
            tell(1)
            state.take(state.company(Crowds(columns, smallest)))
    tell(STAGES)
    return Grouped(state.labels, state.examples, state.counts())


class _State:
    """What is known so far. Places are those in ``rows``."""

    def __init__(self, columns: Columns, rows: np.ndarray) -> None:
        self._columns = columns
        self._rows = rows
        self._near = np.zeros(len(rows), dtype=bool)
        self.labels = np.full(len(rows), -1, dtype=np.int32)
        self.examples = np.zeros(len(rows), dtype=bool)

    @property
    def topics(self) -> int:
        """How many there are."""
        return int(self.labels.max(initial=-1)) + 1

    def fair(self) -> np.ndarray:
        """Places of a sample that stands for all questions: rows are shuffled."""
        return np.arange(min(SAMPLE, len(self._rows)))

    def counts(self) -> Counts:
        """What the examples say of the topics."""
        surest = np.where(self.examples, self.labels, -1)
        return self._counts(first_of_each(surest, EXAMPLES), surest)

    def place(self) -> None:
        """Give every question that is no example its topic."""
        left = np.flatnonzero(~self.examples)
        classifier = Classifier(self.counts())
        best, posterior = classifier.place(*self._columns.of(self._rows[left]))
        self.labels[left] = np.where(posterior >= SURE, best, -1)
        self._near[left] = posterior >= NEAR

    def company(self, crowds: Crowds) -> np.ndarray:
        """The group of each place that keeps company, among the leftovers and inside topics."""
        found = np.full(len(self._rows), -1, dtype=np.int32)
        order = np.argsort(self.labels, kind="stable")
        bounds = np.searchsorted(self.labels[order], np.arange(self.topics + 1))
        for topic in np.flatnonzero(np.diff(bounds) >= FEWEST).tolist():
            own = order[bounds[topic] : bounds[topic + 1]]
            parts = crowds.groups(self._rows[own], PART)
            kept = (parts >= 0) & (parts < PARTS)
            found[own[kept]] = int(found.max(initial=-1)) + 1 + parts[kept]
        found = _largest(found, PARTS_IN_ALL)
        free = np.flatnonzero((self.labels < 0) & ~self._near)
        groups = crowds.groups(self._rows[free])
        kept = (groups >= 0) & (groups < GROUPS)
        found[free[kept]] = int(found.max(initial=-1)) + 1 + groups[kept]
        return found

    def take(self, groups: np.ndarray) -> None:
        """Make those ``groups`` topics that hold together, and place all others again.

        Known topics stay, also where questions of theirs went to a part of them.
        """
        if groups.max(initial=-1) < 0:
            return
        known = self.topics
        tried = first_of_each(groups, TRIED)
        halves = np.where(self.examples & (groups < 0), self.labels, -1)
        halves[tried] = known + 2 * groups[tried] + np.arange(len(tried)) % 2
        places = np.flatnonzero(halves >= 0)
        places = places[first_of_each(halves[places], EXAMPLES)]
        classifier = Classifier(self._counts(places, halves))
        taken = classifier.taken_for(*self._columns.of(self._rows[places]), halves[places])
        numbers = together(taken, known)
        # A group is where both of its halves are.
        home = numbers[known::2]
        home = np.where(home == numbers[known + 1 :: 2], home, -1)
        self.examples &= groups < 0
        self.labels[self.examples] = numbers[self.labels[self.examples]]
        members = first_of_each(np.where(groups >= 0, home[groups], -1), EXAMPLES)
        self.labels[members] = home[groups[members]]
        self.examples[members] = True
        names = np.unique(self.labels[self.examples])
        self.labels[self.examples] = np.searchsorted(names, self.labels[self.examples])
        self.place()

    def _counts(self, places: np.ndarray, labels: np.ndarray) -> Counts:
        """Of the examples at ``places``; the fair sample stands for all questions."""
        both = np.union1d(places, self.fair())
        own = np.where(np.isin(both, places), labels[both], -1)
        return count(*self._columns.of(self._rows[both]), own, both < SAMPLE)


def together(taken: sp.csr_matrix, known: int) -> np.ndarray:
    """The new number of each group, the same for groups that are one, −1 for those alone.

    ``taken`` is what ``Classifier.taken_for`` gives. The first ``known`` groups stay in any case.
    Average linkage (Sokal and Michener 1958) over what is not zero: the two that take most of each
    other's examples become one as long as that is most of them.
    """
    mutual = sp.triu(taken.minimum(taken.T), 1).tocoo()
    links: list[dict[int, float]] = [{} for _ in range(taken.shape[0])]
    for one, other, share in zip(
        mutual.row.tolist(), mutual.col.tolist(), mutual.data.tolist(), strict=True
    ):
        links[one][other] = links[other][one] = share
    names = _joined(links)
    sizes = np.bincount(names, minlength=len(names))
    sizes[names[:known]] = 2
    return np.asarray(np.where(sizes[names] > 1, names, -1))


def _joined(links: list[dict[int, float]]) -> np.ndarray:
    """For each node the one it ends up with; ``links`` are sums of likenesses, and used up."""
    sizes, home = [1] * len(links), list(range(len(links)))
    waiting = [
        (-share, one, other)
        for one, own in enumerate(links)
        for other, share in own.items()
        if one < other and share >= SAME
    ]
    heapify(waiting)
    while waiting:
        share, one, other = heappop(waiting)
        if other not in links[one] or -share != links[one][other] / (sizes[one] * sizes[other]):
            continue  # one of them has grown since
        if len(links[one]) < len(links[other]):
            one, other = other, one
        home[other] = one
        sizes[one] += sizes[other]
        own, gone = links[one], links[other]
        links[other] = {}
        for third, total in gone.items():
            del links[third][other]
            if third != one:
                own[third] = links[third][one] = own.get(third, 0.0) + total
        for third, total in own.items():
            mean = total / (sizes[one] * sizes[third])
            if mean >= SAME:
                heappush(waiting, (-mean, min(one, third), max(one, third)))
    for node in range(len(home)):
        while home[node] != home[home[node]]:
            home[node] = home[home[node]]
    return np.array(home)


def first_of_each(labels: np.ndarray, most: int, surest: np.ndarray | None = None) -> np.ndarray:
    """The first places of each label (not −1), at most so many of each, by label.

    With ``surest`` (bool) those come before the others of their label.
    """
    later = np.zeros(len(labels), dtype=bool) if surest is None else ~surest
    order = np.lexsort((later, labels))
    order = order[np.searchsorted(labels[order], 0) :]
    begins = np.flatnonzero(np.diff(labels[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(begins, np.diff(np.append(begins, len(order))))
    return order[rank < most]


def _largest(groups: np.ndarray, most: int) -> np.ndarray:
    """``groups`` numbered from 0, the largest first, and no more than so many; −1 for the others."""
    sizes = np.bincount(groups[groups >= 0])
    number = np.full(len(sizes) + 1, -1, dtype=np.int32)  # the last is for −1
    kept = np.argsort(-sizes, kind="stable")[:most]
    number[kept] = np.arange(len(kept))
    return np.asarray(number[groups])
