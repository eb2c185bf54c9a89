"""The page that says what is counted: the rules of the code that counts, in the reader's words.

Stages know nothing of each other, so the rules come as a record (kbtool/workflows/counted.py makes
it of the collector's own tables); a kind of event, a field or a rule without words is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kbtool.site.pages.strings import Strings


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted, and by which rules."""

    events: tuple[tuple[str, tuple[str, ...]], ...]
    """Each that a page may send (``view``, ``vote no``), and its fields beside ``always``."""
    always: tuple[str, ...]
    """The fields that all events have."""
    excluded: tuple[str, ...]
    """Why an event is in no figure."""
    numbers: Mapping[str, str]
    """What stands in braces in the words: numbers and lists of numbers."""
    logs: bool
    """Whether the pages tell the log of a web server (``metrics.log_hits``)."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is sent, each once. The second word of an event's name is one."""
        own = (field for _, fields in self.events for field in fields)
        named = ("value",) if any(" " in name for name, _ in self.events) else ()
        return tuple(dict.fromkeys((*self.always, *named, *own)))


def counted(counting: Counting, words: Strings) -> list[dict[str, Any]]:
    """The sections of the page, what most want to know first: an ``id``, a ``title``, ``texts``,
    then ``facts`` (a name as it is in the code, its meaning and its fields) or ``points``.
    """
    events = [
        _fact(f"counted_{name.replace(' ', '_')}", name, counting, words) | {"fields": list(fields)}
        for name, fields in counting.events
    ]
    always = {"fields": ", ".join(counting.always)}
    fields = _facts("field", counting.fields, counting, words)
    excluded = _facts("not", counting.excluded, counting, words)
    kept = ("who", "cookies", "question", "others")
    return [
        _section("never", counting, words, points=[words[f"counted_never_{one}"] for one in kept]),
        _section("visits", counting, words),
        _section("choice", counting, words),
        _section("keep", counting, words),
        _section("events", counting, words, more=always, facts=events),
        _section("fields", counting, words, facts=fields),
        _section("read", counting, words),
        _section("out", counting, words, facts=excluded),
    ]


_WITHOUT_TEXT = frozenset({"fields", "never"})
_OF_LOGS = {"events": "counted_log", "visits": "counted_log_visits"}
"""What is added where a log is the queue."""


def _section(
    name: str,
    counting: Counting,
    words: Strings,
    more: Mapping[str, str] | None = None,
    **lists: Any,
) -> dict[str, Any]:
    keys = [] if name in _WITHOUT_TEXT else [f"counted_{name}_text"]
    if counting.logs and name in _OF_LOGS:
        keys.append(_OF_LOGS[name])
    numbers = {**counting.numbers, **(more or {})}
    return {
        "id": f"counted-{name}",
        "title": words[f"counted_{name}"],
        "texts": [_filled(words[key], numbers) for key in keys],
        "facts": [],
        "points": [],
    } | lists


def _facts(
    what: str, names: Iterable[str], counting: Counting, words: Strings
) -> list[dict[str, Any]]:
    return [_fact(f"counted_{what}_{name}", name, counting, words) for name in names]


def _fact(key: str, name: str, counting: Counting, words: Strings) -> dict[str, Any]:
    return {"name": name, "text": _filled(words[key], counting.numbers), "fields": []}


def _filled(text: str, numbers: Mapping[str, str]) -> str:
    """A text with its numbers. A knowledge base's own words may hold no others (strings.py)."""
    return text.format_map(numbers)
