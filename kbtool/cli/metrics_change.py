"""This period beside an earlier one, in the terminal."""

from __future__ import annotations

from kbtool.cli.common import out, table
from kbtool.cli.metrics_cells import line, numbers, section, short, title_of
from kbtool.metrics.compare import BY_CHANCE, Change, Comparison, count_change, cut_short
from kbtool.metrics.words import period, points_told
from kbtool.model import Rate


def changes(found: Comparison) -> None:
    """Print every figure with both of its numbers, and whether they differ."""
    section(f"Then and now: before, {period(found.before)}")
    made = numbers(table("Figure", "Before", "Now", "Difference (95 %)", "In words"), 1, 4)
    for one in found.changes:
        made.add_row(title_of(one.name), *_cells(one))
    out().print(made)
    if less := cut_short(found):
        line(less, "yellow")
    line(BY_CHANCE, "dim")


def _cells(one: Change) -> tuple[str, str, str, str]:
    if isinstance(one.before, Rate) and isinstance(one.now, Rate):
        told = points_told(one.difference) if one.difference else "–"
        return short(one.before), short(one.now), told, one.word or "not enough data"
    return f"{one.before:,}", f"{one.now:,}", count_change(one), ""
