"""Articles, searches and languages in the terminal, and one article alone."""

from __future__ import annotations

from kbtool.cli.common import out, safe, table
from kbtool.cli.metrics_cells import MOST_ROWS, fitted, line, numbers, rest, section, short, wide
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.words import left_out, made_of, period, points_told, rate_told, reason
from kbtool.model import ArticleFigures, Report
from kbtool.plural import many

COUNTS = ("views", "visits", "clicks", "links", "reused", "failed")
RATES = ("helpful", "contacts_after_view", "base", "read", "reach", "resolving", "reopened")


def article(found: Report, figures: ArticleFigures) -> None:
    """Print the figures of one article."""
    line(f"{safe(figures.article)}  {safe(figures.title)}", "bold")
    line(period(found), "dim")
    made = table("Figure", "", "What it counts")
    for name in COUNTS:
        made.add_row(name, f"{getattr(figures, name):,}", _formula(name))
    for name in RATES:
        rate = getattr(figures, name)
        if rate is not None:
            shown = f"{rate_told(rate, found.min_count)}, {made_of(rate)}"
            made.add_row(name.replace("_", " "), shown, _formula(name))
    if figures.excess:
        made.add_row("excess", points_told(figures.excess), _formula("excess"))
    if figures.reasons:
        said = ", ".join(f"{reason(name)} {count:,}" for name, count in figures.reasons)
        made.add_row("reasons", safe(said), _formula("reasons"))
    out().print(made)


def _formula(name: str) -> str:
    return METRICS[f"articles.{name}"].formula


def articles(found: Report) -> None:
    """Articles that were used, the one to mend next first."""
    rows = [one for one in found.articles if one.is_used]
    if not rows:
        return
    section("Articles, the one to fix next first")
    made = table(
        "Article", "Title", "Views", "Failed", "Helpful", "Contacts", "Similar", *wide(["Read"])
    )
    numbers(fitted(made, 1), 2)
    for row in rows[:MOST_ROWS]:
        made.add_row(
            safe(row.article),
            safe(row.title),
            f"{row.views:,}",
            f"{row.failed:,}",
            *map(short, (row.helpful, row.contacts_after_view)),
            short(row.base).partition(" of ")[0],
            *wide([short(row.read).partition(" of ")[0]]),
        )
    out().print(made)
    rest(len(rows) - MOST_ROWS, "article")
    if found.reasons:
        said = ", ".join(f"{reason(name)} {count:,}" for name, count in found.reasons)
        line(f"Why readers voted “no”: {safe(said)}")
    unread = len(found.articles) - len(rows)
    if unread:
        line(f"{many(unread, 'published article')} without a view or a link.", "dim")


def searches(found: Report) -> None:
    """Searches that found nothing, and those that found nothing worth a click."""
    rows = [query for query in found.queries if query.without_result]
    if rows:
        section("Searches without result")
        made = numbers(table("Query", "Language", "Searches", "Nothing found", "Then a person"), 2)
        for row in rows[:MOST_ROWS]:
            counts = (row.searches, row.without_result, row.contacted)
            made.add_row(safe(row.query), safe(row.lang or "?"), *(f"{n:,}" for n in counts))
        out().print(made)
        rest(len(rows) - MOST_ROWS, "query", "queries")
    missed = sorted(
        (query for query in found.queries if query.unopened),
        key=lambda one: (-one.unopened, one.query),
    )
    if missed:
        section("Searches with results of which none was opened")
        made = numbers(table("Query", "Language", "With results", "Nothing opened"), 2)
        for row in missed[:MOST_ROWS]:
            shown = (f"{row.followed:,}", f"{row.unopened:,}")
            made.add_row(safe(row.query), safe(row.lang or "?"), *shown)
        out().print(made)
        rest(len(missed) - MOST_ROWS, "query", "queries")
    if found.queries_left_out:
        line(left_out(found.queries_left_out), "dim")


def languages(found: Report) -> None:
    """What is asked in each language against the articles in it."""
    if sum(bool(row.lang) for row in found.languages) < 2:
        return
    section("Languages: what is asked, and what there is")
    made = table(
        "Language", "Tickets", "Searches", "Nothing found", "Views", "Articles", "Not translated"
    )
    numbers(made, 1)
    for row in found.languages:
        counts = (
            row.tickets,
            row.searches,
            row.without_result,
            row.views,
            row.articles,
            row.untranslated,
        )
        made.add_row(safe(row.lang or "unknown"), *(f"{count:,}" for count in counts))
    out().print(made)
