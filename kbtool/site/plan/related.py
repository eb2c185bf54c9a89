"""Which articles a reader of one may want next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from math import log

from kbtool.model import Article
from kbtool.text import terms

MOST = 3
WHOLE = 1_000_000
"""The weight of a word that just two articles share. Weights are whole numbers, so that their sums
do not depend on an order."""
SAME_CATEGORY = WHOLE // 2
"""Added for the same category."""
COMMON = 100
"""A word that more articles have carries no topic; nor does one that a fifth of them have."""


def related(articles: Sequence[Article]) -> dict[str, tuple[Article, ...]]:
    """Up to three related articles of the same language for each article id, nearest first.

    Nearness is the summed idf (``log(n / df)``, scaled so that a word shared by just two articles
    counts ``WHOLE``) of the words in title, other wordings and tags, plus a bonus for the same
    category. Common words are left out. Ties by id.
    """
    found: dict[str, tuple[Article, ...]] = {}
    for lang in sorted({article.lang for article in articles}):
        group = sorted((a for a in articles if a.lang == lang), key=lambda a: a.id)
        found.update(_Group(group).related())
    return found


class _Group:
    """The articles of one language, by id; below they are their places in that order."""

    def __init__(self, group: Sequence[Article]) -> None:
        self._group = group
        words = [_words(article) for article in group]
        self._weights = _weights(words)
        self._words = [sorted(kept & self._weights.keys()) for kept in words]
        self._having: dict[str, list[int]] = defaultdict(list)
        self._shelves: dict[str | None, list[int]] = defaultdict(list)
        for place, article in enumerate(group):
            self._shelves[article.category].append(place)
            for word in self._words[place]:
                self._having[word].append(place)

    def related(self) -> Iterator[tuple[str, tuple[Article, ...]]]:
        """The nearest articles of each, by its id."""
        for place, article in enumerate(self._group):
            near = self._nearest(place, article.category)
            yield article.id, tuple(self._group[other] for other in near)

    def _nearest(self, place: int, category: str | None) -> list[int]:
        scores: dict[int, int] = defaultdict(int)
        for word in self._words[place]:
            weight = self._weights[word]
            for other in self._having[word]:
                scores[other] += weight
        if category:
            for other in scores:
                if self._group[other].category == category:
                    scores[other] += SAME_CATEGORY
            # of those that share the category alone the first are as near as any
            alone = (other for other in self._shelves[category] if other not in scores)
            scores.update(dict.fromkeys(islice(alone, MOST + 1), SAME_CATEGORY))
        scores.pop(place, None)
        return nsmallest(MOST, scores, key=lambda other: (-scores[other], other))


def _words(article: Article) -> frozenset[str]:
    text = "\n".join((article.title, *article.also_asked, *article.tags))
    return frozenset(terms(text, article.lang))


def _weights(documents: Sequence[frozenset[str]]) -> Mapping[str, int]:
    counts = Counter(word for document in documents for word in document)
    total = len(documents)
    most, scale = max(2, min(total // 5, COMMON)), log(total / 2) if total > 2 else 0.0
    return {
        word: round(WHOLE * log(total / count) / scale) if scale else WHOLE
        for word, count in counts.items()
        if 2 <= count <= most
    }
