"""Search queries folded together: ``Unlock bike``, ``bike unlocking`` and ``UNLOCK BIKE`` are one.

The unit is a search: one different query in one visit, however often it was sent (people press
Enter twice, reload, come back). Queries are already redacted when they arrive here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kbtool.model import Event, QueryFigures
from kbtool.text import lower, terms

QueryKey: TypeAlias = tuple[str, tuple[str, ...]]
"""(language or "", sorted index terms)."""


@dataclass(slots=True)
class QueryTally:
    """Sums over the searches of one folded query."""

    searches: int = 0
    with_result: int = 0
    without_result: int = 0
    followed: int = 0
    """Searches with a result by a visitor, so that a click could be seen."""
    clicked: int = 0
    contacted: int = 0
    wordings: Counter[str] = field(default_factory=Counter)

    def count(self, sent: Sequence[Event], *, clicked: bool | None, contacted: bool) -> None:
        """One search, sent one or more times; ``clicked`` is None when it cannot be known."""
        results = [event.results for event in sent if event.results is not None]
        found = any(number > 0 for number in results)
        self.searches += 1
        self.with_result += found
        self.without_result += bool(results) and not found
        self.followed += found and clicked is not None
        self.clicked += found and clicked is True
        self.contacted += bool(results) and not found and contacted
        self.wordings[min(_wording(event) for event in sent)] += 1

    def add(self, other: QueryTally) -> None:
        """Take in what another batch counted."""
        self.searches += other.searches
        self.with_result += other.with_result
        self.without_result += other.without_result
        self.followed += other.followed
        self.clicked += other.clicked
        self.contacted += other.contacted
        self.wordings.update(other.wordings)


def query_key(event: Event) -> QueryKey:
    """What makes two queries the same: their language and the set of their index terms."""
    return event.lang or "", tuple(sorted(set(terms(event.query or "", event.lang))))


def query_figures(
    queries: Mapping[QueryKey, QueryTally], most: int
) -> tuple[tuple[QueryFigures, ...], int]:
    """(The ``most`` queries worth reading, how many were left out).

    Most searches without result first, then most searches, then by wording and language.
    """
    figures = [_figures(lang, counted) for (lang, _), counted in queries.items()]
    figures.sort(key=lambda q: (-q.without_result, -q.searches, q.query, q.lang or ""))
    return tuple(figures[:most]), max(0, len(figures) - most)


def _figures(lang: str, counted: QueryTally) -> QueryFigures:
    commonest = min(counted.wordings, key=lambda text: (-counted.wordings[text], len(text), text))
    return QueryFigures(
        query=commonest,
        lang=lang or None,
        searches=counted.searches,
        without_result=counted.without_result,
        clicked=counted.clicked,
        contacted=counted.contacted,
    )


def _wording(event: Event) -> str:
    return " ".join(lower(event.query or "", event.lang).split())
