"""The contact page's figures, counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kbtool.events.visits import visits
from kbtool.metrics.contact import STEPS, DeskTickets, contact_visit
from kbtool.metrics.outcomes import contacts_of
from kbtool.model import ContactFigures, Event, Rate
from tests.metrics.histories import click, contact, report_of, search, view

DAY = timedelta(days=1)


def bounds(*events: Event) -> str:
    """ "e" when the first visit is in the lower bound, "i" when it is in the upper one."""
    found = contact_visit(visits(events)[0], contacts_of(events), 7 * DAY)
    return "-" if found is None else "e" * found.explicit + "i" * found.implicit


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([view(0)], "-"),
        ([search(0, "tyre", 2), click(1, "tyre")], "-"),
        ([contact(0, "open")], ""),
        ([contact(0, "open"), contact(1, "typed"), contact(2, "shown")], ""),
        ([contact(0, "open"), view(1)], "i"),
        ([view(0), contact(1, "open")], "i"),
        ([contact(0, "open"), contact(1, "opened", article="kb-1")], "i"),
        ([contact(0, "open"), view(1), contact(2, "solved")], "ei"),
        ([contact(0, "solved")], "ei"),
        ([contact(0, "open"), view(1), contact(2, "handoff")], ""),
        ([contact(0, "open"), view(1), contact(2, "solved"), contact(3, "handoff")], ""),
        ([contact(0, "handoff"), view(1), contact(2, "solved")], ""),
        ([view(0), contact(1, "solved"), contact(6 * 24 * 60, "handoff")], ""),
        ([view(0), contact(1, "solved"), contact(8 * 24 * 60, "handoff")], "ei"),
        ([view(0), contact(25, "solved"), contact(7 * 24 * 60 + 5, "handoff")], "i"),
    ],
)
def test_which_bounds_a_visit_is_in(events: list[Event], expected: str) -> None:
    """Only visits that came to the page; "solved" needs no view; any contact in the window ends it.

    In the last one the hand-off comes after the article's window and within that of "solved".
    """
    assert bounds(*events) == expected


def test_the_figures_of_a_small_history() -> None:
    """ann is helped, bob writes, cem leaves, dee (from the widget) opens and leaves, eva only reads."""
    events = [
        contact(0, "open", "ann"),
        contact(1, "typed", "ann"),
        contact(2, "shown", "ann", results=2),
        contact(2, "shown", "ann", results=3),
        contact(3, "opened", "ann", article="kb-1"),
        view(3, "ann"),
        contact(5, "solved", "ann", article="kb-1"),
        contact(0, "open", "bob"),
        contact(1, "typed", "bob"),
        contact(9, "handoff", "bob"),
        contact(0, "open", "cem"),
        contact(0, "open", "dee", source="widget"),
        contact(1, "opened", "dee", article="kb-1", source="widget"),
        view(0, "eva"),
        contact(0, "handoff", None),
        contact(0, "handoff", "staff", excluded="staff"),
    ]
    found = report_of(events, min_count=10, tickets=DeskTickets(created=5, tied=1)).contact
    assert found == ContactFigures(
        steps=(
            ("open", 4),
            ("typed", 2),
            ("shown", 1),
            ("opened", 2),
            ("solved", 1),
            ("handoff", 1),
        ),
        explicit=Rate(1, 4, None, None),
        implicit=Rate(2, 4, None, None),
        linked=Rate(1, 5, None, None),
        widget=1,
    )
    assert tuple(step for step, _ in found.steps) == STEPS
