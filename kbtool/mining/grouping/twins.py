"""Which topics may be one and the same question, said in different words.

Joining two groups wrongly spoils both; taking them for two questions wastes a line of a list. So
groups that linkage left apart stay apart, and each topic tells which others it may repeat, with
the chance of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from kbtool.mining.grouping.linkage import LEAST_HUB
from kbtool.mining.questions.question import Question
from kbtool.mining.questions.views import compared

EVEN = 3.2
SLOPE = 0.62
"""Logistic curve from standard score to chance: of 1,900 pairs of topics found in six labelled
question sets, 18 % were the same question at a score of 1.5 to 2, 49 % at 3, 75 % at 5."""
SURE = 20.0
"""A higher score tells nothing more."""
LEAST = 0.25
"""A smaller chance is not told."""
FEWEST = 25
"""Topics below which two of them have too little to stand out from: of fourteen or eighteen clean
topics some two are always the likest (17 such pairs in two corpora of tickets, none of them true)."""
MOST = 8
"""Twins told of each topic."""


def twins(
    questions: Sequence[Question], homes: Sequence[int], meanings: np.ndarray | None = None
) -> dict[int, tuple[tuple[int, float], ...]]:
    """For each topic others that may ask the same, with the chance (0..1) of it.

    The likeliest first, at most ``MOST``; a topic without any is left out. ``questions`` are
    typical ones, all of one language; ``homes`` the number of each one's topic. The score of two
    topics is the mean likeness of their questions (see ``linkage``), as standard deviations above
    each one's mean likeness to the other topics, and these again above the mean of all pairs. With
    ``meanings`` (unit vectors of the questions) it is the mean of that and the score by the cosine
    of the topics' mean vectors.
    """
    names, places = np.unique(np.asarray(homes, dtype=np.int64), return_inverse=True)
    if len(names) < FEWEST:  # nothing to stand out from
        return {}
    scores = _scores(_alike(questions, places))
    if meanings is not None:
        scores = (scores + _scores(_near(meanings, places))) / 2
    chances = 1 / (1 + np.exp(-SLOPE * (np.clip(scores, -SURE, SURE) - EVEN)))
    np.fill_diagonal(chances, 0.0)
    found = {}
    for name, row in zip(names.tolist(), chances, strict=True):
        best = np.argsort(-row, kind="stable")[:MOST]
        own = [(int(names[i]), round(float(row[i]), 2)) for i in best.tolist() if row[i] >= LEAST]
        if own:
            found[name] = tuple(own)
    return found


def _scores(alike: np.ndarray) -> np.ndarray:
    """The standard score of each two topics; ``alike`` is how alike they are."""
    np.fill_diagonal(alike, 0.0)
    others = len(alike) - 1
    mean = alike.sum(axis=1) / others
    spread = np.sqrt(np.maximum((alike**2).sum(axis=1) / others - mean**2, 1e-12))
    by_row = (alike - mean[:, None]) / spread[:, None]
    both = (by_row + by_row.T) / 2
    pairs = both[np.triu_indices(len(both), 1)]
    return np.asarray((both - pairs.mean()) / max(float(pairs.std()), 1e-6))


def _alike(questions: Sequence[Question], places: np.ndarray) -> np.ndarray:
    """The mean likeness in words of the questions of each two topics.

    That of two sets of vectors is the product of their means.
    """
    vectors = compared(questions).astype(np.float64)
    same = np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel()
    degree = vectors @ np.asarray(vectors.sum(axis=0)).ravel() - same
    common = max(float(degree.mean()), 1e-12)
    hub = np.sqrt(np.maximum(degree / common, LEAST_HUB))
    means = _means(places, 1.0 / hub) @ vectors
    return np.asarray((means @ means.T).toarray())


def _near(meanings: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The cosine of the mean vectors of each two topics, freed of what all have in common."""
    centred = meanings.astype(np.float64) - meanings.mean(axis=0, dtype=np.float64)
    means = _means(places, np.ones(len(places))) @ centred
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    means = means / np.maximum(lengths, 1e-12)
    return np.asarray(means @ means.T)


def _means(places: np.ndarray, weights: np.ndarray) -> sp.csr_matrix:
    """A (topics, questions) matrix that averages the rows of each topic, each times its weight."""
    shares = weights / np.bincount(places)[places]
    shape = (int(places.max()) + 1, len(places))
    return sp.csr_matrix((shares, (places, np.arange(len(places)))), shape=shape)
