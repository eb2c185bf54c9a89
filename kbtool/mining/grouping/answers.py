"""Questions that look alike but are answered in two ways: two topics, or agents who disagree.

The replies of one topic's tickets are compared with each other. Where they fall into two kinds that
have little in common, the questions decide: when they fall apart in the same place, these are two
topics; when they do not, one question has two answers, and a person should know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from kbtool.mining.questions.question import Question
from kbtool.mining.questions.views import VIEWS, compared
from kbtool.model import Way

FEWEST = 3
"""Tickets answered in either way; two may be an agent's bad day."""
SHARE = 0.25
"""Of the answered tickets, the least share for a way."""
APART = 0.4
"""Likeness of the two kinds of replies, against the likeness within the looser kind, up to which
they are two. Of 29 labelled topics none falls apart so, of 29 pairs of topics taken for one 26 do."""
ASKED_APART = 0.6
"""The same for questions: above it they are one question."""
_ANSWERS = {name: float(name == "answers") for name in VIEWS}
_ASKED = {"answers": 0.0}


def split_by_answers(sample: Sequence[Question], labels: np.ndarray, smallest: int) -> np.ndarray:
    """``labels`` with each topic that is two by its questions and its answers in two.

    ``sample`` are questions of one language without chatter, ``labels`` their topic numbers (−1
    for none). The smaller part gets a new number, or −1 with fewer than ``smallest`` questions;
    tickets without an answer stay with the larger part.
    """
    answered = np.array([bool(question.reply.strip()) for question in sample], dtype=bool)
    if np.count_nonzero(answered & (labels >= 0)) < 2 * FEWEST:
        return labels
    found = labels.copy()
    replies, asked = compared(sample, _ANSWERS), compared(sample, _ASKED)
    known = int(labels.max()) + 1
    for topic in range(known):
        places = np.flatnonzero((labels == topic) & answered)
        kinds = _kinds((replies[places] @ replies[places].T).toarray())
        if kinds is None or not _asked_apart((asked[places] @ asked[places].T).toarray(), kinds):
            continue
        lesser = places[kinds == 1]
        new = int(found.max()) + 1
        found[lesser] = new if len(lesser) >= smallest else -1
    return found


def answered_in(questions: Sequence[Question]) -> tuple[Way, ...]:
    """The two ways in which these questions are answered, the more frequent first; else none.

    ``questions`` are typical ones of a topic; those of its most frequent language count.
    """
    spoken = Counter(question.lang for question in questions if question.reply.strip())
    if not spoken:
        return ()
    main = min(spoken, key=lambda lang: (-spoken[lang], lang or ""))
    own = [q for q in questions if q.lang == main and q.reply.strip()]
    vectors = compared(own, _ANSWERS)
    alike = (vectors @ vectors.T).toarray()
    kinds = _kinds(alike)
    if kinds is None:
        return ()
    return tuple(_way(own, alike, np.flatnonzero(kinds == kind)) for kind in (0, 1))


def _way(own: Sequence[Question], alike: np.ndarray, places: np.ndarray) -> Way:
    medoid = int(alike[np.ix_(places, places)].sum(axis=1).argmax())
    return Way(own[int(places[medoid])].ticket, len(places))


def _kinds(alike: np.ndarray) -> np.ndarray | None:
    """0 or 1 for each reply, 0 the more frequent kind; None when all are of one kind.

    ``alike`` are the cosines of the replies, shape (replies, replies).
    """
    if len(alike) < 2 * FEWEST:
        return None
    kinds = _halves(alike)
    sizes = np.bincount(kinds, minlength=2)
    if sizes.min() < max(FEWEST, SHARE * len(kinds)) or _apart(alike, kinds) > APART:
        return None
    return np.asarray(kinds == int(sizes.argmin()), dtype=np.int64)


def _asked_apart(alike: np.ndarray, kinds: np.ndarray) -> bool:
    return _apart(alike, kinds) <= ASKED_APART


def _halves(alike: np.ndarray) -> np.ndarray:
    """The two groups that average linkage joins last, as 0 and 1."""
    from scipy.cluster.hierarchy import fcluster, linkage

    pairs = alike[np.triu_indices(len(alike), 1)].astype(np.float64)
    tree = linkage(max(float(pairs.max()), 1.0) - pairs, "average")
    return np.asarray(fcluster(tree, 2, "maxclust") - 1, dtype=np.int64)


def _apart(alike: np.ndarray, kinds: np.ndarray) -> float:
    """Mean likeness between the two kinds, divided by that within the looser one."""
    first, second = kinds == kinds[0], kinds != kinds[0]
    within = min(_mean_within(alike[np.ix_(kind, kind)]) for kind in (first, second))
    return float(alike[np.ix_(first, second)].mean()) / max(within, 1e-6)


def _mean_within(alike: np.ndarray) -> float:
    count = len(alike)
    return float(alike.sum() - np.trace(alike)) / max(count * (count - 1), 1)
