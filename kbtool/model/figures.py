"""What was counted: shares with what they are made of, and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from kbtool.model.effects import Effects, Span
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
    reopened: Rate | None = None
    """Of the tickets whose public replies link it and that could be, those that were reopened."""
    failed: int = 0
    """Readers it left without an answer: they voted "no" or went on to a person."""
    harm: float = 0.0
    """Of these, at least so many that readers of similar articles do not explain."""
    base: Rate | None = None
    """Contacts after a view in similar visits: of other articles of its category and language."""
    excess: Span | None = None
    """Contacts after a view beyond those of similar visits (share; Newcombe's interval)."""
    read: Rate | None = None
    """Of the views whose end is known, those that were read (kbtool/events/reading.py)."""
    reach: Rate | None = None
    """Of all visits with an article view, those that viewed it."""
    reasons: tuple[tuple[str, int], ...] = ()
    """("unclear", votes) of the "no" votes that said why, most first."""

    @property
    def is_used(self) -> bool:
        """Whether anybody read it, voted on it or sent it."""
        return bool(self.views or self.failed or self.links or self.clicks)


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
    followed: int = 0
    """Searches by a visitor that found something: a click on a result could be seen."""
    refined: tuple[tuple[str, int], ...] = ()
    """(what the same visits searched for next, visits), most first; the first few."""

    @property
    def unopened(self) -> int:
        """Searches that found something and opened nothing of it."""
        return self.followed - self.clicked


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """Tickets of a topic per month, oldest first, and the article that answers it."""

    topic: str
    question: str
    months: tuple[tuple[str, int], ...]
    article: str | None
    trend: Trend = "steady"


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What was counted in one week (Monday to Sunday, UTC) of the report."""

    start: date
    days: int
    """Days of it that lie in the report's period."""
    views: int = 0
    visits: int = 0
    searches: int = 0
    without_result: int = 0
    yes: int = 0
    no: int = 0
    opened: int = 0
    solved: int = 0
    handed_off: int = 0
    tickets: int | None = None
    """Tickets created; None where no ticket has a date."""


@dataclass(frozen=True, slots=True)
class Holdout:
    """What the suggestions on the contact page do, by lot: some tabs were shown none. Of visits that
    typed a question there."""

    on: Rate
    """Of the visits with suggestions, those that handed off."""
    off: Rate
    """The same without suggestions."""
    difference: Span | None
    """``off`` - ``on`` as shares (Newcombe's interval); None when there is not enough data."""
    avoided: Span | None
    """Hand-offs that the suggestions spared in the visits that saw them."""
    detectable: float | None = None
    """Smallest difference (0..1) that would be seen four times out of five in so many visits."""
    needed: int | None = None
    """Visits that would show 10 points four times out of five; None once there are as many, and
    while one arm is empty."""
    both: int = 0
    """Visits that were in both arms; they are in no other figure."""


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """What became of the visits that came to the contact page."""

    steps: tuple[tuple[str, int], ...]
    """(step, visits that got so far) in the order of the page: open, typed, shown, opened, solved,
    handoff."""
    explicit: Rate
    """Visits that chose "solved" and came to no person within the window: a lower bound."""
    implicit: Rate
    """Visits that opened an article or suggestion and came to no person: an upper bound."""
    linked: Rate
    """Of the tickets created in the period, those tied to a visit (λ)."""
    widget: int = 0
    """Of the visits that came to the contact page, those that came from the widget."""
    holdout: Holdout | None = None


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """How searching went."""

    success: Rate
    """Searches whose visit opened a result and searched for nothing else and reached no person
    after it."""
    refined: Rate
    """Searches after which the same visit searched for something else."""
    abandoned: Rate
    """Searches after which nothing came: nothing opened, nothing else searched for, no person."""


@dataclass(frozen=True, slots=True)
class TopicHandling:
    """How the tickets of a topic (or all, with topic None) were handled."""

    topic: str | None
    question: str
    tickets: int
    answered: int
    first_contact: Rate
    """Answered with one public reply and not reopened."""
    reopened: Rate
    """Of the tickets whose source tells of reopening."""
    hours: float | None
    """Median from creation to solution of answered tickets; mostly waiting."""
    replies: float | None
    """Mean of agents' public replies in answered tickets."""
    csat: Rate
    """Of the rated tickets, the good ones (at least 0.75 of 1)."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The tickets created in one month."""

    month: str
    """``2026-11``."""
    tickets: int
    in_topics: int
    """Of these, the ones that ask a recurring question."""
    resolved: int
    answered: int
    reopened: int
    natures: tuple[tuple[str, int], ...] = ()
    """(what the help desk calls the kind of case, tickets), most first; "" where it says nothing.
    Empty when it says so of no ticket."""
    days: int = 0
    """Days of it that lie in the report's period, from the first ticket to the last."""


@dataclass(frozen=True, slots=True)
class LanguageFigures:
    """What is asked in a language, and what there is in it."""

    lang: str
    tickets: int
    searches: int
    without_result: int
    views: int
    articles: int
    """Published in it."""
    untranslated: int
    """Published articles that are not in it."""


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """Where counted events come from, and what that source cannot tell."""

    name: str
    """``server``, ``log``, ``plausible`` …"""
    kind: Literal["events", "aggregate"]
    """An aggregate knows views of articles over some days and nothing of visits."""
    views: int
    first: date | None
    last: date | None
    lacks: tuple[str, ...] = ()
    """What it cannot tell, in words."""
    articles: tuple[tuple[str, int], ...] = ()
    """(article id, views), most first; of an aggregate, whose views are in no other figure."""


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
    """Everything ``kbtool metrics`` shows; each figure's meaning is in metrics/definitions/."""

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
    series: tuple[PeriodFigures, ...] = ()
    """Week by week, oldest first, without a gap."""
    contact: ContactFigures | None = None
    search: SearchFigures | None = None
    self_service: float | None = None
    """Visits with an article view for each ticket created: a ratio of traffic, no deflection."""
    reasons: tuple[tuple[str, int], ...] = ()
    """("unclear", votes) of all "no" votes that said why, most first."""
    handling: tuple[TopicHandling, ...] = ()
    """All tickets first, then each topic, most tickets first."""
    months: tuple[MonthFigures, ...] = ()
    """Oldest first, without a gap."""
    reopened_links: Rate | None = None
    """Of the tickets with a link to an article that could be, those that were reopened."""
    undated_tickets: int = 0
    """Tickets without a date of creation; they are in no month."""
    languages: tuple[LanguageFigures, ...] = ()
    sources: tuple[SourceFigures, ...] = ()
    effects: Effects | None = None
