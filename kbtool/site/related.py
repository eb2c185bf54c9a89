"""Which articles a reader of one may want next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log

from kbtool.model import Article
from kbtool.text import terms

MOST = 3
SAME_CATEGORY = 0.5
"""Added for the same category: as much as half of a word that only two articles share."""


def related(articles: Sequence[Article]) -> dict[str, tuple[Article, ...]]:
    """Up to three related articles of the same language for each article id, nearest first.

    Nearness is the summed idf (``log(n / df)``, scaled so that a word shared by just two articles
    counts 1) of the words in title, other wordings and tags, plus a bonus for the same category.
    Words in more than a fifth of the articles carry no topic and are left out. Ties by id.
    """
    found: dict[str, tuple[Article, ...]] = {}
    for lang in sorted({article.lang for article in articles}):
        group = sorted((a for a in articles if a.lang == lang), key=lambda a: a.id)
        found.update(_related(group))
    return found


def _related(group: Sequence[Article]) -> dict[str, tuple[Article, ...]]:
    words = {article.id: _words(article) for article in group}
    weights = _weights(list(words.values()))
    postings: dict[str, list[Article]] = defaultdict(list)
    shelves: dict[str | None, list[Article]] = defaultdict(list)
    for article in group:
        shelves[article.category].append(article)
        for word in words[article.id] & weights.keys():
            postings[word].append(article)
    by_id = {article.id: article for article in group}
    return {
        article.id: tuple(
            by_id[other]
            for other in _nearest(article, words[article.id], postings, shelves, weights)
        )
        for article in group
    }


def _nearest(
    article: Article,
    words: frozenset[str],
    postings: Mapping[str, Sequence[Article]],
    shelves: Mapping[str | None, Sequence[Article]],
    weights: Mapping[str, float],
) -> list[str]:
    scores: dict[str, float] = defaultdict(float)
    for word in sorted(words & weights.keys()):
        for other in postings[word]:
            scores[other.id] += weights[word]
    if article.category:
        for other in shelves[article.category]:
            scores[other.id] += SAME_CATEGORY
    scores.pop(article.id, None)
    return sorted(scores, key=lambda other: (-round(scores[other], 9), other))[:MOST]


def _words(article: Article) -> frozenset[str]:
    text = "\n".join((article.title, *article.also_asked, *article.tags))
    return frozenset(terms(text, article.lang))


def _weights(documents: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(word for document in documents for word in document)
    total = len(documents)
    most, scale = max(2, total // 5), log(total / 2) if total > 2 else 1.0
    return {
        word: log(total / count) / scale if scale else 1.0
        for word, count in counts.items()
        if 2 <= count <= most
    }
