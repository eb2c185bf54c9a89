"""Links to the help centre in agents' replies, as events. Pure: tickets in, events out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from kbtool.addresses import AddressBook
from kbtool.model import Event, EventKind, Message, Ticket

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of an event of a ticket without any date: no report shows it."""


def link_events(ticket: Ticket, book: AddressBook, langs: Mapping[str, str]) -> Iterator[Event]:
    """One ``link`` event a message and address of the help centre in public agents' replies.

    Links that lead nowhere make events too: that is how they are found. ``langs`` maps article id
    to language. The same ticket gives the same events, ids included; internal notes, customers'
    and automatic messages give none.
    """
    for message in public_replies(ticket):
        for address in book.sent(message):
            article = book.article(address)
            lang = langs.get(article or "")
            yield reply_event("link", ticket, message, article, lang=lang, address=address)


def reply_event(
    kind: EventKind,
    ticket: Ticket,
    message: Message,
    article: str | None,
    *,
    lang: str | None,
    address: str | None = None,
) -> Event:
    """An event of an agent's reply; its id follows from ticket, message and what was sent."""
    named = "\n".join((kind, ticket.key, message.id, address or article or ""))
    return Event(
        id=sha256(named.encode()).hexdigest(),
        kind=kind,
        at=message.at or ticket.solved_at or ticket.created_at or UNDATED,
        visitor=None,
        article=article,
        lang=lang,
        value=ticket.key,
        address=address,
    )


def public_replies(ticket: Ticket) -> Iterator[Message]:
    """What agents wrote to the customer."""
    return (m for m in ticket.messages if m.role == "agent" and m.visibility == "public")
