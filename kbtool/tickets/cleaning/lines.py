"""A message as lines: each is kept or belongs to one kind of cut, so that nothing can get lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kbtool.model import Cut

MAX_LINE = 2_000
"""Longer lines are broken at a space, so that no pattern ever sees more."""
MAX_LINES = 2_000
"""Lines of a message that are read: a message of 64,000 characters seldom has half of them."""

Kind: TypeAlias = Literal["quote", "signature", "greeting", "closing", "disclaimer", "delimiter"]
Tag: TypeAlias = Literal["", "quote", "intro", "head", "signature", "own", "code"]
"""What markup said about a line: quoted; "X wrote"; the header of a quoted mail; signature; a
quotation of the writer's own; code."""

SIGNATURE_DASHES = "-- "
"""The line that begins a signature by rule (RFC 3676 section 4.3); only here a blank ends a line."""
_RULE, _SHORTEST_RULE = frozenset("_-=*—–"), 3
BETWEEN_WORDS = re.compile(r".*[^\w.@+-]", re.DOTALL)
"""As far as a text can be cut off without halving a word or a mail address."""
_GAPS = re.compile(r"\n{3,}")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u034f\x00"))
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
_TRANSLATION = _INVISIBLE | _BLANKS


@dataclass(slots=True)
class Line:
    """One line; ``cut`` says as what it is taken out, ``None`` that it stays."""

    text: str
    tag: Tag = ""
    cut: Kind | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing is on it."""
        return not self.text


def visible(text: str) -> str:
    """The text with one kind of blank, and without characters that nobody sees."""
    return text if text.isascii() and "\x00" not in text else text.translate(_TRANSLATION)


def tidy(text: str) -> str:
    """Visible text with one kind of line break, no blanks at the ends of lines, and no more than
    one empty line in a row."""
    # by line: a pattern for blanks before a break would look at a long run of blanks again and again
    lines = _BREAKS.sub("\n", visible(text)).split("\n")
    lines = [line if line == SIGNATURE_DASHES else line.rstrip() for line in lines]
    return _GAPS.sub("\n\n", "\n".join(lines)).strip("\n")


def to_lines(text: str, tag: Tag = "") -> list[Line]:
    """The lines of a tidied text, long ones broken; one more than is read tells that there are more."""
    found = text.split("\n", MAX_LINES + 1)[: MAX_LINES + 1]
    if len(text) > MAX_LINE:
        found = [
            piece for line in found for piece in (broken(line) if len(line) > MAX_LINE else (line,))
        ]
    return [Line(line, tag) for line in found]


def broken(line: str) -> list[str]:
    """A line in pieces of at most ``MAX_LINE`` characters, broken between words.

    A mail address must stay whole, or its halves would not be known for what they are.
    """
    pieces: list[str] = []
    while len(line) > MAX_LINE:
        at = line.rfind(" ", MAX_LINE // 2, MAX_LINE)
        if at < 0:
            found = BETWEEN_WORDS.match(line, MAX_LINE // 2, MAX_LINE)
            at = found.end() if found else MAX_LINE
        pieces.append(line[:at])
        line = line[at:].lstrip(" ")
    return [*pieces, line]


def is_rule(text: str) -> bool:
    """Whether a line is only drawn."""
    text = text.strip()
    return len(text) >= _SHORTEST_RULE and not set(text) - _RULE


def kept(lines: Iterable[Line]) -> list[Line]:
    """The lines that no rule has taken out yet."""
    return [line for line in lines if line.cut is None]


def assembled(lines: Iterable[Line]) -> tuple[str, tuple[Cut, ...]]:
    """(the kept text, the cuts in order): lines cut as the same kind one after another are one cut.

    A cut's ``line`` is how many lines of the kept text stand before it.
    """
    text: list[str] = []
    cuts: list[Cut] = []
    piece: list[str] = []
    kind: Kind | None = None
    start, gap = 0, False
    for line in (*lines, Line("", cut=None), Line("end")):
        if line.blank:
            gap = True
            continue
        if line.cut != kind and kind is not None:
            cuts += [Cut(kind, "\n".join(piece).strip("\n"), start)] if any(piece) else []
        if gap and text and text[-1]:
            text.append("")
        if line.cut is None:
            text.append(f"> {line.text}" if line.tag == "own" else line.text)
        elif line.cut != kind:
            piece, start = [line.text], len(text)
        else:
            piece += ["", line.text] if gap else [line.text]
        kind, gap = line.cut, False
    del text[-2:]  # the end mark and the empty line before it
    return "\n".join(text), tuple(Cut(cut.kind, cut.text, min(cut.line, len(text))) for cut in cuts)
