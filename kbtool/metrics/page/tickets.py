"""Tickets: how they were handled, month by month, and how often each question comes."""

from __future__ import annotations

from kbtool.charts import Canvas, Stack, canvases, data_table, framed, key, sparkline, stacks
from kbtool.markup import Markup, el, join
from kbtool.metrics.page.parts import NUMBER, defined, rest, said, share_cell, small, table
from kbtool.metrics.words import amount
from kbtool.model import MonthFigures, Report, TopicFigures, TopicHandling
from kbtool.months import MONTH_NAMES

MOST_ROWS = 25
MOST_NATURES = 4


def handling(report: Report) -> Markup:
    """All tickets first, then topic by topic."""
    columns = (("Question", None), ("Tickets", NUMBER), ("Answered at once", NUMBER), ("Reopened", NUMBER),
               ("Hours to solve", NUMBER), ("Replies", NUMBER), ("Content", NUMBER))  # fmt: skip
    rows = [_handled(one) for one in report.handling[: MOST_ROWS + 1]]
    told = (
        "“At once” is one public reply and no reopening. Hours are the median from creation to "
        "solution, replies the mean of answered tickets; “content” are good ratings of the rated."
    )
    return join(
        el("p", told),
        table("How the tickets of each topic were handled", columns, rows),
        rest(len(report.handling) - MOST_ROWS - 1, "topic"),
        defined("handling.tickets", "handling.answered", "handling.first_contact",
                "handling.reopened", "handling.hours", "handling.replies", "handling.csat"),
    )  # fmt: skip


def _handled(one: TopicHandling) -> tuple[object, ...]:
    return (
        el("strong", "All tickets") if one.topic is None else said(one.question),
        join(f"{one.tickets:,}", small(f"{one.answered:,} answered")),
        share_cell(one.first_contact),
        share_cell(one.reopened),
        "–" if one.hours is None else amount(one.hours),
        "–" if one.replies is None else f"{one.replies:.1f}",
        share_cell(one.csat),
    )


def by_month(report: Report) -> Markup:
    """Tickets that ask a recurring question, and all others, by month of creation."""
    columns = [
        Stack(_short(one.month), f"{_long(one.month)}: {one.in_topics:,} recurring of {one.tickets:,}",
              one.in_topics, one.tickets - one.in_topics)
        for one in report.months
    ]  # fmt: skip
    told = "Solid: tickets that ask a recurring question. Striped: all others."
    charts = [
        stacks(columns, canvas, left="Tickets")
        for canvas in canvases("months", "Tickets created a month", told, height=300)
    ]
    headings = ("Month", "Tickets", "Recurring", "Solved", "Answered", "Reopened", "Kinds")
    rows = [
        (_long(one.month), f"{one.tickets:,}", f"{one.in_topics:,}", f"{one.resolved:,}",
         f"{one.answered:,}", f"{one.reopened:,}", _natures(one))
        for one in report.months
    ]  # fmt: skip
    return join(
        framed(charts, key([("solid", "ask a recurring question"), ("striped", "all others")])),
        data_table("The numbers: tickets by month", headings, rows, range(1, 6)),
        defined("months.tickets", "months.in_topics", "months.resolved", "months.answered",
                "months.reopened", "months.natures"),
    )  # fmt: skip


def by_topic(report: Report) -> Markup:
    """How often each question comes, month by month."""
    months = [name for name, _ in report.topics[0].months]
    span = f" {_long(months[0])} to {_long(months[-1])}." if months else ""
    columns = (("Question", None), ("Months", "spark"), ("All", NUMBER), ("Last", NUMBER),
               ("Trend", None), ("Article", None))  # fmt: skip
    rows = [_topic(one) for one in report.topics[:MOST_ROWS]]
    numbers = [
        (said(one.question), *(f"{count:,}" for _, count in one.months))
        for one in report.topics[:MOST_ROWS]
    ]
    headings = ("Question", *map(_short, months))
    return join(
        el(
            "p",
            f"Resolved tickets of each topic by month.{span} Each small chart has its own scale.",
        ),
        table("Tickets of each topic", columns, rows),
        rest(len(report.topics) - MOST_ROWS, "topic"),
        data_table("The numbers: topics by month", headings, numbers, range(1, len(headings)))
        if months
        else None,
        defined("topics.months"),
    )


def _topic(one: TopicFigures) -> tuple[object, ...]:
    counts = [count for _, count in one.months]
    told = ", ".join(f"{_short(name)} {count}" for name, count in one.months)
    canvas = Canvas(f"topic-{one.topic}", "Tickets by month", told, 150, 28)
    return (
        said(one.question),
        sparkline(counts, canvas) if counts else "–",
        f"{sum(counts):,}",
        f"{counts[-1]:,}" if counts else "–",
        one.trend,
        el("code", one.article) if one.article else "none",
    )


def _natures(one: MonthFigures) -> str:
    shown = one.natures[:MOST_NATURES]
    return ", ".join(f"{name or 'not said'} {count:,}" for name, count in shown) or "–"


def _long(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{MONTH_NAMES[int(number) - 1]} {year}"


def _short(month: str) -> str:
    name, _, year = _long(month).partition(" ")
    return f"{name[:3]} ’{year[2:]}"
