"""Week by week: tickets with the days on which articles came, and what readers did."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.charts import Canvas, Line, Mark, canvases, data_table, framed, lines
from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import defined, said
from kbtool.model import Effect, PeriodFigures, Report
from kbtool.months import MONTH_NAMES
from kbtool.plural import many

_EACH_WEEK = 8
"""Up to so many weeks, each is named below a chart; of more, the first of each month."""
PANELS = (
    ("reading", "Reading", (("views", "views"), ("visits", "visits"))),
    ("searching", "Searching", (("searches", "searches"), ("without_result", "no result"))),
    ("contact", "Contact page", (("opened", "opened"), ("handed_off", "to a person"), ("solved", "solved"))),
)  # fmt: skip
"""(id, title, ((field, name), …)) of the small charts."""
LEAST_WEEKS = 3
_DEFINED = (
    "series.tickets", "series.views", "series.visits", "series.searches", "series.without_result",
    "series.opened", "series.solved", "series.handed_off",
)  # fmt: skip
_COLUMNS = (
    "views", "visits", "searches", "without_result", "yes", "no", "opened", "solved", "handed_off",
)  # fmt: skip


def by_week(report: Report) -> Markup:
    """The charts with one table for all of them."""
    series = report.series
    partial = frozenset(n for n, week in enumerate(series) if week.days < 7)
    told = f"{many(len(series), 'week')}, Monday to Sunday (UTC)."
    if len(series) < LEAST_WEEKS:
        return join(el("p", f"{told} Too few for a line."), _numbers(series), defined(*_DEFINED))
    if partial:
        told += " A hollow dot is a week that is not whole."
    small = [
        el("div", el("h3", title), _panel(name, title, rows, series, partial))
        for name, title, rows in PANELS
    ]
    return join(
        el("p", told),
        _tickets(report, partial),
        el("div", *small, class_="panels"),
        _numbers(series),
        defined(*_DEFINED),
    )


def _tickets(report: Report, partial: frozenset[int]) -> Markup | None:
    """Tickets created, with a flag on each week in which an article of a topic was published."""
    series = report.series
    if all(week.tickets is None for week in series):
        return None
    published = _published(series, report.effects.topics if report.effects else ())
    flags = [
        Mark(at, str(n), f"{n}. {one.published}: {one.article}, {one.question[:80]}")
        for n, (at, one) in enumerate(published, 1)
    ]
    row = Line("tickets", [week.tickets for week in series])
    told = (
        f"{many(len(flags), 'flag')}: articles that were published. The tables have every number."
    )
    charts = [
        lines(_names(series), [row], canvas, left="a week", marks=flags, partial=partial)
        for canvas in canvases("weeks-tickets", "Tickets created a week", told, height=300)
    ]
    arrow = el("span", "▾", class_="flag", aria_hidden="true")
    key = el("p", arrow, " an article was published") if flags else None
    return join(el("h3", "Tickets"), framed(charts, key), _flags(published) if flags else None)


def _published(
    series: Sequence[PeriodFigures], effects: Sequence[Effect]
) -> list[tuple[int, Effect]]:
    """The topics' articles of these weeks with the place of their week, by date."""
    starts = {week.start.toordinal(): n for n, week in enumerate(series)}
    return [
        (starts[monday], one)
        for one in sorted(effects, key=lambda e: (e.published, e.article))
        if (monday := (day := one.published.toordinal()) - (day - 1) % 7) in starts
    ]


def _flags(published: Sequence[tuple[int, Effect]]) -> Markup:
    rows = [
        (n, one.published, el("code", one.article), said(one.question))
        for n, (_, one) in enumerate(published, 1)
    ]
    headings = ("#", "Published", "Article", "Question")
    return data_table("The flags: articles by date", headings, rows, (0,))


def _panel(
    name: str, title: str, rows: Sequence[tuple[str, str]], series: Sequence[PeriodFigures],
    partial: frozenset[int],
) -> Markup:  # fmt: skip
    shown = [Line(word, [getattr(week, field) for week in series]) for field, word in rows]
    words = ", ".join(word for _, word in rows)
    canvas = Canvas(f"weeks-{name}", f"{title} a week", f"Lines: {words}.", 360, 230)
    return el("figure", lines(_names(series), shown, canvas, left="a week", partial=partial))


def _names(series: Sequence[PeriodFigures]) -> list[str]:
    """The month at its first week; each week's first day where there are few."""
    if len(series) <= _EACH_WEEK:
        return [f"{week.start.day} {MONTH_NAMES[week.start.month - 1][:3]}" for week in series]
    found = []
    for week in series:
        month = MONTH_NAMES[week.start.month - 1][:3]
        year = f" ’{week.start:%y}" if week.start.month == 1 else ""
        found.append(f"{month}{year}" if week.start.day <= 7 else "")
    return found


def _numbers(series: Sequence[PeriodFigures]) -> Markup:
    headings = ("Week of", "Days", "Views", "Visits", "Searches", "Nothing found", "“Yes”", "“No”",
                "Contact opened", "Solved", "To a person", "Tickets")  # fmt: skip
    rows = [
        (
            f"{week.start}", week.days, *(f"{getattr(week, name):,}" for name in _COLUMNS),
            "–" if week.tickets is None else f"{week.tickets:,}",
        )
        for week in series
    ]  # fmt: skip
    return data_table("The numbers: week by week", headings, rows, range(1, len(headings)))
