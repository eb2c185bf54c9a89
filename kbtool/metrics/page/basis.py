"""What the report rests on: its period, its sources, what was left out and why."""

from __future__ import annotations

from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import NUMBER, defined, table
from kbtool.metrics.words import period
from kbtool.model import Report, SourceFigures
from kbtool.plural import many


def basis(report: Report) -> Markup:
    """Facts that every number above depends on."""
    counted = (
        f"{many(report.events, 'event')}; {report.without_visitor:,} of them without a visitor"
    )
    left = ", ".join(f"{name} {count:,}" for name, count in report.excluded)
    facts = [
        ("Period", f"{period(report)}, days of UTC"),
        ("First event", f"{report.first_event:%Y-%m-%d %H:%M} UTC" if report.first_event else "none"),
        ("Window", f"{many(report.window_days, 'day')} in which a hand-off takes a deflection back"),
        ("Least data", f"{report.min_count:,}: a share of fewer says “not enough data”"),
        ("Counted", counted),
        ("Left out", left or "nothing"),
        ("Without a date", f"{many(report.undated_tickets, 'ticket')}, in no week or month")
        if report.undated_tickets
        else None,
    ]  # fmt: skip
    rows = [el("div", el("dt", name), el("dd", value)) for name, value in filter(None, facts)]
    return join(
        el("dl", *rows, class_="facts"),
        _sources(report),
        defined("events", "excluded", "without_visitor", "sources.views", "undated_tickets"),
    )


def _sources(report: Report) -> Markup | None:
    if not report.sources:
        return None
    columns = (("Source", None), ("Kind", None), ("Views", NUMBER), ("First day", NUMBER),
               ("Last day", NUMBER), ("Lacks", None))  # fmt: skip
    return join(
        el("h3", "Where the numbers come from"),
        table("Where the numbers come from", columns, [_source(one) for one in report.sources]),
    )


def _source(one: SourceFigures) -> tuple[object, ...]:
    kind = "events" if one.kind == "events" else "views a day, no visits"
    lacks = ", ".join(one.lacks) or "nothing"
    return one.name, kind, f"{one.views:,}", one.first or "–", one.last or "–", lacks
