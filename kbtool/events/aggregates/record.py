"""What a row of another counter's export is, and what makes a format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

Days: TypeAlias = tuple[date, date]
"""First and last day, both included."""
Rule: TypeAlias = Literal["bot", "event", "total", "no address", "another table", "no article", "another host"]  # fmt: skip
"""Why a good row is not stored."""


@dataclass(frozen=True, slots=True)
class Views:
    """A row that counts views of a page."""

    line: int
    days: Days | None
    """None where only the file, or who imports it, says which."""
    url: str
    """A whole address, or the path below the host."""
    views: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that counts no page: a sum of others, a bot, an event."""

    line: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileDays:
    """What the file itself says of the days that all its rows are about."""

    days: Days


Row: TypeAlias = Views | LeftOut | Broken | FileDays
Cells: TypeAlias = tuple[int, list[str]]
"""1-based line on which a row begins, and its cells."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of export."""

    name: str
    """Of the counter; the source of what is stored."""
    title: str
    matches: Callable[[Sequence[str]], bool]
    """Whether this is its header row (cells as ``folded``)."""
    read: Callable[[Iterable[Cells]], Iterator[Row]]
    """The rows of a file, its header first. Raises InputError for a version that is not known."""


def folded(cell: str) -> str:
    """A header's cell for comparing: case, spaces and apostrophes do not matter."""
    plain = cell.replace("\ufeff", "").replace("’", "'").replace("İ", "i").replace("I", "i")
    return " ".join(plain.lower().split())


def column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """The place of the first of ``names`` that is in a (folded) header."""
    return next((header.index(name) for name in names if name in header), None)


def at(cells: Sequence[str], place: int | None) -> str:
    """A cell without spaces around it; empty when there is none."""
    return cells[place].strip() if place is not None and place < len(cells) else ""


def quoted(text: str) -> str:
    """The beginning of a cell, as it is told why a row is broken."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


_SHOWN = 60
_WHOLE = re.compile(
    r"\d+(?:[.,]0{1,2})?|\d{1,3}(?:([ .,'’\u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII
)


def whole(text: str) -> int | None:
    """A number of views, with or without separators of thousands; None when it is none."""
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        return None
    text = re.sub(r"(?<=\d)[.,]0{1,2}$", "", text)
    return int(re.sub(r"\D", "", text))


_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


def day_of(text: str) -> date | None:
    """``2026-10-31``, ``20261031`` or a time on that day; None when it is none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def days_of(text: str) -> Days | None:
    """A day, two days with a comma between them, or a month; None when it is none of these."""
    first, _, last = text.partition(",")
    begin, end = day_of(first), day_of(last or first)
    if begin and end:
        return (begin, end) if begin <= end else None
    if (found := _MONTH.fullmatch(text.strip())) and 1 <= int(found[2]) <= 12:
        begin = date(int(found[1]), int(found[2]), 1)
        return begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return None
