"""The report in the terminal: figures with what they are made of, never a bare percentage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from kbtool.cli.common import err, out, safe, show_broken_links, show_finding, table
from kbtool.metrics.definitions import METRICS, ONE_DAY
from kbtool.model import ArticleFigures, Finding, Rate, Report
from kbtool.plural import many

if TYPE_CHECKING:
    from rich.table import Table

MOST_ROWS = 15
BARS = "▁▂▃▄▅▆▇█"
HEADLINES = ("helpful", "search_without_result", "search_click_through", "contacts_after_view")
REPLIES = ("link_rate", "resolving_links", "reuse_rate")
OUTCOMES = ("confirmed", "potential", "no_deflection")


def report(found: Report, site_name: str) -> None:
    """Print the whole report."""
    _heading(found, site_name)
    if not found.events:
        _line("No events in this period: kbtool serve counts what readers do.", "yellow")
    _shares(found, "Figure", HEADLINES)
    _outcomes(found)
    _articles(found)
    _searches(found)
    _topics(found)
    _links(found)
    _line("What a figure counts and cannot know: kbtool metrics --explain NAME", "dim")


def article(found: Report, figures: ArticleFigures) -> None:
    """Print the figures of one article."""
    _line(f"{safe(figures.article)}  {safe(figures.title)}", "bold")
    _line(_period(found), "dim")
    made = table("Figure", "", "What it counts")
    for name in ("views", "visits", "clicks", "links", "reused", "failed"):
        made.add_row(name, f"{getattr(figures, name):,}", METRICS[f"articles.{name}"].formula)
    for name in ("helpful", "contacts_after_view", "resolving"):
        shown = _share(getattr(figures, name), found.min_count)
        made.add_row(name.replace("_", " "), shown, METRICS[f"articles.{name}"].formula)
    out().print(made)


def definitions(names: Sequence[str]) -> None:
    """Print what these figures count and cannot know."""
    for name in names:
        metric = METRICS[name]
        _line(f"[bold]{name}[/bold]  {metric.title} ({metric.unit}, from {metric.source})")
        _line(f"  counts       {metric.formula}")
        _line(f"  cannot know  {metric.cannot_know}\n")


def finding(found: Finding) -> None:
    """Say on stderr that an article could not be read."""
    show_finding(found, err())


def _heading(found: Report, site_name: str) -> None:
    _line(f"{safe(site_name)}  {_period(found)}", "bold")
    left = ", ".join(f"{safe(reason)} {count:,}" for reason, count in found.excluded) or "none"
    _line(
        f"{many(found.views, 'view')}, {many(found.visits, 'visit')} (sum of daily), "
        f"{many(found.searches, 'search', 'searches')}, "
        f"{many(found.contacts_handed_off, 'hand-off')} to a person"
    )
    _line(
        f"{many(found.events, 'event')} counted, {found.without_visitor:,} of them without a "
        f"visitor; excluded: {left}",
        "dim",
    )


def _shares(found: Report, heading: str, names: Sequence[str]) -> None:
    made = table(heading, "Share", "95 % interval", "Made of")
    for column in made.columns[1:]:
        column.no_wrap = True
    for name in names:
        made.add_row(METRICS[name].title, *_cells(getattr(found, name), found.min_count))
    out().print(made)


def _outcomes(found: Report) -> None:
    days = many(found.window_days, "day")
    read = found.confirmed.denominator
    _section(f"What became of {many(read, 'visit')} with an article view (window: {days})")
    _shares(found, "Outcome", OUTCOMES)
    _line(
        f"Taken back by a later hand-off: {found.taken_back:,}. Window not over yet: "
        f"{found.open_visits:,}. No article viewed, no outcome: {found.unknown_visits:,}."
    )
    _line(
        "Potential is an upper bound: it holds everybody who left without a word. Never add it to "
        f"confirmed. No ticket is tied to a visit. {ONE_DAY}",
        "dim",
    )


def _articles(found: Report) -> None:
    rows = [a for a in found.articles if a.views or a.failed or a.links or a.clicks]
    if not rows:
        return
    _section("Articles, the one to fix next first")
    made = table("Article", "Title", "Views", "Failed", "Helpful", "Contacts", "Links")
    _fit(made, 1)
    _numbers(made, 2)
    for row in rows[:MOST_ROWS]:
        made.add_row(
            safe(row.article),
            safe(row.title),
            f"{row.views:,}",
            f"{row.failed:,}",
            _short(row.helpful, found.min_count),
            _short(row.contacts_after_view, found.min_count),
            f"{row.links:,}",
        )
    out().print(made)
    _rest(len(rows) - MOST_ROWS, "article")
    unread = len(found.articles) - len(rows)
    if unread:
        _line(f"{many(unread, 'published article')} without a view or a link.", "dim")


def _searches(found: Report) -> None:
    rows = [query for query in found.queries if query.without_result]
    if not rows:
        return
    _section("Searches without result")
    made = table("Query", "Language", "Searches", "Nothing found", "Then a person")
    _numbers(made, 2)
    for row in rows[:MOST_ROWS]:
        counts = (row.searches, row.without_result, row.contacted)
        made.add_row(safe(row.query), safe(row.lang or "?"), *(f"{count:,}" for count in counts))
    out().print(made)
    _rest(len(rows) - MOST_ROWS + found.queries_left_out, "query", "queries")


def _topics(found: Report) -> None:
    if not found.topics:
        return
    months = [month for month, _ in found.topics[0].months]
    span = f", {months[0]} to {months[-1]}" if months else ""
    _section(f"Tickets of each topic a month{span}")
    made = table("Question", "Months", "All", "Last", "Article")
    _fit(made, 0)
    _numbers(made, 2, 4)
    for row in found.topics[:MOST_ROWS]:
        counts = [count for _, count in row.months]
        last = f"{counts[-1]:,}" if counts else ""
        total = f"{sum(counts):,}"
        made.add_row(safe(row.question), sparkline(counts), total, last, safe(row.article or "–"))
    out().print(made)
    _rest(len(found.topics) - MOST_ROWS, "topic")


def _links(found: Report) -> None:
    """What agents do with the articles; nothing here is a reader's."""
    _section(f"Replies of agents in {many(found.link_rate.denominator, 'answered ticket')}")
    _shares(found, "Figure", REPLIES)
    _senders(found)
    if found.gone_links:
        told = ", ".join(f"{safe(id_)} ({count:,})" for id_, count in found.gone_links)
        _line(f"Agents linked articles that were withdrawn: {told}", "yellow")
    show_broken_links(found.broken_links, out())


def _senders(found: Report) -> None:
    rows = sorted(
        (a for a in found.articles if a.links or a.reused),
        key=lambda a: (-a.links, -a.reused, a.article),
    )
    if not rows:
        return
    made = table("Article", "Title", "Linked", "Ended the ticket", "Text without link")
    _fit(made, 1)
    _numbers(made, 2)
    for row in rows[:MOST_ROWS]:
        resolving = _short(row.resolving, found.min_count)
        shown = (f"{row.links:,}", resolving, f"{row.reused:,}")
        made.add_row(safe(row.article), safe(row.title), *shown)
    out().print(made)
    _rest(len(rows) - MOST_ROWS, "article")


def sparkline(counts: Sequence[int]) -> str:
    """One bar a count, scaled to the highest; a dot where there is none."""
    top = max(counts, default=0)
    return "".join(BARS[-(-count * len(BARS) // top) - 1] if count else "·" for count in counts)


def _share(rate: Rate, min_count: int) -> str:
    share, interval, of = _cells(rate, min_count)
    return f"{share} ({interval}), {of}" if interval else f"{share}, {of}"


def _cells(rate: Rate, min_count: int) -> tuple[str, str, str]:
    """Share, interval and what it is made of; or that there is not enough data."""
    of = f"{rate.numerator:,} of {rate.denominator:,}"
    if rate.low is None or rate.high is None:
        return f"not enough data ({rate.denominator:,} of {min_count:,})", "", of
    share = _percent(rate.numerator / rate.denominator)
    return share, f"{_percent(rate.low).removesuffix(' %')} – {_percent(rate.high)}", of


def _short(rate: Rate, min_count: int) -> str:
    """``43 % of 30``, or ``3 of 7`` when that is too few for a share."""
    if not rate.denominator:
        return "–"
    if rate.denominator < min_count:
        return f"{rate.numerator:,} of {rate.denominator:,}"
    return f"{_percent(rate.numerator / rate.denominator)} of {rate.denominator:,}"


def _percent(share: float) -> str:
    digits = 1 if 0 < share < 0.1 else 0
    return f"{100 * share:.{digits}f} %"


def _period(found: Report) -> str:
    last = (found.until - timedelta(microseconds=1)).date()
    first = found.since or found.first_event
    return f"{first.date()} to {last} (UTC)" if first else f"up to {last} (UTC)"


def _fit(made: Table, text: int) -> None:
    """Let one column of text give way, so that the others stay whole."""
    made.expand = True
    for column in made.columns:
        column.no_wrap = True
    made.columns[text].ratio = 1
    made.columns[text].overflow = "ellipsis"


def _numbers(made: Table, first: int, end: int | None = None) -> None:
    for column in made.columns[first:end]:
        column.justify = "right"
        column.no_wrap = True


def _rest(count: int, one: str, more: str | None = None) -> None:
    if count > 0:
        _line(f"… and {many(count, one, more)} more (--json has them)", "dim")


def _section(title: str) -> None:
    _line(f"\n{title}", "bold")


def _line(text: str, style: str | None = None) -> None:
    out().print(text, style=style, soft_wrap=True)
