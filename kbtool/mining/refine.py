"""Topics that samples showed too coarsely are looked into; those found twice become one.

A sample of a few thousand shows what is asked often. What is asked seldom stands in it among what
shares a word with it: with four questions about racks, "the rack" is the topic. With all questions
of a topic at hand its parts show, and the same question found in several places meets itself.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kbtool.mining.classifier import Classifier
from kbtool.mining.columns import Columns
from kbtool.mining.sampling import Crowds

BUDGET = 12_000
"""Questions compared inside topics, the largest topics first."""
FEWEST = 24
"""Questions of a topic that may have parts."""
MOST = 600
"""Questions of one topic that are compared."""
COMMON = 0.2
"""Share of a topic's questions up to which a word belongs to a part of it."""
EACH = 12
SAME = 0.7
"""Share of two topics' examples that must be taken for each other, on average over their parts.

On 100,000 made-up questions (``tests/bench``) 0.5 to 0.7 give the same within 5 %."""

Compare = Callable[[np.ndarray], np.ndarray]
"""Compares the questions of some rows: the topic number of each, −1 for none."""


def split(
    columns: Columns, rows: np.ndarray, labels: np.ndarray, smallest: int, compare: Compare
) -> np.ndarray:
    """New ``labels`` of ``rows`` (numbers above all known ones) where topics fall into parts.

    −1 where nothing new was found. A topic's part is what its own questions show when they are
    compared without all others.
    """
    found = np.full(len(rows), -1, dtype=np.int32)
    topics = int(labels.max(initial=-1)) + 1
    sizes = np.bincount(labels[labels >= 0], minlength=topics)
    order, bounds = _by_label(labels, topics)
    spent, known = 0, topics
    for topic in np.argsort(-sizes, kind="stable").tolist():
        if sizes[topic] < FEWEST or spent >= BUDGET:
            break
        own = rows[order[bounds[topic] : bounds[topic + 1]]]
        sample = Crowds(columns, smallest).sample(own, MOST, common=COMMON, each=EACH)
        if len(sample) < 2 * smallest:
            continue
        spent += len(sample)
        parts = compare(sample)
        places = np.searchsorted(rows, sample[parts >= 0])
        found[places] = known + parts[parts >= 0]
        known += int(parts.max(initial=-1)) + 1
    return found


def merge(
    classifier: Classifier, starts: np.ndarray, features: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    """The new number of each topic, equal for topics that are one; by the old numbers.

    Rows are the topics' examples (see ``classifier.count``). Two topics are one when most examples
    of each would be taken for the other if it were not there (average linkage).
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    topics = len(classifier.counts.sizes)
    if topics < 2:
        return np.arange(topics)
    taken = classifier.taken_for(starts, features, labels)
    apart = 1.0 - np.minimum(taken, taken.T)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), "average")
    groups = fcluster(tree, 1.0 - SAME, "distance")
    _, first, number = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number]


def _by_label(labels: np.ndarray, topics: int) -> tuple[np.ndarray, np.ndarray]:
    """Places by label, and where each label's begin."""
    order = np.argsort(labels, kind="stable")
    return order, np.searchsorted(labels[order], np.arange(topics + 1))
