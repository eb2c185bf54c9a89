"""The questions of one language, however many, grouped in rounds.

Each round compares a sample of what is left, question with question, and a classifier learnt from
the groups found places the others. The first sample is a fair one and finds the large topics; the
later ones are drawn from questions that seem to have company, and find the tail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kbtool.mining.classifier import SURE, Classifier, Counts, count
from kbtool.mining.columns import Columns
from kbtool.mining.refine import Compare, merge, split
from kbtool.mining.sampling import Crowds

SAMPLE = 4_000
"""Questions compared with each other at once."""
SHOWN = 3
"""Up to so many times as many questions, a sample shows the parts of topics well enough."""
ROUNDS = 12
STAGES = ROUNDS + 2
"""The rounds, and looking into what they found."""
BARREN = 2
"""Rounds without a new topic after which no more are tried."""
EXAMPLES = 60
"""Most examples of a topic that a classifier learns from."""
NEAR = 0.5
"""Posterior from which a question is more likely a topic's than not: it starts no new one."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The topics of some rows of columns."""

    labels: np.ndarray
    """Topic number of each row, −1 for none; int32."""
    compared: np.ndarray
    """Which rows were placed by comparing them with others: the surest ones; bool."""
    counts: Counts
    """What tells the topics apart."""


def group(
    columns: Columns,
    rows: np.ndarray,
    compare: Compare,
    smallest: int,
    tell: Callable[[int], None] = lambda done: None,
) -> Grouped:
    """The topics of ``rows`` of one language with at least ``smallest`` compared questions.

    ``tell`` is called with the number of stages done, ``STAGES`` at the end.
    """
    state = _Rounds(columns, rows)
    crowds = Crowds(columns, smallest)
    barren = 0
    for done in range(ROUNDS):
        tell(done)
        chosen = state.first() if done == 0 else state.next(crowds)
        if len(chosen) < max(2 * smallest, 4):
            break
        barren = 0 if state.add(chosen, compare(rows[chosen])) else barren + 1
        if len(rows) <= SAMPLE or barren == BARREN:
            break
    for done in range(ROUNDS, STAGES):
        tell(done)
        state.refine(smallest, compare)
    tell(STAGES)
    return Grouped(state.labels, state.compared, state.counts())


class _Rounds:
    """What is known after some rounds. Places are those in ``rows``."""

    def __init__(self, columns: Columns, rows: np.ndarray) -> None:
        self._columns = columns
        self._rows = rows
        self._tried = np.zeros(len(rows), dtype=bool)
        self._near = np.zeros(len(rows), dtype=bool)
        self.labels = np.full(len(rows), -1, dtype=np.int32)
        self.compared = np.zeros(len(rows), dtype=bool)

    def first(self) -> np.ndarray:
        """Places of a fair sample: rows are shuffled."""
        return np.arange(min(SAMPLE, len(self._rows)))

    def next(self, crowds: Crowds) -> np.ndarray:
        """Places of questions that were not compared yet, belong to no topic and have company."""
        free = np.flatnonzero((self.labels < 0) & ~self._near & ~self._tried)
        return np.searchsorted(self._rows, crowds.sample(self._rows[free], SAMPLE))

    def add(self, chosen: np.ndarray, labels: np.ndarray) -> bool:
        """Take in what comparing ``chosen`` gave; whether that was anything."""
        self._tried[chosen] = True
        found = labels >= 0
        if not found.any():
            return False
        known = int(self.labels.max(initial=-1)) + 1
        self.labels[chosen[found]] = known + labels[found]
        self.compared[chosen[found]] = True
        self._place(np.flatnonzero(self.labels < 0))
        return True

    def refine(self, smallest: int, compare: Compare) -> None:
        """Look into the topics for parts, then put together those that are one."""
        if len(self._rows) <= SHOWN * SAMPLE:
            return
        parts = split(self._columns, self._rows, self.labels, smallest, compare)
        self.labels[parts >= 0] = parts[parts >= 0]
        self.compared |= parts >= 0
        self._renumber(np.arange(int(self.labels.max(initial=-1)) + 1))
        classifier = Classifier(self.counts())
        places = self._examples()
        own = self._columns.of(self._rows[places])
        self._renumber(merge(classifier, *own, self.labels[places]))
        self._place(np.flatnonzero(~self.compared))

    def _renumber(self, numbers: np.ndarray) -> None:
        """Topics get these numbers, without gaps; what was not compared loses its own."""
        names = np.unique(numbers[self.labels[self.compared]])
        self.labels[~self.compared] = -1
        self.labels[self.compared] = np.searchsorted(names, numbers[self.labels[self.compared]])

    def _place(self, left: np.ndarray) -> None:
        if not len(left) or len(self._rows) <= SAMPLE:
            return
        classifier = Classifier(self.counts())
        best, posterior = classifier.place(*self._columns.of(self._rows[left]))
        sure = posterior >= SURE
        self.labels[left[sure]] = best[sure]
        self._near[left] = posterior >= NEAR

    def _examples(self) -> np.ndarray:
        """Places of the surest questions of each topic."""
        return first_of_each(np.where(self.compared, self.labels, -1), EXAMPLES)

    def counts(self) -> Counts:
        """Of the topics' examples; the first, fair sample stands for all questions."""
        examples = self._examples()
        places = np.union1d(examples, self.first())
        labels = np.where(np.isin(places, examples), self.labels[places], -1)
        return count(*self._columns.of(self._rows[places]), labels, places < SAMPLE)


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
