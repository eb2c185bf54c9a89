"""Bars that lie: a row for each thing, its name above its bars, its numbers behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from kbtool.charts.canvas import Canvas, fitted, rectangle, stripes, svg, text, width_of
from kbtool.markup import Markup, el

Kind: TypeAlias = Literal["solid", "striped", "hollow"]
_NAME = 22
"""Height of the line with a row's name."""
_BETWEEN = 14
_GAP = 10
"""Between a bar and its number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One bar of a row, with what is written behind it."""

    value: float
    told: str
    kind: Kind = "solid"


@dataclass(frozen=True, slots=True)
class Row:
    """A name with its bars, one below the other."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """How many got so far; an end that is no success is ``striped``."""

    name: str
    count: int
    striped: bool = False


def bar_rows(rows: Sequence[Row], canvas: Canvas, *, thick: int = 14) -> Markup:
    """The rows one below the other, all bars on one scale; the canvas becomes as high as needed.

    Values below 0 are drawn as 0.
    """
    most = max((part.value for row in rows for part in row.parts), default=0)
    room = max((width_of(part.told) for row in rows for part in row.parts), default=0)
    widest = max(canvas.width - room - _GAP, 0)
    y, drawn = 0.0, []
    for row in rows:
        drawn.append(text(fitted(row.name, canvas.width), 0, y + 14, "start", "strong"))
        y += _NAME
        for part in row.parts:
            wide = widest * max(part.value, 0) / most if most > 0 else 0
            drawn.append(_bar(part, y, wide, thick, canvas))
            y += thick + 4
        y += _BETWEEN
    return svg(replace(canvas, height=max(round(y - _BETWEEN), 1)), *drawn)


def funnel(steps: Sequence[Step], canvas: Canvas, *, whole: int) -> Markup:
    """How many of ``whole`` got how far: counts and shares."""
    rows = [
        Row(
            step.name,
            (Part(step.count, _of(step.count, whole), "striped" if step.striped else "solid"),),
        )
        for step in steps
    ]
    return bar_rows(rows, canvas, thick=18)


def _of(count: int, whole: int) -> str:
    return f"{count:,} · {count / whole:.0%}".replace("%", " %") if whole else f"{count:,}"


def _bar(part: Part, y: float, wide: float, thick: int, canvas: Canvas) -> Markup:
    fill = stripes(canvas) if part.kind == "striped" else None
    kind = "bar" if part.kind == "striped" else f"bar {part.kind}"
    said = text(part.told, wide + _GAP, y + thick / 2 + 5, "start", "plain")
    return el("g", rectangle(0.5, y, wide, thick, kind, fill), said)
