"""What becomes of the lines of an access log, in words and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

from kbtool.model import Rejected

RULES: Mapping[str, str] = MappingProxyType(
    {
        "asset": "a file of the site: style, script, picture, index, map of the site",
        "page": "a page that is no article: home, category, contact, an address of nobody",
        "redirect": "an answer that sent the reader on (3xx but 304)",
        "not-found": "an address where nothing is (404, 410)",
        "error": "an answer that something is wrong (4xx, 5xx) but 404 and 410",
        "status": "any other answer than 200 and 304",
        "malformed": "no request that HTTP knows, such as TLS sent to the wrong port",
        "method": "a method other than GET and HEAD",
        "reported": "sent to kbtool serve by the page, which stored it itself",
        "other-host": "another site's, in a log that several sites share",
        "comment": "a line of a W3C log that begins with #",
        "head": "asked for headers only",
        "prefetch": "loaded before anybody looked",
        "staff": "from one of server.staff_addresses",
        "preview": "a chat or a post that shows the link",
        "assistant": "an AI that read the page for somebody",
        "bot": "any other program, or no user agent at all",
        "automated": "a browser that a program steers, as it said itself",
        "too-old": "before what events.keep_months keeps",
        "again": "an event sent again: how long its page was read, why a vote was no",
        "known": "stored before from another file",
    }
)
"""Why a line is no hit: the rule's name and what it is about."""
SIGNALS = ("Sec-Purpose", "Sec-GPC", "DNT")
"""What a line may tell beside the request: prefetches, and readers who ask not to be followed."""
KEPT: frozenset[str] = frozenset({"prefetch", "staff", "preview", "assistant", "bot"})
"""Rules whose views and searches are stored with the rule's name and never counted, as the
collector's are."""

Reason: TypeAlias = Literal[
    "empty", "too-long", "nul", "torn", "bad-status", "bad-time", "future", "not-json",
    "missing-field",
]  # fmt: skip
"""Why a line could not be understood; beside these ``event: …`` and why parse_event refused it."""


class NotTakenError(Exception):
    """A line that is no request. ``reason`` is why, ``rule`` instead when nothing is wrong with it."""

    def __init__(self, reason: Reason | None = None, *, rule: str | None = None) -> None:
        super().__init__(reason or rule)
        self.reason: Reason | None = reason
        self.rule = rule


@dataclass(slots=True)
class Account:
    """Where the lines went: ``lines = stored + excluded + rejected``, always."""

    lines: int = 0
    stored: Counter[str] = field(default_factory=Counter)
    """By kind of event."""
    excluded: Counter[str] = field(default_factory=Counter)
    """By rule."""
    rejected: Counter[str] = field(default_factory=Counter)
    """By reason."""

    def add(self, other: Account) -> None:
        """Take in what another part of the lines became."""
        self.lines += other.lines
        self.stored.update(other.stored)
        self.excluded.update(other.excluded)
        self.rejected.update(other.rejected)

    def check(self) -> None:
        """Raise AssertionError when a line was lost or counted twice: a bug."""
        told = self.stored.total() + self.excluded.total() + self.rejected.total()
        if told != self.lines:
            raise AssertionError(f"{self.lines} lines, {told} accounted for")


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What one file gave in one import."""

    file: str
    format: str
    """``combined``, ``json``, ``w3c``; empty when there was no whole line to tell it by."""
    account: Account
    continued: int
    """Bytes (unpacked) that were read before and not again."""
    unread: int
    """Bytes after the last whole line, for the next import."""
    lacks: tuple[str, ...]
    """Signals that its lines do not have."""
    note: str = ""
    """What is wrong with the file; empty when nothing is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import of logs gave."""

    files: tuple[FileTaken, ...]
    account: Account
    rejected: tuple[Rejected, ...]
    """The first ones."""
    days: tuple[date, ...]
    """UTC days of the stored hits and events, in order."""
    notes: tuple[str, ...]
    dry_run: bool
