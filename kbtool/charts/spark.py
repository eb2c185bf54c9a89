"""The shape of a row of numbers, as small as a line of text."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.charts.axes import Plot, ground
from kbtool.charts.canvas import Canvas, rectangle, svg
from kbtool.markup import Markup

_LEAST = 3
"""What fills a small chart at least: a single ticket shall not look like a flood."""


def sparkline(values: Sequence[int], canvas: Canvas) -> Markup:
    """Small columns without axes: the shape of a row of numbers, each on the same ground."""
    plot = Plot(0, 2, canvas.width, canvas.height - 1, max((*values, _LEAST)))
    slot = canvas.width / max(len(values), 1)
    gap = min(2.0, slot * 0.2)
    columns = [
        rectangle(n * slot + gap / 2, plot.y(v), slot - gap, plot.bottom - plot.y(v), "solid")
        for n, v in enumerate(values)
        if v
    ]
    return svg(canvas, *columns, ground(plot))
