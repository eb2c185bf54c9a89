"""Topics, which article answers them, and what to do about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Trend: TypeAlias = Literal["new", "growing", "steady", "fading"]
SuggestionKind: TypeAlias = Literal["write", "fix", "wording", "translate"]


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
