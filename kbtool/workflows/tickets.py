"""``kbtool tickets``: what is stored, as it was cleaned, and what agents send again and again."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.config import Settings
from kbtool.db import reading
from kbtool.errors import NotFoundError
from kbtool.model import Macro, Resolution, Ticket
from kbtool.tickets.browse import some_tickets, tickets_like
from kbtool.tickets.macros import find_macros
from kbtool.tickets.store import read_tickets

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of the stored tickets."""

    tickets: tuple[Ticket, ...]
    """Newest first."""
    count: int
    """How many there are that are asked for."""
    stored: int
    """How many there are at all."""


def show_ticket(settings: Settings, word: str) -> Ticket:
    """The ticket that ``word`` names: ``source:id``, an id, or the beginning of one.

    Raises NotFoundError when there is none, or several.
    """
    with reading(settings.database) as connection:
        found = tickets_like(connection, word, _TOLD + 1)
    if not found:
        raise NotFoundError(f"there is no ticket {word}", hint="kbtool tickets list shows them")
    if len(found) > 1:
        named = ", ".join(ticket.key for ticket in found[:_TOLD])
        more = ", …" if len(found) > _TOLD else ""
        raise NotFoundError(
            f"{word} may be several tickets: {named}{more}", hint="give the whole id, source:id"
        )
    return found[0]


def list_tickets(
    settings: Settings,
    *,
    limit: int,
    lang: str | None = None,
    resolution: Resolution | None = None,
    status: str | None = None,
    source: str | None = None,
) -> Listing:
    """The newest stored tickets that are all of what is asked for."""
    with reading(settings.database) as connection:
        count, found = some_tickets(
            connection, limit=limit, lang=lang, resolution=resolution, status=status, source=source
        )
        stored, _ = some_tickets(connection, limit=0)
    return Listing(found, count, stored)


def ticket_macros(settings: Settings) -> tuple[Macro, ...]:
    """The macros in the stored tickets, most used first."""
    with reading(settings.database) as connection:
        return find_macros(read_tickets(connection))
