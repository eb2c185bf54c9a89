"""Stored tickets as people look for them: by a part of the id, or by what they are."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kbtool.model import Resolution, Ticket
from kbtool.tickets.store import find_tickets, ticket_from_json, tickets

UNKNOWN = "unknown"
"""As a language: of tickets whose language was left open."""


def tickets_like(connection: sa.Connection, word: str, most: int) -> list[Ticket]:
    """The tickets that ``word`` may mean, ``most`` at most.

    That with the key ``source:id`` alone; else those with this id; else those whose id or key
    begins so.
    """
    if exact := find_tickets(connection, [word]):
        return list(exact)
    key = tickets.c.source + ":" + tickets.c.id
    begins = sa.or_(
        tickets.c.id.startswith(word, autoescape=True), key.startswith(word, autoescape=True)
    )
    for condition in (tickets.c.id == word, begins):
        query = sa.select(tickets.c.record).where(condition)
        query = query.order_by(tickets.c.source, tickets.c.id).limit(most)
        if found := [ticket_from_json(record) for (record,) in connection.execute(query)]:
            return found
    return []


def some_tickets(
    connection: sa.Connection,
    *,
    limit: int,
    lang: str | None = None,
    resolution: Resolution | None = None,
    status: str | None = None,
    source: str | None = None,
) -> tuple[int, tuple[Ticket, ...]]:
    """(how many there are, the newest ``limit`` of them); those without a date come last.

    ``status`` is the help desk's own word, in any case; ``lang`` may be UNKNOWN.
    """
    where: list[sa.ColumnElement[bool]] = []
    if lang is not None:
        where.append(
            tickets.c.language.is_(None) if lang == UNKNOWN else tickets.c.language == lang
        )
    if resolution is not None:
        where.append(tickets.c.resolution == resolution)
    if source is not None:
        where.append(tickets.c.source == source)
    if status is not None:
        stored: sa.ColumnElement[Any] = sa.func.json_extract(tickets.c.record, "$.status")
        where.append(sa.or_(stored == status, sa.func.lower(stored) == status.lower()))
    count = connection.execute(sa.select(sa.func.count()).select_from(tickets).where(*where))
    query = sa.select(tickets.c.record).where(*where).limit(limit)
    newest = (tickets.c.created_at.desc().nulls_last(), tickets.c.source, tickets.c.id)
    found = connection.execute(query.order_by(*newest))
    return int(count.scalar_one()), tuple(ticket_from_json(record) for (record,) in found)
