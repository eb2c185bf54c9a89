"""Lines of nginx and Apache: ``combined``, with a virtual host before it, with quoted fields after.

A line is cut at its quotes. One that does not fall apart as it should (Apache escapes a quote by a
backslash) is matched by a regular expression, which gives the same parts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.times import clf_time
from kbtool.events.logs.who import NONE, Who
from kbtool.events.rules import parse_address

Parts: TypeAlias = list[bytes]
"""A line cut at its quotes: what is at an odd place stood in them."""

_FIELD = rb'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    rb"([^\"]*)" + _FIELD + rb"( [^\"]*)" + _FIELD + rb" " + _FIELD
    + rb'((?:[^"]|"(?:[^"\\]|\\.)*")*)',
    re.DOTALL,
)  # fmt: skip
_QUOTED = re.compile(_FIELD, re.DOTALL)
_SAID = re.compile(rb"-?|.*(?:prefetch|prerender|preview).*", re.IGNORECASE | re.DOTALL)
_YES_NO = frozenset({b"", b"-", b"0", b"1"})


class Combined:
    """Reads the lines of one log."""

    name = "combined"
    fields = ""

    def __init__(self) -> None:
        self.signals: set[str] = set()
        """Of ``Sec-Purpose``, ``Sec-GPC`` and ``DNT`` those that the lines tell."""

    def split(self, line: bytes) -> tuple[bytes, bytes, Parts]:
        """The request (``GET /en/ HTTP/1.1``), the status and its surroundings, and all parts.

        Raises NotTakenError.
        """
        parts = line.split(b'"')
        count = len(parts)
        if count < 7 or not count & 1 or parts[4] != b" " or b"\\" in line:
            parts = matched(line)
        return parts[1], parts[2][:5], parts

    def who(self, parts: Parts) -> Who:
        """Who asked, when, with what signals. Raises NotTakenError."""
        before = parts[0]
        if before[-29:-28] != b"[" or before[-2:] != b"] ":
            raise NotTakenError("torn")
        host, address = host_and_address(before)
        at = clf_time(before[-28:-2])
        if len(parts) < 11:
            return at, address, parts[5], NONE, False, host
        purpose, unfollowed = self._signals(parts)
        return at, address, parts[5], purpose, unfollowed, host

    def _signals(self, parts: Parts) -> tuple[bytes, bool]:
        """Of the fields of our own ``log_format kbtool``; those of others say nothing."""
        purpose, gpc = parts[7], parts[9]
        ours = parts[6] == b" " and parts[8] == b" "
        if not ours or gpc not in _YES_NO or not _SAID.fullmatch(purpose):
            return NONE, False
        self.signals |= {"Sec-Purpose", "Sec-GPC"}
        dnt = parts[11] if len(parts) > 12 and parts[11] in _YES_NO else None  # one may add it
        if dnt is not None:
            self.signals.add("DNT")
        return (NONE if purpose == b"-" else purpose), b"1" in (gpc, dnt)


def matched(line: bytes) -> Parts:
    """The parts of a line by the regular expression. Raises NotTakenError."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise NotTakenError("torn")
    before, request, middle, referrer, agent, rest = found.groups()
    parts = [before, request, middle, referrer, b" ", agent]
    end = 0
    for field in _QUOTED.finditer(rest):
        parts += [rest[end : field.start()], field[1]]
        end = field.end()
    return [*parts, rest[end:]]


def host_and_address(before: bytes) -> tuple[bytes, bytes]:
    """The virtual host (empty when there is none) and the client's address."""
    first, _, rest = before.partition(b" ")
    if rest[:2] == b"- ":
        return b"", first
    second = rest.partition(b" ")[0]
    return (first, second) if _is_address(second) else (b"", first)


@lru_cache(maxsize=1 << 10)
def _is_address(text: bytes) -> bool:
    return parse_address(text.decode("latin-1")) is not None
