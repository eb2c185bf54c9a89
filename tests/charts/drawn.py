"""What the tests of charts look at: every mark with the places it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbtool.charts.canvas import width_of
from tests.dom import Node

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def places(chart: Node) -> Iterator[tuple[float, float]]:
    """Every point that a mark of the chart reaches, words by about their width."""
    defs = {id(node) for part in chart.all("defs") for node in part}
    for node in chart:
        if id(node) in defs:
            continue
        if node.tag == "text":
            wide, x, y = width_of(node.text), node.number("x"), node.number("y")
            begin = {"start": x, "middle": x - wide / 2, "end": x - wide}[node["text-anchor"] or ""]
            yield from ((begin, y), (begin + wide, y))
        elif node.tag == "rect":
            x, y = node.number("x"), node.number("y")
            yield from ((x, y), (x + node.number("width"), y + node.number("height")))
        elif node.tag == "line":
            yield node.number("x1"), node.number("y1")
            yield node.number("x2"), node.number("y2")
        elif node.tag == "circle":
            yield node.number("cx"), node.number("cy")
        elif node.tag in ("path", "polygon", "polyline"):
            found = [float(n) for n in NUMBER.findall(node["d"] or node["points"] or "")]
            yield from zip(found[::2], found[1::2], strict=True)


def outside(chart: Node) -> list[tuple[float, float]]:
    """Points that lie outside of the picture, by more than a rounding."""
    box = [float(n) for n in (chart.one("svg")["viewbox"] or "").split()]
    return [
        (x, y)
        for x, y in places(chart)
        if not (-0.6 <= x <= box[2] + 0.6 and -0.6 <= y <= box[3] + 0.6)
    ]
