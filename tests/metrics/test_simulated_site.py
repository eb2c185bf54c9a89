"""A made help centre whose truth is known: what the bounds of the contact page are worth.

Of 100 readers with a question who come to the contact page, 45 find their answer in a suggestion;
two in five of them say so. Of the others one in twelve says "solved" too soon, one in four gives up,
and the rest write to a person: at once, later that day, or on a later day. Some write where the
site cannot see it, by phone or straight by mail. Others come and only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

import pytest

from kbtool.metrics.contact import DeskTickets
from kbtool.model import ContactFigures, Event, Report
from tests.metrics.histories import MORNING, report_of

Identity: TypeAlias = Literal["person", "day", "hour"]
"""How long a visitor is known: as long as he signs in, for a day like kbtool's, or for less."""
READERS = 3000


@dataclass(frozen=True)
class Site:
    """A period of the help centre, and what only its maker knows."""

    report: Report
    truth: float
    """Of the visits to the contact page, those whose reader was helped and never wrote."""

    @property
    def contact(self) -> ContactFigures:
        """The figures of the contact page."""
        assert self.report.contact
        return self.report.contact

    @property
    def explicit(self) -> float:
        """The lower bound."""
        return self.contact.explicit.numerator / self.contact.explicit.denominator

    @property
    def implicit(self) -> float:
        """The upper bound."""
        return self.contact.implicit.numerator / self.contact.implicit.denominator

    @property
    def linked(self) -> float:
        """λ."""
        return self.contact.linked.numerator / self.contact.linked.denominator


class Reader:
    """One reader, and the events that are seen of him."""

    def __init__(self, number: int, identity: Identity, random: Random) -> None:
        self.number, self.identity, self.random = number, identity, random
        self.events: list[Event] = []

    def visit(self, at: datetime, steps: Sequence[str]) -> None:
        """Does these things, a minute apart: ``view`` or a step of the contact page."""
        last = {"person": "", "day": f"{at:%d}", "hour": f"{at:%d%H}"}[self.identity]
        for place, step in enumerate(steps):
            view = step == "view"
            self.events.append(
                Event(
                    id=f"{self.number}-{len(self.events)}",
                    kind="view" if view else "contact",
                    at=at + timedelta(minutes=place),
                    visitor=f"{self.number}-{last}",
                    article="kb-1" if view or step == "opened" else None,
                    value=None if view else step,
                )
            )


@cache
def site(identity: Identity = "day", unseen: float = 0.3, seed: int = 8) -> Site:
    """Three weeks of it; ``unseen`` of those who write do it where the site cannot see it."""
    random = Random(seed)  # noqa: S311  # a simulation, and the same each time
    events: list[Event] = []
    deflected = tickets = 0
    for number in range(READERS):
        reader = Reader(number, identity, random)
        at = MORNING + timedelta(days=random.randrange(21), minutes=random.randrange(180))
        if random.random() < 0.7:
            reader.visit(at, ["view"])
        else:
            helped, delay = _ask(reader, at)
            deflected += helped
            if delay is not None:
                tickets += 1
                if random.random() >= unseen:
                    reader.visit(at + delay, ["open", "typed", "handoff"])
        events += reader.events
    seen = sum(event.value == "handoff" for event in events)
    report = report_of(events, tickets=DeskTickets(created=tickets, tied=seen))
    assert report.contact
    return Site(report, deflected / report.contact.explicit.denominator)


def _ask(reader: Reader, at: datetime) -> tuple[bool, timedelta | None]:
    """A visit to the contact page: was the reader helped, and how much later does he write?"""
    random = reader.random
    helped = random.random() < 0.45
    says = random.random() < (2 / 5 if helped else 1 / 12)
    reads = helped or says or random.random() < 0.6
    looked = ["open", "typed", "shown"] + ["opened", "view"] * reads + ["solved"] * says
    reader.visit(at, looked)
    if helped or random.random() < 0.25:
        return helped, None
    hours = random.choices([0.2, 5.0, 24.0 * random.randint(1, 4)], weights=[5, 2, 3])[0]
    return False, timedelta(hours=hours)


@pytest.mark.parametrize("identity", ["person", "day", "hour"])
@pytest.mark.parametrize("unseen", [0.0, 0.3, 0.6])
def test_the_truth_lies_between_the_bounds(identity: Identity, unseen: float) -> None:
    """However badly visits are tied together, and however many write where it is not seen."""
    made = site(identity, unseen)
    assert made.explicit < made.truth < made.implicit
    assert made.contact.explicit.denominator >= 800


def test_the_upper_bound_grows_as_tracking_gets_worse() -> None:
    """The less is known of who writes, the better the site looks; λ says how much is not known."""
    rates = [site(identity).implicit for identity in ("person", "day", "hour")]
    assert rates == sorted(rates)
    assert rates[2] - rates[0] > 0.05
    sites = [site(unseen=unseen) for unseen in (0.0, 0.3, 0.6, 0.9)]
    assert [s.implicit for s in sites] == sorted(s.implicit for s in sites)
    assert [s.linked for s in sites] == sorted((s.linked for s in sites), reverse=True)
    assert sites[-1].implicit - sites[-1].truth > sites[0].implicit - sites[0].truth + 0.05
    assert sites[-1].linked < 0.5 < sites[0].linked


def test_of_all_visits_with_an_article_the_upper_bound_says_nothing() -> None:
    """Most readers never meant to write: nearly all visits are "potential" or "confirmed", while
    fewer than one in seven spared a ticket.
    """
    found = site().report
    unspoken = found.potential.numerator + found.confirmed.numerator
    assert unspoken / found.potential.denominator > 0.9
    assert site().truth * site().contact.explicit.denominator / found.visits < 1 / 7


def test_readme_says_what_the_bounds_were() -> None:
    """The numbers in its section on metrics are those of this site."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    all_, few = site(unseen=0.0), site(unseen=0.6)
    assert all_.linked == 1
    assert (
        f"In a made help centre that spares {all_.truth:.0%} of its contacts the bounds are "
        f"{all_.explicit:.0%} and {all_.implicit:.0%} when every ticket is tied; where it spares "
        f"{few.truth:.0%} and {few.linked:.0%} of its tickets are tied, {few.explicit:.0%} and "
        f"{few.implicit:.0%}."
    ).replace("%", " %") in readme
