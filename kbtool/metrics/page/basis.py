"""What the report rests on: its period, its sources, what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping

from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import LABEL, NUMBER, defined, table
from kbtool.metrics.words import period
from kbtool.model import Report, SourceFigures
from kbtool.plural import many

SHOWN = 20
"""Articles of another counter's export that are listed; JSON has all."""


def basis(report: Report) -> Markup:
    """Facts that every number above depends on."""
    counted = (
        f"{many(report.events, 'event')}; {report.without_visitor:,} of them without a visitor"
    )
    left = ", ".join(f"{name} {count:,}" for name, count in report.excluded)
    facts = [
        ("Period", f"{period(report)}, days of UTC"),
        ("Up to", f"{report.until:%Y-%m-%d %H:%M:%S} UTC"),
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
    titles = {one.article: one.title for one in report.articles}
    return join(
        el("h3", "Where the numbers come from"),
        table("Where the numbers come from", columns, [_source(one) for one in report.sources]),
        *(_articles(one, titles) for one in report.sources if one.articles),
    )


def _articles(one: SourceFigures, titles: Mapping[str, str]) -> Markup:
    """What another counter's export says of each article; it is in no other number."""
    name = f"Most viewed as {one.name} counts"
    rows = [
        (titles.get(article, article)[:LABEL], article, f"{views:,}")
        for article, views in one.articles[:SHOWN]
    ]
    columns = (("Article", None), ("Id", None), ("Views", NUMBER))
    return join(el("h3", name), table(name, columns, rows), defined("sources.articles"))


def _source(one: SourceFigures) -> tuple[object, ...]:
    kind = "events" if one.kind == "events" else "sums of views"
    lacks = ", ".join(one.lacks) or "nothing"
    return one.name, kind, f"{one.views:,}", one.first or "–", one.last or "–", lacks
