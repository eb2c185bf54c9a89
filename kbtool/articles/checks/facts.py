"""What an article is held against others by, and the features by which the two meet.

All of it comes from the article alone, so that it can be kept while its file stays as it is. Where
the rarest words would tell most, the longest ones are taken: how rare a word is depends on every
other article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import TypeAlias

from kbtool.articles.checks.prose import Sentence
from kbtool.articles.saying.claims import claims_of
from kbtool.articles.saying.denials import is_denied
from kbtool.articles.saying.replies import Said
from kbtool.model import Article
from kbtool.text import get_language, term, terms, words

Feature: TypeAlias = int
"""A kind above ``HASH_BITS`` bits of a hash."""
HASH_BITS = 40
RUN, TITLE, QUESTION, CLAIM, PATH, SAID, DENIED = (kind << HASH_BITS for kind in range(7))
"""Kinds: a run of terms, a term of a title, a whole question, a number among its terms, what a menu
path is for, terms of a sentence without and of one with a "not"."""
TO_DENIED = DENIED - SAID
"""From the feature of a sentence to that of its denial."""
_LONGEST = 5
"""Terms around a number by which it is found."""
LEAST_TERMS = 3
"""Of a sentence that can be denied."""
_LEAST_AROUND = 2
_DIGIT = re.compile(r"\d")
_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Facts:
    """An article's sentences by number, and which of them say what can be contradicted."""

    lines: Sequence[int]
    """1-based, of the file."""
    texts: Sequence[str]
    terms: Sequence[Sequence[str]]
    """In order."""
    denied: Sequence[tuple[int, Sequence[str]]]
    """(sentence, its terms that say "not")."""
    claims: Sequence[tuple[int, str, Sequence[str], Sequence[str]]]
    """(sentence, unit, values, terms around), the last two sorted."""
    paths: Sequence[tuple[int, str, Sequence[str]]]
    """(sentence, the only menu path in it, terms that say what for, sorted)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of an article's question."""

    number: int
    """0 is the title."""
    text: str
    key: frozenset[str]
    """Its terms."""
    words: dict[str, str]
    """The word behind each term."""


def kind_of(feature: Feature) -> int:
    """Which kind it is of."""
    return feature >> HASH_BITS << HASH_BITS


def facts_of(article: Article, sentences: Sequence[Sentence], ours: str) -> Facts:
    """The facts in an article's sentences; ``ours`` are names that say nothing of a purpose."""
    denying = _denying(article.lang)
    found = (sorted({*map(denying, sentence.words)} - {""}) for sentence in sentences)
    return Facts(
        lines=[sentence.line for sentence in sentences],
        texts=[sentence.text for sentence in sentences],
        terms=[sentence.terms for sentence in sentences],
        denied=[(number, dropped) for number, dropped in enumerate(found) if dropped],
        claims=[*_claims(article, sentences)],
        paths=[*_paths(article, sentences, ours)],
    )


def wordings(article: Article) -> tuple[Wording, ...]:
    """The wordings of an article's question that are longer than a word."""
    return tuple(_wordings(article))


def runs_of(lang: str, facts: Facts) -> set[Feature]:
    """Runs of three terms of an article's text, those of other languages never the same; figures
    do not count, so that copies of which one was changed meet.
    """
    found = [_three(lang, t) for said in facts.terms for t in said]
    return {a[0] ^ b[1] ^ c[2] for a, b, c in zip(found, found[1:], found[2:], strict=False)}


def title_features(lang: str, key: frozenset[str]) -> set[Feature]:
    """A title's terms."""
    return {TITLE | _number(f"{lang} {t}") for t in key}


def question_feature(lang: str, key: frozenset[str]) -> Feature:
    """All terms of a question."""
    return QUESTION | _all(f"? {lang}", key)


def path_feature(lang: str, key: Sequence[str]) -> Feature:
    """All terms that say what a path is for."""
    return PATH | _all(f"> {lang}", key)


def claim_features(lang: str, unit: str, around: Sequence[str]) -> Iterator[Feature]:
    """Two of the longest terms around a number, and what is counted."""
    start = _number(f"{lang} {unit}")
    for one, other in combinations(_longest(around, _LONGEST), 2):
        yield CLAIM | start ^ _number(one) ^ _number(other)


def said_features(lang: str, key: frozenset[str]) -> Iterator[Feature]:
    """Two of the three longest terms of a sentence, those of its denial (without what denies, and
    perhaps another term more) first.
    """
    start = _number(f". {lang}")
    for one, other in combinations(_longest(key, 3), 2):
        yield SAID | start ^ _number(one) ^ _number(other)


def as_said(article: Article, number: int, text: str) -> Said:
    """A sentence as if an agent had said it, all of an article's in one message."""
    return Said(
        ref=f"{article.id}/body/s{number}", ticket=article.id, agent=None, on=None,
        text=text, item=False, place=0.0, fit=True,
    )  # fmt: skip


def _wordings(article: Article) -> Iterator[Wording]:
    for number, text in enumerate((article.title, *article.also_asked)):
        key = frozenset(terms(text, article.lang))
        if len(key) >= 2:
            found = {term(word, article.lang): word for word in words(text, article.lang)}
            yield Wording(number, text, key, found)


def _claims(
    article: Article, sentences: Sequence[Sentence]
) -> Iterator[tuple[int, str, Sequence[str], Sequence[str]]]:
    """What an article counts; most sentences hold neither a digit nor the word for a number."""
    numerals = get_language(article.lang).numerals
    for number, sentence in enumerate(sentences):
        if _DIGIT.search(sentence.text) or not {*sentence.words}.isdisjoint(numerals):
            for claim in claims_of(as_said(article, number, sentence.text), article.lang):
                yield number, claim.unit, sorted(claim.values), sorted(claim.context)


def _paths(
    article: Article, sentences: Sequence[Sentence], ours: str
) -> Iterator[tuple[int, str, Sequence[str]]]:
    for number, sentence in enumerate(sentences):
        if len(sentence.paths) == 1:
            key = frozenset(terms(sentence.around, article.lang)) - _usual(article.lang, ours)
            if len(key) >= _LEAST_AROUND:
                yield number, sentence.paths[0].casefold(), sorted(key)


@lru_cache(maxsize=64)
def _usual(lang: str, ours: str) -> frozenset[str]:
    """Terms that say nothing about a step's purpose: "open", "choose", our own names."""
    told = (ours, *get_language(lang).imperatives)
    return frozenset(t for text in told for t in terms(text, lang))


@cache
def _denying(lang: str) -> Callable[[str], str]:
    """The term of a word that says "not"; empty for any other word."""

    @lru_cache(maxsize=100_000)
    def of(word: str) -> str:
        return term(word, lang) if is_denied(word, lang) else ""

    return of


def _longest(key: Sequence[str] | frozenset[str], most: int) -> list[str]:
    return sorted(key, key=lambda t: (-len(t), t))[:most]


def _all(kind: str, key: Sequence[str] | frozenset[str]) -> int:
    found = _number(kind)
    for t in key:
        found ^= _number(t)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _number(text: str) -> int:
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BITS // 8).digest(), "big"
    )


@lru_cache(maxsize=_REMEMBERED)
def _three(lang: str, t: str) -> tuple[int, int, int]:
    """A term at each place of a run."""
    known = "0" if t.isdigit() else t
    first, second, third = (_number(f"{place} {lang} {known}") for place in range(3))
    return first, second, third
