"""Bars that lie are as long as their values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.charts import Canvas, Part, Row, Step, bar_rows, fitted, funnel
from kbtool.charts.canvas import width_of
from tests.charts.drawn import outside
from tests.dom import parse

WIDE = Canvas("w", "Steps", "Told", 960, 1)
NARROW = Canvas("n", "Steps", "Told", 360, 1)


def test_a_funnel_says_counts_and_shares_of_the_whole() -> None:
    """Each bar is as long as its count; an end at a person is striped."""
    steps = [Step("Came", 200), Step("Typed", 100), Step("To a person", 50, striped=True)]
    chart = parse(funnel(steps, WIDE, whole=400))
    first, second, last = chart.all("rect", "bar")
    assert second.number("width") == pytest.approx(first.number("width") / 2, abs=0.02)
    assert last.number("width") == pytest.approx(first.number("width") / 4, abs=0.02)
    assert last["fill"] == "url(#w-stripes)"
    told = [text.text for text in chart.all("text")]
    assert told == ["Came", "200 · 50 %", "Typed", "100 · 25 %", "To a person", "50 · 12 %"]


@pytest.mark.parametrize("counts", [[], [0], [0, 0]])
def test_a_funnel_that_nobody_entered_has_no_shares(counts: list[int]) -> None:
    """Nothing is divided by nought."""
    chart = parse(funnel([Step("s", count) for count in counts], WIDE, whole=0))
    assert [bar.number("width") for bar in chart.all("rect", "bar")] == [0] * len(counts)
    assert not any("%" in text.text for text in chart.all("text"))


@given(
    st.lists(
        st.tuples(st.text(max_size=80), st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=3)),
        max_size=12,
    ),
    st.sampled_from([WIDE, NARROW]),
)
def test_any_numbers_stay_in_the_picture(
    made: list[tuple[str, list[float]]], canvas: Canvas
) -> None:
    """Also below nought, with long names; the picture grows with its rows."""
    rows = [Row(name, tuple(Part(v, f"{v:,.0f}"[:24]) for v in values)) for name, values in made]
    assert outside(parse(bar_rows(rows, canvas))) == []


@given(st.text(max_size=60), st.floats(8, 500))
def test_what_is_fitted_has_room(said: str, room: float) -> None:
    """In one line; what has room is not cut."""
    shown = fitted(said, room)
    assert width_of(shown) <= room
    assert "\n" not in shown
    if width_of(" ".join(said.split())) <= room:
        assert shown == " ".join(said.split())


def test_letters_of_two_columns_take_two() -> None:
    """A Chinese name is cut earlier than a Latin one; marks on letters take none."""
    assert fitted("網" * 10, 76) == "網網網網…"
    assert width_of("e\u0301") == width_of("e")
