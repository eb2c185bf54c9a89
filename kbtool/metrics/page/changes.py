"""This period beside an earlier one."""

from __future__ import annotations

from kbtool.markup import Markup, el, join
from kbtool.metrics.compare import Change, Comparison
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.page.parts import NUMBER, share_cell, small, table
from kbtool.metrics.words import change, period, points, points_range
from kbtool.model import Rate

BY_CHANCE = (
    "“More” and “less” are said where the 95 % interval of the difference (Newcombe) leaves 0 out: "
    "of twenty shares that stay the same, one says so by chance. Counts have no interval, because "
    "what happens in one week goes together."
)


def changes(found: Comparison) -> Markup:
    """Every figure with both of its numbers."""
    columns = (
        ("Figure", None),
        ("Before", NUMBER),
        ("Now", NUMBER),
        ("Difference", NUMBER),
        ("", None),
    )
    rows = [_row(one, found.now.min_count) for one in found.changes]
    told = f"{period(found.now)}, before it {period(found.before)}."
    return join(
        el("p", told), table("Then and now", columns, rows), el("p", BY_CHANCE, class_="meta")
    )


def _row(one: Change, min_count: int) -> tuple[object, ...]:
    title = METRICS[one.name].title if one.name in METRICS else one.name
    if isinstance(one.before, Rate) and isinstance(one.now, Rate):
        span = one.difference
        told = join(f"{points(span.value)} points", small(points_range(span))) if span else "–"
        cells = (share_cell(one.before, min_count), share_cell(one.now, min_count))
        return title, *cells, told, one.word or "not enough data"
    return title, f"{one.before:,}", f"{one.now:,}", count_change(one), ""


def count_change(one: Change) -> str:
    """By how many per cent a count changed; from nothing there is no saying."""
    if isinstance(one.before, Rate) or isinstance(one.now, Rate) or not one.before:
        return "–"
    return change(one.now / one.before - 1)
