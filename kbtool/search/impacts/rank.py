"""Which articles answer a query, and in which order: integers only.

Score of an article: for each word of the query its best reading, summed, times a factor for the
share of the query's weight that the article has (all words first, then fewer). A query that is a
title or a wording comes before everything else. Ties by the article's number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from heapq import nlargest, nsmallest
from typing import NamedTuple

from kbtool.search.impacts.query import ASKED, Group, QueryWords, read_groups, read_query
from kbtool.search.impacts.reader import Reading, Shelf
from kbtool.search.impacts.scale import COVERAGE, EXACT_QUESTION, EXACT_TITLE
from kbtool.text import match_key, words

_FOUND = 32
"""Bits below what an article has of the query's weight: both are added in one go."""
_SCORE = (1 << _FOUND) - 1
_KEPT_GROUPS = 4096


class Ranked(NamedTuple):
    """An article that matched."""

    article: int
    score: int


class Answer(NamedTuple):
    """What one language's index has for a query."""

    ranked: list[Ranked]
    """The best, best first."""
    groups: list[Group]
    known: int
    """Words of the query that the language knows, stop words included."""
    words: int


class Ranker:
    """Ranks the articles of a shelf. Not for several threads at once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._scores = lru_cache(maxsize=_KEPT_GROUPS)(self._score)

    def rank(
        self,
        text: str,
        limit: int,
        *,
        inside: Collection[int] | None = None,
        as_typed: bool = False,
    ) -> Answer:
        """The best ``limit`` articles; ``inside`` are the only ones that count."""
        query = read_query(text, self.shelf)
        groups = read_groups(query, self.shelf, as_typed=as_typed)
        found = self.rank_groups(query, groups, limit, inside=inside)
        known = sum(group.known for group in groups if not group.is_bonus)
        known += sum(key in self.shelf.stop_words for key in query.every)
        return Answer(found, groups, known, len(query.every))

    def rank_groups(
        self,
        query: QueryWords,
        groups: Sequence[Group],
        limit: int,
        *,
        inside: Collection[int] | None = None,
    ) -> list[Ranked]:
        """The best articles for groups; see ``rank``."""
        totals: dict[int, int] = {}
        whole = 0
        get = totals.get
        for scores, weight in self._asked(groups):
            whole += weight
            for article, score in scores.items():
                totals[article] = get(article, 0) + score
        factors = [COVERAGE[min(32, 32 * found // (whole or 1))] for found in range(whole + 1)]
        final = {a: (n & _SCORE) * factors[n >> _FOUND] >> 8 for a, n in totals.items()}
        for article, bonus in self._exact(query).items():
            final[article] = final.get(article, 0) + bonus
        if inside is not None:
            final = {article: score for article, score in final.items() if article in inside}
        least = min(nlargest(limit, final.values()), default=0) if limit > 0 else 0
        best = [found for found in final.items() if found[1] >= least]
        best.sort(key=lambda found: (-found[1], found[0]))
        return [Ranked(*found) for found in best[: max(0, limit)]]

    def _asked(self, groups: Sequence[Group]) -> list[tuple[dict[int, int], int]]:
        """The scores and weight of each group; of a long query's the rarest words."""
        scored = [self._scores(group.readings) for group in groups if not group.is_bonus]
        if len(scored) > ASKED:
            having = [found for found in scored if found[0]]
            places = nsmallest(ASKED, range(len(having)), key=lambda at: (-having[at][1], at))
            scored = [having[at] for at in sorted(places)]
        bonus = (self._scores(group.readings) for group in groups if group.is_bonus)
        return scored + [({a: n & _SCORE for a, n in found.items()}, 0) for found, _ in bonus]

    def _score(self, readings: tuple[Reading, ...]) -> tuple[dict[int, int], int]:
        """(what each article gets for a word, its weight in the upper bits; the word's weight)."""
        best: dict[int, int] = {}
        for reading in readings:
            sums = self._sums(reading)
            if not best:
                best = sums
                continue
            get = best.get
            for article, total in sums.items():
                if total > get(article, 0):
                    best[article] = total
        weight = self._weight(readings)
        upper = weight << _FOUND
        return {article: total + upper for article, total in best.items()}, weight

    def _sums(self, reading: Reading) -> dict[int, int]:
        """What each article gets for one way to read a word."""
        sums: dict[int, int] = {}
        for term, share in reading.terms:
            factor = reading.scale * share
            found = self.shelf.postings(term)
            if not sums:
                sums = {a: factor * score for a, score in zip(*found[:2], strict=True)}
                continue
            get = sums.get
            for article, score in zip(*found[:2], strict=True):
                sums[article] = get(article, 0) + factor * score
        return sums

    def _weight(self, readings: Sequence[Reading]) -> int:
        """How much a word tells: by the widest term of its best readings."""
        if not readings:
            return self.shelf.unknown_weight
        top = max(reading.scale for reading in readings)
        return min(
            self.shelf.postings(term).weight
            for scale, terms in readings
            if scale == top
            for term, _ in terms
        )

    def _exact(self, query: QueryWords) -> dict[int, int]:
        """Articles that have the query as their title, or as a wording."""
        if not query.kept:
            return {}
        entry = self.shelf.entry(f"{query.kept[0].key}={' '.join(query.every)[:100]}")
        if entry is None:
            return {}
        asked = dict.fromkeys(entry.asked, EXACT_QUESTION)
        return asked | dict.fromkeys(entry.titled, EXACT_TITLE)

    def tagged(self, tag: str) -> frozenset[int]:
        """The articles with a tag."""
        entry = self.shelf.entry("#" + " ".join(match_key(word) for word in words(tag)))
        return frozenset(entry.asked if entry else ())
