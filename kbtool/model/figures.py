"""What was counted: shares with what they are made of, and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from kbtool.model.topics import Trend

Outcome: TypeAlias = Literal["confirmed", "potential", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it was made of; bounds are a 95 % Wilson interval.

    ``low`` and ``high`` are ``None`` when the denominator is below the minimum count
    ("not enough data"); a rate without denominator has no value at all.
    """

    numerator: int
    denominator: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ArticleFigures:
    """What came back about one article."""

    article: str
    title: str
    """The id when the article is no longer published."""
    lang: str
    views: int
    visits: int
    clicks: int
    helpful: Rate
    contacts_after_view: Rate
    links: int
    """Answered tickets whose public replies link it."""
    resolving: Rate
    """Of these, the tickets that its link ended."""
    reused: int = 0
    """Answered tickets whose public replies hold its text without a link."""
    failed: int = 0
    """Readers it left without an answer: they voted "no" or went on to a person."""


@dataclass(frozen=True, slots=True)
class QueryFigures:
    """How a (folded) search query fared."""

    query: str
    """Its commonest wording."""
    lang: str | None
    searches: int
    without_result: int
    clicked: int
    contacted: int = 0
    """Searches without a result whose visit went on to a person."""


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """Tickets of a topic per month, oldest first, and the article that answers it."""

    topic: str
    question: str
    months: tuple[tuple[str, int], ...]
    article: str | None
    trend: Trend = "steady"


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An address of the help centre that agents sent and that leads nowhere today."""

    address: str
    """Below the help centre's own address."""
    tickets: int
    last_sent: datetime | None
    first_sent: datetime | None = None
    newest: str = ""
    """Key of the ticket it was sent in last."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything ``kbtool metrics`` shows; each figure's meaning is in metrics/definitions.py."""

    since: datetime | None
    until: datetime
    window_days: int
    min_count: int
    first_event: datetime | None
    events: int
    excluded: tuple[tuple[str, int], ...]
    without_visitor: int
    """Counted events of visitors who asked not to be followed."""
    views: int
    visits: int
    searches: int
    search_without_result: Rate
    search_click_through: Rate
    helpful: Rate
    contacts_after_view: Rate
    confirmed: Rate
    potential: Rate
    no_deflection: Rate
    unknown_visits: int
    """Visits without an article view: no outcome can be told."""
    taken_back: int
    """Visits that had an explicit sign and then a hand-off; they are in ``no_deflection``."""
    open_visits: int
    """Visits with an article view whose window was not over at ``until``."""
    contacts_opened: int
    contacts_solved: int
    contacts_handed_off: int
    contact_solved: Rate
    link_rate: Rate
    resolving_links: Rate
    """Of the answered tickets with a link, those that it ended."""
    reuse_rate: Rate
    """Answered tickets with an article's text but no link to it; apart from ``link_rate``."""
    gone_links: tuple[tuple[str, int], ...]
    """(article id, answered tickets) for linked articles that were withdrawn."""
    broken_links: tuple[BrokenLink, ...]
    articles: tuple[ArticleFigures, ...]
    """The one to mend first comes first."""
    queries: tuple[QueryFigures, ...]
    """Most searches without result first, then most searches."""
    queries_left_out: int
    topics: tuple[TopicFigures, ...]
