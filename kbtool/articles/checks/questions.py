"""Articles that ask the same: in all terms of two wordings, or in most of those of two titles."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from posixpath import commonprefix

from kbtool.articles.checks.facts import Wording
from kbtool.articles.checks.pairs import Pair, braced, comparable, in_order
from kbtool.articles.checks.texts import Meeting, Place, Texts
from kbtool.model import Article
from kbtool.text import match_key

SAME_TITLE = 0.8
"""Share of two titles' terms that both have, from which they ask the same."""
_SAME_WORD = 0.5
"""Share of the longer word with which two words of one term begin alike."""


def same_wordings(asked: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Each article with the next one of those that ask the same in their first wording of it."""
    first: dict[int, Place] = {}
    for place in asked:
        first.setdefault(place[0], place)
    yield from pairwise(first.values())


def near_titles(texts: Texts) -> Iterator[tuple[int, int]]:
    """Articles whose titles share enough terms, but not all: two that do have one of their rarest
    terms in common (prefix filtering, Chaudhuri et al. 2006).
    """
    keys = [title_key(texts, article) for article in range(len(texts.articles))]
    langs = [article.lang for article in texts.articles]
    usual = Counter((lang, t) for lang, key in zip(langs, keys, strict=True) for t in key)
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (lang, key) in enumerate(zip(langs, keys, strict=True)):
        ranked = sorted(key, key=lambda t, lang=lang: (usual[lang, t], t))  # type: ignore[misc]
        prefix = ranked[: len(ranked) - math.ceil(SAME_TITLE * len(ranked)) + 1]
        met = {other for t in prefix for other in index[lang, t]}
        yield from ((other, number) for other in sorted(met) if are_near(keys[other], key))
        for t in prefix:
            index[lang, t].append(number)


def are_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles share most terms, but not all."""
    return one != other and len(one & other) >= SAME_TITLE * len(one | other)


def title_key(texts: Texts, article: int) -> frozenset[str]:
    """The terms of a title; none when it is a single one."""
    asked = texts.asked(article)
    return asked[0].key if asked and asked[0].number == 0 else frozenset()


def same_question(texts: Texts, met: Meeting) -> Pair | None:
    """What two wordings come to: whether they ask the same in the words behind their terms, too.

    Where a term is the first letters of a word, compounds that only begin alike share it.
    """
    articles = [texts.articles[place[0]] for place in (met.one, met.other)]
    asked = [texts.wording(place) for place in (met.one, met.other)]
    if not comparable(articles[0], articles[1]) or not _same(asked[0], asked[1]):
        return None
    if not in_order(articles[0], articles[1]):
        articles, asked = articles[::-1], asked[::-1]
    lines = [_line(texts, article, one) for article, one in zip(articles, asked, strict=True)]
    return Pair(
        "duplicate-article", articles[0], articles[1], lines[0], lines[1],
        f"“{braced(asked[0].text)}” asks the same as {{}}: “{braced(asked[1].text)}”",
    )  # fmt: skip


def _line(texts: Texts, article: Article, one: Wording) -> int:
    return texts.shelf.line(article, "also_asked" if one.number else "title")


def _same(one: Wording, other: Wording) -> bool:
    return all(_alike(one.words[t], other.words[t]) for t in one.key & other.key)


def _alike(one: str, other: str) -> bool:
    beginning = len(commonprefix((match_key(one), match_key(other))))
    return beginning >= _SAME_WORD * max(len(one), len(other))
