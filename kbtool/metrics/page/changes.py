"""This period beside an earlier one."""

from __future__ import annotations

from kbtool.markup import Markup, el, join
from kbtool.metrics.compare import BY_CHANCE, Change, Comparison, count_change, cut_short
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.page.parts import NUMBER, small, table
from kbtool.metrics.words import made_of, per_cent, period, points, points_range, share_of
from kbtool.model import Rate


def changes(found: Comparison) -> Markup:
    """Every figure with both of its numbers."""
    columns = (
        ("Figure", None),
        ("Before", NUMBER),
        ("Now", NUMBER),
        ("Difference", NUMBER),
        ("In words", None),
    )
    rows = [_row(one) for one in found.changes]
    told = f"{period(found.now)}, before it {period(found.before)}."
    return join(
        el("p", told),
        el("p", el("strong", less)) if (less := cut_short(found)) else None,
        table("Figures before and now", columns, rows),
        el("p", BY_CHANCE, class_="meta"),
    )


def _row(one: Change) -> tuple[object, ...]:
    title = METRICS[one.name].title
    if isinstance(one.before, Rate) and isinstance(one.now, Rate):
        span = one.difference
        told = join(f"{points(span.value)} points", small(points_range(span))) if span else "–"
        cells = (_share(one.before), _share(one.now))
        return title, *cells, told, one.word or "not enough data"
    return title, f"{one.before:,}", f"{one.now:,}", count_change(one), ""


def _share(rate: Rate) -> Markup:
    share = share_of(rate)
    if share is None:
        return el("span", made_of(rate), class_="few")
    return join(el("strong", per_cent(share)), small(made_of(rate)))
