"""Which articles answer a query, and in which order.

Score of an article: for each word of the query its best matching term, summed over the fields'
BM25 (Robertson & Zaragoza 2009; a sum per field, not BM25F, which ranked questions worse), times
``coverage ** 0.3`` (the share of the query's weight that was found), times a bonus for titles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple, Protocol

from kbtool.search.spelling import nearest_words
from kbtool.search.terms import QueryWords
from kbtool.text import term, typed_keys

K1 = 1.2
COVERAGE_EXPONENT = 0.3
EXACT_TITLE = 1000.0
"""Added for a query that is an article's title; half of it when it is one of its questions."""

_MAX_COMPLETIONS = 16
_COMPLETION = 6 / 16
_ONLY_COMPLETION = 14 / 16
_TYPO = {1: 13 / 16, 2: 10 / 16}


class Field(NamedTuple):
    """A scored field: its weight and BM25's length normalisation."""

    name: str
    weight: float
    b: float


FIELDS = (
    Field("title", 3.0, 0.3),
    Field("questions", 3.0, 0.3),
    Field("headings", 1.0, 0.75),
    Field("tags", 1.0, 0.75),
    Field("body", 1.0, 0.75),
)


class Shelf(Protocol):
    """The articles of one language, as the index keeps them. Articles are numbers, by id."""

    lang: str
    articles: int

    def terms_of(self, key: str) -> list[str]:
        """The terms of a folded word; none when no article has the word."""

    def has_term(self, text: str) -> bool:
        """Whether any article has the term."""

    def completions(self, start: str) -> list[tuple[str, int, str]]:
        """(folded word, articles with it, term) of the words that start with ``start``."""

    def vocabulary(self) -> Mapping[str, int]:
        """All folded words with the number of articles that have them."""

    def postings(self, field: str, text: str) -> list[tuple[int, float]]:
        """(article, times) of a term in a field."""

    def length(self, field: str, article: int) -> int:
        """Terms in a field of an article."""

    def average_length(self, field: str) -> float:
        """Terms in a field of an article, on average."""

    def titled(self, title: str) -> tuple[list[int], list[int]]:
        """Articles with exactly this folded title, and with exactly this question."""


Group = dict[str, float]
"""The terms that stand for one word of the query, each with its weight (0..1]."""


Ranked = tuple[int, float]
"""An article that matched and its score, four decimals."""


@dataclass(slots=True)
class _Sum:
    score: float = 0.0
    found: float = 0.0
    in_title: int = 0


def group_words(query: QueryWords, shelf: Shelf) -> list[Group]:
    """One group of terms for each word of the query; an empty one for a word that hits nothing."""
    last = len(query.words) - 1
    return [
        _known(word, shelf, typing=query.typing and place == last)
        for place, word in enumerate(query.words)
    ]


def guess_words(
    query: QueryWords, groups: Sequence[Group], shelf: Shelf, known: Collection[str]
) -> list[Group]:
    """``groups`` with the stems, else the nearest words, of words that hit nothing.

    ``known`` holds folded words that need no guess, because another language has them.
    """
    guessed = []
    for word, group in zip(query.words, groups, strict=True):
        if group or typed_keys(word)[0] in known:
            guessed.append(group)
        else:
            guessed.append(by_stem(word, shelf) or _by_spelling(word, shelf))
    return guessed


def rank(query: QueryWords, groups: Sequence[Group], shelf: Shelf) -> list[Ranked]:
    """The articles that match any group, best first; ties by article number."""
    sums: dict[int, _Sum] = {}
    whole = 0.0
    for group in groups:
        weight, best, titles = _score_group(group, shelf)
        whole += weight
        for article, score in best.items():
            total = sums.setdefault(article, _Sum())
            total.score += score
            total.found += weight
            total.in_title += article in titles
    scores = {
        article: _final(total, article, whole, len(groups), shelf)
        for article, total in sums.items()
    }
    exact, asked = shelf.titled(query.title)
    for articles, bonus in ((exact, EXACT_TITLE), (asked, EXACT_TITLE / 2)):
        for article in articles:
            scores[article] = scores.get(article, 0.0) + bonus
    found = [(article, round(score, 4)) for article, score in scores.items()]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))


def _known(word: str, shelf: Shelf, *, typing: bool) -> Group:
    """Terms of a word as it stands, and as the beginning of a word."""
    key = typed_keys(word)[0]
    group = dict.fromkeys(shelf.terms_of(key), 1.0)
    if typing:
        weight = _COMPLETION if group else _ONLY_COMPLETION
        longer = sorted(shelf.completions(key), key=lambda found: (-found[1], found[0], found[2]))
        for _, _, text in longer[:_MAX_COMPLETIONS]:
            group.setdefault(text, weight)
    return group


def by_stem(word: str, shelf: Shelf) -> Group:
    """The term of a form of a word that no article has."""
    stem = term(word, shelf.lang)
    return {stem: 1.0} if shelf.has_term(stem) else {}


def _by_spelling(word: str, shelf: Shelf) -> Group:
    """The terms of the nearest words."""
    near: Group = {}
    for distance, other in nearest_words(typed_keys(word)[0], shelf.vocabulary):
        near.update(dict.fromkeys(shelf.terms_of(other), _TYPO[distance]))
    return near


def _score_group(group: Group, shelf: Shelf) -> tuple[float, dict[int, float], set[int]]:
    """(weight of the word, best score per article, articles with it in the title)."""
    best: dict[int, float] = {}
    titles: set[int] = set()
    rarest = 0
    for text, share in group.items():
        scores = _score_term(text, shelf, titles)
        if share == 1.0 or not rarest:
            rarest = max(rarest, len(scores))
        for article, score in scores.items():
            best[article] = max(best.get(article, 0.0), share * score)
    return _idf(rarest, shelf.articles), best, titles


def _score_term(text: str, shelf: Shelf, titles: set[int]) -> dict[int, float]:
    scores: dict[int, float] = {}
    for field in FIELDS:
        found = shelf.postings(field.name, text)
        if not found:
            continue
        if field.name == "title":
            titles.update(article for article, _ in found)
        idf = field.weight * _idf(len(found), shelf.articles) * (K1 + 1)
        average = shelf.average_length(field.name) or 1.0
        base, slope = K1 * (1 - field.b), K1 * field.b / average
        for article, times in found:
            norm = base + slope * shelf.length(field.name, article)
            scores[article] = scores.get(article, 0.0) + idf * times / (times + norm)
    return scores


def _idf(having: int, articles: int) -> float:
    """Whoosh's inverse document frequency: ``ln(N / (n + 1)) + 1``."""
    return log(articles / (having + 1)) + 1


def _final(total: _Sum, article: int, whole: float, words: int, shelf: Shelf) -> float:
    """The score with coverage and title bonus: up to a half more when query and title agree."""
    share = total.in_title / words
    covered = min(1.0, total.in_title / (shelf.length("title", article) or 1))
    coverage: float = (total.found / whole) ** COVERAGE_EXPONENT
    return total.score * coverage * (1 + (share * share + share * covered) / 4)
