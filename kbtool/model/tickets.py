"""Tickets, cleaned and redacted, and the input records that could not be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["customer", "agent", "bot", "system"]
Visibility: TypeAlias = Literal["public", "internal"]
Resolution: TypeAlias = Literal["answered", "duplicate", "merged", "wontfix", "spam", "unknown"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a message that cleaning took out: what kind it was and its redacted text."""

    kind: Literal[
        "quote", "signature", "greeting", "closing", "disclaimer", "delimiter", "boilerplate"
    ]
    text: str
    line: int = 0
    """How many lines of the message's kept text stand before it."""


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
    macros: tuple[str, ...] = ()
    """Ids of the help desk's macros (saved replies) it was made with, as the export names them."""


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
    product: str | None = None
    type: str | None = None
    """The help desk's own word for the kind of case (``incident``, ``question`` …)."""
    priority: str | None = None
    csat_comment: str | None = None
    """What the customer wrote beside the rating, redacted."""
    requester_names: tuple[str, ...] = ()
    """Keyed hashes of what else the source calls the requester: a name, a mail address."""
    visit: str | None = None
    """The visit token it came with from the contact page; no text of the ticket holds it any more."""

    @property
    def key(self) -> str:
        """``source:id``, unique in a knowledge base."""
        return f"{self.source}:{self.id}"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What is counted of a ticket, without what was written in it."""

    key: str
    """``source:id``."""
    created_at: datetime | None
    solved_at: datetime | None
    resolved: bool
    answered: bool
    language: str | None
    replies: int
    """Agents' public replies."""
    reopens: int | None
    """None where its source does not tell."""
    csat: float | None
    """0 (bad) to 1 (good)."""
    type: str | None
    """The help desk's own word for the kind of case."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A text that agents send again and again: a saved reply of the help desk, or one's own habit."""

    id: str
    """The help desk's own id, or ``m-`` and a hash of the first sentence."""
    text: str
    """Its sentences, one a line, in their usual order."""
    named: bool
    """Whether the export itself names it."""
    tickets: int
    """Tickets with its most used sentence; of a named one, all it was used in."""
    agents: int
    languages: tuple[tuple[str, int], ...]
    """(language or "unknown", tickets), most first."""
    first: datetime | None
    last: datetime | None
    """When it was first and last sent."""
    samples: tuple[str, ...]
    """Keys of some tickets it was used in."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input record that could not be taken: where it was and why."""

    file: str
    line: int
    reason: str
