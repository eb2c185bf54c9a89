"""Do agents link our articles in their replies?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kbtool.addresses import article_from_url, page_address
from kbtool.metrics.intervals import rate
from kbtool.model import PUBLIC, Article, Rate, Ticket


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """A ticket and the articles that agents' public replies link, each once, by id."""

    key: str
    answered: bool
    at: datetime | None
    """When it was solved, or else created."""
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """Links to our articles in agents' public replies; a ticket counts once an article."""

    rate: Rate
    articles: tuple[tuple[str, int], ...]
    """(article id, answered tickets), by id."""
    gone: tuple[tuple[str, int], ...]
    """The same for permanent links to articles that are not published any more."""


def read_links(
    tickets: Iterable[Ticket], articles: Sequence[Article], bases: Sequence[str]
) -> Iterator[LinkedTicket]:
    """Which of our articles each ticket's public agent replies link.

    ``bases`` are the help centre's addresses, present and former. Permanent links count whether
    or not their article is still there; links to pages only when it is.
    """
    pages = {page_address(a): a.id for a in articles if a.status in PUBLIC}
    for ticket in tickets:
        found = {article_from_url(url, bases, pages) for url in _public_links(ticket)}
        yield LinkedTicket(
            key=ticket.key,
            answered=ticket.resolution == "answered",
            at=ticket.solved_at or ticket.created_at,
            articles=tuple(sorted(id_ for id_ in found if id_ is not None)),
        )


def link_figures(
    tickets: Iterable[LinkedTicket],
    articles: Sequence[Article],
    *,
    since: datetime | None,
    until: datetime | None,
    min_count: int,
) -> LinkFigures:
    """Answered tickets that link a published article / answered tickets of the period.

    The period is [``since``, ``until``); a ticket without any date counts only when it has no
    bounds.
    """
    public = {a.id for a in articles if a.status in PUBLIC}
    answered = linking = 0
    counts: Counter[str] = Counter()
    for ticket in tickets:
        if ticket.answered and _within(ticket.at, since, until):
            answered += 1
            linking += not public.isdisjoint(ticket.articles)
            counts.update(ticket.articles)
    listed = sorted(counts.items())
    return LinkFigures(
        rate=rate(linking, answered, min_count),
        articles=tuple(item for item in listed if item[0] in public),
        gone=tuple(item for item in listed if item[0] not in public),
    )


def _public_links(ticket: Ticket) -> Iterator[str]:
    for message in ticket.messages:
        if message.role == "agent" and message.visibility == "public":
            yield from message.links


def _within(at: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    if at is None:
        return since is None and until is None
    return (until is None or at < until) and (since is None or at >= since)
