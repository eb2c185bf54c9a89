"""Articles that cannot both be right: the same sentence with another number, "not", or menu path.

What contradicts what is told by the drafts' own rule (``find_conflicts``); here the sentences are
found that are worth holding against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from kbtool.articles.agreeing.conflicts import find_conflicts
from kbtool.articles.agreeing.support import gather
from kbtool.articles.checks.facts import as_said
from kbtool.articles.checks.pairs import Pair, braced, comparable, in_order
from kbtool.articles.checks.texts import Meeting, Place, Texts
from kbtool.articles.saying.replies import Said
from kbtool.text import terms

_USUAL = 6
"""A number that has more values than these differs from article to article: prices, sizes."""
_HELD = 4
"""Sentences of each value that are held against the others."""
_SAME_CONTEXT = 0.5
"""Share of the terms around two numbers that both have, from which they may count the same."""
_SAME_SENTENCE = 0.5
"""The same for two sentences as a whole."""
LEAST_TELLING = 2
"""Terms of two sentences that name their subject."""
_USUAL_PATHS = 3

Pairs: TypeAlias = Iterator[tuple[Place, Place]]
Counted: TypeAlias = tuple[Place, frozenset[str], frozenset[str]]
"""Where a number stands, its values, and the terms around it."""
SaidAt: TypeAlias = tuple[Place, frozenset[str]]
"""A sentence and its terms, without what says "not"."""
Led: TypeAlias = tuple[Place, str]
"""A sentence and its menu path."""


def other_numbers(counted: Sequence[Counted]) -> Pairs:
    """Sentences, of those that share terms around a number, that find another number."""
    values: dict[frozenset[str], list[Counted]] = {}
    for one in counted:
        values.setdefault(one[1], []).append(one)
    if len(values) > _USUAL:
        return
    for (mine, here), (theirs, there) in combinations(values.items(), 2):
        if not mine & theirs:
            yield from _near(here[:_HELD], there[:_HELD])


def _near(here: Sequence[Counted], there: Sequence[Counted]) -> Pairs:
    """Those whose numbers stand among much the same terms."""
    for one, _, mine in here:
        for other, _, theirs in there:
            if len(mine & theirs) >= _SAME_CONTEXT * len(mine | theirs):
                yield from _crossed([one], [other])


def denials(denied: Iterable[SaidAt], said: Sequence[SaidAt]) -> Pairs:
    """Sentences of which one says "not" and the other, in the same terms, does not.

    A word that denies by its ending ("gelmiyor") has a counterpart in the other sentence.
    """
    for one, key in denied:
        found = [other for other, own in said if len(own) <= len(key) + 1 and key <= own]
        yield from _crossed([one], found[:_HELD])


def other_paths(led: Sequence[Led]) -> Pairs:
    """Steps, of those for the same purpose, with another menu path."""
    paths: dict[str, list[Place]] = {}
    for place, path in led:
        paths.setdefault(path, []).append(place)
    if len(paths) > _USUAL_PATHS:
        return
    for (mine, here), (theirs, there) in combinations(paths.items(), 2):
        if mine not in theirs and theirs not in mine:
            yield from _crossed(here[:_HELD], there[:_HELD])


def _crossed(here: Iterable[Place], there: Sequence[Place]) -> Pairs:
    for one in here:
        for other in there:
            if one[0] != other[0]:
                yield (one, other) if one < other else (other, one)


def same_subject(texts: Texts, one: Place, other: Place) -> tuple[str, ...] | None:
    """The terms that two sentences share, when they say much the same of one subject; whether
    these name any is asked when all articles are known.

    "It takes up to 5 minutes" may be true here and false there; so may be what each sentence says
    of what only its own title names.
    """
    first, second = texts.articles[one[0]], texts.articles[other[0]]
    mine, theirs = (
        {t for t in texts.facts(place).terms[number] if not t.isdigit()}
        for place, number in (one, other)
    )
    shared = mine & theirs
    enough = max(LEAST_TELLING, _SAME_SENTENCE * len(mine | theirs))
    if len(shared) < enough or not comparable(first, second):
        return None
    named, called = (set(terms(article.title, article.lang)) for article in (first, second))
    if (mine - shared) & (named - called) and (theirs - shared) & (called - named):
        return None
    return tuple(sorted(shared))


def disagreement(texts: Texts, met: Meeting) -> Pair | None:
    """What two sentences about one subject come to: whether the drafts' rule calls it a conflict."""
    article = texts.articles[met.one[0]]
    said = _said_at(texts, met.one)
    beside = [_beside(texts, met.one), _beside(texts, met.other)]
    found = find_conflicts([gather(said, [said])], beside, article.lang)
    against = _said_at(texts, met.other).ref
    told = any(
        source.ref == against
        for conflict in found.values()
        for side in conflict.sides
        for source in side.sources
    )
    return _pair(texts, met, "says otherwise than {}") if told else None


def another_way(texts: Texts, met: Meeting) -> Pair | None:
    """What two menu paths for one purpose come to."""
    if not comparable(texts.articles[met.one[0]], texts.articles[met.other[0]]):
        return None
    return _pair(texts, met, "names another menu path than {}")


def _beside(texts: Texts, place: Place) -> list[Said]:
    """A sentence and the others of its article that count something: two numbers that one article
    gives side by side are two facts.
    """
    numbers = {place[1], *(claim[0] for claim in texts.facts(place[0]).claims)}
    return [_said_at(texts, (place[0], number)) for number in sorted(numbers)]


def _said_at(texts: Texts, place: Place) -> Said:
    return as_said(texts.articles[place[0]], place[1], texts.facts(place[0]).texts[place[1]])


def _pair(texts: Texts, met: Meeting, told: str) -> Pair:
    one, other = met.one, met.other
    if not in_order(texts.articles[one[0]], texts.articles[other[0]]):
        one, other = other, one
    lines = [texts.facts(article).lines[number] for article, number in (one, other)]
    mine, theirs = (braced(texts.facts(article).texts[number]) for article, number in (one, other))
    return Pair(
        "contradiction", texts.articles[one[0]], texts.articles[other[0]],
        lines[0], lines[1], f"“{mine}” {told}: “{theirs}”",
    )  # fmt: skip
