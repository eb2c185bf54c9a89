"""Links to the help centre in agents' replies: recorded at import, resolved against today's site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import groupby

from kbtool.addresses import AddressBook, address_book
from kbtool.config import Settings
from kbtool.db import Connection, reading, writing
from kbtool.events.links import UNDATED, link_events
from kbtool.events.reuse import ReuseFinder, available_since, reuse_events
from kbtool.events.store import (
    REPLIES,
    await_replies,
    awaited_replies,
    count_awaited,
    drop_reply_events,
    read_basis,
    read_events,
    settle_replies,
    write_basis,
)
from kbtool.metrics.links import LinkedTicket, broken_links, linked_ticket
from kbtool.mining.questions.question import is_question_like, plain
from kbtool.model import PUBLIC, Article, BrokenLink, Event, Ticket
from kbtool.progress import Progress
from kbtool.site.plan.store import read_published
from kbtool.text import sentences
from kbtool.tickets.store import find_tickets, read_tickets, ticket_keys

BATCH = 500
"""Tickets a transaction."""
VERSION = "1"
"""Another one makes the events of all stored replies anew: raise it when they are made otherwise."""
_ADDRESSES = ":addresses"
"""Beside the ids of articles, which hold no colon."""


def record_links(
    connection: Connection, changed: Collection[str], removed: Collection[str] = ()
) -> None:
    """Tell, in an import's own transaction, which tickets' replies are to be read.

    ``changed`` are the keys of new and updated tickets, ``removed`` of those that are gone. What
    was known of them is forgotten; ``refresh_links`` does the reading, so that an import of many
    tickets does not keep the database from a server that counts readers.
    """
    drop_reply_events(connection, {*changed, *removed})
    await_replies(connection, changed)


def refresh_links(
    settings: Settings, articles: Sequence[Article], progress: Progress | None = None
) -> None:
    """Bring the events of agents' replies up to date with tickets, articles and settings.

    Read are tickets that an import told of; all of them when the help centre's addresses were set
    anew; those from an article's time on when its text changed. In short transactions: what an
    interrupted run leaves the next one does. Most of the time nothing is written. Raises StoreError.
    """
    with reading(settings.database) as connection:
        published = read_published(connection)
        since = available_since(articles, published)
        before = read_basis(connection)
    basis = before | _basis(settings, articles, since)  # an unreadable article may come back
    if basis != before:
        with writing(settings.database) as connection:
            await_replies(connection, _outdated(connection, before, basis, since))
            write_basis(connection, basis)
    with reading(settings.database) as connection:
        waiting = count_awaited(connection)
    if waiting:
        reader = _Reader(address_book(articles, settings, published), articles, since)
        _read_awaited(settings, reader, waiting, progress)


def book_of(connection: Connection, settings: Settings, articles: Sequence[Article]) -> AddressBook:
    """Where every address of the help centre leads today, former ones included."""
    return address_book(articles, settings, read_published(connection))


def read_book(settings: Settings, articles: Sequence[Article]) -> AddressBook:
    """The same, where no database is open. Raises StoreError."""
    with reading(settings.database) as connection:
        return book_of(connection, settings, articles)


def linked_tickets(connection: Connection, book: AddressBook) -> tuple[LinkedTicket, ...]:
    """The tickets in which agents sent an article, by link or as text."""
    events = sorted(read_events(connection, kinds=REPLIES), key=lambda e: (e.value or "", e.id))
    of_ticket = {key: list(group) for key, group in groupby(events, key=lambda e: e.value or "")}
    return tuple(
        linked_ticket(ticket, of_ticket[ticket.key], book, asks)
        for ticket in read_tickets(connection, of_ticket.keys())
    )


def linked_articles(connection: Connection, book: AddressBook) -> dict[str, tuple[str, ...]]:
    """The articles that the links in each ticket's replies lead to today, by ticket key."""
    found: dict[str, set[str]] = {}
    for event in read_events(connection, kinds={"link"}):
        article = book.article(event.address) if event.address is not None else None
        if event.value and article is not None:
            found.setdefault(event.value, set()).add(article)
    return {ticket: tuple(sorted(ids)) for ticket, ids in found.items()}


def reused_articles(connection: Connection) -> dict[str, list[str]]:
    """The articles whose text stands in each ticket's replies without a link, by ticket key."""
    found: dict[str, list[str]] = {}
    for event in read_events(connection, kinds={"reuse"}):
        if event.value and event.article:
            found.setdefault(event.value, []).append(event.article)
    return found


def broken_since(
    connection: Connection,
    book: AddressBook,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[BrokenLink, ...]:
    """The addresses that agents sent in this time and that lead nowhere today."""
    events = read_events(connection, kinds=REPLIES)
    return broken_links(events, book, since=since, until=until, undated=UNDATED)


def asks(text: str, lang: str | None) -> bool:
    """Whether a customer's text asks something or says that it does not work."""
    return any(is_question_like(sentence, lang) for sentence in sentences(plain(text)))


class _Reader:
    """Makes the events of a ticket's replies."""

    def __init__(
        self, book: AddressBook, articles: Sequence[Article], since: Mapping[str, date]
    ) -> None:
        self._book = book
        self._finder = ReuseFinder(articles, since)
        self._langs = {article.id: article.lang for article in articles}

    def events(self, ticket: Ticket) -> Iterator[Event]:
        yield from link_events(ticket, self._book, self._langs)
        yield from reuse_events(ticket, self._finder, self._book, self._langs)


def _read_awaited(
    settings: Settings, reader: _Reader, waiting: int, progress: Progress | None
) -> None:
    done = 0
    while True:
        with writing(settings.database) as connection:  # read under the lock: a ticket may change
            keys = awaited_replies(connection, BATCH)
            if not keys:
                return
            tickets = find_tickets(connection, keys)
            found = (event for ticket in tickets for event in reader.events(ticket))
            settle_replies(connection, keys, found)
        done += len(keys)
        if progress is not None:
            progress("Reading replies", min(done, waiting), waiting)


def _outdated(
    connection: Connection,
    before: Mapping[str, str],
    basis: Mapping[str, str],
    since: Mapping[str, date],
) -> set[str]:
    """Keys of the tickets whose events were made with something that has changed."""
    if before.get(_ADDRESSES) != basis[_ADDRESSES]:
        return ticket_keys(connection)
    changed = [name for name, value in basis.items() if before.get(name) != value]
    first = min(since[name] for name in changed)
    return ticket_keys(connection, active=datetime.combine(first, time(), UTC))


def _basis(
    settings: Settings, articles: Sequence[Article], since: Mapping[str, date]
) -> dict[str, str]:
    """Fingerprints of what events of replies are made with."""
    texts = {
        article.id: _fingerprint((article.body, str(since[article.id])))
        for article in articles
        if article.status in PUBLIC and article.id in since
    }
    return texts | {_ADDRESSES: _addresses(settings)}


def _addresses(settings: Settings) -> str:
    return _fingerprint((VERSION, settings.site_url, *settings.tickets.help_centre_urls))


def _fingerprint(parts: Sequence[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
