"""Tickets as evidence of words: who asked in which words, and which article answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from kbtool.suggest.wordings.shelf import is_meaningful
from kbtool.text import term, words

LEAST_PEOPLE = 3
"""Different requesters who use a word before it is shown or proposed."""
SURE = 10.83
"""Log-likelihood ratio from which a word belongs to an article: chance in one of a thousand
(chi-squared, one degree of freedom; Dunning 1993)."""


@dataclass(frozen=True)
class Case:
    """One ticket's question, redacted."""

    ticket: str
    """Its key."""
    person: str
    """Who asked; a ticket without a requester counts as one person."""
    lang: str
    article: str | None
    """The article in that language that answered it; None when none did."""
    text: str
    forms: tuple[str, ...] = ()
    """Sentences and clauses of it that may stand in public by themselves."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its lower-case words in order."""
        return tuple(words(self.text, self.lang))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of its words that mean something."""
        return frozenset(term(w, self.lang) for w in self.words if is_meaningful(w, self.lang))


class Cases:
    """All cases of one language: how many people use a word, about an article and at all."""

    def __init__(self, cases: Iterable[Case], lang: str, common: Collection[str] = ()) -> None:
        """``common`` are terms that agents use in their replies, whoever they write to."""
        self.lang = lang
        self.common = common
        self.all = sorted((c for c in cases if c.lang == lang), key=lambda c: c.ticket)
        self.people: dict[str, set[str]] = defaultdict(set)
        """Term → who uses it."""
        self._everybody = {case.person for case in self.all}
        self._of: dict[str | None, list[Case]] = defaultdict(list)
        self._users: dict[str | None, dict[str, set[str]]] = {}
        for case in self.all:
            self._of[case.article].append(case)
            for one in case.terms:
                self.people[one].add(case.person)

    @property
    def articles(self) -> list[str]:
        """The articles that answered some of them."""
        return sorted(article for article in self._of if article is not None)

    def of(self, article: str) -> Sequence[Case]:
        """Those that an article answered."""
        return self._of.get(article, [])

    def users(self, article: str) -> dict[str, set[str]]:
        """Term → who uses it in what the article answered."""
        if article not in self._users:
            found: dict[str, set[str]] = defaultdict(set)
            for case in self.of(article):
                for one in case.terms:
                    found[one].add(case.person)
            self._users[article] = found
        return self._users[article]

    def belongs(self, one: str, article: str) -> float:
        """How surely people who are answered by the article use a term more than others do.

        The log-likelihood ratio, 0 or more; 0 too when they use it less.
        """
        readers = {case.person for case in self.of(article)}
        users = self.people.get(one, set())
        inside, size = len(self.users(article).get(one, ())), len(readers)
        outside, others = len(users - readers), len(self._everybody - readers)
        if not size or inside * others <= outside * size:
            return 0.0
        return log_likelihood(inside, size - inside, outside, others - outside)


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """G² of the table ((a, b), (c, d)): Dunning, Accurate Methods for the Statistics of Surprise
    and Coincidence, 1993.
    """
    table = _entropy(a, b, c, d)
    return max(0.0, 2 * (table - _entropy(a + b, c + d) - _entropy(a + c, b + d)))


def _entropy(*counts: int) -> float:
    total = sum(counts)
    return sum(n * log(n / total) for n in counts if n)


def common_terms(replies: Iterable[str], lang: str) -> frozenset[str]:
    """The terms that stand in at least three of these replies (all public ones of a ticket each)."""
    counts = Counter(
        one for text in replies for one in {term(word, lang) for word in words(text, lang)}
    )
    return frozenset(one for one, n in counts.items() if n >= LEAST_PEOPLE)
