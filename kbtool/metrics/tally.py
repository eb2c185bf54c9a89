"""Counting: one batch of events (a day) → a Tally; tallies add up in any order.

A batch must hold whole visits. Visitors change at 00:00 UTC, so a UTC day always does, and memory
stays bounded by the busiest day and the number of different queries, not by the history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from kbtool.metrics.outcomes import first_views, is_hand_off, judge, last_votes
from kbtool.metrics.queries import QueryKey, QueryTally, query_key
from kbtool.model import Event, Visit

MakeVisits: TypeAlias = Callable[[Iterable[Event]], Iterable[Visit]]


@dataclass(slots=True)
class Tally:
    """Sums over batches; every number is a count. ``total`` holds the counts of the whole site."""

    total: Counter[str] = field(default_factory=Counter)
    excluded: Counter[str] = field(default_factory=Counter)
    articles: dict[str, Counter[str]] = field(default_factory=dict)
    queries: dict[QueryKey, QueryTally] = field(default_factory=dict)
    first_event: datetime | None = None

    def article(self, article: str) -> Counter[str]:
        """The counts of one article, made when missing."""
        return self.articles.setdefault(article, Counter())

    def query(self, key: QueryKey) -> QueryTally:
        """The counts of one folded query, made when missing."""
        return self.queries.setdefault(key, QueryTally())

    def add(self, other: Tally) -> None:
        """Take in what another batch counted."""
        self.total.update(other.total)
        self.excluded.update(other.excluded)
        for article, counts in other.articles.items():
            self.article(article).update(counts)
        for key, query in other.queries.items():
            self.query(key).add(query)
        times = [at for at in (self.first_event, other.first_event) if at is not None]
        self.first_event = min(times, default=None)


@dataclass(frozen=True, slots=True)
class Rules:
    """How visits are made and judged."""

    visits_of: MakeVisits
    contacts: Mapping[str, Sequence[datetime]]
    """Hand-offs by visitor, also those after the period (``outcomes.hand_offs``)."""
    window: timedelta
    now: datetime
    """When the report is made: a window that ends later is still open."""


def tally(events: Iterable[Event], rules: Rules) -> Tally:
    """What one batch of whole visits counts; the order of the events does not matter."""
    made = Tally()
    known: list[Event] = []
    for event in events:
        if event.excluded is not None:
            made.excluded[event.excluded] += 1
            continue
        _count_event(made, event)
        if event.visitor is None:
            _count_loose(made, event)
        else:
            known.append(event)
    _count_votes(made, known)
    for visit in rules.visits_of(known):
        _count_visit(made, visit, rules)
    return made


def _count_event(made: Tally, event: Event) -> None:
    """What needs no visitor."""
    made.total["events"] += 1
    made.first_event = min(event.at, made.first_event or event.at)
    if event.kind == "contact":
        made.total[f"contact {event.value}"] += 1
    elif event.article is not None and event.kind in ("view", "click"):
        made.total[event.kind] += 1
        made.article(event.article)[event.kind] += 1


def _count_loose(made: Tally, event: Event) -> None:
    """An event without a visitor stands for itself: each vote and each search counts once."""
    made.total["without visitor"] += 1
    if event.kind == "vote" and event.article is not None:
        _count_vote(made, event)
        if event.value == "no":
            made.article(event.article)["failed"] += 1
    elif event.kind == "search" and event.query:
        made.query(query_key(event)).count([event], clicked=None, contacted=False)


def _count_votes(made: Tally, events: Sequence[Event]) -> None:
    """The last vote of each visitor on each article."""
    by_visitor: dict[str, list[Event]] = {}
    for event in events:
        if event.kind == "vote" and event.visitor is not None:
            by_visitor.setdefault(event.visitor, []).append(event)
    for votes in by_visitor.values():
        for vote in last_votes(votes).values():
            _count_vote(made, vote)


def _count_vote(made: Tally, vote: Event) -> None:
    counts = made.article(str(vote.article))
    counts["votes"] += 1
    made.total["votes"] += 1
    if vote.value == "yes":
        counts["yes"] += 1
        made.total["yes"] += 1


def _count_visit(made: Tally, visit: Visit, rules: Rules) -> None:
    made.total["visits"] += 1
    judged = judge(visit, rules.contacts, rules.window)
    made.total[f"outcome {judged.outcome}"] += 1
    made.total["taken back"] += judged.taken_back
    handed = [event.at for event in visit.events if is_hand_off(event)]
    _count_views(made, visit, handed, rules)
    _count_contact_page(made, visit, rules)
    _count_searches(made, visit, handed)


def _count_views(made: Tally, visit: Visit, handed: Sequence[datetime], rules: Rules) -> None:
    views = first_views(visit)
    if not views:
        return
    made.total["article visits"] += 1
    made.total["contacted after view"] += any(at >= min(views.values()) for at in handed)
    made.total["open"] += min(views.values()) + rules.window > rules.now
    votes = last_votes(visit.events)
    for article, seen in views.items():
        counts = made.article(article)
        contacted = any(at >= seen for at in handed)
        counts["visits"] += 1
        counts["contacted"] += contacted
        counts["failed"] += contacted or (article in votes and votes[article].value == "no")


def _count_contact_page(made: Tally, visit: Visit, rules: Rules) -> None:
    """Visits that came to the contact page, and those that left it with "solved"."""
    contacts = [event for event in visit.events if event.kind == "contact"]
    if not contacts:
        return
    made.total["contact visits"] += 1
    solved = [event.at for event in contacts if event.value == "solved"]
    begin = min(event.at for event in visit.events)
    end = min(solved, default=begin) + rules.window
    handed = rules.contacts.get(visit.visitor, ())
    made.total["contact visits solved"] += bool(solved) and not any(
        begin <= at <= end for at in handed
    )


def _count_searches(made: Tally, visit: Visit, handed: Sequence[datetime]) -> None:
    """Each different query of a visit counts once, however often it was sent."""
    searches: dict[QueryKey, list[Event]] = {}
    clicked: set[QueryKey] = set()
    for event in visit.events:
        if event.query and event.kind == "search":
            searches.setdefault(query_key(event), []).append(event)
        elif event.query and event.kind == "click":
            clicked.add(query_key(event))
    for key, sent in searches.items():
        contacted = any(at >= min(event.at for event in sent) for at in handed)
        made.query(key).count(sent, clicked=key in clicked, contacted=contacted)
