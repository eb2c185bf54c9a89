"""Articles that cannot both be right: the same sentence with another number, "not", or menu path.

What contradicts what is told by the drafts' own rule (``find_conflicts``); here the sentences are
found that are worth holding against each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kbtool.articles.checks.pairs import Pair, comparable, in_order
from kbtool.articles.checks.prose import Sentence
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.draft.claims import Claim, claims_of
from kbtool.articles.draft.conflicts import find_conflicts
from kbtool.articles.draft.denials import is_denied, without_denials
from kbtool.articles.draft.replies import Said
from kbtool.articles.draft.support import gather
from kbtool.model import Article
from kbtool.text import get_language, terms

_RAREST = 6
"""Terms around a number by which it is found."""
_USUAL = 6
"""A number that has more values than these differs from article to article: prices, sizes."""
_HELD = 4
"""Sentences of each value that are held against the others."""
_LEAST_TERMS = 3
_LEAST_AROUND = 2
_USUAL_PATHS = 3

_Place = tuple[int, int]
"""(number of the article, number of its sentence)."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """All articles' sentences as the drafts' rules want them."""

    articles: tuple[Article, ...]
    sentences: tuple[Sequence[Sentence], ...]
    said: tuple[tuple[Said, ...], ...]
    claims: tuple[tuple[tuple[int, Claim], ...], ...]
    """Of each article (number of the sentence, what it claims)."""


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
    found = tuple(tuple(_as_said(a, said[a.id])) for a in articles)
    claims = tuple(
        tuple((n, claim) for n, one in enumerate(own) for claim in claims_of(one, article.lang))
        for article, own in zip(articles, found, strict=True)
    )
    return _Texts(articles, tuple(said[a.id] for a in articles), found, claims)


def _as_said(article: Article, sentences: Sequence[Sentence]) -> Iterator[Said]:
    """An article's sentences as if one agent had said them in one message."""
    last = max(len(sentences) - 1, 1)
    for number, sentence in enumerate(sentences):
        yield Said(
            ref=f"{article.id}/body/s{number}", ticket=article.id, agent=None, on=None,
            text=sentence.text, item=False, place=number / last, fit=True,
        )  # fmt: skip


def _same_claims(texts: _Texts) -> Iterator[tuple[_Place, _Place]]:
    """Sentences that count the same thing and find another number."""
    usual = Counter(
        (article.lang, t)
        for article, own in zip(texts.articles, texts.claims, strict=True)
        for _, claim in own
        for t in claim.context
    )
    index: dict[tuple[str, ...], dict[frozenset[str], list[_Place]]] = defaultdict(dict)
    for place, (article, own) in enumerate(zip(texts.articles, texts.claims, strict=True)):
        for number, claim in own:
            lang = article.lang
            rarest = sorted(claim.context, key=lambda t: (usual[lang, t], t))[:_RAREST]
            for one, other in combinations(sorted(rarest), 2):
                values = index[lang, claim.unit, one, other]
                values.setdefault(claim.values, []).append((place, number))
    for values in index.values():
        if len(values) <= _USUAL:
            for (mine, here), (theirs, there) in combinations(values.items(), 2):
                if not mine & theirs:
                    yield from _crossed(here[:_HELD], there[:_HELD])


def _same_but_not(texts: _Texts) -> Iterator[tuple[_Place, _Place]]:
    """Sentences of the same terms of which one says "not"."""
    index: dict[tuple[str, frozenset[str]], tuple[list[_Place], list[_Place]]] = {}
    for place, (article, own) in enumerate(zip(texts.articles, texts.said, strict=True)):
        for number, one in enumerate(own):
            negated = is_denied(one.text, article.lang)
            key = frozenset(terms(without_denials(one.text, article.lang), article.lang))
            if len(key) >= _LEAST_TERMS:
                sides = index.setdefault((article.lang, key), ([], []))
                sides[negated].append((place, number))
    for stated, negated_ones in index.values():
        yield from _crossed(stated[:_HELD], negated_ones[:_HELD])


def _crossed(here: Iterable[_Place], there: Sequence[_Place]) -> Iterator[tuple[_Place, _Place]]:
    for one in here:
        for other in there:
            if one[0] != other[0]:
                yield (one, other) if one < other else (other, one)


def _disagree(texts: _Texts, one: _Place, other: _Place) -> bool:
    """Whether the drafts' rule calls two sentences a conflict, and both are about the same."""
    first, second = texts.articles[one[0]], texts.articles[other[0]]
    if not comparable(first, second) or _own_subjects(texts, one, other):
        return False
    mine, theirs = _beside(texts, one), _beside(texts, other)
    said = texts.said[one[0]][one[1]]
    found = find_conflicts([gather(said, [said])], [mine, theirs], first.lang)
    against = texts.said[other[0]][other[1]].ref
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
    return [texts.said[place[0]][number] for number in sorted(numbers)]


def _own_subjects(texts: _Texts, one: _Place, other: _Place) -> bool:
    """Whether each sentence names what its own title is about and the other's is not."""
    titles, own = [], []
    for place, number in (one, other):
        article = texts.articles[place]
        titles.append(set(terms(article.title, article.lang)))
        own.append(set(terms(texts.said[place][number].text, article.lang)))
    return bool((own[0] - own[1]) & (titles[0] - titles[1])) and bool(
        (own[1] - own[0]) & (titles[1] - titles[0])
    )


def _other_paths(texts: _Texts, shelf: Shelf) -> Iterator[tuple[_Place, _Place]]:
    """Steps for the same purpose with another menu path."""
    index: dict[tuple[str, frozenset[str]], dict[str, list[_Place]]] = defaultdict(dict)
    ours = " ".join(shelf.settings.tickets.product_words)
    for place, (article, own) in enumerate(zip(texts.articles, texts.sentences, strict=True)):
        usual = {
            t
            for text in (ours, *get_language(article.lang).imperatives)
            for t in terms(text, article.lang)
        }
        for number, sentence in enumerate(own):
            key = frozenset(terms(sentence.around, article.lang)) - usual
            if len(sentence.paths) == 1 and len(key) >= _LEAST_AROUND:
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
                    and not _own_subjects(texts, one, other)
                )


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
