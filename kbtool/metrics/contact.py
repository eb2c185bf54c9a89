"""What became of the visits that came to the contact page: a lower and an upper bound.

These visits meant to write to a person, so here, and only here, a share of visits says something
about contacts. Both bounds are shares of the same visits and are never added up.

``explicit``  the visitor chose "solved" and came to no person between the beginning of the visit
              and the end of the window, which begins with "solved". Who was helped and left without
              a word is missing: a lower bound.
``implicit``  the visitor opened an article or a suggestion and came to no person between the
              beginning of the visit and the end of the window, which begins with that. Who gave up,
              and whoever wrote where it could not be seen, is in here: an upper bound, and the
              worse visits and tickets can be tied, the higher it is. So λ, the share of tickets
              that could be, stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kbtool.intervals import rate
from kbtool.metrics.holdout import holdout_figures
from kbtool.metrics.outcomes import Contacts, first_opened, within
from kbtool.model import ContactFigures, Visit

STEPS = ("open", "typed", "shown", "opened", "solved", "handoff")
"""The steps of the contact page (kbtool/events/parse.py), in the order of the page."""


@dataclass(frozen=True, slots=True)
class DeskTickets:
    """The tickets created in the time that a report is about."""

    created: int = 0
    tied: int = 0
    """Of these, those with the visit token of a counted hand-off by a visitor."""
    by_week: Mapping[date, int] | None = None
    """By the Monday (UTC) of their week; None where no ticket has a date."""


NO_TICKETS = DeskTickets()


@dataclass(frozen=True, slots=True)
class ContactVisit:
    """What a visit did on the contact page."""

    steps: frozenset[str]
    widget: bool
    """It came there from the widget."""
    explicit: bool
    implicit: bool


def contact_visit(visit: Visit, contacts: Contacts, window: timedelta) -> ContactVisit | None:
    """What a visit did on the contact page; None when it did not come there."""
    on_page = [event for event in visit.events if event.kind == "contact"]
    if not on_page:
        return None
    came = contacts.get(visit.visitor, ())
    solved = [event.at for event in on_page if event.value == "solved"]
    opened = [*solved, *first_opened(visit).values()]  # "solved" is said on an article
    return ContactVisit(
        steps=frozenset(str(event.value) for event in on_page),
        widget=any(event.source == "widget" for event in on_page),
        explicit=bool(solved) and not within(came, visit, min(solved) + window),
        implicit=bool(opened) and not within(came, visit, min(opened) + window),
    )


def contact_figures(total: Counter[str], tickets: DeskTickets, min_count: int) -> ContactFigures:
    """The figures of the contact page from the counts of a whole report."""
    visits = total["contact visits"]
    return ContactFigures(
        steps=tuple((step, total[f"contact visits {step}"]) for step in STEPS),
        explicit=rate(total["explicit"], visits, min_count),
        implicit=rate(total["implicit"], visits, min_count),
        linked=rate(tickets.tied, tickets.created, min_count),
        widget=total["contact visits by widget"],
        holdout=holdout_figures(total, min_count),
    )
