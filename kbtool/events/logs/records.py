"""What becomes of the lines of an access log, in words and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "asset": "a file of the site: style, script, picture, index, map of the site",
        "page": "a page that is no article: home, category, contact, or none of the site",
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
        "bot": "a crawler, a monitor, any other program, or no user agent at all",
        "automated": "a browser that a program steers, as it said itself",
        "too-old": "before what events.keep_months keeps",
        "again": "an event sent again: how long its page was read, why a vote was no",
        "known": "stored before from another file",
    }
)
"""Why a line is no hit: the rule's name and what it is about."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "empty": "nothing on the line",
        "too-long": "more than 64 KiB: no server writes that",
        "nul": "a zero byte in it, as a crash or copytruncate leaves them",
        "torn": "fields are missing or run into each other",
        "bad-status": "no status where it should be",
        "bad-time": "no time where it should be",
        "future": "more than a day ahead",
        "not-json": "no JSON object",
        "missing-field": "no time, status, address, method or path",
    }
)
"""Why a line could not be understood; beside these ``event: …`` and why parse_event refused it."""
SIGNALS = ("Sec-Purpose", "Sec-GPC", "DNT")
"""What a line may tell beside the request: prefetches, and readers who ask not to be followed."""


class NotTakenError(Exception):
    """A line that is no request. ``reason`` is why, ``rule`` instead when nothing is wrong with it."""

    def __init__(self, reason: str | None = None, *, rule: str | None = None) -> None:
        super().__init__(reason or rule)
        self.reason: str | None = reason
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
