"""Clean one message: HTML to Markdown, quotes, signatures and greetings out, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from kbtool.model import Cut
from kbtool.text.fold import word_key
from kbtool.tickets.cleaning.closings import WORD
from kbtool.tickets.cleaning.endings import Frame, cut_endings, cut_rules
from kbtool.tickets.cleaning.footers import cut_legal, cut_phone_lines
from kbtool.tickets.cleaning.greetings import cut_greeting
from kbtool.tickets.cleaning.html import html_lines, looks_like_html
from kbtool.tickets.cleaning.lines import (
    BETWEEN_WORDS,
    MAX_LINES,
    Line,
    assembled,
    kept,
    tidy,
    to_lines,
)
from kbtool.tickets.cleaning.quotes import cut_quotes, part_introductions
from kbtool.tickets.cleaning.wrappers import cut_comments, cut_delimiters, cut_notices

MAX_MESSAGE = 64_000
"""Characters of a message that are read; the rest is dropped and counted."""
_LONGEST_WORD = 1_000


_DRAWN = " -–—_=*>|.~\t"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the sender wrote, and what was taken out; still unredacted."""

    text: str
    cuts: tuple[Cut, ...]
    shortened: bool


def clean(raw: str, *, is_html: bool, names: Sequence[str]) -> Cleaned:
    """The message in Markdown without quotes, signature and greeting.

    ``names`` are full names of the people in the ticket. Every line of the message is in the text
    or in one of the cuts. A body never vanishes: a rule that would leave nothing is not applied.
    """
    shortened = len(raw) > MAX_MESSAGE
    raw = _cut_off(raw) if shortened else raw
    if is_html or looks_like_html(raw):
        lines = html_lines(raw)
    else:
        lines = to_lines(tidy(raw))
        _tag_code(lines)
    lines, dropped = _limited(lines)
    part_introductions(lines)
    known = _known(tuple(names))
    rules: tuple[Callable[[list[Line]], None], ...] = (
        cut_comments,
        cut_delimiters,
        cut_notices,
        partial(cut_quotes, frame=Frame(known)),
        cut_phone_lines,
        cut_legal,
        partial(cut_endings, known=known),
    )
    for rule in rules:
        _apply(rule, lines)
    _apply_whole(partial(cut_greeting, known=known), lines)
    _apply_whole(cut_rules, lines)
    text, cuts = assembled(lines)
    return Cleaned(text, cuts, shortened or dropped)


def _cut_off(raw: str) -> str:
    """The beginning of a long message; half a mail address would tell nobody that it is one."""
    found = BETWEEN_WORDS.match(raw, MAX_MESSAGE - _LONGEST_WORD, MAX_MESSAGE)
    return raw[: found.end() if found else MAX_MESSAGE]


def _apply(rule: Callable[[list[Line]], None], lines: list[Line]) -> None:
    """Apply a rule to what is left, and take it back when nothing is left then."""
    left = kept(lines)
    if not _says(left):
        return
    rule(left)
    if not _says(left):
        for line in left:
            line.cut = None


def _says(lines: list[Line]) -> bool:
    """Whether more is left than rules and dashes."""
    return any(line.cut is None and line.text.strip(_DRAWN) for line in lines)


def _apply_whole(rule: Callable[[list[Line]], None], lines: list[Line]) -> None:
    """The same for a rule that must see the lines that are cut, too."""
    left = kept(lines)
    rule(lines)
    if left and not _says(lines):
        for line in left:
            line.cut = None


def _limited(lines: list[Line]) -> tuple[list[Line], bool]:
    """(the lines within the limits, whether any were dropped)."""
    size = 0
    for index, line in enumerate(lines):
        size += len(line.text) + 1
        if size > MAX_MESSAGE or index >= MAX_LINES:
            return lines[:index], True
    return lines, False


def _tag_code(lines: list[Line]) -> None:
    """Mark what stands between fences (```), so that no rule takes it for anything else."""
    fences = [i for i, line in enumerate(lines) if line.text.lstrip().startswith(("```", "~~~"))]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        for line in lines[first : last + 1]:
            if not line.blank:
                line.tag = "code"


@lru_cache(maxsize=64)
def _known(names: tuple[str, ...]) -> frozenset[str]:
    """The keys of the names' words."""
    return frozenset(
        word_key(word) for name in names for word in WORD.findall(name) if len(word) > 1
    )
