"""Articles that ask or say the same: one finding for each two.

Nothing is compared with everything: articles meet in an index of what only few of them hold.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from posixpath import commonprefix

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.contradictions import contradictions
from kbtool.articles.checks.pairs import Pair, comparable, in_order
from kbtool.articles.checks.prose import Sentence
from kbtool.articles.checks.shelf import Shelf
from kbtool.model import PUBLIC, Article, Finding
from kbtool.text import match_key, term, terms, words

SAME_TITLE = 0.8
"""Share of two titles' terms that both have, from which they ask the same."""
SAME_TEXT = 0.6
"""Share of the shorter text that stands in the other one as well."""
_SAME_WORD = 0.5
"""Share of the longer word with which two words of one term begin alike."""
LEAST_SHARED = 12
"""Runs of terms that two texts have in common at least."""
FEW = 12
"""What more articles hold than these is usual; each of them then meets the next one only."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A wording of an article's question."""

    article: Article
    text: str
    key: frozenset[str]
    words: Mapping[str, str]
    """The word behind each term."""
    title: bool


def alike_findings(shelf: Shelf) -> Iterator[Finding]:
    """Articles that contradict each other, ask the same, or say the same.

    A pair is told once, at the one that is not published or was changed last; the other's file
    and line stand in the message. Translations of each other, languages, and articles that name
    each other in ``differs_from`` are never compared.
    """
    said = {article.id: shelf.prose(article) for article in shelf.alive}
    told: set[tuple[str, str]] = set()
    for pair in (*contradictions(shelf, said), *_same_questions(shelf), *_same_texts(shelf, said)):
        key = (pair.one.id, pair.other.id)
        if key not in told:
            told.add(key)
            yield _told(pair)


def _told(pair: Pair) -> Finding:
    drop = (
        f"kbtool reject {pair.one.id}"
        if pair.one.status not in PUBLIC
        else "kbtool archive the other (--instead)"
    )
    hint = f"keep one and {drop}; when both are right, add differs_from: [{pair.other.id}]"
    where = f"{pair.other.id} ({pair.other.path}:{pair.other_line})"
    return finding(pair.code, pair.one.path, pair.line, pair.message.format(where), hint)


def _same_questions(shelf: Shelf) -> Iterator[Pair]:
    asked = [one for article in shelf.alive for one in _wordings(article)]
    exact: dict[tuple[str, frozenset[str]], list[_Asked]] = defaultdict(list)
    for one in asked:
        exact[one.article.lang, one.key].append(one)
    for group in exact.values():
        distinct = list({one.article.id: one for one in reversed(group)}.values())
        yield from (_question_pair(a, b, shelf) for a, b in pairwise(distinct[::-1]) if _same(a, b))
    titles = [one for one in asked if one.title]
    for a, b in _near(titles):
        if _same(a, b):
            yield _question_pair(a, b, shelf)


def _same(a: _Asked, b: _Asked) -> bool:
    """Whether two wordings of different articles ask the same in the words behind their terms:
    where a term is the first letters of a word, compounds that only begin alike share it.
    """
    return comparable(a.article, b.article) and all(
        _alike(a.words[t], b.words[t]) for t in a.key & b.key
    )


def _alike(one: str, other: str) -> bool:
    beginning = len(commonprefix((match_key(one), match_key(other))))
    return beginning >= _SAME_WORD * max(len(one), len(other))


def _wordings(article: Article) -> Iterator[_Asked]:
    for number, text in enumerate((article.title, *article.also_asked)):
        found = {term(word, article.lang): word for word in words(text, article.lang)}
        key = frozenset(terms(text, article.lang))
        if len(key) >= 2:
            yield _Asked(article, text, key, found, title=number == 0)


def _near(titles: Sequence[_Asked]) -> Iterator[tuple[_Asked, _Asked]]:
    """Titles that share enough terms: two that do have one of their rarest terms in common
    (prefix filtering, Chaudhuri et al. 2006).
    """
    usual = Counter((one.article.lang, t) for one in titles for t in one.key)
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(titles):
        lang = one.article.lang
        ranked = sorted(one.key, key=lambda t: (usual[lang, t], t))
        prefix = len(ranked) - math.ceil(SAME_TITLE * len(ranked)) + 1
        met = {other for t in ranked[:prefix] for other in index[lang, t]}
        for other in sorted(met):
            key = titles[other].key
            if len(one.key & key) >= SAME_TITLE * len(one.key | key) and one.key != key:
                yield titles[other], one
        for t in ranked[:prefix]:
            index[lang, t].append(number)


def _question_pair(a: _Asked, b: _Asked, shelf: Shelf) -> Pair:
    one, other = (a, b) if in_order(a.article, b.article) else (b, a)
    return Pair(
        "duplicate-article", one.article, other.article,
        shelf.line(one.article, "title" if one.title else "also_asked"),
        shelf.line(other.article, "title" if other.title else "also_asked"),
        f"“{_braced(one.text)}” asks the same as {{}}: “{_braced(other.text)}”",
    )  # fmt: skip


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _same_texts(shelf: Shelf, said: Mapping[str, Sequence[Sentence]]) -> Iterator[Pair]:
    numbers: dict[tuple[str, str], int] = {}
    runs = [_runs(article, said[article.id], numbers) for article in shelf.alive]
    index: dict[int, list[int]] = defaultdict(list)
    for place, own in enumerate(runs):
        for run in own:
            index[run].append(place)
    shared = Counter(pair for places in index.values() for pair in _meetings(places))
    for (a, b), count in sorted(shared.items()):
        least = max(LEAST_SHARED, SAME_TEXT * min(len(runs[a]), len(runs[b])))
        one, other = shelf.alive[a], shelf.alive[b]
        if count >= least and comparable(one, other):
            if not in_order(one, other):
                one, other = other, one
            share = round(100 * count / min(len(runs[a]), len(runs[b])))
            yield Pair(
                "duplicate-article", one, other,
                one.body_line, other.body_line, f"{share} % of the text stands in {{}} as well",
            )  # fmt: skip


def _meetings(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    return combinations(places, 2) if len(places) <= FEW else pairwise(places)


def _runs(
    article: Article, said: Sequence[Sentence], numbers: dict[tuple[str, str], int]
) -> set[int]:
    """Runs of terms of an article's text as numbers, those of other languages never the same;
    figures do not count, so that copies of which one was changed meet.
    """
    found = [
        numbers.setdefault((article.lang, "0" if t.isdigit() else t), len(numbers))
        for sentence in said
        for t in sentence.terms
    ]
    return {(a << 48) | (b << 24) | c for a, b, c in zip(found, found[1:], found[2:], strict=False)}
