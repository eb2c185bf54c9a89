"""Axes: round numbers, lines across the plot, names below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.charts.canvas import Canvas, text, width_of
from kbtool.markup import Markup, el, join

EDGE = 12
"""Least room between a plot and the right edge of its canvas."""
_GAP = 12
"""Least room between two names below a plot."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle between the axes, and the value at its top."""

    left: float
    top: float
    right: float
    bottom: float
    most: int

    def y(self, value: float) -> float:
        """Where a value stands."""
        return self.bottom - (self.bottom - self.top) * value / self.most


def plot_in(canvas: Canvas, most: int, *, right: float, below: int, top: int = 30) -> Plot:
    """The plot of a chart whose largest value is ``most``, with room for words around it."""
    highest = ticks(most)[-1]
    left = 16 + 9 * len(f"{highest:,}")
    return Plot(left, top, canvas.width - right, canvas.height - below, highest)


def ticks(most: int) -> list[int]:
    """0 and up to five round numbers, the last at or above ``most``; never only 0."""
    steps = (factor * 10**power for power in range(18) for factor in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return list(range(0, max(-(-most // step), 1) * step + 1, step))


def value_axis(plot: Plot, name: str) -> Markup:
    """Lines across the plot with their values; ``name`` stands above them."""
    rows = []
    for tick in ticks(plot.most):
        at = plot.y(tick)
        kind = "grid" if tick else "axis"
        rows.append(el("line", x1=plot.left, x2=plot.right, y1=at, y2=at, class_=kind))
        rows.append(text(f"{tick:,}", plot.left - 8, at + 5, "end"))
    return join(*rows, text(name, 0, 14, "start"))


def ground(plot: Plot) -> Markup:
    """The line that everything stands on."""
    return el("line", x1=plot.left, x2=plot.right, y1=plot.bottom, y2=plot.bottom, class_="axis")


def names_below(names: Sequence[tuple[float, str]], plot: Plot) -> Markup:
    """The names, each in the middle of its place, that have room, from the last one back."""
    shown: list[Markup] = []
    free = plot.right + EDGE
    for place, name in reversed(names):
        half = width_of(name) / 2
        at = min(place, plot.right + EDGE - half)
        if at + half <= free and at >= half:
            shown.append(text(name, at, plot.bottom + 20, "middle"))
            free = at - half - _GAP
    return join(*reversed(shown))
