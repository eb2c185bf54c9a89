"""The articles that are held against each other, and what was found of two of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kbtool.articles.checks.facts import Facts, Wording, wordings
from kbtool.articles.checks.pairs import Pair
from kbtool.articles.checks.shelf import Shelf
from kbtool.model import Article, Finding

Place: TypeAlias = tuple[int, int]
"""(number of the article, number of its sentence or wording)."""
_FEW_HOLD = 3
"""A term that no more articles hold than these, or than the root of their number, is telling."""


class Texts:
    """Articles in order with what each says, worked out when it is first asked for."""

    def __init__(
        self,
        shelf: Shelf,
        facts: Callable[[Article], Facts],
        holding: Mapping[str, Mapping[str, int]],
    ) -> None:
        """``holding``: how many articles of a language hold a term."""
        self.shelf = shelf
        self.articles = shelf.alive
        self._find = facts
        self._facts: dict[int, Facts] = {}
        self._asked: dict[int, tuple[Wording, ...]] = {}
        self._holding = holding
        langs = [article.lang for article in self.articles]
        self._usual = {lang: max(_FEW_HOLD, math.isqrt(langs.count(lang))) for lang in {*langs}}

    def facts(self, article: int) -> Facts:
        """What an article says."""
        if article not in self._facts:
            self._facts[article] = self._find(self.articles[article])
        return self._facts[article]

    def asked(self, article: int) -> tuple[Wording, ...]:
        """What an article answers."""
        if article not in self._asked:
            self._asked[article] = wordings(self.articles[article])
        return self._asked[article]

    def wording(self, place: Place) -> Wording:
        """One of them."""
        return next(one for one in self.asked(place[0]) if one.number == place[1])

    def are_telling(self, terms: Sequence[str], lang: str, least: int) -> bool:
        """Whether so few articles hold ``least`` of these terms that they name a subject."""
        known, usual = self._holding.get(lang, {}), self._usual[lang]
        return sum(known.get(t, 0) <= usual for t in terms) >= least


@dataclass(slots=True)
class Meeting:
    """Two places that may say the same or contradict each other."""

    rule: int
    """Which one brought them together; of several that are right, the first is told."""
    feature: int
    """In what they met; 0 where it was no single one."""
    one: Place
    other: Place
    """Of a later article."""
    terms: tuple[str, ...] = ()
    """What both say; enough of it must be telling."""
    share: int = 0
    """Of texts: percent of the shorter one."""
    settled: bool = False
    finding: Finding | None = None
    """What it comes to, once settled."""


Judge: TypeAlias = Callable[[Texts, Meeting], Pair | None]
"""What two articles that met have to do with each other, when anything."""
