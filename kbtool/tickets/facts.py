"""What is counted of tickets, read from the database without making records of their messages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kbtool.model import TicketFacts
from kbtool.tickets.counts import created_within
from kbtool.tickets.store import tickets

BATCH = 500


def read_facts(
    connection: sa.Connection, since: datetime | None = None, until: datetime | None = None
) -> Iterator[TicketFacts]:
    """The facts of the tickets created from ``since`` to before ``until``, by source and id.

    A ticket without a date of creation comes only when there are no bounds.
    """
    query = sa.select(tickets.c.record).order_by(tickets.c.source, tickets.c.id)
    if since is not None or until is not None:
        query = query.where(*created_within(since, until))
    for (record,) in connection.execute(query, execution_options={"yield_per": BATCH}):
        yield _facts(json.loads(record))


def _facts(data: dict[str, Any]) -> TicketFacts:
    """Of a stored record, see ``store.ticket_to_json``; a fifth of the time of reading it whole."""
    said = data["messages"]
    return TicketFacts(
        key=f"{data['source']}:{data['id']}",
        created_at=_time(data["created_at"]),
        solved_at=_time(data["solved_at"]),
        resolved=data["resolved"],
        answered=data["resolution"] == "answered",
        language=data["language"],
        replies=sum(m["role"] == "agent" and m["visibility"] == "public" for m in said),
        reopens=data["reopens"],
        csat=data["csat"],
        type=data.get("type"),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
