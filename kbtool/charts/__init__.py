"""Charts as inline SVG: no script, no style attribute, no font, readable without colour.

A chart is one picture to a screen reader, with a title and a description; whoever shows it puts
the numbers into a table beside it (``data_table``). Colours are classes (``CSS``), so that a page
chooses them for light, dark and print.
"""

from kbtool.charts.canvas import Canvas, fitted
from kbtool.charts.columns import Stack, stacks
from kbtool.charts.forest import Estimate, forest
from kbtool.charts.lines import Line, Mark, lines
from kbtool.charts.pareto import GOAL, MOST_RECTANGLES, Bar, how_many, pareto, shares
from kbtool.charts.rows import Part, Row, Step, bar_rows, funnel
from kbtool.charts.shown import canvases, data_table, framed, key
from kbtool.charts.spark import sparkline
from kbtool.charts.style import CSS

__all__ = [
    "CSS",
    "GOAL",
    "MOST_RECTANGLES",
    "Bar",
    "Canvas",
    "Estimate",
    "Line",
    "Mark",
    "Part",
    "Row",
    "Stack",
    "Step",
    "bar_rows",
    "canvases",
    "data_table",
    "fitted",
    "forest",
    "framed",
    "funnel",
    "how_many",
    "key",
    "lines",
    "pareto",
    "shares",
    "sparkline",
    "stacks",
]
