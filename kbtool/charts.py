"""Charts as inline SVG: no script, no style attribute, no font, readable without colour.

A chart is one picture to a screen reader, with a title and a description; whoever shows it puts
the numbers into a table beside it. Colours are classes (``CSS``), so that a page chooses them for
light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kbtool.markup import Markup, el, join, number

CSS = """
.chart { display: block; width: 100%; height: auto; overflow: visible; }
.chart text { fill: var(--muted); font-size: 14px; }
.chart .strong { fill: var(--text); font-weight: 600; }
.chart .halo { paint-order: stroke; stroke: var(--page); stroke-width: 5px; stroke-linejoin: round; }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .axis { stroke: var(--edge); stroke-width: 1; }
.chart .bar { stroke: var(--bar); stroke-width: 1; }
.chart .solid { fill: var(--bar); }
.chart .stripe { stroke: var(--bar); stroke-width: 2; }
.chart .ground { fill: var(--page); }
.chart .line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
.chart .dot { fill: var(--accent); stroke: var(--page); stroke-width: 1.5; }
.chart .goal { stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: 6 4; }
"""
"""For a page that defines --text, --muted, --line, --edge, --page, --bar and --accent."""

GOAL = 80
"""Per cent of the whole at which a Pareto chart asks how few make that much."""
MOST_RECTANGLES = 250
"""More bars than this are drawn as one path: nobody could point at one of them."""
_DOTS = 60
_ROOM = 90
"""Width of the words beside the point where the line passes the goal."""
_LEAST = 3
"""What fills a small chart at least: a single ticket shall not look like a flood."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; its label is shown where a pointer rests on it."""

    label: str
    value: int
    striped: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """One column of two parts: a solid one with a striped one on it."""

    name: str
    """Written below it where there is room."""
    label: str
    """Shown where a pointer rests on it."""
    solid: int
    striped: int


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where a chart is drawn, in SVG units (pixels at its natural width)."""

    id: str
    """Unique on the page; ids inside the chart begin with it."""
    title: str
    description: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Plot:
    """The rectangle between the axes, and the value at its top."""

    left: float
    top: float
    right: float
    bottom: float
    most: int

    def y(self, value: float) -> float:
        """Where a value stands."""
        return self.bottom - (self.bottom - self.top) * value / self.most


def shares(values: Sequence[int]) -> list[float]:
    """The cumulative share of each value in the sum of all, 0 to 1; all 0 when the sum is 0."""
    whole = sum(values)
    return [so_far / whole if whole else 0.0 for so_far in accumulate(values)]


def how_many(values: Sequence[int], per_cent: int = GOAL) -> int:
    """How many of the values, taken in their order, make ``per_cent`` of the sum of all."""
    whole = sum(values)
    reached = (
        n for n, so_far in enumerate(accumulate(values), 1) if so_far * 100 >= whole * per_cent
    )
    return next(reached, 0) if whole else 0


def pareto(bars: Sequence[Bar], canvas: Canvas, *, left: str, below: str) -> Markup:
    """Bars, largest first, with the line of their cumulative share and where it passes 80 %.

    ``left`` and ``below`` name the axes. Empty bars give an empty plot.
    """
    plot = _plot(canvas, max((bar.value for bar in bars), default=0), right=48, below=48)
    slot = (plot.right - plot.left) / max(len(bars), 1)
    whole = _Plot(plot.left, plot.top, plot.right, plot.bottom, 100)
    values = [bar.value for bar in bars]
    line = [
        (plot.left + (n + 0.5) * slot, whole.y(share * 100))
        for n, share in enumerate(shares(values))
    ]
    return _svg(
        canvas,
        _value_axis(plot, left),
        _share_axis(whole),
        _bars(bars, plot, slot, canvas.id),
        _count_axis(len(bars), plot, slot, below, canvas),
        _cumulative(line),
        _goal(whole, line, how_many(values)),
    )


def stacks(columns: Sequence[Stack], canvas: Canvas, *, left: str) -> Markup:
    """Columns side by side, each of a solid part with a striped part on it, in their order."""
    plot = _plot(canvas, max((c.solid + c.striped for c in columns), default=0), right=12, below=28)
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
                _rectangle(at, solid, wide, plot.bottom - solid, "bar solid"),
                _rectangle(at, top, wide, solid - top, "bar", _stripes(canvas.id)),
            )
        )
    labels = _names([c.name for c in columns], plot, slot)
    return _svg(canvas, _value_axis(plot, left), *parts, _ground(plot), labels)


def sparkline(values: Sequence[int], canvas: Canvas) -> Markup:
    """Small columns without axes: the shape of a row of numbers, each on the same ground."""
    plot = _Plot(0, 2, canvas.width, canvas.height - 1, max((*values, _LEAST)))
    slot = canvas.width / max(len(values), 1)
    gap = min(2.0, slot * 0.2)
    columns = [
        _rectangle(n * slot + gap / 2, plot.y(v), slot - gap, plot.bottom - plot.y(v), "solid")
        for n, v in enumerate(values)
        if v
    ]
    return _svg(canvas, *columns, _ground(plot))


def _plot(canvas: Canvas, most: int, *, right: int, below: int) -> _Plot:
    top = _ticks(most)[-1]
    left = 16 + 9 * len(f"{top:,}")
    return _Plot(left, 30, canvas.width - right, canvas.height - below, top)


def _svg(canvas: Canvas, *parts: object) -> Markup:
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


def _stripes(name: str) -> str:
    return f"url(#{name}-stripes)"


def _ticks(most: int) -> list[int]:
    """0 and up to five round numbers, the last at or above ``most``; never only 0."""
    steps = (factor * 10**power for power in range(18) for factor in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= most)
    return list(range(0, max(-(-most // step), 1) * step + 1, step))


def _value_axis(plot: _Plot, name: str) -> Markup:
    rows = []
    for tick in _ticks(plot.most):
        at = plot.y(tick)
        kind = "grid" if tick else "axis"
        rows.append(el("line", x1=plot.left, x2=plot.right, y1=at, y2=at, class_=kind))
        rows.append(_text(f"{tick:,}", plot.left - 8, at + 5, "end"))
    return join(*rows, _text(name, 0, 14, "start"))


def _share_axis(whole: _Plot) -> Markup:
    labels = [
        _text(f"{share} %", whole.right + 6, whole.y(share) + 5, "start")
        for share in (0, 20, 40, 60, 100)
    ]
    at = whole.y(GOAL)
    return join(
        *labels,
        _text(f"{GOAL} %", whole.right + 6, at + 5, "start", "strong"),
        el("line", x1=whole.left, x2=whole.right, y1=at, y2=at, class_="goal"),
    )


def _bars(bars: Sequence[Bar], plot: _Plot, slot: float, name: str) -> Markup:
    gap = min(4.0, slot * 0.2)
    if len(bars) > MOST_RECTANGLES:
        drawn = ((False, "bar solid", None), (True, "bar", _stripes(name)))
        return join(
            *(
                el("path", d=join(*_outline(bars, plot, slot, striped)), class_=kind, fill=fill)
                for striped, kind, fill in drawn
            )
        )
    rows = []
    for n, bar in enumerate(bars):
        kind, fill = ("bar", _stripes(name)) if bar.striped else ("bar solid", None)
        at, top = plot.left + n * slot + gap / 2, plot.y(bar.value)
        told = el("title", bar.label)
        rows.append(_rectangle(at, top, slot - gap, plot.bottom - top, kind, fill, told))
    return join(*rows)


def _outline(bars: Sequence[Bar], plot: _Plot, slot: float, striped: bool) -> Iterator[str]:
    for n, bar in enumerate(bars):
        if bar.striped == striped:
            at, top = number(plot.left + n * slot), number(plot.y(bar.value))
            yield f"M{at} {number(plot.bottom)}V{top}h{slot:.3f}V{number(plot.bottom)}z"


def _rectangle(
    x: float, y: float, width: float, height: float, kind: str, fill: str | None = None,
    told: Markup | None = None,
) -> Markup:  # fmt: skip
    place = {"x": x, "y": y, "width": width, "height": height}
    return el("rect", told, **place, class_=kind, fill=fill)


def _count_axis(count: int, plot: _Plot, slot: float, name: str, canvas: Canvas) -> Markup:
    """1, 5, 10 … below the bars: how many there are up to here."""
    step = _ticks(count)[1]
    shown = [1, *range(step, count + 1, step)] if step > 1 else list(range(1, count + 1))
    labels = [
        _text(f"{n:,}", plot.left + (n - 0.5) * slot, plot.bottom + 18, "middle") for n in shown
    ]
    middle = (plot.left + plot.right) / 2
    return join(*labels, _text(name, middle, canvas.height - 6, "middle"))


def _names(names: Sequence[str], plot: _Plot, slot: float) -> Markup:
    """The names that have room, from the last one back."""
    room = 9 * max((len(name) for name in names), default=1)
    every = max(1, -(-room // max(int(slot), 1)))
    shown = [n for n in range(len(names)) if (len(names) - 1 - n) % every == 0]
    return join(
        *(_text(names[n], plot.left + (n + 0.5) * slot, plot.bottom + 20, "middle") for n in shown)
    )


def _ground(plot: _Plot) -> Markup:
    return el("line", x1=plot.left, x2=plot.right, y1=plot.bottom, y2=plot.bottom, class_="axis")


def _cumulative(line: Sequence[tuple[float, float]]) -> Markup:
    points = " ".join(f"{number(x)},{number(y)}" for x, y in line)
    dots = [el("circle", cx=x, cy=y, r=4, class_="dot") for x, y in line]
    return join(el("polyline", points=points, class_="line"), *(dots if len(dots) <= _DOTS else ()))


def _goal(whole: _Plot, line: Sequence[tuple[float, float]], reached: int) -> Markup:
    """Where the line passes the goal, down to the axis, with the count that makes it."""
    if not reached:
        return Markup()
    x, y = line[reached - 1]
    anchor, side = ("start", 10) if whole.right - x > _ROOM else ("end", -10)
    return join(
        el("line", x1=x, x2=x, y1=y, y2=whole.bottom, class_="goal"),
        el("circle", cx=x, cy=y, r=6, class_="dot"),
        _text(
            f"{reached:,} {'makes' if reached == 1 else 'make'} {GOAL} %",
            x + side,
            y + 30,
            anchor,
            "strong halo",
        ),
    )


def _text(text: str, x: float, y: float, anchor: str, kind: str | None = None) -> Markup:
    return el("text", text, x=x, y=y, text_anchor=anchor, class_=kind)
