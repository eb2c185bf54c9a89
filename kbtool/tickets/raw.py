"""Tickets as the help desk wrote them. They hold personal data and never leave this package."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from kbtool.model import Role, Visibility

_HTML = re.compile(
    r"</(?:p|div|b|i|a|li|ol|ul|span|table|td|blockquote|body|html|strong|em|font)>|<br ?/?>"
    r"|\A\s*<(?:!doctype html|html|head|body|div|p|span|table)\b",
    re.IGNORECASE,
)
_HTML_WITHIN = 20_000
"""Characters; HTML shows itself sooner."""


@dataclass(frozen=True, slots=True)
class Record:
    """One raw record of a file: its values and where it began (1-based line)."""

    line: int
    data: dict[str, object]


@dataclass(slots=True)
class RawMessage:
    """One message before cleaning."""

    id: str
    role: Role
    visibility: Visibility
    at: datetime | None
    author: str | None
    """What tells authors apart: an id, a mail address or a name."""
    author_name: str | None
    text: str
    is_html: bool
    macros: tuple[str, ...] = ()


@dataclass(slots=True)
class RawTicket:
    """One ticket before cleaning and redaction."""

    file: str
    line: int
    id: str
    subject: str
    status: str
    created_at: datetime | None
    solved_at: datetime | None
    language: str | None
    requester: str | None
    names: tuple[str, ...]
    group: str | None
    channel: str | None
    tags: tuple[str, ...]
    csat: float | None
    reopens: int | None
    merged_into: str | None
    marks: frozenset[str] = frozenset()
    """What the mapping's ``marks`` found: ``spam``, ``merged``, ``resolved`` …"""
    messages: list[RawMessage] = field(default_factory=list)
    product: str | None = None
    type: str | None = None
    priority: str | None = None
    csat_comment: str | None = None
    visit: str | None = None


def looks_like_html(text: str) -> bool:
    """Whether a text of which nobody says what it is has HTML's tags; ``<`` alone makes none."""
    return "<" in text and _HTML.search(text, 0, _HTML_WITHIN) is not None
