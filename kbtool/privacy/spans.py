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


_RUN = re.compile(r"\d(?:\D{0,3}\d){6,}")
_PIECES = {
    **dict.fromkeys(("phone", "number", "id", "card"), _RUN),
    "name": re.compile(rf"(?<!\w){CAPITALISED}(?: {CAPITALISED})*"),
}
"""Kinds of which a part that another detector leaves is still one: seven digits, whole words."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, ``text[start:end]``, and its kind (``email``, ``phone``, ``keep``, …)."""

    start: int
    end: int
    kind: str


def first_come(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans in ``text`` that overlap none given before them, by place.

    The order in which detectors report is their priority. A run of digits may be several numbers
    side by side, and several words two names: of those the rest stays of which a part is taken.
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
    """The pieces that the others leave of a run of digits or of several words of a name."""
    if span.kind not in _PIECES or any(other.kind == "keep" for other in others):
        return []
    piece = _PIECES[span.kind]
    pieces: list[Span] = []
    start = span.start
    for other in (*others, Span(span.end, span.end, span.kind)):
        if match := piece.search(text, start, max(start, other.start)):
            pieces.append(Span(match.start(), match.end(), span.kind))
        start = other.end
    return pieces
