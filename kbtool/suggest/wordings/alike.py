"""Synonyms from tickets: a word that no article has, used just where others use the article's.

Words of one meaning stand beside the same words and not beside each other ("my telly shows no
picture", "the tv shows no picture"): Harris, Distributional Structure, 1954. Words of one kind
("red", "blue") do so too, so a pair needs more: both belong to one article's customers, the known
word is a usual one among them, and no other word of any article comes nearer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from kbtool.suggest.wordings.cases import LEAST_PEOPLE, SURE, Case, Cases
from kbtool.suggest.wordings.shelf import Shelf, Shelved, is_form_of, is_meaningful, is_slip
from kbtool.text import sentences, term, words

LEAST_ALIKE = 0.35
"""Cosine of two words' neighbours from which they may mean the same. Set by hand after reading the
pairs of public sets of questions (English, Estonian, Turkish): no optimum, and not measured on
tickets with known synonyms."""
OWN = 2 / 3
"""Share of those who use the unknown word whom one article answered."""
USUAL = 0.1
"""Share of the article's customers who use the known word."""
TOGETHER = 1 / 3
"""Both stand in one question at most this many times as often as chance would have it."""
FEW = 0.2
"""A word that more of the articles are asked by tells them not apart."""
SLIPS = 3
"""A form of a word that three times as many people use is a slip."""
MOST_TEXTS = 20_000
"""Questions whose neighbours are counted."""
_NEAR = (-2, -1, 1, 2)


@dataclass(frozen=True, slots=True)
class Alike:
    """A customers' word and the article's word that may mean the same."""

    lang: str
    word: str
    known: str
    article: Shelved
    likeness: float
    """Cosine of their neighbours, 0 to 1."""
    belongs: float
    """Log-likelihood ratio of word and article."""
    cases: tuple[Case, ...]
    """The tickets that use the word and that the article answered."""

    @property
    def people(self) -> int:
        """Different people who wrote them."""
        return len({case.person for case in self.cases})


def alike(cases: Cases, shelf: Shelf) -> Iterator[Alike]:
    """The pairs of one language, by the customers' word; few and sure rather than many."""
    known = shelf.vocabulary(cases.lang)
    strange = [
        one
        for one, people in sorted(cases.people.items())
        if len(people) >= LEAST_PEOPLE and one not in known
    ]
    if not strange:
        return
    space = _Space(cases, shelf)
    for one in strange:
        found = _pair(one, cases, shelf, space)
        if found is not None:
            yield found


def _pair(one: str, cases: Cases, shelf: Shelf, space: _Space) -> Alike | None:
    """The article's word that a strange term stands for; None when that is not sure."""
    name = max(cases.articles, key=lambda a: (len(cases.users(a).get(one, ())), a), default="")
    there = shelf.in_language(name, cases.lang)
    users = cases.users(name).get(one, set())
    if (
        there is None
        or len(users) < max(LEAST_PEOPLE, OWN * len(cases.people[one]))
        or cases.belongs(one, name) < SURE
    ):
        return None
    best = max(
        _candidates(one, there, cases, shelf, space),
        key=lambda other: (space.likeness(one, other), other),
        default=None,
    )
    if best is None or space.likeness(one, best) < LEAST_ALIKE or space.nearest(one) != best:
        return None
    word, other = space.spelling(one), space.spelling(best)
    if is_form_of(word, other) or shelf.is_synonym([word], [other], cases.lang):
        return None
    usual = (more for more in cases.people if _is_usual(more, one, cases))
    if any(is_slip(word, space.spelling(more)) for more in usual):
        return None  # search corrects it
    own = tuple(case for case in cases.of(name) if one in case.terms)
    likeness, belongs = space.likeness(one, best), cases.belongs(one, name)
    return Alike(cases.lang, word, other, there, likeness, belongs, own)


def _is_usual(one: str, other: str, cases: Cases) -> bool:
    """Whether so many more people use a term than another that the other may be a slip of it."""
    return one != other and len(cases.people[one]) >= SLIPS * len(cases.people[other])


def _candidates(
    one: str, there: Shelved, cases: Cases, shelf: Shelf, space: _Space
) -> Iterator[str]:
    """The words of title, wordings and tags that few articles have and many customers use, but not
    beside the strange one.
    """
    own, users = cases.of(there.id), cases.users(there.id)
    everybody = {case.person for case in own}
    others = shelf.of_language(cases.lang)
    with_one = [case for case in own if one in case.terms]
    for other in sorted(there.asked):
        people = len(users.get(other, ()))
        if people < max(LEAST_PEOPLE, USUAL * len(everybody)) or not space.knows(other):
            continue
        holders = sum(other in shelved.asked for shelved in others)
        with_other = sum(other in case.terms for case in own)
        together = sum(other in case.terms for case in with_one)
        by_chance = len(with_one) * with_other / len(own)
        if holders <= max(2, FEW * len(others)) and together <= TOGETHER * by_chance:
            yield other


class _Space:
    """The neighbours of each term in customers' questions and in the articles."""

    def __init__(self, cases: Cases, shelf: Shelf) -> None:
        self._lang = cases.lang
        self._known = shelf.vocabulary(cases.lang)
        self._near: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        self._spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for case in cases.all[:MOST_TEXTS]:
            for line in case.text.splitlines():
                self._read(words(line, self._lang))
        for shelved in shelf.of_language(self._lang):
            article = shelved.article
            for line in (article.title, *article.also_asked, *sentences(article.body)):
                self._read(words(line, self._lang))
        self._totals = Counter({one: near.total() for one, near in self._near.items()})
        self._usual: Counter[tuple[int, str]] = Counter()
        for near in self._near.values():
            self._usual.update(near)
        self._all = self._usual.total()
        self._vectors: dict[str, dict[tuple[int, str], float]] = {}
        self._holders: dict[tuple[int, str], list[str]] | None = None

    def knows(self, one: str) -> bool:
        """Whether a term occurs often enough to be compared."""
        return self._totals[one] >= len(_NEAR) * LEAST_PEOPLE

    def spelling(self, one: str) -> str:
        """How a term is mostly written."""
        spelt = self._spelt[one]
        return min(spelt, key=lambda w: (-spelt[w], w), default=one)

    def likeness(self, one: str, other: str) -> float:
        """Cosine of the two terms' neighbours."""
        a, b = self._vector(one), self._vector(other)
        dot = sum(weight * b[near] for near, weight in a.items() if near in b)
        return dot / (_length(a) * _length(b)) if dot else 0.0

    def nearest(self, one: str) -> str | None:
        """The term of the articles whose neighbours are most alike."""
        if self._holders is None:
            self._holders = defaultdict(list)
            for other in sorted(self._known):
                if self.knows(other) and is_meaningful(self.spelling(other), self._lang):
                    for near in self._vector(other):
                        self._holders[near].append(other)
        sums: dict[str, float] = defaultdict(float)
        for near, weight in self._vector(one).items():
            for other in self._holders.get(near, ()):
                sums[other] += weight * self._vector(other)[near]
        return max(
            sums,
            key=lambda other: (sums[other] / _length(self._vector(other)), other),
            default=None,
        )

    def _read(self, said: Sequence[str]) -> None:
        line = [term(word, self._lang) for word in said]
        for place, one in enumerate(line):
            self._spelt[one][said[place]] += 1
            for step in _NEAR:
                there = place + step
                beside = line[there] if 0 <= there < len(line) else ""
                self._near[one][step, beside] += 1

    def _vector(self, one: str) -> dict[tuple[int, str], float]:
        """Positive pointwise mutual information with each neighbour, by its place; what stands two
        words away counts half, what was seen once counts half.
        """
        if one not in self._vectors:
            found = {}
            for near, count in self._near[one].items():
                chance = self._totals[one] * self._usual[near] / self._all
                if count > chance:
                    weight = log(count / chance) * min(1.0, count / 2)
                    found[near] = weight if abs(near[0]) == 1 else weight / 2
            self._vectors[one] = found
        return self._vectors[one]


def _length(vector: dict[tuple[int, str], float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))
