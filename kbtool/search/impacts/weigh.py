"""Counts → impacts: what each term adds to the score of each article that has it.

The impact is the sum of the fields' BM25 (Robertson & Zaragoza 2009; a sum of fields, not BM25F,
which ranks questions worse) with Whoosh's idf ``ln(N / (n + 1)) + 1``.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

from kbtool.search.impacts.gather import FIELDS, MEANING, Gathered, Times
from kbtool.search.impacts.scale import WHOLE, level

K1 = 1.2
LONGEST = 1000
"""Articles kept of a term, the best ones; a twentieth of all when that is more."""
_TOO_COMMON = 0.5
"""Share of the articles from which a meaning says nothing."""


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

    articles: tuple[int, ...]
    levels: bytes
    """The level of each article's impact."""
    weight: int
    """What a word of a query weighs by this term: ``16 * idf``."""


def weigh(found: Gathered) -> dict[str, TermList]:
    """The list of every term, sorted by term."""
    averages = {name: sum(found.lengths[name]) / (found.articles or 1) or 1.0 for name in FIELDS}
    terms = sorted({term for name in FIELDS for term in found.postings[name]})
    lists: dict[str, TermList] = {}
    for term in terms:
        impacts = _impacts(term, found, averages)
        if term.startswith(MEANING) and len(impacts) > _TOO_COMMON * found.articles:
            continue
        lists[term] = term_list(impacts, found.articles)
    return lists


def term_list(impacts: Times, articles: int) -> TermList:
    """The list of a term with these impacts; ``articles`` are all there are."""
    weight = max(1, round(WHOLE * idf(len(impacts), articles)))
    most = max(LONGEST, articles // 20)
    if len(impacts) > most:
        best = sorted(impacts, key=lambda number: (-impacts[number], number))[:most]
        impacts = {number: impacts[number] for number in best}
    numbers = sorted(impacts)
    return TermList(tuple(numbers), bytes(level(impacts[n]) for n in numbers), weight)


def idf(having: int, articles: int) -> float:
    """Inverse document frequency, as Whoosh has it; never below a twentieth."""
    return max(0.05, log(articles / (having + 1)) + 1)


def _impacts(term: str, found: Gathered, averages: dict[str, float]) -> Times:
    impacts: Times = {}
    for name in FIELDS:
        having = found.postings[name].get(term)
        if not having:
            continue
        weight, b = WEIGHTS[name]
        top = weight * idf(len(having), found.articles) * (K1 + 1)
        base, slope = K1 * (1 - b), K1 * b / averages[name]
        lengths = found.lengths[name]
        for number, times in having.items():
            impact = top * times / (times + base + slope * lengths[number])
            impacts[number] = impacts.get(number, 0.0) + impact
    return impacts
