"""What became of a visit: was a contact made unnecessary?

The rule. Only a visit that viewed an article has an outcome; any other is ``unknown``. A suggestion
opened on the contact page is such a view, also where the page's own view was lost.

``none``       the visitor came to a person (a hand-off, or a ticket that carries the visit token of
               one) between the beginning of the visit and the end of the window. One contact undoes
               every visit it falls to.
``confirmed``  no such contact, and after opening an article the visitor said that it helped: the
               visit's last vote on an article viewed before is "yes", or contact "solved".
``potential``  no such contact and no sign. An upper bound: who gave up or never meant to write
               counts here too, so it is never added to ``confirmed``.
``unknown``    no article was viewed. Events without a visitor form no visit at all.

The window begins with the visit's first article view. Visitors are hashes that change at 00:00
UTC: whatever the window, a contact on a later day is tied to the visit only by a visit token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from kbtool.model import Event, Outcome, Visit

Contacts: TypeAlias = Mapping[str, Sequence[datetime]]
"""When each visitor came to a person, oldest first (``contacts_of``)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one visit."""

    outcome: Outcome
    taken_back: bool
    """There was an explicit sign, and a contact at or after it."""
    since: datetime | None = None
    """When the first article was opened; None when none was."""


def contacts_of(
    events: Iterable[Event], tickets: Iterable[tuple[str, datetime]] = ()
) -> dict[str, tuple[datetime, ...]]:
    """When each visitor came to a person, oldest first.

    That is: counted hand-offs in ``events``, and for the visit tokens that a visitor handed off
    with, all hand-offs with these tokens (a tab that stays open past midnight has another visitor)
    and the creation of ``tickets``, as (token, time), that carry them.
    """
    own: dict[str, set[datetime]] = {}
    tokens: dict[str, set[str]] = {}
    moments: dict[str, set[datetime]] = {}
    for event in events:
        if event.excluded is None and event.visitor is not None and is_hand_off(event):
            own.setdefault(event.visitor, set()).add(event.at)
            if event.token is not None:
                tokens.setdefault(event.visitor, set()).add(event.token)
                moments.setdefault(event.token, set()).add(event.at)
    for token, created in tickets:
        if token in moments:
            moments[token].add(created)
    return {
        visitor: tuple(sorted(times.union(*(moments[t] for t in tokens.get(visitor, ())))))
        for visitor, times in sorted(own.items())
    }


def is_hand_off(event: Event) -> bool:
    """Whether the visitor went on to a person."""
    return event.kind == "contact" and event.value == "handoff"


def first_views(visit: Visit) -> dict[str, datetime]:
    """When each article was first viewed in the visit."""
    views: dict[str, datetime] = {}
    for event in visit.events:
        if event.kind == "view" and event.article is not None:
            views.setdefault(event.article, event.at)
    return views


def first_opened(visit: Visit) -> dict[str, datetime]:
    """When each article was first viewed, or opened as a suggestion on the contact page."""
    opened: dict[str, datetime] = {}
    for event in visit.events:
        if event.article is not None and (
            event.kind == "view" or (event.kind == "contact" and event.value == "opened")
        ):
            opened.setdefault(event.article, event.at)
    return opened


def last_votes(events: Iterable[Event]) -> dict[str, Event]:
    """The last vote on each article; votes of the same second go by their ids."""
    votes = [e for e in events if e.kind == "vote" and e.article is not None]
    return {str(e.article): e for e in sorted(votes, key=lambda e: (e.at, e.id))}


def judge(visit: Visit, contacts: Contacts, window: timedelta) -> Judgement:
    """The outcome of a visit, whose events are in order of time."""
    opened = first_opened(visit)
    if not opened:
        return Judgement("unknown", taken_back=False)
    first = next(iter(opened.values()))
    contacted = within(contacts.get(visit.visitor, ()), visit, first + window)
    signs = _signs(visit, opened, first)
    if contacted:
        return Judgement("none", bool(signs) and max(contacted) >= min(signs), first)
    return Judgement("confirmed" if signs else "potential", taken_back=False, since=first)


def within(times: Iterable[datetime], visit: Visit, end: datetime) -> list[datetime]:
    """Those of these times between the beginning of the visit and ``end``, both included."""
    begin = visit.events[0].at
    return [at for at in times if begin <= at <= end]


def _signs(visit: Visit, opened: Mapping[str, datetime], first: datetime) -> list[datetime]:
    """When the visitor said that it helped, after opening an article."""
    said = [e for e in visit.events if e.kind == "vote" or e.value == "solved"]
    if not said:  # as in nearly all visits
        return []
    helped = [
        vote.at
        for article, vote in last_votes(said).items()
        if vote.value == "yes" and article in opened and vote.at >= opened[article]
    ]
    solved = [e.at for e in said if e.kind == "contact" and e.at >= first]
    return helped + solved
