"""Spans: where in a text something was found, and what it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

UPPER = "".join(chr(c) for c in (*range(0x41, 0x180), *range(0x400, 0x430)) if chr(c).isupper())
"""Capital letters of Latin and Cyrillic, for character classes (``re`` has no ``\\p{Lu}``)."""

CAPITALISED = rf"[{UPPER}][^\W\d_]{{1,30}}(?:['’\-][^\W\d_]{{1,30}})?"
"""A word that begins with a capital; ``O'Shea`` and ``Jean-Luc`` are one."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, ``text[start:end]``, and its kind (``email``, ``phone``, ``keep``, …)."""

    start: int
    end: int
    kind: str


def first_come(spans: Iterable[Span]) -> list[Span]:
    """The spans that overlap none given before them, by place.

    The order in which detectors report is their priority.
    """
    starts: list[int] = []
    taken: list[Span] = []
    for span in spans:
        at = bisect_left(starts, span.start)
        clear_before = at == 0 or taken[at - 1].end <= span.start
        clear_after = at == len(taken) or span.end <= taken[at].start
        if span.start < span.end and clear_before and clear_after:
            starts.insert(at, span.start)
            taken.insert(at, span)
    return taken
