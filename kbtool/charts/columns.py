"""Columns side by side, each of two parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.charts.axes import EDGE, ground, names_below, plot_in, value_axis
from kbtool.charts.canvas import Canvas, rectangle, stripes, svg
from kbtool.markup import Markup, el


@dataclass(frozen=True, slots=True)
class Stack:
    """One column of two parts: a solid one with a striped one on it."""

    name: str
    """Written below it where there is room."""
    label: str
    """Shown where a pointer rests on it."""
    solid: int
    striped: int


def stacks(columns: Sequence[Stack], canvas: Canvas, *, left: str) -> Markup:
    """Columns side by side, each of a solid part with a striped part on it, in their order."""
    most = max((c.solid + c.striped for c in columns), default=0)
    plot = plot_in(canvas, most, right=EDGE, below=28)
    slot = (plot.right - plot.left) / max(len(columns), 1)
    parts = []
    for n, column in enumerate(columns):
        at, wide = plot.left + n * slot + slot * 0.15, slot * 0.7
        solid, top = plot.y(column.solid), plot.y(column.solid + column.striped)
        told = el("title", column.label)
        parts.append(
            el(
                "g",
                told,
                rectangle(at, solid, wide, plot.bottom - solid, "bar solid"),
                rectangle(at, top, wide, solid - top, "bar", stripes(canvas)),
            )
        )
    named = [(plot.left + (n + 0.5) * slot, column.name) for n, column in enumerate(columns)]
    return svg(canvas, value_axis(plot, left), *parts, ground(plot), names_below(named, plot))
