"""Looking for what holds digits only in the lines that hold digits: most lines hold none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Concatenate, NamedTuple, ParamSpec

from kbtool.privacy.spans import Span

_P = ParamSpec("_P")
_DIGIT = re.compile(r"\d")
_NUMBER_BEGINS = re.compile(r"[\d+(]")


class Excerpt(NamedTuple):
    """Some whole lines of a text, in order."""

    text: str
    starts: tuple[int, ...]
    """Where each stretch of following lines begins in the excerpt."""
    shifts: tuple[int, ...]
    """How much further down each stretch stands in the whole text."""

    def in_whole(self, span: Span) -> Span:
        """The same span by its place in the whole text."""
        shift = self.shifts[bisect_right(self.starts, span.start) - 1]
        return Span(span.start + shift, span.end + shift, span.kind) if shift else span


@lru_cache(maxsize=16)
def numbered(text: str) -> Excerpt:
    """The lines of ``text`` that hold a digit, each with the line before when a number opens it.

    (A word that ends a line, ``Tel:``, tells what the number is that opens the next.)
    """
    if "\n" not in text:
        return Excerpt(text if _DIGIT.search(text) else "", (0,), (0,))
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    done = length = 0
    while digit := _DIGIT.search(text, done):
        start = text.rfind("\n", done, digit.start()) + 1 or done
        if start > done and _NUMBER_BEGINS.match(text, start):
            start = text.rfind("\n", done, start - 1) + 1 or done
        end = text.find("\n", digit.end())
        end = len(text) if end < 0 else end
        pieces.append(text[start:end])
        starts.append(length)
        shifts.append(start - length)
        length += end - start + 1
        done = end + 1
    return Excerpt("\n".join(pieces), tuple(starts), tuple(shifts))


def in_numbered_lines(
    detect: Callable[Concatenate[str, _P], Iterator[Span]],
) -> Callable[Concatenate[str, _P], Iterator[Span]]:
    """A detector that reads only ``numbered`` lines.

    It finds the same in them as in the whole text if all it finds holds a digit and no line break,
    and it looks at nothing in other lines but the end of the one before.
    """

    @wraps(detect)
    def in_lines(text: str, /, *args: _P.args, **kwargs: _P.kwargs) -> Iterator[Span]:
        lines = numbered(text)
        if lines.text:
            yield from map(lines.in_whole, detect(lines.text, *args, **kwargs))

    return in_lines
