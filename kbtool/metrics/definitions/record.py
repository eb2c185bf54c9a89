"""What a figure's definition holds, and the phrases that several definitions share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Source: TypeAlias = Literal["events", "tickets", "events and tickets", "articles"]

ANONYMOUS = (
    "Readers who ask not to be followed (GPC, DNT) have no visits; their views are in views."
)
ONE_DAY = (
    "Visitors are hashes that change at 00:00 UTC: a contact on a later day is seen only where its "
    "visit token says so; one from another device, by phone or straight by mail is not."
)
READ = "visits with an article view"
FORMER = (
    "Links to a former help centre that is not in tickets.help_centre_urls, and links behind "
    "redirectors that hide their target."
)
ENDED = (
    "Whether the link was opened, whether the rest of the reply answered, who gave up, and that a "
    "ticket was reopened where the export does not say so."
)
REOPENED = (
    "Whether it was reopened before or after the link, and whether the article had failed or the "
    "customer only said thank you: compare it with the share of all tickets. "
)
REUSE = (
    "Whether the article was copied or both come from one saved reply; text in an agent's own words. "
    "As found at the last import; replies from before the article and those it was drafted from are "
    "left out."
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of the report."""

    name: str
    title: str
    unit: str
    formula: str
    source: Source
    cannot_know: str
    numerator: str | None = None
    """For shares only; so is the denominator. Every share comes with a 95 % Wilson interval."""
    denominator: str | None = None


def count(
    name: str, title: str, unit: str, formula: str, cannot_know: str, *, source: Source = "events"
) -> Metric:
    """A number of things, or anything else that is no share."""
    return Metric(name, title, unit, formula, source, cannot_know)


def share(
    name: str,
    title: str,
    numerator: str,
    denominator: str,
    cannot_know: str,
    *,
    source: Source = "events",
) -> Metric:
    """A share of what was counted; its formula is made of what it is a share of."""
    return Metric(
        name=name,
        title=title,
        unit="share",
        formula=f"{numerator} ÷ {denominator}",
        source=source,
        cannot_know=cannot_know,
        numerator=numerator,
        denominator=denominator,
    )
