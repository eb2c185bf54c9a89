"""Languages: what is asked in each, against the articles that there are in it."""

from __future__ import annotations

from kbtool.charts import Part, Row, bar_rows, canvases, data_table, framed, key
from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import defined, language_name
from kbtool.model import LanguageFigures, Report
from kbtool.plural import many

PARTS = (("tickets", "solid"), ("searches", "striped"), ("articles", "hollow"))


def by_language(report: Report) -> Markup:
    """Each language's share of tickets, searches and articles, side by side."""
    found = report.languages
    told = (
        "Each bar is the language's share of all. Where the hollow bar is the shortest, there are "
        "fewer articles than what is asked."
    )
    sums = {name: sum(getattr(one, name) for one in found) for name, _ in PARTS}
    rows = [_row(one, sums) for one in found]
    charts = [
        bar_rows(rows, canvas, thick=15)
        for canvas in canvases("languages", "Demand and articles by language", told)
    ]
    marks = [(kind, name) for name, kind in PARTS]
    return join(
        el("p", told),
        framed(charts, key(marks)),
        _missing(report),
        _numbers(report),
        defined("languages.tickets", "languages.searches", "languages.without_result",
                "languages.views", "languages.articles", "languages.untranslated"),
    )  # fmt: skip


def _row(one: LanguageFigures, sums: dict[str, int]) -> Row:
    parts = []
    for name, kind in PARTS:
        count = getattr(one, name)
        share = count / sums[name] if sums[name] else 0.0
        told = f"{share:.0%}".replace("%", " %")
        parts.append(Part(share, f"{told} of {name} ({count:,})", kind))  # type: ignore[arg-type]  # PARTS holds kinds only
    return Row(language_name(one.lang), tuple(parts))


def _missing(report: Report) -> Markup | None:
    """What is asked in languages that have no article at all."""
    without = [
        one
        for one in report.languages
        if one.lang and not one.articles and (one.tickets or one.searches)
    ]
    if not without:
        return None
    told = "; ".join(
        f"{language_name(one.lang)}: {many(one.tickets, 'ticket')}, "
        f"{many(one.searches, 'search', 'searches')}"
        for one in without
    )
    return el("p", el("strong", "No article at all in "), f"{told}.")


def _numbers(report: Report) -> Markup:
    headings = ("Language", "Tickets", "Searches", "Nothing found", "Views", "Articles",
                "Not translated")  # fmt: skip
    rows = [
        (
            language_name(one.lang), f"{one.tickets:,}", f"{one.searches:,}",
            f"{one.without_result:,}", f"{one.views:,}", f"{one.articles:,}", f"{one.untranslated:,}",
        )
        for one in report.languages
    ]  # fmt: skip
    return data_table("The numbers: languages", headings, rows, range(1, len(headings)))
