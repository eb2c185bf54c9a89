"""Articles to mend next, and what readers looked for and did not find."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import (
    NUMBER,
    defined,
    language_name,
    rest,
    said,
    share_cell,
    small,
    table,
)
from kbtool.metrics.words import (
    left_out,
    made_of,
    per_cent,
    points,
    points_range,
    reason,
    share_of,
)
from kbtool.model import ArticleFigures, QueryFigures, Report
from kbtool.plural import many

MOST_ROWS = 20
MOST_REASONS = 3
MOST_NEXT = 3


def to_mend(report: Report) -> Markup:
    """Articles that were used, the one to mend first at the top."""
    used = [one for one in report.articles if one.is_used]
    columns = (("Article", None), ("Views", NUMBER), ("No answer", NUMBER),
               ("Helpful", NUMBER), ("Contacts after it", NUMBER), ("Beyond similar", NUMBER),
               ("Read", NUMBER), ("Said why not", None))  # fmt: skip
    rows = [_row(one) for one in used[:MOST_ROWS]]
    unread = len(report.articles) - len(used)
    told = (
        "Contacts stand beside those of visits to similar articles (of the category and language): "
        "“beyond similar” is the difference in points, with its 95 % interval."
    )
    return join(
        el("p", told) if rows else None,
        table("Articles, the one to mend next first", columns, rows) if rows else None,
        rest(len(used) - MOST_ROWS, "article"),
        el("p", f"{many(unread, 'published article')} without a view or a link.", class_="meta")
        if unread
        else None,
        _reasons(report),
        defined("articles.views", "articles.failed", "articles.harm", "articles.helpful",
                "articles.contacts_after_view", "articles.base", "articles.excess", "articles.read",
                "articles.reach", "articles.reasons"),
    )  # fmt: skip


def _row(one: ArticleFigures) -> tuple[object, ...]:
    return (
        join(said(one.title, one.lang), small(el("code", one.article), f" {one.lang}")),
        join(f"{one.views:,}", _reach(one)),
        join(
            f"{one.failed:,}", small(f"by it: {one.harm:,.0f} or more") if one.harm >= 0.5 else None
        ),
        share_cell(one.helpful),
        _contacts(one),
        join(points(one.excess.value), small(points_range(one.excess))) if one.excess else "–",
        share_cell(one.read) if one.read else "–",
        join(*(small(f"{reason(name)} {count:,}") for name, count in one.reasons[:MOST_REASONS])),
    )


def _reach(one: ArticleFigures) -> Markup | None:
    share = share_of(one.reach) if one.reach else None
    return small(f"in {per_cent(share)} of visits") if share is not None else None


def _contacts(one: ArticleFigures) -> Markup:
    base = share_of(one.base) if one.base else None
    beside = small(f"similar: {per_cent(base)}") if base is not None else None
    share = share_of(one.contacts_after_view)
    if share is None:
        return join(share_cell(one.contacts_after_view), beside)
    return join(el("strong", per_cent(share)), small(made_of(one.contacts_after_view)), beside)


def _reasons(report: Report) -> Markup | None:
    if not report.reasons:
        return None
    told = ", ".join(f"{reason(name)} ({count:,})" for name, count in report.reasons)
    return el("p", f"Why readers voted “no”, over all articles: {told}.")


def gaps(report: Report) -> Markup:
    """Searches that found nothing, and searches that found nothing worth a click."""
    nothing = [one for one in report.queries if one.without_result]
    unclicked = sorted(
        (one for one in report.queries if one.unopened),
        key=lambda one: (-one.unopened, one.query),
    )
    return join(
        _shares(report),
        _nothing(nothing),
        _no_click(unclicked),
        el("p", left_out(report.queries_left_out), class_="meta") if report.queries_left_out else None,
        defined("search_without_result", "search_click_through", "search.success", "search.refined",
                "search.abandoned", "queries.searches", "queries.without_result",
                "queries.followed", "queries.clicked", "queries.contacted", "queries.refined"),
    )  # fmt: skip


def _shares(report: Report) -> Markup:
    shares = [("Found nothing", report.search_without_result),
              ("Opened a result", report.search_click_through)]  # fmt: skip
    if report.search:
        shares += [("Succeeded", report.search.success), ("Searched again", report.search.refined),
                   ("Gave up", report.search.abandoned)]  # fmt: skip
    rows = [el("div", el("dt", name), el("dd", share_cell(rate))) for name, rate in shares]
    return el("dl", *rows, class_="counts")


def _nothing(rows: Sequence[QueryFigures]) -> Markup | None:
    if not rows:
        return None
    columns = (("Query", None), ("Language", None), ("Searches", NUMBER), ("Nothing found", NUMBER),
               ("Then a person", NUMBER),
               ("Then searched for", None))  # fmt: skip
    cells = [
        (said(one.query, one.lang), language_name(one.lang), f"{one.searches:,}",
         f"{one.without_result:,}", f"{one.contacted:,}", _next(one))
        for one in rows[:MOST_ROWS]
    ]  # fmt: skip
    return join(
        el("h3", "Searches that found nothing"),
        table("Searches that found nothing", columns, cells),
        rest(len(rows) - MOST_ROWS, "query", "queries"),
    )


def _next(one: QueryFigures) -> Markup | str:
    shown = [join(said(query, one.lang), f" {count:,}") for query, count in one.refined[:MOST_NEXT]]
    return join(*shown, between=", ") if shown else "–"


def _no_click(rows: Sequence[QueryFigures]) -> Markup | None:
    if not rows:
        return None
    columns = (("Query", None), ("Language", None), ("With results", NUMBER),
               ("Nothing opened", NUMBER))  # fmt: skip
    cells = [
        (said(one.query, one.lang), language_name(one.lang), f"{one.followed:,}", f"{one.unopened:,}")
        for one in rows[:MOST_ROWS]
    ]  # fmt: skip
    return join(
        el("h3", "Searches with results of which none was opened"),
        table("Searches with results of which none was opened", columns, cells),
        rest(len(rows) - MOST_ROWS, "query", "queries"),
    )
