"""Which format a log has: told by its first lines, or given."""

from __future__ import annotations

from pathlib import Path

from kbtool.errors import InputError
from kbtool.events.logs.combined import Combined
from kbtool.events.logs.json_lines import JsonLines
from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.take import STATUSES
from kbtool.events.logs.w3c import W3c
from kbtool.events.logs.who import Format

FORMATS = ("combined", "json", "w3c")
_LINES = 100
_HINT = (
    "known are nginx's and Apache's combined format, JSON lines (nginx, Apache, Caddy, Traefik) and "
    "logs with a line #Fields: (CloudFront, IIS); --format names one"
)


def make(name: str, fields: str = "") -> Format:
    """A reader of lines of this format."""
    if name == "json":
        return JsonLines()
    return W3c(fields) if name == "w3c" else Combined()


def recognise(start: bytes, path: Path) -> str:
    """The format that most of the first whole lines have; empty when there is no line yet.

    Raises InputError when none of them is of a known format.
    """
    lines = start[: start.rfind(b"\n") + 1].split(b"\n")[:_LINES]
    lines = [line for line in lines if line.strip(b"\r\0 ")]
    if not lines:
        return ""
    if lines[0].startswith((b"#Version:", b"#Fields:", b"#Software:")):
        return "w3c"
    fits = {name: sum(_fits(make(name), line) for line in lines) for name in FORMATS}
    best = max(FORMATS, key=lambda name: fits[name])
    if not fits[best]:
        raise InputError(f"{path}: no access log that kbtool knows", hint=_HINT)
    return best


def _fits(read: Format, line: bytes) -> bool:
    try:
        _, status, rest = read.split(line)
        read.who(rest)
    except NotTakenError:
        return False
    return status in STATUSES
