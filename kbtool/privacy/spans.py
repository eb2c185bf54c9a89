"""Spans: where in a text something was found, and what it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UPPER = "".join(chr(c) for c in (*range(0x41, 0x180), *range(0x400, 0x430)) if chr(c).isupper())
"""Capital letters of Latin and Cyrillic, for character classes (``re`` has no ``\\p{Lu}``)."""

CAPITALISED = rf"[{UPPER}][^\W\d_]{{1,30}}(?:['’\-][^\W\d_]{{1,30}})?"
"""A word that begins with a capital; ``O'Shea`` and ``Jean-Luc`` are one."""


_RUNS, _FEWEST = frozenset({"phone", "number"}), 7
_DIGITS = re.compile(r"\d.*\d", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, ``text[start:end]``, and its kind (``email``, ``phone``, ``keep``, …)."""

    start: int
    end: int
    kind: str


def first_come(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans in ``text`` that overlap none given before them, by place.

    The order in which detectors report is their priority. A run of digits may be several numbers
    side by side: of one of which a part is taken the rest stays, if it is long enough for a phone.
    """
    starts: list[int] = []
    taken: list[Span] = []
    for span in spans:
        at = bisect_right(starts, span.start)
        first = at - 1 if at and taken[at - 1].end > span.start else at
        last = bisect_left(starts, span.end)
        if first == last:
            rest = [span] if span.start < span.end else []
        else:
            rest = _outside(span, taken[first:last], text)
        for piece in rest:
            at = bisect_left(starts, piece.start)
            starts.insert(at, piece.start)
            taken.insert(at, piece)
    return taken


def _outside(span: Span, others: Sequence[Span], text: str) -> list[Span]:
    """The pieces of a run of digits that the others leave of it."""
    if span.kind not in _RUNS or any(other.kind == "keep" for other in others):
        return []
    pieces: list[Span] = []
    start = span.start
    for other in (*others, Span(span.end, span.end, span.kind)):
        match = _DIGITS.search(text, start, max(start, other.start))
        if match and sum(map(str.isdigit, match.group())) >= _FEWEST:
            pieces.append(Span(match.start(), match.end(), span.kind))
        start = other.end
    return pieces
