"""Which topics may be one and the same question, said in different words.

Joining two groups wrongly spoils both; taking them for two questions wastes a line of a list. So
groups that linkage left apart stay apart, and each topic tells which others it may repeat, with
the chance of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from kbtool.mining.features import compared
from kbtool.mining.linkage import LEAST_HUB
from kbtool.mining.questions import Question

EVEN = 3.2
SLOPE = 0.62
"""Logistic curve from standard score to chance: of 1,900 pairs of topics found in six labelled
question sets, 18 % were the same question at a score of 1.5 to 2, 49 % at 3, 75 % at 5."""
SURE = 20.0
"""A higher score tells nothing more."""
LEAST = 0.25
"""A smaller chance is not told."""
FEWEST = 6
"""Topics below which two of them have nothing to stand out from."""
MOST = 8
"""Twins told of each topic."""


def twins(topics: Sequence[Sequence[Question]]) -> list[tuple[tuple[int, float], ...]]:
    """For each topic the places of others that may ask the same, with the chance (0..1) of it.

    The likeliest first, at most ``MOST``. ``topics`` are typical questions of each, all of one
    language; a topic may have none. The score of two topics is the mean likeness of their
    questions (see ``linkage``), as standard deviations above each one's mean likeness to the
    other topics, and these again above the mean of all pairs.
    """
    known = [place for place, group in enumerate(topics) if group]
    found: list[tuple[tuple[int, float], ...]] = [()] * len(topics)
    if len(known) < FEWEST:
        return found
    chances = 1 / (1 + np.exp(-SLOPE * (_scores([topics[place] for place in known]) - EVEN)))
    np.fill_diagonal(chances, 0.0)
    for row, place in zip(chances, known, strict=True):
        best = np.argsort(-row, kind="stable")[:MOST]
        found[place] = tuple(
            (known[i], round(float(row[i]), 2)) for i in best.tolist() if row[i] >= LEAST
        )
    return found


def _scores(topics: Sequence[Sequence[Question]]) -> np.ndarray:
    """The standard score of each two topics."""
    alike = _alike(topics)
    np.fill_diagonal(alike, 0.0)
    others = len(alike) - 1
    mean = alike.sum(axis=1) / others
    spread = np.sqrt(np.maximum((alike**2).sum(axis=1) / others - mean**2, 1e-12))
    by_row = (alike - mean[:, None]) / spread[:, None]
    both = (by_row + by_row.T) / 2
    pairs = both[np.triu_indices(len(both), 1)]
    scores = (both - pairs.mean()) / max(float(pairs.std()), 1e-6)
    return np.clip(scores, -SURE, SURE)


def _alike(topics: Sequence[Sequence[Question]]) -> np.ndarray:
    """The mean likeness of the questions of each two topics; float64.

    That of two sets of vectors is the product of their means.
    """
    sizes = [len(group) for group in topics]
    vectors = compared([question for group in topics for question in group]).astype(np.float64)
    same = np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel()
    degree = vectors @ np.asarray(vectors.sum(axis=0)).ravel() - same
    common = max(float(degree.mean()), 1e-12)
    hub = np.sqrt(np.maximum(degree / common, LEAST_HUB))
    owner = np.repeat(np.arange(len(topics)), sizes)
    shares = 1.0 / (np.asarray(sizes)[owner] * hub)
    shape = (len(topics), len(owner))
    means = sp.csr_matrix((shares, (owner, np.arange(len(owner)))), shape=shape) @ vectors
    return np.asarray((means @ means.T).toarray())
