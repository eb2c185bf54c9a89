"""What became of a visit: was a contact made unnecessary?

The rule. Only a visit that viewed an article has an outcome; any other is ``unknown``.

``none``       the visitor went on to a person (contact ``handoff``) between the beginning of the
               visit and the end of the window. One hand-off undoes every visit it falls to.
``confirmed``  no such hand-off, and after opening an article the visitor said that it helped: the
               visit's last vote on an article viewed before is "yes", or contact "solved".
``potential``  no such hand-off and no sign. An upper bound: who gave up or never meant to write
               counts here too, so it is never added to ``confirmed``.
``unknown``    no article was viewed. Events without a visitor form no visit at all.

The window begins with the visit's first article view. Visitors are hashes that change at 00:00
UTC: whatever the window, a hand-off on a later day cannot be tied to the visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kbtool.model import Event, Outcome, Visit


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of one visit."""

    outcome: Outcome
    taken_back: bool
    """There was an explicit sign, and a hand-off at or after it."""


def hand_offs(events: Iterable[Event]) -> dict[str, tuple[datetime, ...]]:
    """When each visitor went on to a person (counted events only), oldest first."""
    found: dict[str, list[datetime]] = {}
    for event in events:
        if event.excluded is None and event.visitor is not None and is_hand_off(event):
            found.setdefault(event.visitor, []).append(event.at)
    return {visitor: tuple(sorted(times)) for visitor, times in sorted(found.items())}


def is_hand_off(event: Event) -> bool:
    """Whether the visitor went on to a person."""
    return event.kind == "contact" and event.value == "handoff"


def first_views(visit: Visit) -> dict[str, datetime]:
    """When each article was first viewed in the visit."""
    views: dict[str, datetime] = {}
    for event in visit.events:
        if event.kind == "view" and event.article is not None:
            views[event.article] = min(event.at, views.get(event.article, event.at))
    return views


def last_votes(events: Iterable[Event]) -> dict[str, Event]:
    """The last vote on each article; votes of the same second go by their ids."""
    votes = [e for e in events if e.kind == "vote" and e.article is not None]
    return {str(e.article): e for e in sorted(votes, key=lambda e: (e.at, e.id))}


def judge(visit: Visit, contacts: Mapping[str, Sequence[datetime]], window: timedelta) -> Judgement:
    """The outcome of a visit; ``contacts`` are all hand-offs by visitor (``hand_offs``)."""
    views = first_views(visit)
    if not views:
        return Judgement("unknown", taken_back=False)
    begin = min(event.at for event in visit.events)
    end = min(views.values()) + window
    contacted = [at for at in contacts.get(visit.visitor, ()) if begin <= at <= end]
    signs = _signs(visit, views)
    if contacted:
        return Judgement("none", taken_back=bool(signs) and max(contacted) >= min(signs))
    return Judgement("confirmed" if signs else "potential", taken_back=False)


def _signs(visit: Visit, views: Mapping[str, datetime]) -> list[datetime]:
    """When the visitor said that it helped, after opening an article."""
    helped = [
        vote.at
        for article, vote in last_votes(visit.events).items()
        if vote.value == "yes" and article in views and vote.at >= views[article]
    ]
    opened = min(views.values())
    solved = [
        event.at
        for event in visit.events
        if event.kind == "contact" and event.value == "solved" and event.at >= opened
    ]
    return helped + solved
