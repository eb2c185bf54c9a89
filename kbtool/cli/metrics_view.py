"""The report in the terminal: figures with what they are made of, never a bare percentage."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.cli.common import err, safe, show_finding
from kbtool.cli.metrics_articles import articles, languages, searches
from kbtool.cli.metrics_cells import line, named, section, shares
from kbtool.cli.metrics_change import changes
from kbtool.cli.metrics_effects import effects, first
from kbtool.cli.metrics_tickets import handling, links, months, topics
from kbtool.cli.metrics_visits import contact, outcomes, weeks
from kbtool.metrics.compare import Comparison
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.words import amount, period
from kbtool.model import Finding, Report
from kbtool.plural import many

HEADLINES = (
    "helpful", "contacts_after_view", "search_without_result", "search_click_through",
    "search.success", "search.refined", "search.abandoned",
)  # fmt: skip


def report(found: Report, site_name: str, compared: Comparison | None = None) -> None:
    """Print the whole report, from what a support lead says first to what it rests on."""
    _heading(found, site_name)
    if not found.events:
        line("No events in this period: kbtool serve counts what readers do.", "yellow")
    first(found)
    if compared:
        changes(compared)
    shares("Figure", named(HEADLINES, found), found.min_count)
    contact(found)
    outcomes(found)
    weeks(found)
    effects(found)
    articles(found)
    searches(found)
    languages(found)
    handling(found)
    months(found)
    topics(found)
    links(found)
    _basis(found)
    line("What a figure counts and cannot know: kbtool metrics --explain NAME", "dim")


def definitions(names: Sequence[str]) -> None:
    """Print what these figures count and cannot know."""
    for name in names:
        metric = METRICS[name]
        line(f"[bold]{name}[/bold]  {metric.title} ({metric.unit}, from {metric.source})")
        line(f"  counts       {metric.formula}")
        line(f"  cannot know  {metric.cannot_know}\n")


def finding(found: Finding) -> None:
    """Say on stderr that an article could not be read."""
    show_finding(found, err())


def _heading(found: Report, site_name: str) -> None:
    line(f"{safe(site_name)}  {period(found)}", "bold")
    left = ", ".join(f"{safe(reason)} {count:,}" for reason, count in found.excluded) or "none"
    line(
        f"{many(found.views, 'view')}, {many(found.visits, 'visit')} (sum of daily), "
        f"{many(found.searches, 'search', 'searches')}, "
        f"{many(found.contacts_handed_off, 'hand-off')} to a person"
    )
    if found.self_service is not None:
        line(
            f"{amount(found.self_service)} visits with an article for each ticket (traffic, no effect)"
        )
    line(
        f"{many(found.events, 'event')} counted, {found.without_visitor:,} of them without a "
        f"visitor; excluded: {left}",
        "dim",
    )


def _basis(found: Report) -> None:
    """Where views come from, and what that source cannot tell."""
    if not found.sources:
        return
    section("Sources")
    for one in found.sources:
        days = f", {one.first} to {one.last}" if one.first and one.last else ""
        lacks = f"; lacks {safe(', '.join(one.lacks))}" if one.lacks else ""
        line(f"{safe(one.name)}: {many(one.views, 'view')}{days}{lacks}")
