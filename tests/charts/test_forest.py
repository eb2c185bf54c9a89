"""A forest plot shows intervals where they are, and says where they go on."""

from __future__ import annotations

from math import log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.charts import Canvas, Estimate, forest
from kbtool.charts.forest import LEAST, MOST
from tests.charts.drawn import NUMBER, outside
from tests.dom import Node, parse

WIDE = Canvas("w", "Effects", "Told", 960, 1)
NARROW = Canvas("n", "Effects", "Told", 360, 1)
HALVED = Estimate("Halved", -0.5, -0.6, -0.4, "−50 %", weight=4)
SAME = Estimate("Same", 0.0, -0.2, 0.25, "0 %", weight=1)
changes = st.lists(
    st.floats(-0.999, 1e6, allow_nan=False, allow_infinity=False), min_size=3, max_size=3
).map(sorted)


def drawn(rows: list[Estimate], canvas: Canvas = WIDE, pooled: Estimate | None = None) -> Node:
    return parse(forest(rows, canvas, pooled=pooled))


def nought(chart: Node) -> float:
    """Where nothing changes."""
    return chart.one("line", "nought").number("x1")


def middle(square: Node) -> float:
    return square.number("x") + square.number("width") / 2


@pytest.mark.parametrize("canvas", [WIDE, NARROW])
def test_the_axis_is_logarithmic(canvas: Canvas) -> None:
    """Halving lies as far from no change as doubling; the interval spans its own ends."""
    double = Estimate("Doubled", 1.0, 0.8, 1.2, "+100 %")
    chart = drawn([HALVED, SAME, double], canvas)
    half, same, twice = chart.all("rect", "solid")
    at = nought(chart)
    assert middle(same) == pytest.approx(at, abs=0.02)
    assert at - middle(half) == pytest.approx(middle(twice) - at, abs=0.05)
    whisker = chart.all("line", "whisker")[0]
    unit = (at - middle(half)) / log1p(1.0)
    assert (at - whisker.number("x1")) / unit == pytest.approx(-log1p(-0.6), abs=0.01)
    assert (at - whisker.number("x2")) / unit == pytest.approx(-log1p(-0.4), abs=0.01)


def test_squares_are_as_large_as_their_weight_and_all_in_one_is_a_diamond() -> None:
    """The diamond spans the interval of all."""
    pooled = Estimate("All", -0.3, -0.4, -0.2, "−30 %")
    chart = drawn([HALVED, SAME], pooled=pooled)
    heavy, light = chart.all("rect", "solid")
    assert heavy.number("width") > light.number("width")
    corners = [float(n) for n in NUMBER.findall(chart.one("polygon", "flag")["points"] or "")]
    assert corners[0] < corners[2] < corners[4] < nought(chart)
    assert corners[1] == corners[5]


def test_what_goes_beyond_the_axis_has_an_arrow() -> None:
    """Both ways; what ends on it has none."""
    beyond = Estimate("Beyond", 0.0, -0.99, 900.0, "who knows")
    assert len(drawn([beyond]).all("polygon", "point")) == 2
    assert drawn([HALVED, SAME]).all("polygon", "point") == []
    ends = Estimate("Ends", 0.0, LEAST, MOST, "to the ends")
    assert drawn([ends]).all("polygon", "point") == []


@given(
    st.lists(st.tuples(st.text(max_size=200), changes, st.floats(0, 1e9)), max_size=12),
    st.sampled_from([WIDE, NARROW]),
    st.booleans(),
)
def test_any_numbers_stay_in_the_picture(
    made: list[tuple[str, list[float], float]], canvas: Canvas, with_pooled: bool
) -> None:
    """Marks and names, of any length, on a wide and a narrow picture."""
    rows = [Estimate(name, c[1], c[0], c[2], "−30 % (−40 to −20 %)", w) for name, c, w in made]
    chart = drawn(rows, canvas, rows[0] if with_pooled and rows else None)
    assert outside(chart) == []


def test_numbers_stand_in_words_beside_each_row() -> None:
    """A reader who sees no shape reads the same."""
    words = [text.text for text in drawn([HALVED, SAME]).all("text")]
    for said in ("Halved", "−50 %", "Same", "0 %", "no change", "← fewer", "more →"):
        assert said in words
