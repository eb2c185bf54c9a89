"""What a JSON file is: a record a line, a list of records, an answer of an API, or one record."""

from __future__ import annotations

import json
import re
from typing import Any

IDS = ("id", "key", "sys_id", "number", "ticket_id", "name")
"""A record says by one of these who it is; what an API puts around a list has none of them."""
_TICKET = re.compile(r"(ticket|conversation|issue|case|request|incident|topic)$", re.IGNORECASE)
_SPACE = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")
_ADDRESS_OR_WORD = re.compile(r"https?://\S+|[\w=+/.:-]{0,200}")
_DECODER = json.JSONDecoder()


def json_kind(head: str) -> str | None:
    """``json lines``, ``json`` (lists of records), ``json object`` (one record), ``None`` for other.

    ``head`` is the beginning of the file, all of it when the file is short.
    """
    head = head.lstrip("\ufeff \t\r\n")
    if head.startswith("["):
        return "json"
    if not head.startswith("{"):
        return None
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    if len(lines) > 1 and lines[1].startswith("{"):
        return "json" if _is_page(_pairs(lines[0])) else "json lines"
    if not is_record(head):
        return "json"
    return "json object" if len(lines) > 1 else "json lines"


def is_record(text: str) -> bool:
    """Whether the object that ``text`` begins with says who it is, or is wrapped once around such."""
    pairs = _pairs(text)
    return _has_id(pairs) or _wrapped(pairs) is not None


def unwrapped(data: dict[str, Any]) -> dict[str, Any]:
    """The record in ``{"ticket": {…}}``, or ``data`` itself.

    What stands beside the ticket is kept: ``{"ticket": {…}, "comments": […]}`` gives one record.
    """
    name = None if _has_id(data) else _wrapped(data)
    if name is None:
        return data
    beside = {key: value for key, value in data.items() if key != name}
    return {**beside, **data[name]}


def _wrapped(data: dict[str, Any]) -> str | None:
    """Under which name an object holds the one record that it is made around."""
    found = [key for key, value in data.items() if isinstance(value, dict) and _has_id(value)]
    named = [key for key in found if _TICKET.search(key)]
    if len(named) == 1:
        return named[0]
    return found[0] if found and len(data) == 1 else None


def _is_page(data: dict[str, Any]) -> bool:
    """Whether this is what an API puts around a list: nothing of its own but counts and addresses."""
    inner = [v for v in data.values() if isinstance(v, dict)]
    values = [*data.values(), *(value for one in inner for value in one.values())]
    told = any(isinstance(v, str) and not _ADDRESS_OR_WORD.fullmatch(v) for v in values)
    lists = [v for v in values if isinstance(v, list) and v and isinstance(v[0], dict)]
    return bool(lists) and not told and not _has_id(data) and not any(map(_has_id, inner))


def _has_id(data: dict[str, Any]) -> bool:
    return any(isinstance(data.get(key), str | int) and data[key] != "" for key in IDS)


def _pairs(text: str) -> dict[str, Any]:
    """The keys and values of the object, up to where the text breaks off."""
    found: dict[str, Any] = {}
    at = 1
    try:
        while True:
            at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing too
            if text[at : at + 1] != '"':
                return found
            key, at = _DECODER.raw_decode(text, at)
            colon = _COLON.match(text, at)
            if colon is None:
                return found
            found[key], at = _DECODER.raw_decode(text, colon.end())
    except (ValueError, RecursionError):
        return found
