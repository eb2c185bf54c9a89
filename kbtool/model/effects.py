"""What articles did to their topics' tickets: estimates with intervals, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What an article did to the weekly tickets of the topics that it answers."""

    topic: str
    """The largest of them."""
    question: str
    article: str
    published: date
    """First day of the article; the week that holds it is week 0."""
    weeks_before: int
    weeks_after: int
    """Weeks with data after the weeks that are left out."""
    per_week: float
    """Mean tickets a week before the article."""
    change: Span | None = None
    """Change of tickets that the article caused: -0.3 = 30 % fewer. None below a gate."""
    avoided: Span | None = None
    """Tickets that were not written, summed over the weeks that were looked at."""
    detectable: float | None = None
    """Smallest reduction (0..1) that could have been seen four times out of five."""
    with_neighbours: Span | None = None
    """The same of the topic and the topics that ask nearly the same, in one: tickets that only went
    over to these are no longer counted as avoided. None where it has no such neighbours."""
    randomised: bool = False
    """Whether the article's date was drawn by lot (``kbtool publish --staggered``)."""
    missing: tuple[str, ...] = ()
    """Why there is no estimate, each with what is needed: "9 of 13 weeks since the article"."""
    also: tuple[str, ...] = ()
    """The other topics that the article, or a translation that came out with it, answers; their
    tickets are counted in."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """All topics' effects in one."""

    topics: int
    change: Span
    avoided: Span
    per_month: Span
    """Tickets avoided a month, at the volume of the weeks after the articles."""
    detectable: float
    with_neighbours: Span | None = None
    """``change`` with neighbouring topics counted in, where a topic has any."""
    randomised: int = 0
    """Of the topics, those whose article's date was drawn by lot (``kbtool publish --staggered``)."""
    chance: float | None = None
    """Share of all ways in which the lot could have fallen that show as large a reduction: the
    p-value of a randomisation test. None below five topics by lot."""


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of all articles that answer a topic."""

    first_week: date | None
    """Monday of the first week with complete data; None without dated tickets."""
    last_week: date | None
    controls: int
    """Untouched topics with enough tickets, which everything is compared with."""
    topics: tuple[Effect, ...]
    """Those with an estimate first, the largest reduction first; then those without."""
    pooled: Pooled | None = None
    missing: tuple[str, ...] = ()
    """Why there is no pooled figure."""
    saved: Span | None = None
    """Money saved a month, where ``metrics.ticket_cost`` says what a ticket costs."""
    currency: str = ""
    notes: tuple[str, ...] = ()
    """What disturbs the figures: events the team entered, topics that were relabelled."""
