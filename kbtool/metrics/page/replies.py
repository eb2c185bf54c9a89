"""What agents do with the articles in their replies."""

from __future__ import annotations

from kbtool.markup import Markup, el, join
from kbtool.metrics.compare import share_named
from kbtool.metrics.page.parts import (
    NUMBER,
    SHARE_COLUMNS,
    defined,
    rest,
    said,
    share_cell,
    share_rows,
    small,
    table,
)
from kbtool.model import BrokenLink, Report
from kbtool.plural import many

MOST_ROWS = 15
FIGURES = ("link_rate", "resolving_links", "reopened_links", "reuse_rate")


def in_replies(report: Report) -> Markup:
    """Links in replies: assisted use, no deflection."""
    shares = [(name, rate) for name in FIGURES if (rate := share_named(name, report)) is not None]
    told = (
        f"Of {many(report.link_rate.denominator, 'answered ticket')}. Assisted use, no deflection."
    )
    return join(
        el("p", told),
        table("Links in replies", SHARE_COLUMNS, share_rows(shares, report.min_count)),
        _senders(report),
        _gone(report),
        _broken(report),
        defined(*FIGURES, "articles.links", "articles.resolving", "articles.reopened", "articles.reused", "gone_links",
                "broken_links"),
    )  # fmt: skip


def _senders(report: Report) -> Markup | None:
    used = sorted(
        (one for one in report.articles if one.links or one.reused),
        key=lambda one: (-one.links, -one.reused, one.article),
    )
    if not used:
        return None
    columns = (("Article", None), ("Linked", NUMBER), ("Ended the ticket", NUMBER),
               ("Reopened", NUMBER), ("Text without link", NUMBER))  # fmt: skip
    rows = [
        (
            join(said(one.title, one.lang), small(el("code", one.article))),
            f"{one.links:,}", share_cell(one.resolving),
            share_cell(one.reopened) if one.reopened else "–", f"{one.reused:,}",
        )
        for one in used[:MOST_ROWS]
    ]  # fmt: skip
    return join(
        el("h3", "Articles that agents send"),
        table("Articles that agents send", columns, rows),
        rest(len(used) - MOST_ROWS, "article"),
    )


def _gone(report: Report) -> Markup | None:
    if not report.gone_links:
        return None
    told = ", ".join(f"{name} ({many(count, 'ticket')})" for name, count in report.gone_links)
    return el("p", el("strong", "Linked, but withdrawn: "), told, ".")


def _broken(report: Report) -> Markup | None:
    if not report.broken_links:
        return None
    columns = (("Address", None), ("Tickets", NUMBER), ("Last sent", NUMBER))
    rows = [_address(one) for one in report.broken_links[:MOST_ROWS]]
    return join(
        el("h3", "Addresses in replies that lead nowhere"),
        table("Addresses in replies that lead nowhere", columns, rows),
        rest(len(report.broken_links) - MOST_ROWS, "address", "addresses"),
        el("p", "Name the address under ", el("code", "former:"), " in the article that answers it now."),
    )  # fmt: skip


def _address(one: BrokenLink) -> tuple[object, ...]:
    last = f"{one.last_sent.date()}" if one.last_sent else "–"
    return el("code", el("bdi", one.address)), f"{one.tickets:,}", last
