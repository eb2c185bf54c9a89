"""Tickets put into a store at once, for tests of what comes after an import."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from kbtool.model import Ticket
from kbtool.tickets.store import TicketRow, ticket_row


def save_tickets(connection: sa.Connection, found: Iterable[Ticket]) -> None:
    """Store tickets; one with the same source and id is replaced."""
    names = ", ".join(TicketRow._fields)
    marks = ", ".join("?" for _ in TicketRow._fields)
    statement = f"REPLACE INTO tickets ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    for ticket in found:
        connection.exec_driver_sql(statement, tuple(ticket_row(ticket)))
