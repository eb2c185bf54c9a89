"""Links to the help centre in agents' replies: recorded at import, resolved against today's site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import groupby

from kbtool.addresses import AddressBook, address_book
from kbtool.articles.store import read_articles
from kbtool.config import Settings
from kbtool.db import Connection, reading, writing
from kbtool.events.links import UNDATED, link_events
from kbtool.events.reuse import ReuseFinder, available_since, reuse_events
from kbtool.events.store import (
    REPLIES,
    drop_reply_events,
    read_basis,
    read_events,
    save_events,
    write_basis,
)
from kbtool.metrics.links import LinkedTicket, broken_links, linked_ticket
from kbtool.mining.questions import is_question_like, plain
from kbtool.model import PUBLIC, Article, BrokenLink
from kbtool.site.store import read_published
from kbtool.text import sentences
from kbtool.tickets.store import active_since, read_tickets

VERSION = "1"
"""Another one makes the events of all stored replies anew: raise it when they are made otherwise."""
_ADDRESSES = ":addresses"
"""Beside the ids of articles, which hold no colon."""


def record_links(
    connection: Connection,
    settings: Settings,
    changed: Iterable[str],
    removed: Iterable[str] = (),
) -> None:
    """Bring the events of agents' replies up to date after an import, in its transaction.

    ``changed`` are the keys of new and updated tickets, ``removed`` of those that are gone. Stored
    tickets are read again where what they were compared with has changed: all of them when the
    help centre's addresses did, the recent ones when an article did. An article that cannot be
    read counts as gone; ``kbtool check`` tells it.
    """
    wanted = set(changed)
    drop_reply_events(connection, sorted(wanted | set(removed)))
    articles, _ = read_articles(settings.content_dir)
    _refresh(connection, settings, articles, wanted)


def refresh_links(settings: Settings, articles: Sequence[Article]) -> None:
    """Read the stored replies again when the help centre's addresses were set anew since.

    Most of the time nothing is written. Raises StoreError.
    """
    with reading(settings.database) as connection:
        if read_basis(connection).get(_ADDRESSES) == _addresses(settings):
            return
    with writing(settings.database) as connection:
        _refresh(connection, settings, articles, set())


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


def _refresh(
    connection: Connection, settings: Settings, articles: Sequence[Article], wanted: set[str]
) -> None:
    """Make the events of these tickets, and of those whose basis has changed."""
    since = available_since(articles, read_published(connection))
    before, now = read_basis(connection), _basis(settings, articles, since)
    if before.get(_ADDRESSES) != now[_ADDRESSES]:
        drop_reply_events(connection)
        _derive(connection, settings, articles, None)
    else:
        new = [since[name] for name in now.keys() - {_ADDRESSES} if before.get(name) != now[name]]
        if new:
            recent = active_since(connection, datetime.combine(min(new), time(), UTC))
            drop_reply_events(connection, sorted(recent - wanted))
            wanted |= recent
        if wanted:
            _derive(connection, settings, articles, wanted)
    write_basis(connection, now)


def _derive(
    connection: Connection,
    settings: Settings,
    articles: Sequence[Article],
    wanted: Collection[str] | None,
) -> None:
    """Make and store the events of these tickets, or of all."""
    published = read_published(connection)
    book = address_book(articles, settings, published)
    finder = ReuseFinder(articles, available_since(articles, published))
    langs = {article.id: article.lang for article in articles}
    save_events(
        connection,
        (
            event
            for ticket in read_tickets(connection, wanted)
            for event in (
                *link_events(ticket, book, langs),
                *reuse_events(ticket, finder, book, langs),
            )
        ),
    )


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
