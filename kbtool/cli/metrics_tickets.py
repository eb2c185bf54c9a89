"""Tickets in the terminal: how they were handled, by month, by topic, and links in their replies."""

from __future__ import annotations

from kbtool.cli.common import out, safe, show_broken_links, table
from kbtool.cli.metrics_cells import (
    MOST_ROWS,
    fitted,
    line,
    named,
    numbers,
    rest,
    section,
    shares,
    short,
    sparkline,
    wide,
)
from kbtool.metrics.words import amount
from kbtool.model import Report
from kbtool.plural import many

REPLIES = ("link_rate", "resolving_links", "reopened_links", "reuse_rate")


def handling(found: Report) -> None:
    """All tickets, then topic by topic."""
    if not found.handling:
        return
    section("How tickets were handled")
    made = table(
        "Question", "Tickets", "At once", "Reopened", "Hours", *wide(["Replies", "Content"])
    )
    numbers(fitted(made, 0), 1)
    for row in found.handling[: MOST_ROWS + 1]:
        made.add_row(
            "[bold]All tickets[/bold]" if row.topic is None else safe(row.question),
            f"{row.tickets:,}",
            short(row.first_contact),
            short(row.reopened),
            "–" if row.hours is None else amount(row.hours),
            *wide(["–" if row.replies is None else f"{row.replies:.1f}", short(row.csat)]),
        )
    out().print(made)
    rest(len(found.handling) - MOST_ROWS - 1, "topic")


def months(found: Report) -> None:
    """Tickets by month of creation."""
    if not found.months:
        return
    section("Tickets by month of creation")
    made = table("Month", "Tickets", "Recurring", "Solved", "Answered", "Reopened")
    numbers(made, 1)
    for row in found.months[-MOST_ROWS:]:
        counts = (row.tickets, row.in_topics, row.resolved, row.answered, row.reopened)
        made.add_row(row.month, *(f"{count:,}" for count in counts))
    out().print(made)
    rest(len(found.months) - MOST_ROWS, "month")
    if found.undated_tickets:
        line(
            f"{many(found.undated_tickets, 'ticket')} without a date of creation, in no month.",
            "dim",
        )


def topics(found: Report) -> None:
    """How often each question comes."""
    if not found.topics:
        return
    names = [month for month, _ in found.topics[0].months]
    span = f", {names[0]} to {names[-1]}" if names else ""
    section(f"Tickets of each topic a month{span}")
    made = table("Question", "Months", "All", "Last", "Article")
    numbers(fitted(made, 0), 2, 4)
    for row in found.topics[:MOST_ROWS]:
        counts = [count for _, count in row.months]
        last = f"{counts[-1]:,}" if counts else ""
        total = f"{sum(counts):,}"
        made.add_row(safe(row.question), sparkline(counts), total, last, safe(row.article or "–"))
    out().print(made)
    rest(len(found.topics) - MOST_ROWS, "topic")


def links(found: Report) -> None:
    """What agents do with the articles; nothing here is a reader's."""
    section(f"Replies of agents in {many(found.link_rate.denominator, 'answered ticket')}")
    shares("Figure", named(REPLIES, found), found.min_count)
    _senders(found)
    if found.gone_links:
        told = ", ".join(f"{safe(id_)} ({count:,})" for id_, count in found.gone_links)
        line(f"Agents linked articles that were withdrawn: {told}", "yellow")
    show_broken_links(found.broken_links, out())


def _senders(found: Report) -> None:
    rows = sorted(
        (a for a in found.articles if a.links or a.reused),
        key=lambda a: (-a.links, -a.reused, a.article),
    )
    if not rows:
        return
    made = table("Article", "Title", "Linked", "Ended the ticket", "Text without link")
    numbers(fitted(made, 1), 2)
    for row in rows[:MOST_ROWS]:
        shown = (f"{row.links:,}", short(row.resolving), f"{row.reused:,}")
        made.add_row(safe(row.article), safe(row.title), *shown)
    out().print(made)
    rest(len(rows) - MOST_ROWS, "article")
