"""Articles that cannot both be right: the same sentence with another number, "not", or menu path.

What contradicts what is told by the drafts' own rule (``find_conflicts``); here the sentences are
found that are worth holding against each other.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from typing import TypeAlias

from kbtool.articles.agreeing.conflicts import find_conflicts
from kbtool.articles.agreeing.support import gather
from kbtool.articles.checks.pairs import Pair, comparable, in_order
from kbtool.articles.checks.prose import Sentence
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.saying.claims import Claim, claims_of
from kbtool.articles.saying.denials import is_denied
from kbtool.articles.saying.replies import Said
from kbtool.model import Article
from kbtool.text import get_language, term, terms

_DIGIT = re.compile(r"\d")
_RAREST = 5
"""Terms around a number by which it is found."""
_USUAL = 6
"""A number that has more values than these differs from article to article: prices, sizes."""
_HELD = 4
"""Sentences of each value that are held against the others."""
_SAME_CONTEXT = 0.5
"""Share of the terms around two numbers that both have, from which they may count the same."""
_SAME_SENTENCE = 0.5
"""The same for two sentences as a whole."""
_FEW_HOLD = 3
"""A term that no more articles hold than these, or than the root of their number, is telling."""
_LEAST_TELLING = 2
_LEAST_TERMS = 3
_LEAST_AROUND = 2
_USUAL_PATHS = 3

_Place: TypeAlias = tuple[int, int]
"""(number of the article, number of its sentence)."""
_Counted: TypeAlias = tuple[_Place, frozenset[str]]
"""Where a number stands, and the terms around it."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """All articles' sentences as the drafts' rules want them."""

    articles: tuple[Article, ...]
    sentences: tuple[Sequence[Sentence], ...]
    claims: tuple[tuple[tuple[int, Claim], ...], ...]
    """Of each article (number of the sentence, what it claims)."""
    holding: Mapping[tuple[str, str], int]
    """How many articles of a language hold a term."""
    written: Mapping[str, int]
    """How many articles there are in a language."""

    def is_telling(self, t: str, lang: str) -> bool:
        """Whether so few articles hold a term that it names a subject."""
        return self.holding[lang, t] <= max(_FEW_HOLD, math.isqrt(self.written[lang]))


def contradictions(shelf: Shelf, said: Mapping[str, Sequence[Sentence]]) -> Iterator[Pair]:
    """Sentences of two articles that cannot both be true, each two articles once."""
    texts = _texts(shelf.alive, said)
    told: set[tuple[int, int]] = set()
    for (a, first), (b, second) in sorted({*_same_claims(texts), *_same_but_not(texts)}):
        if (a, b) not in told and _disagree(texts, (a, first), (b, second)):
            told.add((a, b))
            yield _pair(texts, (a, first), (b, second), "says otherwise than {}")
    for first_place, second_place in sorted(set(_other_paths(texts, shelf))):
        if (first_place[0], second_place[0]) not in told:
            told.add((first_place[0], second_place[0]))
            yield _pair(texts, first_place, second_place, "names another menu path than {}")


def _texts(articles: tuple[Article, ...], said: Mapping[str, Sequence[Sentence]]) -> _Texts:
    sentences = tuple(said[article.id] for article in articles)
    return _Texts(
        articles,
        sentences,
        tuple(tuple(_claims(*pair)) for pair in zip(articles, sentences, strict=True)),
        Counter(
            (article.lang, t)
            for article, own in zip(articles, sentences, strict=True)
            for t in {t for sentence in own for t in sentence.terms}
        ),
        Counter(article.lang for article in articles),
    )


def _claims(article: Article, sentences: Sequence[Sentence]) -> Iterator[tuple[int, Claim]]:
    """What an article counts; most sentences hold neither a digit nor the word for a number."""
    numerals = get_language(article.lang).numerals
    for number, sentence in enumerate(sentences):
        if _DIGIT.search(sentence.text) or not {*sentence.words}.isdisjoint(numerals):
            said = _said(article, number, sentence)
            yield from ((number, claim) for claim in claims_of(said, article.lang))


def _said(article: Article, number: int, sentence: Sentence) -> Said:
    """A sentence as if an agent had said it, all of an article's in one message."""
    return Said(
        ref=f"{article.id}/body/s{number}", ticket=article.id, agent=None, on=None,
        text=sentence.text, item=False, place=0.0, fit=True,
    )  # fmt: skip


def _same_claims(texts: _Texts) -> Iterator[tuple[_Place, _Place]]:
    """Sentences that count the same thing and find another number."""
    usual = Counter(
        (article.lang, t)
        for article, own in zip(texts.articles, texts.claims, strict=True)
        for _, claim in own
        for t in claim.context
    )
    index: dict[tuple[str, ...], dict[frozenset[str], list[_Counted]]] = defaultdict(dict)
    for place, (article, own) in enumerate(zip(texts.articles, texts.claims, strict=True)):
        for number, claim in own:
            lang = article.lang
            rarest = sorted(claim.context, key=lambda t: (usual[lang, t], t))[:_RAREST]
            for one, other in combinations(sorted(rarest), 2):
                values = index[lang, claim.unit, one, other]
                values.setdefault(claim.values, []).append(((place, number), claim.context))
    for values in index.values():
        if len(values) <= _USUAL:
            for (mine, here), (theirs, there) in combinations(values.items(), 2):
                if not mine & theirs:
                    yield from _near(here[:_HELD], there[:_HELD])


def _near(here: Sequence[_Counted], there: Sequence[_Counted]) -> Iterator[tuple[_Place, _Place]]:
    """Those whose numbers stand among much the same terms."""
    for one, mine in here:
        for other, theirs in there:
            if len(mine & theirs) >= _SAME_CONTEXT * len(mine | theirs):
                yield from _crossed([one], [other])


def _same_but_not(texts: _Texts) -> Iterator[tuple[_Place, _Place]]:
    """Sentences of which one says "not" and the other, in the same terms, does not.

    A word that denies by its ending ("gelmiyor") has a counterpart in the other sentence.
    """
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    denied: list[tuple[_Place, str, frozenset[str]]] = []
    for place, (article, own) in enumerate(zip(texts.articles, texts.sentences, strict=True)):
        denying = _denying(article.lang)
        for number, sentence in enumerate(own):
            usual[article.lang].update(sentence.terms)
            dropped = {*map(denying, sentence.words)} - {""}
            key = frozenset(sentence.terms) - dropped
            if dropped and len(key) >= _LEAST_TERMS:
                denied.append(((place, number), article.lang, key))
    rarest = [min((usual[lang][t], lang, t) for t in key)[1:] for _, lang, key in denied]
    holding = _holding(texts, {*rarest})
    for (one, _, key), rare in zip(denied, rarest, strict=True):
        found = [
            other for other, said in holding[rare] if key <= said and len(said) <= len(key) + 1
        ]
        yield from _crossed([one], found[:_HELD])


def _holding(
    texts: _Texts, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[tuple[_Place, frozenset[str]]]]:
    """The sentences without a "not" that hold a term, by (language, term)."""
    index: dict[tuple[str, str], list[tuple[_Place, frozenset[str]]]] = defaultdict(list)
    by_lang: dict[str, set[str]] = defaultdict(set)
    for lang, t in wanted:
        by_lang[lang].add(t)
    for place, (article, own) in enumerate(zip(texts.articles, texts.sentences, strict=True)):
        denying, known = _denying(article.lang), by_lang[article.lang]
        for number, sentence in enumerate(own):
            if known.isdisjoint(sentence.terms) or any(map(denying, sentence.words)):
                continue
            said = frozenset(sentence.terms)
            for t in known & said:
                index[article.lang, t].append(((place, number), said))
    return index


@cache
def _denying(lang: str) -> Callable[[str], str]:
    """The term of a word that says "not"; empty for any other word."""

    @lru_cache(maxsize=100_000)
    def of(word: str) -> str:
        return term(word, lang) if is_denied(word, lang) else ""

    return of


def _crossed(here: Iterable[_Place], there: Sequence[_Place]) -> Iterator[tuple[_Place, _Place]]:
    for one in here:
        for other in there:
            if one[0] != other[0]:
                yield (one, other) if one < other else (other, one)


def _disagree(texts: _Texts, one: _Place, other: _Place) -> bool:
    """Whether the drafts' rule calls two sentences a conflict, and both are about the same."""
    first, second = texts.articles[one[0]], texts.articles[other[0]]
    if not comparable(first, second) or not _same_subject(texts, one, other):
        return False
    mine, theirs = _beside(texts, one), _beside(texts, other)
    said = _said_at(texts, one)
    found = find_conflicts([gather(said, [said])], [mine, theirs], first.lang)
    against = _said_at(texts, other).ref
    return any(
        source.ref == against
        for conflict in found.values()
        for side in conflict.sides
        for source in side.sources
    )


def _beside(texts: _Texts, place: _Place) -> list[Said]:
    """A sentence and the others of its article that count something: two numbers that one article
    gives side by side are two facts.
    """
    numbers = {place[1], *(number for number, _ in texts.claims[place[0]])}
    return [_said_at(texts, (place[0], number)) for number in sorted(numbers)]


def _said_at(texts: _Texts, place: _Place) -> Said:
    article, number = texts.articles[place[0]], place[1]
    return _said(article, number, texts.sentences[place[0]][number])


def _same_subject(texts: _Texts, one: _Place, other: _Place) -> bool:
    """Whether two sentences say much the same of something that few articles name.

    "It takes up to 5 minutes" may be true here and false there; so may be what each sentence says
    of what only its own title names.
    """
    titles, own = [], []
    for place, number in (one, other):
        article = texts.articles[place]
        titles.append(set(terms(article.title, article.lang)))
        own.append({t for t in texts.sentences[place][number].terms if not t.isdigit()})
    shared = own[0] & own[1]
    telling = [t for t in shared if texts.is_telling(t, texts.articles[one[0]].lang)]
    if len(shared) < _SAME_SENTENCE * len(own[0] | own[1]) or len(telling) < _LEAST_TELLING:
        return False
    apart = [(own[n] - shared) & (titles[n] - titles[1 - n]) for n in (0, 1)]
    return not (apart[0] and apart[1])


def _other_paths(texts: _Texts, shelf: Shelf) -> Iterator[tuple[_Place, _Place]]:
    """Steps for the same purpose with another menu path."""
    index: dict[tuple[str, frozenset[str]], dict[str, list[_Place]]] = defaultdict(dict)
    ours = " ".join(shelf.settings.tickets.product_words)
    for place, (article, own) in enumerate(zip(texts.articles, texts.sentences, strict=True)):
        for number, sentence in enumerate(own):
            if len(sentence.paths) != 1:
                continue
            key = frozenset(terms(sentence.around, article.lang)) - _usual(article.lang, ours)
            telling = sum(texts.is_telling(t, article.lang) for t in key)
            if len(key) >= _LEAST_AROUND and telling:
                paths = index[article.lang, key]
                paths.setdefault(sentence.paths[0].casefold(), []).append((place, number))
    for paths in index.values():
        if len(paths) > _USUAL_PATHS:
            continue
        for (mine, here), (theirs, there) in combinations(paths.items(), 2):
            if mine not in theirs and theirs not in mine:
                yield from (
                    (one, other)
                    for one, other in _crossed(here[:_HELD], there[:_HELD])
                    if comparable(texts.articles[one[0]], texts.articles[other[0]])
                )


@lru_cache(maxsize=64)
def _usual(lang: str, ours: str) -> frozenset[str]:
    """Terms that say nothing about a step's purpose: "open", "choose", our own names."""
    told = (ours, *get_language(lang).imperatives)
    return frozenset(t for text in told for t in terms(text, lang))


def _pair(texts: _Texts, one: _Place, other: _Place, told: str) -> Pair:
    if not in_order(texts.articles[one[0]], texts.articles[other[0]]):
        one, other = other, one
    mine = texts.sentences[one[0]][one[1]]
    theirs = texts.sentences[other[0]][other[1]]
    quoted = [text.replace("{", "{{").replace("}", "}}") for text in (mine.text, theirs.text)]
    return Pair(
        "contradiction", texts.articles[one[0]], texts.articles[other[0]],
        mine.line, theirs.line, f"“{quoted[0]}” {told}: “{quoted[1]}”",
    )  # fmt: skip
