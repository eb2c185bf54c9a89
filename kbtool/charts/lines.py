"""Lines over time: one or several, told apart by their dashes and their names at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kbtool.charts.axes import EDGE, Plot, ground, names_below, plot_in, value_axis
from kbtool.charts.canvas import Canvas, fitted, svg, text, width_of
from kbtool.markup import Markup, el, join, number

_KINDS = ("first", "second", "third")
"""More lines could not be told apart without colour."""
_FLAG = 11
"""Width of a letter of what stands above an event, and of its mark."""
_ROW = 17
"""Least distance between the names of two lines."""
_LONGEST = 112
"""Room for the names of the lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of numbers, one for each place; None where nothing is known."""

    name: str
    values: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a place, which counts from 0."""

    at: int
    name: str
    """A few letters written above it; of several that stand close, the first and the last."""
    label: str
    """Shown where a pointer rests on it."""


def lines(
    names: Sequence[str],
    rows: Sequence[Line],
    canvas: Canvas,
    *,
    left: str,
    marks: Sequence[Mark] = (),
    partial: frozenset[int] = frozenset(),
) -> Markup:
    """The lines of ``rows`` (three at most) over the places that ``names`` name ("" for no name).

    ``left`` names the axis of values. Places that are ``partial`` get a hollow dot that no line
    leads to: what is counted there is less than a whole. All rows have as many values as there are names.
    """
    most = max((value for row in rows for value in row.values if value is not None), default=0)
    room = max((min(width_of(row.name), _LONGEST) for row in rows), default=0)
    plot = plot_in(canvas, most, right=max(room + 10, EDGE), below=28, top=46 if marks else 30)
    places = _places(len(names), plot)
    named = [(at, name) for at, name in zip(places, names, strict=True) if name]
    drawn = [
        _line(row, kind, plot, places, partial) for row, kind in zip(rows, _KINDS, strict=False)
    ]
    return svg(
        canvas,
        value_axis(plot, left),
        *_marks(marks, plot, places),
        ground(plot),
        *drawn,
        *_ends(rows, plot, partial),
        names_below(named, plot),
    )


def _places(count: int, plot: Plot) -> list[float]:
    """Where each place is: the first at the left edge, the last at the right one."""
    if count == 1:
        return [(plot.left + plot.right) / 2]
    return [plot.left + n * (plot.right - plot.left) / (count - 1) for n in range(count)]


def _line(
    row: Line, kind: str, plot: Plot, places: Sequence[float], partial: frozenset[int]
) -> Markup:
    """A path for each run of known, whole values; a run of one, and what is not whole, is a dot."""
    known = [
        (n, x, plot.y(value))
        for n, (x, value) in enumerate(zip(places, row.values, strict=True))
        if value is not None
    ]
    whole = [one for one in known if one[0] not in partial]
    runs = [list(run) for _, run in groupby(enumerate(whole), lambda one: one[1][0] - one[0])]
    paths = [
        el(
            "path",
            d="M" + "L".join(f"{number(x)} {number(y)}" for _, (_, x, y) in run),
            class_=f"line {kind}",
        )
        for run in runs
        if len(run) > 1
    ]
    alone = {run[0][1][0] for run in runs if len(run) == 1}
    dots = [
        el("circle", cx=x, cy=y, r=3.5, class_="open" if n in partial else "point")
        for n, x, y in known
        if n in partial or n in alone
    ]
    return el("g", el("title", row.name), *paths, *dots)


def _ends(rows: Sequence[Line], plot: Plot, partial: frozenset[int]) -> Iterator[Markup]:
    """The name of each line beside its last whole value, moved apart where they would meet."""
    last = sorted(
        (plot.y(value), row.name) for row in rows if (value := _last(row, partial)) is not None
    )
    free = plot.top - _ROW
    lowest = plot.bottom - _ROW * (len(last) - 1)
    for n, (y, name) in enumerate(last):
        free = max(free + _ROW, min(y, lowest + _ROW * n))
        yield text(fitted(name, _LONGEST), plot.right + 8, free + 5, "start", "strong")


def _last(row: Line, partial: frozenset[int]) -> int | None:
    known = [(n, value) for n, value in enumerate(row.values) if value is not None]
    whole = [value for n, value in known if n not in partial]
    return whole[-1] if whole else known[-1][1] if known else None


def _marks(marks: Sequence[Mark], plot: Plot, places: Sequence[float]) -> Iterator[Markup]:
    """A flag above the plot and a line down for each; those that stand close share their name."""
    close: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: one.at):
        before = close[-1][-1] if close else None
        if before and places[mark.at] - places[before.at] < _FLAG * (1 + len(before.name)):
            close[-1].append(mark)
        else:
            close.append([mark])
    for group in close:
        told = "; ".join(mark.label for mark in group)
        ends = dict.fromkeys((group[0].name, group[-1].name))
        middle = (places[group[0].at] + places[group[-1].at]) / 2
        yield el(
            "g",
            el("title", told),
            *(_flag(places[mark.at], plot) for mark in group),
            text("–".join(ends), middle, plot.top - 13, "middle"),
        )


def _flag(x: float, plot: Plot) -> Markup:
    top = plot.top - 8
    points = (
        f"{number(x - 5)},{number(top)} {number(x + 5)},{number(top)} {number(x)},{number(top + 8)}"
    )
    return join(
        el("line", x1=x, x2=x, y1=plot.top, y2=plot.bottom, class_="event"),
        el("polygon", points=points, class_="flag"),
    )
