"""Few of the bars make most of the whole: bars, and the line of their cumulative share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kbtool.charts.axes import Plot, plot_in, ticks, value_axis
from kbtool.charts.canvas import Canvas, rectangle, stripes, svg, text
from kbtool.markup import Markup, el, join, number

GOAL = 80
"""Per cent of the whole at which a Pareto chart asks how few make that much."""
MOST_RECTANGLES = 250
"""More bars than this are drawn as one path: nobody could point at one of them."""
_DOTS = 60
_ROOM = 90
"""Width of the words beside the point where the line passes the goal."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; its label is shown where a pointer rests on it."""

    label: str
    value: int
    striped: bool = False


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
    plot = plot_in(canvas, max((bar.value for bar in bars), default=0), right=48, below=48)
    slot = (plot.right - plot.left) / max(len(bars), 1)
    whole = Plot(plot.left, plot.top, plot.right, plot.bottom, 100)
    values = [bar.value for bar in bars]
    line = [
        (plot.left + (n + 0.5) * slot, whole.y(share * 100))
        for n, share in enumerate(shares(values))
    ]
    return svg(
        canvas,
        value_axis(plot, left),
        _share_axis(whole),
        _bars(bars, plot, slot, stripes(canvas)),
        _count_axis(len(bars), plot, slot, below, canvas),
        _cumulative(line),
        _goal(whole, line, how_many(values)),
    )


def _share_axis(whole: Plot) -> Markup:
    labels = [
        text(f"{share} %", whole.right + 6, whole.y(share) + 5, "start")
        for share in (0, 20, 40, 60, 100)
    ]
    at = whole.y(GOAL)
    return join(
        *labels,
        text(f"{GOAL} %", whole.right + 6, at + 5, "start", "strong"),
        el("line", x1=whole.left, x2=whole.right, y1=at, y2=at, class_="goal"),
    )


def _bars(bars: Sequence[Bar], plot: Plot, slot: float, striped: str) -> Markup:
    gap = min(4.0, slot * 0.2)
    if len(bars) > MOST_RECTANGLES:
        drawn = ((False, "bar solid", None), (True, "bar", striped))
        return join(
            *(
                el("path", d=join(*_outline(bars, plot, slot, which)), class_=kind, fill=fill)
                for which, kind, fill in drawn
            )
        )
    rows = []
    for n, bar in enumerate(bars):
        kind, fill = ("bar", striped) if bar.striped else ("bar solid", None)
        at, top = plot.left + n * slot + gap / 2, plot.y(bar.value)
        told = el("title", bar.label)
        rows.append(rectangle(at, top, slot - gap, plot.bottom - top, kind, fill, told))
    return join(*rows)


def _outline(bars: Sequence[Bar], plot: Plot, slot: float, striped: bool) -> Iterator[str]:
    for n, bar in enumerate(bars):
        if bar.striped == striped:
            at, top = number(plot.left + n * slot), number(plot.y(bar.value))
            yield f"M{at} {number(plot.bottom)}V{top}h{slot:.3f}V{number(plot.bottom)}z"


def _count_axis(count: int, plot: Plot, slot: float, name: str, canvas: Canvas) -> Markup:
    """1, 5, 10 … below the bars: how many there are up to here."""
    step = ticks(count)[1]
    shown = [1, *range(step, count + 1, step)] if step > 1 else list(range(1, count + 1))
    labels = [
        text(f"{n:,}", plot.left + (n - 0.5) * slot, plot.bottom + 18, "middle") for n in shown
    ]
    middle = (plot.left + plot.right) / 2
    return join(*labels, text(name, middle, canvas.height - 6, "middle"))


def _cumulative(line: Sequence[tuple[float, float]]) -> Markup:
    points = " ".join(f"{number(x)},{number(y)}" for x, y in line)
    dots = [el("circle", cx=x, cy=y, r=4, class_="dot") for x, y in line]
    return join(el("polyline", points=points, class_="line"), *(dots if len(dots) <= _DOTS else ()))


def _goal(whole: Plot, line: Sequence[tuple[float, float]], reached: int) -> Markup:
    """Where the line passes the goal, down to the axis, with the count that makes it."""
    if not reached:
        return Markup()
    x, y = line[reached - 1]
    anchor, side = ("start", 10) if whole.right - x > _ROOM else ("end", -10)
    return join(
        el("line", x1=x, x2=x, y1=y, y2=whole.bottom, class_="goal"),
        el("circle", cx=x, cy=y, r=6, class_="dot"),
        text(
            f"{reached:,} {'makes' if reached == 1 else 'make'} {GOAL} %",
            x + side,
            y + 30,
            anchor,
            "strong halo",
        ),
    )
