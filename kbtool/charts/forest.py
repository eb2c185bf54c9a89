"""A forest plot: estimates of change with their intervals, one below the other, and all in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log1p, sqrt

from kbtool.charts.canvas import Canvas, fitted, svg, text, width_of
from kbtool.markup import Markup, el, join, number

LEAST, MOST = -0.9, 3.0
"""Changes that the axis can show; beyond them an arrow says that it goes on."""
_WIDE = 640
"""From this width on, names, plot and numbers stand in three columns."""
_TICKS = (-0.9, -0.75, -0.5, -0.25, 0.0, 1 / 3, 1.0, 3.0)
_AROUND = (-0.25, 1 / 3)
"""What the axis holds at least."""
_HEAD, _FOOT = 30, 30


@dataclass(frozen=True, slots=True)
class Estimate:
    """A change (-0.3: 30 % fewer) with its interval; all above -1, low ≤ change ≤ high."""

    name: str
    change: float
    low: float
    high: float
    told: str
    """The numbers in words, written beside it."""
    weight: float = 1
    """How large its square is, against the others'."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """The axis: logarithmic, so that halving and doubling are as far from no change."""

    left: float
    right: float
    low: float
    high: float

    def x(self, change: float) -> float:
        """Where a change stands; beyond the axis, at its end."""
        share = (log1p(max(change, -0.99)) - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns are, and how high a row is."""

    name: float
    """Width of the names; 0: they stand above."""
    plot: tuple[float, float]
    told: float
    row: int
    middle: int
    """Of a row, where its interval is drawn."""


def forest(
    rows: Sequence[Estimate],
    canvas: Canvas,
    *,
    pooled: Estimate | None = None,
    nought: str = "no change",
    less: str = "fewer",
    more: str = "more",
) -> Markup:
    """A row for each estimate with a square and its interval, and a diamond for all in one.

    The canvas becomes as high as needed. ``nought`` names the line where nothing changes, ``less``
    and ``more`` its sides.
    """
    shown = [*rows, *((pooled,) if pooled else ())]
    layout = _layout(canvas)
    scale = _scale(shown, layout)
    bottom = _HEAD + layout.row * len(shown) + (10 if pooled else 0)
    heaviest = max((row.weight for row in rows), default=0)
    drawn = [
        _row(row, n, layout, scale, 3.5 + 4.5 * sqrt(max(row.weight, 0) / heaviest if heaviest else 0))
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return svg(
        replace(canvas, height=bottom + _FOOT),
        _axis(scale, bottom, canvas.width, nought, less, more),
        *drawn,
        _diamond(pooled, len(rows), layout, scale, canvas) if pooled else None,
    )


def _layout(canvas: Canvas) -> _Layout:
    if canvas.width < _WIDE:
        return _Layout(0, (8, canvas.width - 8), 0, 68, 50)
    name, told = canvas.width * 0.36, canvas.width * 0.76
    return _Layout(name - 16, (name, told - 20), told, 34, 17)


def _scale(shown: Sequence[Estimate], layout: _Layout) -> _Scale:
    low = min((row.low for row in shown), default=0.0)
    high = max((row.high for row in shown), default=0.0)
    ends = (max(min(low, _AROUND[0]), LEAST), min(max(high, _AROUND[1]), MOST))
    return _Scale(*layout.plot, *map(log1p, ends))


def _axis(scale: _Scale, bottom: float, width: int, nought: str, less: str, more: str) -> Markup:
    """The line of no change with its sides named above, and per cents below."""
    at = scale.x(0)
    parts = [
        text(f"← {less}", at - 10, 14, "end") if at - 10 > width_of(f"← {less}") else None,
        text(f"{more} →", at + 10, 14, "start"),
    ]
    for tick in _shown_ticks(scale):
        x = scale.x(tick)
        kind = "grid" if tick else "nought"
        parts.append(el("line", x1=x, x2=x, y1=_HEAD - 8, y2=bottom, class_=kind))
        said = _told(tick, nought)
        half = width_of(said) / 2
        at = min(max(x, half), width - half)
        parts.append(text(said, at, bottom + 20, "middle", None if tick else "plain"))
    return join(*parts)


def _told(change: float, nought: str) -> str:
    sign = "+" if change > 0 else "−"
    return f"{sign}{abs(change) * 100:.0f} %" if change else nought


def _shown_ticks(scale: _Scale) -> Iterator[float]:
    """No change first, then those on either side that have room."""
    yield 0.0
    room = width_of("no change") / 2
    for side in (-1, 1):
        last, half = scale.x(0), room
        for tick in sorted((t for t in _TICKS if t * side > 0), key=abs):
            x, own = scale.x(tick), width_of(_told(tick, "")) / 2
            inside = scale.low <= log1p(tick) <= scale.high
            if inside and abs(x - last) >= half + own + 8:
                yield tick
                last, half = x, own


def _row(row: Estimate, n: int, layout: _Layout, scale: _Scale, half: float) -> Markup:
    top = _HEAD + n * layout.row
    y, x = top + layout.middle, scale.x(row.change)
    return el(
        "g",
        el("title", f"{row.name}: {row.told}"),
        *_words(row, top, layout, "plain"),
        el("line", x1=scale.x(row.low), x2=scale.x(row.high), y1=y, y2=y, class_="whisker"),
        _arrow(scale.left, y, -1) if log1p(max(row.low, -0.99)) < scale.low else None,
        _arrow(scale.right, y, 1) if log1p(row.high) > scale.high else None,
        el("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, class_="solid"),
    )


def _diamond(row: Estimate, n: int, layout: _Layout, scale: _Scale, canvas: Canvas) -> Markup:
    """All in one, below a line."""
    top = _HEAD + n * layout.row + 10
    y = top + layout.middle
    corners = ((row.low, 0), (row.change, -9), (row.high, 0), (row.change, 9))
    points = " ".join(f"{number(scale.x(at))},{number(y + up)}" for at, up in corners)
    return el(
        "g",
        el("title", f"{row.name}: {row.told}"),
        el("line", x1=0, x2=canvas.width, y1=top - 4, y2=top - 4, class_="grid"),
        *_words(row, top, layout, "strong"),
        el("polygon", points=points, class_="flag"),
    )


def _words(row: Estimate, top: float, layout: _Layout, kind: str) -> tuple[Markup, Markup]:
    """Name and numbers: in their columns, or one above the other."""
    if layout.name:
        y = top + layout.middle + 5
        said = fitted(row.name, layout.name)
        return text(said, 0, y, "start", kind), text(row.told, layout.told, y, "start", kind)
    room = layout.plot[1]
    return (
        text(fitted(row.name, room), 0, top + 14, "start", f"{kind} halo"),
        text(
            fitted(row.told, room),
            0,
            top + 32,
            "start",
            "halo" if kind == "plain" else "strong halo",
        ),
    )


def _arrow(x: float, y: float, way: int) -> Markup:
    points = f"{number(x + 5 * way)},{number(y)} {number(x - 4 * way)},{number(y - 5)} {number(x - 4 * way)},{number(y + 5)}"
    return el("polygon", points=points, class_="point")
