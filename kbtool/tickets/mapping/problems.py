"""What is wrong with a mapping, in plain words: where in the file, where in the mapping, what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from kbtool.text import did_you_mean
from kbtool.tickets.mapping.paths import as_word, split_lookup

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of the mapping."""

_NAMES = {
    "string": "a text", "array": "a list", "object": "keys with values", "number": "a number",
    "boolean": "true or false", "null": "nothing",
}  # fmt: skip
_BY_TYPE = {str: "a text", list: "a list", dict: "keys with values", bool: "true or false",
            int: "a number", float: "a number", type(None): "nothing"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a mapping."""

    place: Place
    text: str


class SchemaError(Protocol):
    """What is read of an error that the schema's validator found."""

    absolute_path: Any
    validator: Any
    validator_value: Any
    instance: Any
    schema: Any
    absolute_schema_path: Any


def place_name(place: Place) -> str:
    """``messages[0].role.map`` for ("messages", 0, "role", "map")."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def told(error: SchemaError) -> Iterator[Problem]:
    """A schema's error in plain words; one problem for each unknown or missing key."""
    place = tuple(error.absolute_path)
    own = error.schema.get("description") if isinstance(error.schema, dict) else None
    plain = own if own and "type" not in error.schema else None
    wanted, found = error.validator_value, error.instance
    if "propertyNames" in error.absolute_schema_path:
        yield Problem((*place, found), str(own))
    elif error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in [key for key in found if key not in known]:
            yield Problem((*place, key), f"unknown key; {did_you_mean(key, known)}")
    elif error.validator == "required":
        for key in [key for key in wanted if key not in found]:
            yield Problem((*place, *(() if plain else (key,))), plain or "is missing")
    elif error.validator == "enum":
        near = f"; {did_you_mean(found, wanted)}" if isinstance(found, str) else ""
        yield Problem(place, f"{_shown(found)} is none of {', '.join(wanted)}{_near_only(near)}")
    elif error.validator == "pattern":
        yield Problem(place, f"{_shown(found)} is not right: a lookup is written @name(path).field")
    else:
        yield Problem(place, plain or _simple(error.validator, wanted, found))


def _simple(validator: str, wanted: Any, found: Any) -> str:
    """What the short rules ask for."""
    if validator == "type":
        names = [wanted] if isinstance(wanted, str) else wanted
        kinds = " or ".join(dict.fromkeys(_NAMES[name] for name in names))
        return f"must be {kinds}, but is {_BY_TYPE[type(found)]}{_quotes(names, found)}"
    return {
        "minLength": "is empty",
        "minProperties": "is empty",
        "minItems": f"needs {wanted} or more, but has {_size(found)}" if found else "is empty",
        "maxItems": f"has {_size(found)}, but takes no more than {wanted}",
        "minimum": f"{_shown(found)} is below {wanted}",
        "maximum": f"{_shown(found)} is above {wanted}",
    }.get(validator, f"{_shown(found)} cannot stand here")


def _quotes(names: Iterable[str], found: Any) -> str:
    plain = "string" in names and isinstance(found, int | float)
    return "; write it in quotation marks" if plain else ""


def _near_only(near: str) -> str:
    return near if "did you mean" in near else ""


def _size(found: Any) -> int:
    return len(found) if isinstance(found, list | dict | str) else 0


def _shown(found: Any) -> str:
    text = repr(found) if isinstance(found, str) else str(found)
    return text if len(text) <= 60 else text[:59] + "…"


def beyond_schema(data: AnyMapping[str, Any]) -> Iterator[Problem]:
    """What no schema can say: two meanings for a word, a lookup or zone that does not exist …"""
    lookups = list(data.get("lookup", {}))
    for place, value in _walk(data, ()):
        if place[-1] == "scale" and value[0] >= value[1]:
            yield Problem(place, "must be [lowest, highest]")
        if isinstance(value, str) and (looked := split_lookup(value)) and looked[0] not in lookups:
            yield Problem(place, f"no lookup {looked[0]!r}; {did_you_mean(looked[0], lookups)}")
    for name in data.get("join", {}):
        if name in lookups:
            yield Problem(("lookup", name), "is the name of a join too")
    yield from _statuses(data.get("status", {}))
    yield from _times(data.get("time", {}))


def _walk(data: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if place:
        yield place, data
    items = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in items:
        if key not in ("map", "is"):
            yield from _walk(value, (*place, key))


def _statuses(status: AnyMapping[str, Any]) -> Iterator[Problem]:
    meanings: dict[str, str] = {}
    for meaning, words in status.items():
        for word in (words if isinstance(words, list) else [words]) if meaning != "none" else ():
            before = meanings.setdefault(as_word(word), meaning)
            if before != meaning:
                yield Problem(("status", meaning), f"{_shown(word)} is under {before} already")


def _times(time: AnyMapping[str, Any]) -> Iterator[Problem]:
    if "zone" in time:
        try:
            ZoneInfo(time["zone"])
        except (KeyError, ValueError, OSError):  # KeyError: ZoneInfoNotFoundError
            yield Problem(("time", "zone"), f"no zone {_shown(time['zone'])}, e.g. Europe/Tallinn")
    if "format" in time:
        try:
            datetime.strptime("", time["format"])  # noqa: DTZ007 - only the format is looked at
        except (ValueError, re.error) as error:  # re.error: the same part twice
            if "does not match" not in str(error):
                yield Problem(("time", "format"), f"{_shown(time['format'])}: {error}")
