"""Lines over time stand where their numbers are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.charts import Canvas, Line, Mark, lines
from tests.charts.drawn import NUMBER, outside
from tests.dom import Node, parse

WIDE = Canvas("w", "Weeks", "Told", 960, 300)
NARROW = Canvas("n", "Weeks", "Told", 360, 230)
counts = st.integers(0, 10**6) | st.none()
names = st.text(min_size=1, max_size=30)


def drawn(
    values: list[int | None], canvas: Canvas = WIDE, *, partial: frozenset[int] = frozenset()
) -> Node:
    """One line over weeks, each fourth of them named."""
    weeks = [f"W{n}" if n % 4 == 0 else "" for n in range(len(values))]
    return parse(lines(weeks, [Line("views", values)], canvas, left="a week", partial=partial))


def points(node: Node) -> list[tuple[float, float]]:
    """The corners of a path."""
    found = [float(n) for n in NUMBER.findall(node["d"] or "")]
    return list(zip(found[::2], found[1::2], strict=True))


def test_each_point_is_as_high_as_its_value() -> None:
    """The axis's top is a round number, nought lies on the ground, weeks have equal steps."""
    chart = drawn([0, 50, 100, 25])
    (corners,) = (points(path) for path in chart.all("path", "line"))
    ground = next(one.number("y1") for one in chart.all("line", "axis"))
    top = min(one.number("y1") for one in chart.all("line", "grid"))
    assert [(ground - y) / (ground - top) for _, y in corners] == pytest.approx([0, 0.5, 1, 0.25])
    steps = {round(b[0] - a[0], 1) for a, b in pairwise(corners)}
    assert max(steps) - min(steps) < 0.2


def test_what_is_unknown_breaks_the_line() -> None:
    """A run of one is a dot; nothing is drawn where nothing is known."""
    chart = drawn([1, 2, None, 4, None, 6, 7])
    assert [len(points(path)) for path in chart.all("path", "line")] == [2, 2]
    assert len(chart.all("circle", "point")) == 1


def test_a_week_that_is_not_whole_is_a_hollow_dot_apart() -> None:
    """No line falls to it, so that nobody sees a fall where there is a short week."""
    chart = drawn([9, 9, 9, 2], partial=frozenset({3}))
    assert [len(points(path)) for path in chart.all("path", "line")] == [3]
    (dot,) = chart.all("circle", "open")
    assert dot.number("cy") > points(chart.one("path", "line"))[-1][1]


@given(
    st.integers(1, 80).flatmap(
        lambda n: st.tuples(
            st.lists(st.lists(counts, min_size=n, max_size=n), min_size=1, max_size=3),
            st.lists(st.tuples(st.integers(0, n - 1), names), max_size=20),
            st.frozensets(st.integers(0, n - 1)),
        )
    ),
    st.lists(names, min_size=3, max_size=3),
    st.sampled_from([WIDE, NARROW]),
)
def test_any_numbers_stay_in_the_picture(
    made: tuple[list[list[int | None]], list[tuple[int, str]], frozenset[int]],
    called: list[str],
    canvas: Canvas,
) -> None:
    """Lines, names, flags; and the names of lines do not lie on each other."""
    rows, flags, partial = made
    weeks = [f"Jan ’{n}" for n in range(len(rows[0]))]
    shown = [Line(name, values) for name, values in zip(called, rows, strict=False)]
    marks = [Mark(at, str(n), name) for n, (at, name) in enumerate(flags, 1)]
    chart = parse(lines(weeks, shown, canvas, left="a week", marks=marks, partial=partial))
    assert outside(chart) == []
    ends = sorted(text.number("y") for text in chart.all("text", "strong"))
    assert all(b - a >= 16 for a, b in pairwise(ends))


def test_flags_that_stand_close_share_their_name() -> None:
    """Each has a flag and a line of its own; what happened is told where a pointer rests."""
    marks = [
        Mark(1, "1", "kb-1"),
        Mark(1, "2", "kb-2"),
        Mark(2, "3", "kb-3"),
        Mark(40, "4", "kb-4"),
    ]
    chart = parse(lines([""] * 52, [Line("t", [3] * 52)], WIDE, left="a week", marks=marks))
    assert len(chart.all("polygon", "flag")) == 4
    told = [group.one("title").text for group in chart.all("g") if group.all("polygon", "flag")]
    assert told == ["kb-1; kb-2; kb-3", "kb-4"]
    words = [text.text for text in chart.all("text")]
    assert "1–3" in words
    assert "4" in words


def test_lines_are_told_apart_without_colour() -> None:
    """Each has a class of dashes of its own and its name beside it."""
    rows = [Line("one", [1, 2]), Line("two", [2, 3]), Line("three", [3, 4])]
    chart = parse(lines(["a", "b"], rows, WIDE, left="x"))
    kinds = [(path["class"] or "").split()[1] for path in chart.all("path", "line")]
    assert kinds == ["first", "second", "third"]
    assert {text.text for text in chart.all("text", "strong")} == {"one", "two", "three"}


@pytest.mark.parametrize("values", [[], [0], [None], [None, None]])
def test_next_to_nothing_is_drawn_too(values: list[int | None]) -> None:
    """No week, nought, unknown: an empty plot, no broken number."""
    chart = drawn(values)
    assert outside(chart) == []
    assert chart.all("path", "line") == []
