"""Do agents link our articles in their replies, does that end the ticket, and where is it dead?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeAlias

from kbtool.addresses import AddressBook
from kbtool.intervals import rate
from kbtool.model import PUBLIC, Article, BrokenLink, Event, Rate, Ticket

Asks: TypeAlias = Callable[[str, str | None], bool]
"""Whether a customer's text (and its language) asks something."""
_ALL = ""
"""Stands for all articles; none has this id."""


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """A ticket and the articles that agents' public replies send, each once, by id."""

    key: str
    answered: bool
    at: datetime | None
    """When it was solved, or else created."""
    articles: tuple[str, ...] = ()
    """Those that are linked."""
    ended: tuple[str, ...] = ()
    """Those after whose first link the customer asked nothing more."""
    reused: tuple[str, ...] = ()
    """Those whose text stands in a reply and that are not linked."""
    reopened: bool | None = None
    """None where its source does not tell of reopening, or it was never resolved."""


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """Links to our articles in agents' public replies; a ticket counts once an article."""

    rate: Rate
    resolving: Rate
    reuse: Rate
    articles: tuple[tuple[str, int], ...] = ()
    """(article id, answered tickets), by id."""
    ended: tuple[tuple[str, int], ...] = ()
    """The same for those that the link ended."""
    reused: tuple[tuple[str, int], ...] = ()
    gone: tuple[tuple[str, int], ...] = ()
    """The same as ``articles`` for articles that were withdrawn."""
    broken: tuple[BrokenLink, ...] = ()
    reopened: Rate = field(default_factory=lambda: rate(0, 0, 1))
    """Of the tickets with a link that could be, those that were reopened."""
    reopened_by: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """The same by article id: (reopened, tickets that could be)."""


def linked_ticket(
    ticket: Ticket, events: Iterable[Event], book: AddressBook, asks: Asks
) -> LinkedTicket:
    """What a ticket's stored events and messages say about the articles sent in it.

    Addresses are resolved again: what counts is where they lead today.
    """
    sent = [e for e in events if e.kind == "link" and e.address is not None]
    linked = {book.article(str(event.address)) for event in sent} - {None}
    reused = {e.article for e in events if e.kind == "reuse"} - linked - {None}
    answered = ticket.resolution == "answered"
    ended = _ended(ticket, book, asks) & linked if answered and not ticket.reopens else set()
    return LinkedTicket(
        key=ticket.key,
        answered=answered,
        at=ticket.solved_at or ticket.created_at,
        articles=tuple(sorted(filter(None, linked))),
        ended=tuple(sorted(filter(None, ended))),
        reused=tuple(sorted(filter(None, reused))),
        reopened=_reopened(ticket),
    )


def link_figures(
    tickets: Iterable[LinkedTicket],
    articles: Sequence[Article],
    *,
    answered: int,
    since: datetime | None,
    until: datetime | None,
    min_count: int,
    broken: Sequence[BrokenLink] = (),
) -> LinkFigures:
    """Answered tickets that send a published article / ``answered`` tickets of the period.

    The period is [``since``, ``until``); a ticket without any date counts only when it has no
    bounds.
    """
    public = {a.id for a in articles if a.status in PUBLIC}
    totals: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    reused: Counter[str] = Counter()
    within = [ticket for ticket in tickets if _within(ticket.at, since, until)]
    reopened = _reopened_by(within, public)
    for ticket in within:
        if not ticket.answered:
            continue
        totals["linking"] += not public.isdisjoint(ticket.articles)
        totals["ended"] += not public.isdisjoint(ticket.ended)
        totals["reusing"] += not public.isdisjoint(ticket.reused)
        linked.update(ticket.articles)
        ended.update(ticket.ended)
        reused.update(public.intersection(ticket.reused))
    listed = sorted(linked.items())
    return LinkFigures(
        rate=rate(totals["linking"], answered, min_count),
        resolving=rate(totals["ended"], totals["linking"], min_count),
        reuse=rate(totals["reusing"], answered, min_count),
        articles=tuple(item for item in listed if item[0] in public),
        ended=tuple(sorted(ended.items())),
        reused=tuple(sorted(reused.items())),
        gone=tuple(item for item in listed if item[0] not in public),
        broken=tuple(broken),
        reopened=rate(*reopened.pop(_ALL, (0, 0)), min_count),
        reopened_by=reopened,
    )


def broken_links(
    events: Iterable[Event],
    book: AddressBook,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    undated: datetime | None = None,
) -> tuple[BrokenLink, ...]:
    """Addresses sent from ``since`` to before ``until`` that lead nowhere today.

    Those of most tickets first, then the last sent. ``undated`` is the time of events whose time
    is not known.
    """
    sent: dict[str, list[tuple[datetime | None, str]]] = {}
    for event in events:
        at = None if event.at == undated else event.at
        if event.kind != "link" or event.address is None or not _within(at, since, until):
            continue
        if book.lead(event.address) == "nowhere":
            sent.setdefault(event.address, []).append((at, event.value or ""))
    found = [_broken_link(address, times) for address, times in sent.items()]
    return tuple(sorted(found, key=lambda b: (-b.tickets, _newest_first(b), b.address)))


def likely_heir(address: str, articles: Iterable[Article]) -> Article | None:
    """The published article whose address ends most like ``address``; None when none resembles it.

    The last part of an address says what a page is about, and it changes little when a title does.
    """
    from difflib import get_close_matches  # here, because most addresses are not broken

    slugs = {PurePosixPath(a.path).stem: a for a in articles if a.status in PUBLIC}
    slug = PurePosixPath(address).name.removesuffix(".html")
    near = get_close_matches(slug, slugs, n=1, cutoff=0.7)
    return slugs[near[0]] if near else None


def _broken_link(address: str, sent: Sequence[tuple[datetime | None, str]]) -> BrokenLink:
    """``sent`` is when and in which tickets."""
    dated = sorted((at, key) for at, key in sent if at is not None)
    return BrokenLink(
        address,
        tickets=len({key for _, key in sent}),
        last_sent=dated[-1][0] if dated else None,
        first_sent=dated[0][0] if dated else None,
        newest=dated[-1][1] if dated else max(key for _, key in sent),
    )


def _ended(ticket: Ticket, book: AddressBook, asks: Asks) -> set[str | None]:
    """Articles after whose first link in a public reply the customer asked nothing more."""
    first: dict[str | None, int] = {}
    last_question = -1
    for place, message in enumerate(ticket.messages):
        if message.visibility != "public":
            continue
        if message.role == "agent":
            for address in book.sent(message):
                first.setdefault(book.article(address), place)
        elif message.role == "customer" and asks(message.text, ticket.language):
            last_question = place
    return {article for article, place in first.items() if place > last_question}


def _newest_first(link: BrokenLink) -> float:
    return -link.last_sent.timestamp() if link.last_sent else 0.0


def _reopened_by(tickets: Iterable[LinkedTicket], public: set[str]) -> dict[str, tuple[int, int]]:
    """(reopened, those that could be) of the tickets that link each article, and of ``_ALL``."""
    told: Counter[str] = Counter()
    reopened: Counter[str] = Counter()
    for ticket in tickets:
        if ticket.reopened is not None and (sent := public.intersection(ticket.articles)):
            told.update((_ALL, *sent))
            reopened.update((_ALL, *sent) if ticket.reopened else ())
    return {id_: (reopened[id_], told[id_]) for id_ in sorted(told)}


def _reopened(ticket: Ticket) -> bool | None:
    if ticket.reopens is None or not (ticket.resolved or ticket.reopens):
        return None
    return ticket.reopens > 0


def _within(at: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    if at is None:
        return since is None and until is None
    return (until is None or at < until) and (since is None or at >= since)
