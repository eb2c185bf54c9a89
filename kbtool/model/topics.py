"""Topics, which article answers them, and what to do about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Bounds: TypeAlias = tuple[float, float]
"""(low, high) of an interval."""
Trend: TypeAlias = Literal["new", "growing", "steady", "fading", "seasonal", "spike"]
InsteadKind: TypeAlias = Literal["form", "bug", "escalate", "macro"]
SuggestionKind: TypeAlias = (
    Literal["write", "fix", "wording", "translate", "promote", "retire"] | InsteadKind
)
ProposalKind: TypeAlias = Literal["also_asked", "synonym"]
ChangeKind: TypeAlias = Literal["born", "split", "merged", "gone", "back"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A real, redacted customer question and the ticket it came from."""

    text: str
    lang: str | None
    ticket: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another topic that may ask the same in other words, and the chance (0..1) of it."""

    topic: str
    chance: float


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways in which agents answer a topic."""

    ticket: str
    """Key of a ticket that is typical of it."""
    tickets: int
    """How many of those looked at are answered so."""


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
    peaks: tuple[str, ...] = ()
    """When it is asked most: months of a spike ("2026-03"), calendar months of a season ("12")."""
    expected: float | None = None
    """Tickets to expect in the next month; None when no ticket has a date."""
    twins: tuple[Twin, ...] = ()
    """The likeliest first."""
    ways: tuple[Way, ...] = ()
    """Two, the more frequent first, when its replies have little in common; else none."""


@dataclass(frozen=True, slots=True)
class TopicChange:
    """What a run of the miner did to a topic; one that is merely kept has none."""

    kind: ChangeKind
    topic: str
    tickets: int
    """How many it has now; *merged* and *gone*: how many it had."""
    other: str | None = None
    """*split*: the topic it came out of; *merged*: the one that holds its tickets now."""
    shared: int = 0
    """Tickets it has in common with ``other``."""


@dataclass(frozen=True, slots=True)
class TopicRun:
    """A run of the miner that changed something."""

    number: int
    """1 for the first."""
    at: datetime
    topics: int
    """How many there were after it."""
    tickets: int
    """How many tickets were in them."""
    changes: tuple[TopicChange, ...]
    """The ends before the beginnings, by topic id."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One ticket of a topic: what was asked and what the agents answered, redacted."""

    ticket: str
    lang: str | None
    at: datetime | None
    subject: str
    question: str
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which article answers a topic, how surely (0..1), and how we know."""

    topic: str
    article: str
    confidence: float
    by: Literal["topic", "links", "text"]
    other: str | None = None
    """Another article that the other sign points at: the words, or the agents' links."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What an action is worth a month, and what that is made of."""

    tickets: float
    """Tickets of the topic to expect in a month."""
    cost: float = 1.0
    """Handling cost of one of them; the average ticket costs 1."""
    share: float = 1.0
    """Share of them that the action could still deflect, 0 to 1."""
    returned: float = 0.0
    """Tickets a month that searches, votes and visits on the site add; they cost 1 each."""
    ticket_minutes: float | None = None
    """Agents' minutes for an average ticket, where the team said what a reply takes."""
    novelty: float = 1.0
    """Chance that no suggestion worth more is about the same question, 0 to 1."""
    tickets_range: Bounds | None = None
    """95 % interval of ``tickets``; None where nothing says how sure they are."""
    share_range: Bounds | None = None
    """Range of ``share``: what is assumed at least and at most, or the 95 % interval of what was
    measured."""
    returned_range: Bounds | None = None
    """95 % interval of ``returned``."""
    measured: bool = False
    """Whether ``share`` is the effect that articles had (``Report.effects``), no assumption."""

    @property
    def value(self) -> float:
        """Average tickets a month that the action could remove: the product, with what is added."""
        return round((self.tickets * self.cost * self.share + self.returned) * self.novelty, 2)

    @property
    def interval(self) -> Bounds | None:
        """``value`` with the low ends of all its ranges, and with the high ends: wider than a 95 %
        interval. None when a part has no range.
        """
        nothing = (0.0, 0.0)
        tickets = self.tickets_range or (None if self.tickets else nothing)
        share = self.share_range or (None if self.tickets else nothing)
        returned = self.returned_range or (None if self.returned else nothing)
        if tickets is None or share is None or returned is None:
            return None
        low, high = (
            round((tickets[end] * self.cost * share[end] + returned[end]) * self.novelty, 2)
            for end in (0, 1)
        )
        return low, high

    @property
    def minutes(self) -> float | None:
        """Agents' minutes a month that the action could save."""
        return None if self.ticket_minutes is None else round(self.value * self.ticket_minutes)


@dataclass(frozen=True, slots=True)
class Instead:
    """What a topic needs instead of an article."""

    kind: InsteadKind
    reason: str
    """Why, with numbers: "in 9 of 11 answers an agent changed something for the customer"."""
    todo: str
    """What to do: "make a form that asks for: order number"."""
    tickets: tuple[str, ...]
    """Keys of some tickets that show it, the most typical first."""
    wanted: tuple[str, ...] = ()
    """What a form must ask for, the most often asked first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line that makes search find what customers ask in their own words, with its evidence."""

    id: str
    """``w-…``, the same as long as the same line is proposed."""
    kind: ProposalKind
    lang: str
    article: str | None
    """The article that it leads to; None for a synonym."""
    text: str
    """The wording, or the synonym as "telly → television"."""
    file: str
    """Where the line goes, relative to the content folder."""
    line: str
    """To paste: below ``also_asked`` in front matter, or anywhere in a file of synonyms."""
    reason: str
    searches: int = 0
    """How often such a search was sent."""
    visits: int = 0
    """Visits that sent it."""
    tickets: tuple[str, ...] = ()
    """Keys of the tickets that show it, the most typical first."""
    requesters: int = 0
    """Different people who wrote them."""
    at: int | None = None
    """Line of ``file`` below which it goes, 1 the first; None where the file was not read."""

    @property
    def weight(self) -> int:
        """Visits and tickets that speak for it."""
        return self.visits + len(self.tickets)


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
    parts: Worth
    reasons: tuple[str, ...]
    command: str | None = None
    """The next command to type."""
    instead: Instead | None = None
    """What is needed instead, when the topic must not become an article."""
    proposals: tuple[Proposal, ...] = ()
    """Of *wording*: the lines to add, those with most evidence first."""
    weight: int = 0
    """Tickets, visits and votes that speak for it; a rejected one comes back when they doubled."""
    own: str | None = None
    """``q-…``: what stands for a search that no topic asks; None where there is a topic or article."""
    langs: tuple[str, ...] = ()
    """Of *translate*: the languages that lack it."""

    @property
    def target(self) -> str:
        """What it is about: an article's id, or of what needs no article yet a topic's; else the
        id of a search or a line.
        """
        line = self.proposals[0].id if self.proposals else None
        if self.kind in ("fix", "wording", "translate", "promote", "retire"):
            return self.article or line or self.topic or self.own or self.question
        return self.topic or self.own or self.question

    @property
    def key(self) -> str:
        """``retire:kb-1003``: what a decision about it is remembered by."""
        return f"{self.kind}:{self.target}"

    @property
    def worth(self) -> float:
        """Average tickets a month that the action could remove."""
        return self.parts.value
