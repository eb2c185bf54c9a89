"""Where charts are drawn, and the marks that all of them are made of."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from kbtool.markup import Markup, el

LETTER = 7.6
"""Width of a letter of 14 pixels, on average; what is written in two columns takes two."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a chart is drawn, in SVG units (pixels at its natural width)."""

    id: str
    """Unique on the page; ids inside the chart begin with it."""
    title: str
    description: str
    width: int
    height: int


def svg(canvas: Canvas, *parts: object) -> Markup:
    """The picture with its name; ``stripes`` are defined in it."""
    name = canvas.id
    return el(
        "svg",
        el("title", canvas.title, id=f"{name}-title"),
        el("desc", canvas.description, id=f"{name}-desc"),
        el("defs", _pattern(name)),
        *parts,
        class_="chart",
        role="img",
        viewBox=f"0 0 {canvas.width} {canvas.height}",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def stripes(canvas: Canvas) -> str:
    """What a striped mark is filled with."""
    return f"url(#{canvas.id}-stripes)"


def rectangle(
    x: float, y: float, width: float, height: float, kind: str, fill: str | None = None,
    told: Markup | None = None,
) -> Markup:  # fmt: skip
    """A rectangle; ``told`` is shown where a pointer rests on it."""
    place = {"x": x, "y": y, "width": width, "height": height}
    return el("rect", told, **place, class_=kind, fill=fill)


def text(said: str, x: float, y: float, anchor: str, kind: str | None = None) -> Markup:
    """Words on a line whose ground is at ``y``; ``anchor``: start, middle or end of them at ``x``."""
    return el("text", said, x=x, y=y, text_anchor=anchor, class_=kind)


def width_of(said: str) -> float:
    """About how wide words are when they are drawn."""
    return LETTER * sum(map(_columns, said))


def fitted(said: str, room: float) -> str:
    """``said`` as far as it has room, in one line; an ellipsis says that there was more."""
    line = " ".join(said.split())
    if width_of(line) <= room:
        return line
    shown, left = [], room - LETTER
    for letter in line:
        left -= LETTER * _columns(letter)
        if left < 0:
            break
        shown.append(letter)
    return f"{''.join(shown).rstrip()}…"


def _columns(letter: str) -> int:
    if combining(letter):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def _pattern(name: str) -> Markup:
    """Stripes: what tells one kind of bar from the other without colour."""
    return el(
        "pattern",
        el("rect", width=6, height=6, class_="ground"),
        el("line", x1=0, y1=0, x2=0, y2=6, class_="stripe"),
        id=f"{name}-stripes",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
