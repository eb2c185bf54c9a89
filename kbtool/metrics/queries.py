"""Search queries folded together: ``Unlock bike``, ``bike unlocking`` and ``UNLOCK BIKE`` are one.

The unit is a search: one different query in one visit, however often it was sent (people press
Enter twice, reload, come back). Queries are already redacted when they arrive here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from kbtool.intervals import rate
from kbtool.model import Event, QueryFigures, SearchFigures, Visit
from kbtool.text import lower, terms

QueryKey: TypeAlias = tuple[str, tuple[str, ...]]
"""(language or "", sorted index terms)."""
MAX_REFINED = 3
"""Queries kept of those that came next."""


@dataclass(slots=True)
class Search:
    """A query in a visit, and what the visit did with it."""

    key: QueryKey
    sent: list[Event]
    """Its events, in order of time."""
    clicked: bool = False
    """A result of it was opened, before or after it was sent again."""
    then: str | None = None
    """What the visit searched for next; None when it searched for nothing else."""
    read_on: bool = False
    """An article was viewed after it."""

    @property
    def is_told(self) -> bool:
        """Whether it is known how many results it had. A line of a log does not tell, nor what was
        opened of them.
        """
        return any(event.results is not None for event in self.sent)


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
    refined: Counter[str] = field(default_factory=Counter)
    """What was searched for next in the same visits."""

    def count(self, sent: Sequence[Event], *, clicked: bool | None, contacted: bool) -> bool:
        """One search, sent one or more times; ``clicked`` is None when it cannot be known.

        Returns whether it found nothing.
        """
        results = [event.results for event in sent if event.results is not None]
        found = any(number > 0 for number in results)
        missed = bool(results) and not found
        self.searches += 1
        self.with_result += found
        self.without_result += missed
        self.followed += found and clicked is not None
        self.clicked += found and clicked is True
        self.contacted += missed and contacted
        self.wordings[min(_wording(event) for event in sent)] += 1
        return missed

    def add(self, other: QueryTally) -> None:
        """Take in what another batch counted."""
        self.searches += other.searches
        self.with_result += other.with_result
        self.without_result += other.without_result
        self.followed += other.followed
        self.clicked += other.clicked
        self.contacted += other.contacted
        self.wordings.update(other.wordings)
        self.refined.update(other.refined)


def query_key(event: Event) -> QueryKey:
    """What makes two queries the same: their language and the set of their index terms."""
    return event.lang or "", tuple(sorted(set(terms(event.query or "", event.lang))))


def searches_of(visit: Visit) -> list[Search]:
    """The different queries of a visit, in the order in which each was sent last."""
    found: dict[QueryKey, Search] = {}
    clicked: set[QueryKey] = set()
    unread: list[Search] = []
    for event in visit.events:
        if event.kind == "view" and event.article is not None:
            for search in unread:
                search.read_on = True
            unread.clear()  # a program may search and view thousands of times in one visit
        elif event.query and event.kind == "search":
            key = query_key(event)
            search = found.pop(key) if key in found else Search(key, [])
            search.sent.append(event)
            search.read_on = False
            unread.append(search)
            found[key] = search
        elif event.query and event.kind == "click":
            clicked.add(query_key(event))
    made = list(found.values())
    for search, following in pairwise(made):
        search.then = min(_wording(event) for event in following.sent)
    for search in made:
        search.clicked = search.key in clicked
    return made


def query_figures(
    queries: Mapping[QueryKey, QueryTally], most: int
) -> tuple[tuple[QueryFigures, ...], int]:
    """(The ``most`` queries worth reading, how many were left out).

    Most searches without result first, then most searches, then by wording and language.
    """
    figures = [_figures(lang, counted) for (lang, _), counted in queries.items()]
    figures.sort(key=lambda q: (-q.without_result, -q.searches, q.query, q.lang or ""))
    return tuple(figures[:most]), max(0, len(figures) - most)


def search_figures(total: Counter[str], min_count: int) -> SearchFigures:
    """How searching went, from the counts of a whole report."""
    of = total["searched"]
    return SearchFigures(
        success=rate(total["found"], of, min_count),
        refined=rate(total["refined"], of, min_count),
        abandoned=rate(total["abandoned"], of, min_count),
    )


def _figures(lang: str, counted: QueryTally) -> QueryFigures:
    refined = _commonest_first(counted.refined)[:MAX_REFINED]
    return QueryFigures(
        query=_commonest_first(counted.wordings)[0],
        lang=lang or None,
        searches=counted.searches,
        without_result=counted.without_result,
        clicked=counted.clicked,
        contacted=counted.contacted,
        followed=counted.followed,
        refined=tuple((text, counted.refined[text]) for text in refined),
    )


def _commonest_first(texts: Counter[str]) -> list[str]:
    return sorted(texts, key=lambda text: (-texts[text], len(text), text))


def _wording(event: Event) -> str:
    return " ".join(lower(event.query or "", event.lang).split())
