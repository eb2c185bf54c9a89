"""What happened on the site, and visits made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

EventKind: TypeAlias = Literal["view", "search", "click", "vote", "contact", "link", "reuse"]
Arm: TypeAlias = Literal["on", "off"]


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
    """vote: ``yes``/``no``; contact: a step (kbtool/events/parse.py); link, reuse: ticket key."""
    excluded: str | None = None
    """Reason why it is not counted (``bot``, ``prefetch``, ``staff``); ``None`` = counted."""
    address: str | None = None
    """link: where the agent's link pointed, below the help centre, as it was sent."""
    corrected: str | None = None
    """search: the query as it was searched, when words of it were taken for slips of others.
    Redacted."""
    reason: str | None = None
    """vote ``no``: why, a fixed word (kbtool/events/parse.py)."""
    text: str | None = None
    """vote ``no``: what the reader wrote about it. Redacted."""
    token: str | None = None
    """contact ``handoff``: the visit token, which the ticket that comes of it may carry."""
    source: str | None = None
    """``widget`` when it happened in the widget; ``None`` = on the site."""
    dwell: int | None = None
    """view: seconds the page was looked at, rounded down to a bucket."""
    scroll: int | None = None
    """view: how much of the article was seen, in per cent, rounded down to a bucket."""
    arm: Arm | None = None
    """contact: ``off`` when a holdout kept the suggestions from this reader, ``on`` when it did not."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Counted events of one visitor without a 30-minute gap, in order of time."""

    visitor: str
    events: tuple[Event, ...]
