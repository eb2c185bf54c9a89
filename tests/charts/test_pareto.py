"""The pictures say what the numbers say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.charts import (
    MOST_RECTANGLES,
    Bar,
    Canvas,
    Stack,
    how_many,
    pareto,
    shares,
    sparkline,
    stacks,
)
from tests.dom import Node, parse

CANVAS = Canvas("c", "Title <1>", "Description", 960, 380)
sizes = st.lists(st.integers(1, 10**6), min_size=1, max_size=60).map(lambda n: sorted(n)[::-1])


def drawn(values: list[int]) -> Node:
    """The Pareto chart of these values; every other bar is striped."""
    bars = [Bar(f"b{n}", value, n % 2 == 1) for n, value in enumerate(values)]
    return parse(pareto(bars, CANVAS, left="Tickets", below="topics"))


@given(sizes)
def test_bars_are_as_high_as_their_values(values: list[int]) -> None:
    """All with the same scale, on the same ground, in their order, inside the picture."""
    bars = drawn(values).all("rect", "bar")
    assert [bar.one("title").text for bar in bars] == [f"b{n}" for n in range(len(values))]
    ground = {round(bar.number("y") + bar.number("height"), 1) for bar in bars}
    assert max(ground) - min(ground) <= 0.11
    scale = bars[0].number("height") / values[0]
    for bar, value in zip(bars, values, strict=True):
        assert bar.number("height") == pytest.approx(value * scale, abs=0.011)
        assert bar.number("y") >= 29
        assert 0 < bar.number("x") < CANVAS.width - bar.number("width")
    assert [bar["fill"] for bar in bars] == [
        "url(#c-stripes)" if n % 2 else None for n in range(len(values))
    ]


@given(sizes)
def test_the_line_is_the_cumulative_share(values: list[int]) -> None:
    """It ends at 100 %, where the grid's top is, and each point is as high as its share."""
    chart = drawn(values)
    points = [
        tuple(map(float, point.split(",")))
        for point in (chart.one("polyline")["points"] or "").split()
    ]
    top = min(line.number("y1") for line in chart.all("line") if line["class"] == "grid")
    ground = next(line.number("y1") for line in chart.all("line") if line["class"] == "axis")
    for (_, y), share in zip(points, shares(values), strict=True):
        assert (ground - y) / (ground - top) == pytest.approx(share, abs=0.001)


@given(sizes)
def test_how_many_make_80_per_cent(values: list[int]) -> None:
    """The fewest that do, by exact arithmetic; and the chart says the same number."""
    few = how_many(values)
    assert sum(values[:few]) * 100 >= sum(values) * 80 > sum(values[: few - 1]) * 100
    assert drawn(values).one("text", "halo").text == (
        f"{few:,} {'makes' if few == 1 else 'make'} 80 %"
    )


def test_how_many_of_nothing() -> None:
    """No values, or only zeros, are no topics; exactly 80 % counts."""
    assert (how_many([]), how_many([0, 0]), how_many([8, 2])) == (0, 0, 1)
    assert shares([]) == []
    assert shares([0]) == [0.0]


def test_very_many_bars_are_one_path() -> None:
    """Beyond what a pointer could hit there are two paths, one for each kind, of all bars."""
    chart = drawn([5] * (MOST_RECTANGLES + 1))
    assert chart.all("rect", "bar") == []
    solid, striped = chart.all("path")
    assert (solid["d"] or "").count("M") + (striped["d"] or "").count("M") == MOST_RECTANGLES + 1
    assert len(drawn([5] * MOST_RECTANGLES).all("rect", "bar")) == MOST_RECTANGLES


def test_a_chart_is_one_picture_with_a_name() -> None:
    """Title and description are the picture's name; ids begin with the canvas's own."""
    svg = drawn([3, 1]).one("svg")
    assert svg["role"] == "img"
    told = {node["id"]: node.text for node in svg if node.tag in ("title", "desc") and node["id"]}
    assert told == {"c-title": "Title <1>", "c-desc": "Description"}
    assert svg["aria-labelledby"] == "c-title c-desc"


@pytest.mark.parametrize("values", [[], [0], [1], [10**12]])
def test_odd_sizes_are_drawn(values: list[int]) -> None:
    """Nothing, nought, one and a great many: all numbers in the picture are finite."""
    for chart in (
        pareto([Bar("b", v) for v in values], CANVAS, left="l", below="b"),
        stacks([Stack("n", "l", v, v) for v in values], CANVAS, left="l"),
        sparkline(values, CANVAS),
    ):
        assert "nan" not in chart
        assert "inf" not in chart
        parse(chart)


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=40))
def test_stacks_stand_on_each_other(values: list[tuple[int, int]]) -> None:
    """The striped part begins where the solid one ends; heights are as their values."""
    columns = [Stack(f"n{n}", f"l{n}", a, b) for n, (a, b) in enumerate(values)]
    chart = parse(stacks(columns, CANVAS, left="Tickets"))
    ground = next(line.number("y1") for line in chart.all("line") if line["class"] == "axis")
    top = min(line.number("y1") for line in chart.all("line") if line["class"] == "grid")
    most = max(int(t.text.replace(",", "")) for t in chart.all("text") if t["text-anchor"] == "end")
    assert most >= max(a + b for a, b in values)
    for group, (solid, striped) in zip(chart.all("g"), values, strict=True):
        lower, upper = group.all("rect")
        assert lower.number("height") / (ground - top) * most == pytest.approx(
            solid, abs=0.06 * most / 100
        )
        assert upper.number("height") / (ground - top) * most == pytest.approx(
            striped, abs=0.06 * most / 100
        )
        assert upper.number("y") + upper.number("height") == pytest.approx(
            lower.number("y"), abs=0.02
        )


def test_names_have_room() -> None:
    """With many columns only some names are written, the last one always."""
    columns = [Stack(f"Mon {n}", "", 1, 0) for n in range(120)]
    chart = parse(stacks(columns, Canvas("n", "t", "d", 360, 340), left="Tickets"))
    named = [t for t in chart.all("text") if t.text.startswith("Mon")]
    assert named[-1].text == "Mon 119"
    places = [t.number("x") for t in named]
    assert 2 <= len(named) <= 8
    assert min(b - a for a, b in pairwise(places)) >= 40


def test_a_small_chart_leaves_empty_months_out() -> None:
    """A column a value above nought, higher for more; few tickets do not fill it."""
    chart = parse(sparkline([1, 0, 4], CANVAS))
    low, high = (bar.number("height") for bar in chart.all("rect", "solid"))
    assert high == pytest.approx(4 * low, abs=0.05)
    (one,) = parse(sparkline([0, 1], CANVAS)).all("rect", "solid")
    assert one.number("height") < high / 2
