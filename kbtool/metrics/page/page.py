"""The whole page: its sections in the order of a meeting, each only when there is something in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from kbtool.charts import CSS
from kbtool.markup import Markup, el, join
from kbtool.metrics.compare import Comparison
from kbtool.metrics.page.articles import gaps, to_mend
from kbtool.metrics.page.basis import basis
from kbtool.metrics.page.changes import changes
from kbtool.metrics.page.contact import at_the_contact_page, outcomes
from kbtool.metrics.page.effects import on_tickets
from kbtool.metrics.page.glance import glance
from kbtool.metrics.page.languages import by_language
from kbtool.metrics.page.replies import in_replies
from kbtool.metrics.page.tickets import by_month, by_topic, handling
from kbtool.metrics.page.weeks import by_week
from kbtool.metrics.words import period
from kbtool.model import Report
from kbtool.page import Section, page

TITLE = "What the help centre did"


def render(
    report: Report,
    site: str,
    *,
    compared: Comparison | None = None,
    periods: Sequence[tuple[str, str]] = (),
) -> str:
    """The report as an HTML page that loads nothing and runs no script.

    ``periods`` are (name, address) of the same report for other periods. The same report gives the
    same text, character by character.
    """
    days = el("time", period(report))
    others = [el("a", name, href=address) for name, address in periods]
    return page(
        title=f"{TITLE}: {site}" if site else TITLE,
        heading=TITLE,
        over=join(
            site and join(el("bdi", site), " · "),
            days,
            join(" · ", join(*others, between=" · ")) if others else None,
        ),
        sections=[
            *_first(report, compared),
            *_of_readers(report),
            *_of_tickets(report),
            Section("basis", "What this rests on", basis(report)),
        ],
        foot=_foot(),
        style=style(),
    )


@cache
def style() -> str:
    """The page's own style, after that of its frame."""
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8") + CSS


def _first(report: Report, compared: Comparison | None) -> Iterator[Section]:
    yield Section("figures", "At a glance", glance(report))
    if report.series:
        yield Section("weeks", "Week by week", by_week(report))
    if report.contact and any(count for _, count in report.contact.steps):
        contact = at_the_contact_page(report.contact, report)
        yield Section("contact", "On the contact page", contact)
    yield Section("effects", "Effect of articles on tickets", on_tickets(report))
    if compared:
        yield Section("change", "Then and now", changes(compared))


def _of_readers(report: Report) -> Iterator[Section]:
    if report.confirmed.denominator:
        yield Section("outcomes", "What became of visits", outcomes(report))
    if report.articles:
        yield Section("articles", "Articles to mend next", to_mend(report))
    if report.searches:
        yield Section("gaps", "Looked for and not found", gaps(report))
    if sum(bool(one.lang) for one in report.languages) > 1:
        yield Section("languages", "Languages", by_language(report))


def _of_tickets(report: Report) -> Iterator[Section]:
    if report.handling:
        yield Section("handling", "How tickets were handled", handling(report))
    if report.months:
        yield Section("months", "Tickets by month", by_month(report))
    if report.topics:
        yield Section("topics", "What is asked", by_topic(report))
    if report.link_rate.denominator or report.broken_links or report.gone_links:
        yield Section("replies", "Articles in replies", in_replies(report))


def _foot() -> list[Markup]:
    return [
        el(
            "p",
            "Three kinds of number are never added up: what readers said (a lower bound), what they "
            "left unsaid (an upper bound), and what tickets show against topics without an article. "
            "Money is worked out from the last alone, never from views.",
        ),
        el(
            "p",
            "Intervals are 95 %: of shares Wilson’s, of differences Newcombe’s. Customers’ words are "
            "redacted by rules, and no rule finds everything: keep this inside the team. Made by "
            "kbtool; it loads nothing and runs no script.",
        ),
    ]
