"""Counting: one batch of events (a day) → a Tally; tallies add up in any order.

A batch must hold whole visits. Visitors change at 00:00 UTC, so a UTC day always does, and memory
stays bounded by the busiest day and the number of different queries, not by the history.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from kbtool.days import tomorrow
from kbtool.metrics.contact import contact_visit
from kbtool.metrics.holdout import holdout_counts
from kbtool.metrics.outcomes import Contacts, first_views, is_hand_off, judge, last_votes
from kbtool.metrics.queries import QueryKey, QueryTally, query_key, searches_of
from kbtool.model import Event, Visit

MakeVisits: TypeAlias = Callable[[Iterable[Event]], Iterable[Visit]]
TO_COME = "future"
"""Why an event is not counted that is dated on a day to come: a clock was wrong."""
VIEWS_IN = "view in "
"""Before a language (or nothing): views of pages in it."""
IsRead: TypeAlias = Callable[[Event], bool | None]
"""Whether a view was a reading; None when that cannot be known."""
Shelf: TypeAlias = tuple[str, ...]
"""What makes articles similar: (language, category), (language,), or () for all."""


@lru_cache
def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(slots=True)
class Tally:
    """Sums over batches; every number is a count."""

    weeks: defaultdict[date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Counts of the whole site by the Monday (UTC) of the week."""
    excluded: Counter[str] = field(default_factory=Counter)
    articles: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    shelves: defaultdict[Shelf, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    queries: defaultdict[QueryKey, QueryTally] = field(
        default_factory=lambda: defaultdict(QueryTally)
    )
    first_event: datetime | None = None

    @property
    def total(self) -> Counter[str]:
        """The counts of all weeks together."""
        found: Counter[str] = Counter()
        for counts in self.weeks.values():
            found.update(counts)
        return found

    def week(self, at: datetime) -> Counter[str]:
        """The counts of the week that a moment lies in."""
        return self.weeks[_monday(at.date())]

    def add(self, other: Tally) -> None:
        """Take in what another batch counted."""
        self.excluded.update(other.excluded)
        for week, counts in other.weeks.items():
            self.weeks[week].update(counts)
        for article, counts in other.articles.items():
            self.articles[article].update(counts)
        for shelf, counts in other.shelves.items():
            self.shelves[shelf].update(counts)
        for key, query in other.queries.items():
            self.queries[key].add(query)
        times = [at for at in (self.first_event, other.first_event) if at is not None]
        self.first_event = min(times, default=None)


def merged(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies, in any order."""
    counted = Tally()
    for batch in tallies:
        counted.add(batch)
    return counted


@dataclass(frozen=True, slots=True)
class Rules:
    """How visits are made and judged."""

    visits_of: MakeVisits
    contacts: Contacts
    """Also those after the period (``outcomes.contacts_of``)."""
    window: timedelta
    now: datetime
    """When the report is made: a window that ends later is still open."""
    is_read: IsRead
    shelves: Mapping[str, Sequence[Shelf]] = field(default_factory=dict)
    """The shelves of each article, the narrowest first and the last one () (``shelves_of``)."""


def tally(events: Iterable[Event], rules: Rules) -> Tally:
    """What one batch of whole visits counts; the order of the events does not matter."""
    made = Tally()
    known: list[Event] = []
    to_come = tomorrow(rules.now)
    for event in events:
        why = event.excluded or (TO_COME if event.at >= to_come else None)
        if why is not None:
            made.excluded[why] += 1
            continue
        _count_event(made, event, rules)
        if event.visitor is None:
            _count_loose(made, event)
        else:
            known.append(event)
    _count_votes(made, known)
    for visit in rules.visits_of(known):
        _count_visit(made, visit, rules)
    return made


def _count_event(made: Tally, event: Event, rules: Rules) -> None:
    """What needs no visitor."""
    week = made.week(event.at)
    week["events"] += 1
    if made.first_event is None or event.at < made.first_event:
        made.first_event = event.at
    if event.kind == "contact":
        week[f"contact {event.value}"] += 1
    elif event.article is not None and event.kind in ("view", "click"):
        counts = made.articles[event.article]
        week[event.kind] += 1
        counts[event.kind] += 1
        if event.kind == "view":
            week[f"{VIEWS_IN}{event.lang or ''}"] += 1
            if (read := rules.is_read(event)) is not None:
                counts["left"] += 1
                counts["read"] += read


def _count_loose(made: Tally, event: Event) -> None:
    """An event without a visitor stands for itself: each vote and each search counts once."""
    week = made.week(event.at)
    week["without visitor"] += 1
    if event.kind == "vote" and event.article is not None:
        _count_vote(made, event)
        if event.value == "no":
            made.articles[event.article]["failed"] += 1
    elif event.kind == "search" and event.query:
        missed = made.queries[query_key(event)].count([event], clicked=None, contacted=False)
        week["searches"] += 1
        week["without result"] += missed


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
    counts, week = made.articles[str(vote.article)], made.week(vote.at)
    said = "yes" if vote.value == "yes" else "no"
    counts[said] += 1
    week[said] += 1
    if said == "no" and vote.reason:
        counts[f"reason {vote.reason}"] += 1


def _count_visit(made: Tally, visit: Visit, rules: Rules) -> None:
    week = made.week(visit.events[0].at)
    week["visits"] += 1
    kinds = {event.kind for event in visit.events}
    judged = judge(visit, rules.contacts, rules.window)
    week[f"outcome {judged.outcome}"] += 1
    handed = _last_hand_off(visit) if "contact" in kinds else None
    if judged.since is not None:
        week["article visits"] += 1
        week["taken back"] += judged.taken_back
        week["contacted after view"] += _is_after(handed, judged.since)
        week["open"] += judged.since + rules.window > rules.now
    if "view" in kinds:
        _count_views(made, visit, handed, rules, is_voted="vote" in kinds)
    if "contact" in kinds:
        _count_contact_page(week, visit, rules)
    if "search" in kinds:
        _count_searches(made, week, visit, handed)


def _last_hand_off(visit: Visit) -> datetime | None:
    return max((event.at for event in visit.events if is_hand_off(event)), default=None)


def _is_after(handed: datetime | None, moment: datetime) -> bool:
    return handed is not None and handed >= moment


def _count_views(
    made: Tally, visit: Visit, handed: datetime | None, rules: Rules, *, is_voted: bool
) -> None:
    """Each article that was viewed, and each shelf of such articles, once."""
    views = first_views(visit)
    votes = last_votes(visit.events) if is_voted else {}
    first: dict[Shelf, datetime] = {}
    for article, seen in views.items():  # in order of time
        contacted = _is_after(handed, seen)
        counts = made.articles[article]
        counts["visits"] += 1
        if contacted or (article in votes and votes[article].value == "no"):
            counts["contacted"] += contacted
            counts["failed"] += 1
        for shelf in rules.shelves.get(article, ((),)):
            first.setdefault(shelf, seen)
    for shelf, seen in first.items():
        made.shelves[shelf]["visits"] += 1
        if _is_after(handed, seen):
            made.shelves[shelf]["contacted"] += 1
    if handed is not None:
        for article in views:
            for shelf in rules.shelves.get(article, ((),)):
                # what the article's own visits are in the sum of the shelf
                made.articles[article][f"contacted on {len(shelf)}"] += handed >= first[shelf]


def _count_contact_page(week: Counter[str], visit: Visit, rules: Rules) -> None:
    found = contact_visit(visit, rules.contacts, rules.window)
    if found is None:
        return
    week["contact visits"] += 1
    week.update(holdout_counts(visit))
    week["contact visits by widget"] += found.widget
    week["explicit"] += found.explicit
    week["implicit"] += found.implicit
    for step in found.steps:
        week[f"contact visits {step}"] += 1


def _count_searches(made: Tally, week: Counter[str], visit: Visit, handed: datetime | None) -> None:
    """Each different query of a visit counts once, however often it was sent."""
    for search in searches_of(visit):
        contacted = _is_after(handed, search.sent[0].at)
        counted = made.queries[search.key]
        missed = counted.count(search.sent, clicked=search.clicked, contacted=contacted)
        week["searches"] += 1
        week["without result"] += missed
        if search.then is not None:
            counted.refined[search.then] += 1
        if not search.is_told:
            continue
        week["searched"] += 1
        if search.then is not None:
            week["refined"] += 1
        elif not contacted:
            week["found"] += search.clicked
            week["abandoned"] += not search.clicked and not search.read_on
