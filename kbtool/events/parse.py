"""A client's event, checked against a closed vocabulary: what is not known is refused by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from kbtool.model import Event, EventKind

MAX_QUERY = 200
MAX_POSITION = 100
MAX_RESULTS = 100_000
FIELDS = ("id", "kind", "article", "lang", "query", "results", "position", "value", "corrected")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Refusal: TypeAlias = Literal[
    "not-an-event", "unknown-field", "bad-id", "unknown-kind", "missing-field", "unexpected-field",
    "unknown-article", "unknown-lang", "bad-query", "bad-results", "bad-position", "bad-value",
    "bad-corrected",
]  # fmt: skip


class RefusedError(ValueError):
    """An event that is not taken; ``reason`` is one of a fixed set of words."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason: Refusal = reason


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields an event of a kind must and may have, beside id, kind, article and lang."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    "view": Shape(),
    "search": Shape(required=("query", "results"), optional=("corrected",)),
    "click": Shape(required=("article", "query", "position"), optional=("results",)),
    "vote": Shape(required=("article", "value"), values=("yes", "no")),
    "contact": Shape(required=("value",), values=("open", "handoff", "solved")),
}
"""What a browser may send. Links in replies are found by import, never sent."""


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
    shape = SHAPES[given["kind"]]
    for name in shape.required:
        if name not in given:
            raise RefusedError("missing-field")
    if given.keys() - {"id", "kind", "article", "lang", *shape.required, *shape.optional}:
        raise RefusedError("unexpected-field")
    _check(given, shape, known)
    for name in given.keys() & {"query", "corrected"}:
        given[name] = known.redact(clean_query(given[name]))[:MAX_QUERY]
    kind = cast("EventKind", given.pop("kind"))
    return Event(kind=kind, at=at, visitor=sender.visitor, excluded=sender.excluded, **given)


def clean_query(text: str) -> str:
    """A query as it is kept and searched: one line, no control characters, at most 200 long."""
    shown = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in text
        if unicodedata.category(c) != "Cs"  # half a surrogate pair is no character
    )
    return " ".join(shown.split())[:MAX_QUERY].rstrip()


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


def _check(given: Mapping[str, Any], shape: Shape, known: Known) -> None:
    checks: dict[str, tuple[Refusal, Callable[[Any], bool]]] = {
        "article": ("unknown-article", lambda v: isinstance(v, str) and v in known.articles),
        "lang": ("unknown-lang", lambda v: isinstance(v, str) and v in known.languages),
        "query": ("bad-query", _is_query),
        "results": ("bad-results", lambda v: _is_count(v, 0, MAX_RESULTS)),
        "position": ("bad-position", lambda v: _is_count(v, 1, MAX_POSITION)),
        "value": ("bad-value", lambda v: isinstance(v, str) and v in shape.values),
        "corrected": ("bad-corrected", _is_query),
    }
    for name, (reason, holds) in checks.items():
        if name in given and not holds(given[name]):
            raise RefusedError(reason)


def _is_query(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_QUERY and bool(clean_query(value))


def _is_count(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
