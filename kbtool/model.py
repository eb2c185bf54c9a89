"""Frozen records that cross a stage. Standard library only, no behaviour.

Times are timezone-aware UTC ``datetime``s; ``None`` means unknown, never a guess.
A *ticket key* is ``"<source>:<ticket id>"``; a *message reference* is ``"<ticket key>/<message id>"``.
All text in these records is already redacted: raw text lives only inside ``kbtool.tickets``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["customer", "agent", "bot", "system"]
Visibility: TypeAlias = Literal["public", "internal"]
Resolution: TypeAlias = Literal["answered", "duplicate", "merged", "wontfix", "spam", "unknown"]
ArticleStatus: TypeAlias = Literal["draft", "review", "published", "stale", "archived", "rejected"]
PUBLIC: frozenset[ArticleStatus] = frozenset({"published", "stale"})
"""Readers see these articles; a stale one is due for review, not withdrawn."""
Trend: TypeAlias = Literal["new", "growing", "steady", "fading"]
EventKind: TypeAlias = Literal["view", "search", "click", "vote", "contact", "link"]
Outcome: TypeAlias = Literal["confirmed", "potential", "none", "unknown"]
SuggestionKind: TypeAlias = Literal["write", "fix", "wording", "translate"]


# --- tickets -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a message that cleaning took out: what kind it was and its redacted text."""

    kind: Literal["quote", "signature", "greeting", "closing", "disclaimer", "delimiter"]
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a ticket, cleaned (Markdown) and redacted."""

    id: str
    role: Role
    visibility: Visibility
    at: datetime | None
    author: str | None
    """Keyed hash of the author, stable within one knowledge base."""
    text: str
    cuts: tuple[Cut, ...] = ()
    links: tuple[str, ...] = ()
    """URLs found in the message, without query secrets, in order of appearance."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a ticket was read: file name, 1-based line (or record number), mapping name."""

    file: str
    line: int
    mapping: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A customer's case from a help desk."""

    source: str
    id: str
    subject: str
    status: str
    """The help desk's own word."""
    resolved: bool
    resolution: Resolution
    created_at: datetime | None
    solved_at: datetime | None
    language: str | None
    language_confidence: float | None
    requester: str | None
    """Keyed hash of the requester."""
    group: str | None
    channel: str | None
    tags: tuple[str, ...]
    csat: float | None
    """0 (bad) to 1 (good)."""
    reopens: int | None
    merged_into: str | None
    messages: tuple[Message, ...]
    provenance: Provenance

    @property
    def key(self) -> str:
        """``source:id``, unique in a knowledge base."""
        return f"{self.source}:{self.id}"


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input record that could not be taken: where it was and why."""

    file: str
    line: int
    reason: str


# --- topics ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wording:
    """A real, redacted customer question and the ticket it came from."""

    text: str
    lang: str | None
    ticket: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A recurring question: a set of tickets with a stable id."""

    id: str
    question: str
    """The medoid wording, one sentence."""
    keywords: tuple[str, ...]
    tickets: tuple[str, ...]
    """Ticket keys, the most typical first."""
    requesters: int
    """Number of different requesters (tickets without one count as one each)."""
    languages: tuple[tuple[str, int], ...]
    """(language, tickets), most tickets first."""
    months: tuple[tuple[str, int], ...]
    """("2026-10", tickets), oldest first; undated tickets are left out."""
    trend: Trend
    wordings: tuple[Wording, ...]
    """Different real wordings, the most typical first."""


# --- articles ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a sentence stands in a draft."""

    text: str
    """The sentence as drafted."""
    sources: tuple[str, ...]
    """Sentence references ``<ticket key>/<message id>/s<n>``."""
    tickets: int
    agents: int
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class Article:
    """A Markdown file of ``content/`` with a permanent id."""

    id: str
    title: str
    lang: str
    status: ArticleStatus
    category: str | None
    body: str
    path: str
    """Relative to the content folder, with forward slashes."""
    tags: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()
    translation_of: str | None = None
    topic: str | None = None
    updated: date | None = None
    reviewed_by: str | None = None
    review_by: date | None = None
    evidence: tuple[Evidence, ...] = ()
    drafted_sha256: str | None = None
    """Hash of the draft as kbtool wrote it; the draft's own hash differs once a person edited it."""
    reason: str | None = None
    """Why it was rejected or is stale."""
    extra: tuple[tuple[str, object], ...] = ()
    """Front matter that kbtool does not know, kept as it stands."""
    body_line: int = 1
    """1-based line of the file on which the body starts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of a check: ``error`` blocks a build, ``warning`` blocks ``--strict``."""

    level: Literal["error", "warning"]
    code: str
    """Short kebab-case name of the rule."""
    file: str
    line: int
    message: str
    hint: str | None = None


# --- site and search -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index sees it."""

    id: str
    lang: str
    title: str
    questions: tuple[str, ...]
    headings: tuple[str, ...]
    body: str
    """Plain text."""
    tags: tuple[str, ...]
    category: str | None
    url: str
    """Site-relative address of the page (no leading slash)."""
    permalink: str
    """Site-relative permanent address, ``a/<id>/``."""
    summary: str
    updated: date | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result of a search, best first in its list."""

    id: str
    title: str
    lang: str
    category: str | None
    url: str
    permalink: str
    score: float
    snippet: tuple[tuple[str, bool], ...]
    """Pieces of plain text; ``True`` marks the words that matched."""


# --- events and metrics ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on the site or in a reply."""

    id: str
    """Unique; the same id sent twice is stored once."""
    kind: EventKind
    at: datetime
    visitor: str | None
    """Keyed daily hash; ``None`` when the visitor asked not to be followed."""
    article: str | None = None
    lang: str | None = None
    query: str | None = None
    """Redacted."""
    results: int | None = None
    position: int | None = None
    """1-based rank that was clicked."""
    value: str | None = None
    """vote: ``yes``/``no``; contact: ``open``/``solved``/``handoff``; link: ticket key."""
    excluded: str | None = None
    """Reason why it is not counted (``bot``, ``prefetch``, ``staff``); ``None`` = counted."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Counted events of one visitor without a 30-minute gap, in order of time."""

    visitor: str
    events: tuple[Event, ...]


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
    gone_links: tuple[tuple[str, int], ...]
    """(article id, answered tickets) for linked articles that are not published any more."""
    articles: tuple[ArticleFigures, ...]
    """The one to mend first comes first."""
    queries: tuple[QueryFigures, ...]
    """Most searches without result first, then most searches."""
    queries_left_out: int
    topics: tuple[TopicFigures, ...]


# --- suggestions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which article answers a topic, how surely (0..1), and how we know."""

    topic: str
    article: str
    confidence: float
    by: Literal["topic", "links", "text"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed action with its evidence and worth."""

    kind: SuggestionKind
    topic: str | None
    question: str
    tickets: tuple[str, ...]
    requesters: int
    languages: tuple[tuple[str, int], ...]
    trend: Trend | None
    article: str | None
    worth: float
    """Expected tickets a month that the action could remove."""
    reasons: tuple[str, ...]
    command: str | None = None
    """The next command to type."""
