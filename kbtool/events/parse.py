"""A client's event, checked against a closed vocabulary: what is not known is refused by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast
from urllib.parse import parse_qsl

from kbtool.events.reading import DWELLS, SCROLLS
from kbtool.handoff import TOKEN
from kbtool.model import Event, EventKind

MAX_QUERY = 200
MAX_TEXT = 500
"""Characters of a vote's free text that are kept, after its white space was tidied."""
MAX_POSITION = 100
MAX_RESULTS = 100_000
FIELDS = (
    "id", "kind", "article", "lang", "query", "results", "position", "value", "corrected",
    "reason", "text", "token", "source", "dwell", "scroll", "arm", "automated",
)  # fmt: skip
COMMON = ("id", "kind", "article", "lang", "source", "automated")
"""What every event may have."""
_NUMBERS = ("results", "position", "dwell", "scroll", "automated")
REASONS = ("outdated", "unclear", "incomplete", "wrong", "not-what-i-needed")
"""Why an article did not help; theme/parts/vote.html offers them in this order."""
SOURCES = ("widget",)
"""Where beside the site's own pages something may happen."""
ARMS = ("on", "off")
"""Whether the contact page showed suggestions to this reader, where a holdout draws lots."""
AUTOMATED = "automated"
"""Why an event is not counted whose browser said itself that a program steers it."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Refusal: TypeAlias = Literal[
    "not-an-event", "unknown-field", "bad-id", "unknown-kind", "missing-field", "unexpected-field",
    "unknown-article", "unknown-lang", "bad-query", "bad-results", "bad-position", "bad-value",
    "bad-corrected", "bad-reason", "bad-text", "bad-token", "bad-source", "bad-dwell", "bad-scroll",
    "bad-arm", "bad-automated",
]  # fmt: skip


class RefusedError(ValueError):
    """An event that is not taken; ``reason`` is one of a fixed set of words."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields an event must and may have, beside those that all have: id, kind, article, lang,
    source and automated.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


CONTACT: Mapping[str, Shape] = {
    "open": Shape(optional=("arm",)),
    "typed": Shape(optional=("arm",)),
    "shown": Shape(required=("results",), optional=("arm",)),
    "opened": Shape(required=("article",), optional=("position", "arm")),
    "solved": Shape(optional=("arm",)),
    "handoff": Shape(optional=("token", "arm")),
}
"""The steps of contact. ``open``: the contact page was opened (from ``article``). ``typed``: a question
of some length stood there, typed or brought along; its text is not sent. ``shown``: so many ``results`` stood below the question; 0 is
one too. ``opened``: the suggested ``article`` was opened, ``position`` is its rank. ``solved``: the
reader said that this (``article``) solved it. ``handoff``: the reader went on to a person."""
SHAPES: Mapping[str, Shape | Mapping[str, Shape]] = {
    "view": Shape(optional=("dwell", "scroll")),
    "search": Shape(required=("query", "results"), optional=("corrected",)),
    "click": Shape(required=("article", "query", "position"), optional=("results",)),
    "vote": {
        "yes": Shape(required=("article",)),
        "no": Shape(required=("article",), optional=("reason", "text")),
    },
    "contact": CONTACT,
}
"""What a browser may send, by kind, and by ``value`` where the kind has one. Links in replies are
found by import, never sent."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an event is checked against, and how its query is made safe to keep."""

    articles: Collection[str]
    languages: Collection[str]
    redact: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it, as far as it is kept: a daily key or nothing, and why it is not counted."""

    visitor: str | None
    excluded: str | None


def parse_event(data: object, *, at: datetime, sender: Sender, known: Known) -> Event:
    """The event that ``data`` (parsed JSON or form fields) describes.

    Fields that are None count as absent. Raises RefusedError with the first reason found.
    """
    given = _fields(data)
    shape = _shape(given)
    if not given.keys() >= set(shape.required):
        raise RefusedError("missing-field")
    if given.keys() - {"value"} - {*COMMON} - {*shape.required, *shape.optional}:
        raise RefusedError("unexpected-field")
    _check(given, known)
    for name in given.keys() & {"query", "corrected"}:
        given[name] = known.redact(clean_query(given[name]))[:MAX_QUERY]
    if "text" in given:
        given["text"] = known.redact(_one_line(given["text"]))[:MAX_TEXT] or None
    kind = cast("EventKind", given.pop("kind"))
    if given.pop("automated", None):
        sender = Sender(None, sender.excluded or AUTOMATED)
    return Event(kind=kind, at=at, visitor=sender.visitor, excluded=sender.excluded, **given)


def event_fields(query: str) -> dict[str, object]:
    """What ``parse_event`` takes, of an event sent in an address (``id=…&kind=view``).

    An empty field counts as absent. Raises RefusedError when it cannot be read.
    """
    try:
        pairs = parse_qsl(query, errors="strict", max_num_fields=len(FIELDS))
    except ValueError:
        raise RefusedError("not-an-event") from None
    return {name: number(value) if name in _NUMBERS else value for name, value in pairs}


def number(text: str) -> int | str:
    """A number of a form or address; what is none stays as it is, to be refused."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def clean_query(text: str) -> str:
    """A query as it is kept and searched: one line, no control characters, at most 200 long."""
    return _one_line(text)[:MAX_QUERY].rstrip()


def _one_line(text: str) -> str:
    shown = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in text
        if unicodedata.category(c) != "Cs"  # half a surrogate pair is no character
    )
    return " ".join(shown.split())


def _shape(given: Mapping[str, Any]) -> Shape:
    """What the event's kind, and its value, ask for."""
    shape = SHAPES[given["kind"]]
    value = given.get("value")
    if isinstance(shape, Shape):
        if value is not None:
            raise RefusedError("unexpected-field")
        return shape
    if value is None:
        raise RefusedError("missing-field")
    if not isinstance(value, str) or value not in shape:
        raise RefusedError("bad-value")
    return shape[value]


def _fields(data: object) -> dict[str, Any]:
    """What was given, with a sound id and a known kind."""
    if not isinstance(data, dict):
        raise RefusedError("not-an-event")
    given = {name: value for name, value in data.items() if value is not None}
    if not given.keys() <= set(FIELDS):
        raise RefusedError("unknown-field")
    id_, kind = given.get("id"), given.get("kind")
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise RefusedError("bad-id")
    if not isinstance(kind, str) or kind not in SHAPES:
        raise RefusedError("unknown-kind")
    return given


def _check(given: Mapping[str, Any], known: Known) -> None:
    checks: dict[str, tuple[Refusal, Callable[[Any], bool]]] = {
        "article": ("unknown-article", lambda v: isinstance(v, str) and v in known.articles),
        "lang": ("unknown-lang", lambda v: isinstance(v, str) and v in known.languages),
        "query": ("bad-query", _is_query),
        "results": ("bad-results", lambda v: _is_count(v, 0, MAX_RESULTS)),
        "position": ("bad-position", lambda v: _is_count(v, 1, MAX_POSITION)),
        "corrected": ("bad-corrected", _is_query),
        "reason": ("bad-reason", lambda v: v in REASONS),
        "text": ("bad-text", _is_text),
        "token": ("bad-token", lambda v: isinstance(v, str) and bool(TOKEN.fullmatch(v))),
        "source": ("bad-source", lambda v: v in SOURCES),
        "dwell": ("bad-dwell", lambda v: _is_count(v, 0, DWELLS[-1]) and v in DWELLS),
        "scroll": ("bad-scroll", lambda v: _is_count(v, 0, SCROLLS[-1]) and v in SCROLLS),
        "arm": ("bad-arm", lambda v: v in ARMS),
        "automated": ("bad-automated", lambda v: _is_count(v, 1, 1)),
    }
    for name, (reason, holds) in checks.items():
        if name in given and not holds(given[name]):
            raise RefusedError(reason)


def _is_query(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_QUERY and bool(clean_query(value))


def _is_text(value: object) -> bool:
    """Line ends count twice in what a form sends, and once here."""
    if not isinstance(value, str) or len(value) > 2 * MAX_TEXT:
        return False
    return 0 < len(_one_line(value)) <= MAX_TEXT


def _is_count(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
