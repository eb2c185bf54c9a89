"""Do agents link our articles in their replies?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kbtool.addresses import article_from_url, page_address
from kbtool.metrics.intervals import rate
from kbtool.model import Article, Rate, Ticket

PUBLIC_STATUSES = frozenset({"published", "stale"})
"""Articles that readers can open."""


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """Links to our articles in agents' public replies; a ticket counts once an article."""

    rate: Rate
    articles: tuple[tuple[str, int], ...]
    """(article id, answered tickets), by id."""
    gone: tuple[tuple[str, int], ...]
    """The same for permanent links to articles that are not published any more."""


def link_figures(
    tickets: Iterable[Ticket],
    articles: Sequence[Article],
    bases: Sequence[str],
    *,
    since: datetime | None,
    until: datetime | None,
    min_count: int,
) -> LinkFigures:
    """Answered tickets with a link / answered tickets, solved in [``since``, ``until``).

    ``bases`` are the help centre's addresses, present and former. A ticket without a solving date
    goes by its creation; one without any date counts only when the period has no bounds. Only
    links to published articles make the numerator.
    """
    public = {a.id: page_address(a) for a in articles if a.status in PUBLIC_STATUSES}
    pages = {address: id_ for id_, address in public.items()}
    answered = linking = 0
    counts: Counter[str] = Counter()
    for ticket in tickets:
        if ticket.resolution != "answered" or not _within(ticket, since, until):
            continue
        linked = {article_from_url(url, bases, pages) for url in _public_links(ticket)}
        answered += 1
        linking += any(id_ in public for id_ in linked)
        counts.update(id_ for id_ in linked if id_ is not None)
    listed = sorted(counts.items())
    return LinkFigures(
        rate=rate(linking, answered, min_count),
        articles=tuple(item for item in listed if item[0] in public),
        gone=tuple(item for item in listed if item[0] not in public),
    )


def _public_links(ticket: Ticket) -> Iterable[str]:
    for message in ticket.messages:
        if message.role == "agent" and message.visibility == "public":
            yield from message.links


def _within(ticket: Ticket, since: datetime | None, until: datetime | None) -> bool:
    at = ticket.solved_at or ticket.created_at
    if at is None:
        return since is None and until is None
    return (until is None or at < until) and (since is None or at >= since)
