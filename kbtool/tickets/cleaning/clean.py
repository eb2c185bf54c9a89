"""Clean one message: HTML to Markdown, quotes, signatures and greetings out, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.model import Cut
from kbtool.tickets.cleaning.endings import cut_around
from kbtool.tickets.cleaning.html import html_to_text, tidy
from kbtool.tickets.cleaning.quotes import cut_quotes

MAX_MESSAGE = 64_000
"""Characters of a message that are read; the rest is dropped and counted."""
MAX_LINE = 2_000
"""Longer lines are broken at a space, so that no pattern ever sees more."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the sender wrote, and what was taken out; still unredacted."""

    text: str
    cuts: tuple[Cut, ...]
    shortened: bool


def clean(raw: str, *, is_html: bool, names: Sequence[str]) -> Cleaned:
    """The message in Markdown without quotes, signature and greeting.

    ``names`` are full names of the people in the ticket. A body never vanishes: when the rules
    would cut everything, what they left last is kept.
    """
    shortened = len(raw) > MAX_MESSAGE
    cuts: list[Cut] = []
    if is_html:
        text, cuts = html_to_text(raw[:MAX_MESSAGE])
        if not text and cuts:
            text, cuts = max((cut.text for cut in cuts), key=len), []
    else:
        text = tidy(raw[:MAX_MESSAGE])
    shortened = shortened or len(text) > MAX_MESSAGE  # nested lists grow when they are indented
    text = _short_lines(text[:MAX_MESSAGE])
    for rule in (cut_quotes, lambda body: cut_around(body, names)):
        left, cut = rule(text)
        if left:
            text = left
            cuts += cut
    return Cleaned(tidy(text), tuple(cuts), shortened)


def _short_lines(text: str) -> str:
    if len(text) <= MAX_LINE:
        return text
    return "\n".join(piece for line in text.split("\n") for piece in _broken(line))


def _broken(line: str) -> list[str]:
    pieces: list[str] = []
    while len(line) > MAX_LINE:
        at = line.rfind(" ", MAX_LINE // 2, MAX_LINE)
        at = at if at > 0 else MAX_LINE
        pieces.append(line[:at])
        line = line[at:].lstrip(" ")
    return [*pieces, line]
