"""Text as nginx's configuration takes it: whatever an address holds, it stays an address.

A text in quotes ends at its quote, a backslash keeps the next character, and ``$`` begins a variable
wherever nginx allows one; there is no sign that keeps a ``$``, so a variable holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

DOLLAR = "kbtool_dollar"
"""The variable that holds a dollar sign; ``nginx-maps.conf`` sets it."""
_SPECIAL = re.compile(r"[^\w/-]", re.ASCII)
_GLOB = re.compile(r"[*?\[\]\\]")


def quoted(text: str) -> str:
    """``text`` as one word; dollar signs begin variables."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def value(text: str) -> str:
    """``text`` as one word where variables are allowed, none in it."""
    return quoted(text.replace("$", f"${{{DOLLAR}}}"))


def included(path: str) -> str:
    """A file to include: nginx reads ``*``, ``?`` and ``[`` there as patterns."""
    return quoted(_GLOB.sub(r"\\\g<0>", path) if re.search(r"[*?\[]", path) else path)


def regex(text: str) -> str:
    """``text`` as a part of a regular expression that matches it byte for byte."""
    return _SPECIAL.sub(lambda sign: f"\\{sign[0]}" if sign[0].isascii() else sign[0], text)


def map_block(source: str, variable: str, default: str, entries: Iterable[tuple[str, str]]) -> str:
    """``map $source $variable { … }``; keys and values are words already."""
    lines = [f"    {key} {found};" for key, found in entries]
    return "\n".join((f"map {source} ${variable} {{", f"    default {default};", *lines, "}", ""))


def address_keys(leads: Mapping[str, str], pages: Iterable[str]) -> list[tuple[str, str]]:
    """(key, value) of a map from URL paths, its keys told apart as URLs are.

    nginx finds a plain key whatever its letters' case (of A to Z). So a path that differs only in
    case from another, or from one of ``pages``, becomes a regular expression, which does not.
    """
    seen: dict[bytes, int] = {}
    for path in (*leads, *pages):
        folded = path.encode().lower()
        seen[folded] = seen.get(folded, 0) + 1
    return [
        (quoted(path) if seen[path.encode().lower()] == 1 else quoted(f"~^{regex(path)}$"), lead)
        for path, lead in leads.items()
    ]
