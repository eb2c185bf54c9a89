"""Counts → impacts: what each term adds to the score of each article that has it.

The impact is the sum of the fields' BM25 (Robertson & Zaragoza 2009; a sum of fields, not BM25F,
which ranks questions worse) with Whoosh's idf ``ln(N / (n + 1)) + 1``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kbtool.search.impacts.gather import MEANING, Amounts, Gathered
from kbtool.search.impacts.join import Numbers, Short
from kbtool.search.impacts.said import FIELDS
from kbtool.search.impacts.scale import SCORES, UNIT, WHOLE
from kbtool.search.impacts.varints import varint, varints

K1 = 1.2
LONGEST = 1000
"""Articles kept of a term, the best ones; a twentieth of all when that is more."""
_AT_ONCE = 1 << 16
"""Rows whose impacts are worked out at once: enough to be fast, few in memory."""
_TOO_COMMON = 0.5
"""Share of the articles from which a meaning says nothing."""

Levels: TypeAlias = NDArray[np.uint8]


class Field(NamedTuple):
    """A scored field: its weight and BM25's length normalisation."""

    weight: float
    b: float


WEIGHTS = {
    "title": Field(1.8, 0.4),
    "headings": Field(1.0, 0.75),
    "tags": Field(1.0, 0.75),
    "body": Field(1.0, 0.75),
}


class TermList(NamedTuple):
    """The articles of one term, by number, and how much the term tells about an article."""

    articles: Short
    levels: Levels
    """The level of each article's impact."""
    weight: int
    """What a word of a query weighs by this term: ``16 * idf``."""
    written: bytes
    """The list as it stands in a shard: its weight, its articles by the gaps between them, their
    levels. Equal lists, and no others, are written the same."""


def weigh(found: Gathered) -> dict[str, TermList]:
    """The list of every term, sorted by term."""
    terms, articles, impacts = _impacts(found)
    ends = _ends(terms, len(found.terms))
    having = np.diff(ends)
    most = max(LONGEST, found.articles // 20)
    kept = np.ones(len(terms), bool)
    for term in np.flatnonzero(having > most):
        run = slice(ends[term], ends[term + 1])
        kept[run] = _best(impacts[run], most)
    of_levels = np.concatenate([levels(impacts[run]) for run in _runs(len(terms))])[kept]
    common = _TOO_COMMON * found.articles
    left = [
        not (term.startswith(MEANING) and count > common)
        for term, count in zip(found.terms, having.tolist(), strict=True)
    ]
    weights = _weights(having, found.articles)
    lists = term_lists(terms[kept], articles[kept], of_levels, weights)
    named = zip(found.terms, lists, left, strict=True)
    return {term: one for term, one, is_left in named if is_left}


def idf(having: int, articles: int) -> float:
    """Inverse document frequency, as Whoosh has it; never below a twentieth."""
    return max(0.05, log(articles / (having + 1)) + 1)


def levels(impacts: Amounts) -> Levels:
    """The level whose score is nearest to each impact (1.0 = ``UNIT``), at least 1."""
    wanted = impacts * UNIT
    scores = np.array(SCORES, np.float64)
    at = np.clip(np.searchsorted(scores, wanted), 1, 255)
    below = (at > 1) & (wanted - scores[at - 1] < scores[at] - wanted)
    return (at - below).astype(np.uint8)


def term_list(impacts: dict[int, float], articles: int) -> TermList:
    """The list of a term with these impacts; ``articles`` are all there are."""
    numbers = np.array(sorted(impacts), np.int32)
    amounts = np.array([impacts[number] for number in sorted(impacts)])
    kept = _best(amounts, max(LONGEST, articles // 20))
    one = np.zeros(int(kept.sum()), np.int32)
    weights = _weights(np.array([len(impacts)]), articles)
    (found,) = term_lists(one, numbers[kept], levels(amounts[kept]), weights)
    return found


def term_lists(
    terms: Short, articles: Short, of_levels: Levels, weights: Sequence[int]
) -> list[TermList]:
    """The lists of the terms 0, 1, 2 … with these weights; the rows are their articles, by term and
    number.
    """
    ends = _ends(terms, len(weights))
    before = np.concatenate([np.full(1, -1, np.int32), articles[:-1]])
    before[ends[:-1][np.diff(ends) > 0]] = -1
    gaps, at = varints(articles - before - 1)
    starts, places, plain = ends.tolist(), at[ends].tolist(), of_levels.tobytes()
    found = []
    for term, weight in enumerate(weights):
        start, end = starts[term], starts[term + 1]
        head = varint(weight) + varint(end - start)
        written = head + gaps[places[term] : places[term + 1]] + plain[start:end]
        found.append(TermList(articles[start:end], of_levels[start:end], weight, written))
    return found


def _weights(having: Numbers, articles: int) -> list[int]:
    """What a word weighs by terms that so many articles have."""
    counts = having.tolist()
    weights = {count: max(1, round(WHOLE * idf(count, articles))) for count in set(counts)}
    return [weights[count] for count in counts]


def _ends(terms: Short, count: int) -> Numbers:
    """Where the rows of each of ``count`` terms begin, and where the last one's end."""
    return np.searchsorted(terms, np.arange(count + 1))


def _best(impacts: Amounts, most: int) -> NDArray[np.bool_]:
    """Which of a term's articles are kept; the first ones of equals."""
    kept = np.zeros(len(impacts), bool)
    kept[np.argsort(-impacts, kind="stable")[:most]] = True
    return kept


def _impacts(found: Gathered) -> tuple[Short, Short, Amounts]:
    """The terms, the articles that have them, and the impacts: the sums over the fields."""
    terms, articles = found.postings.terms, found.postings.articles
    of_fields = _of_fields(found)
    changes = (np.diff(terms, prepend=-1) != 0) | (np.diff(articles, prepend=-1) != 0)
    starts = np.flatnonzero(changes)
    sizes = np.diff(np.concatenate([starts, [len(terms)]]))
    impacts = of_fields[starts]
    for place in range(1, len(FIELDS)):  # one after the other: floats add up in one order only
        has = np.flatnonzero(sizes > place)
        impacts[has] += of_fields[starts[has] + place]
    return terms[starts], articles[starts], impacts


def _of_fields(found: Gathered) -> Amounts:
    """What each row of the postings adds."""
    terms, articles, fields, halves = found.postings
    weight, b = np.array([WEIGHTS[name] for name in FIELDS]).T
    averages = np.array(
        [sum(lengths.tolist()) / (found.articles or 1) or 1.0 for lengths in found.lengths]
    )
    having = np.bincount(terms.astype(np.int64) * len(FIELDS) + fields)
    idfs = np.zeros(having.max(initial=0) + 1)
    for count in np.unique(having).tolist():
        idfs[count] = idf(count, found.articles or 1)
    base, slope = K1 * (1 - b), K1 * b / averages
    impacts = np.empty(len(terms))
    for run in _runs(len(terms)):
        field, times = fields[run], halves[run] / 2
        top = (weight[field] * idfs[having[terms[run] * len(FIELDS) + field]]) * (K1 + 1)
        lengths = found.lengths[field, articles[run]]
        impacts[run] = top * times / (times + base[field] + slope[field] * lengths)
    return impacts


def _runs(rows: int) -> Iterator[slice]:
    """All rows, some at once; one run of none when there are none."""
    for start in range(0, max(1, rows), _AT_ONCE):
        yield slice(start, start + _AT_ONCE)
