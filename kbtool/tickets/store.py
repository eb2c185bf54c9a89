"""Tickets in the database: written in one transaction, read back as records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.model import Cut, Message, Provenance, Ticket

BATCH = 500

tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("source", sa.String(80), primary_key=True),
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("resolved", sa.Boolean, nullable=False),
    sa.Column("resolution", sa.String(20), nullable=False),
    sa.Column("language", sa.String(10)),
    sa.Column("requester", sa.String(64)),
    sa.Column("created_at", UtcTime, index=True),
    sa.Column("solved_at", UtcTime),
    sa.Column("record", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Saved:
    """How many tickets of one write were new, changed, or the same as before."""

    new: int
    updated: int
    unchanged: int


def save_tickets(connection: sa.Connection, found: Iterable[Ticket]) -> Saved:
    """Store tickets by (source, id): a changed one replaces the old, the same changes nothing.

    Runs inside the caller's transaction, so an import is stored whole or not at all.
    """
    new = updated = unchanged = 0
    for batch in _batches(found):
        rows = {(row["source"], row["id"]): row for row in map(_to_row, batch)}
        known = _fingerprints(connection, list(rows))
        changed = [row for key, row in rows.items() if known.get(key) != row["fingerprint"]]
        for row in changed:
            if (row["source"], row["id"]) in known:
                updated += 1
                connection.execute(
                    tickets.delete().where(
                        tickets.c.source == row["source"], tickets.c.id == row["id"]
                    )
                )
            else:
                new += 1
        unchanged += len(rows) - len(changed)
        if changed:
            connection.execute(tickets.insert(), changed)
    return Saved(new, updated, unchanged)


def read_tickets(connection: sa.Connection) -> Iterator[Ticket]:
    """All tickets by source and id."""
    query = sa.select(tickets.c.record).order_by(tickets.c.source, tickets.c.id)
    for (record,) in connection.execute(query):
        yield ticket_from_json(record)


def find_tickets(connection: sa.Connection, keys: Sequence[str]) -> tuple[Ticket, ...]:
    """The tickets with these keys (``source:id``), in the order of ``keys``; unknown ones fall."""
    key = tickets.c.source + ":" + tickets.c.id
    found: dict[str, Ticket] = {}
    for start in range(0, len(keys), BATCH):
        query = sa.select(tickets.c.record).where(key.in_(keys[start : start + BATCH]))
        for (record,) in connection.execute(query):
            ticket = ticket_from_json(record)
            found[ticket.key] = ticket
    return tuple(found[k] for k in keys if k in found)


def ticket_to_json(ticket: Ticket) -> str:
    """One line of JSON that ``ticket_from_json`` reads back to an equal record."""
    return json.dumps(asdict(ticket), default=_isoformat, ensure_ascii=False, sort_keys=True)


def ticket_from_json(text: str) -> Ticket:
    """The record that ``ticket_to_json`` wrote."""
    data: dict[str, Any] = json.loads(text)
    messages = tuple(_message(message) for message in data.pop("messages"))
    provenance = Provenance(**data.pop("provenance"))
    for name in ("created_at", "solved_at"):
        data[name] = UtcTime().process_result_value(data[name], _NO_DIALECT)
    data["tags"] = tuple(data["tags"])
    return Ticket(**data, messages=messages, provenance=provenance)


_NO_DIALECT = sa.engine.default.DefaultDialect()


def _message(data: dict[str, Any]) -> Message:
    data["at"] = UtcTime().process_result_value(data["at"], _NO_DIALECT)
    data["cuts"] = tuple(Cut(**cut) for cut in data["cuts"])
    data["links"] = tuple(data["links"])
    data["macros"] = tuple(data.get("macros", ()))
    return Message(**data)


def _isoformat(value: object) -> str | None:
    return UtcTime().process_bind_param(value, _NO_DIALECT)  # type: ignore[arg-type]  # only datetimes reach json's default


def _to_row(ticket: Ticket) -> dict[str, Any]:
    record = ticket_to_json(ticket)
    content = json.loads(record)
    content.pop("provenance")  # the same ticket read from another file is the same ticket
    return {
        "source": ticket.source,
        "id": ticket.id,
        "fingerprint": sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
        "resolved": ticket.resolved,
        "resolution": ticket.resolution,
        "language": ticket.language,
        "requester": ticket.requester,
        "created_at": ticket.created_at,
        "solved_at": ticket.solved_at,
        "record": record,
    }


def _fingerprints(
    connection: sa.Connection, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    query = sa.select(tickets.c.source, tickets.c.id, tickets.c.fingerprint).where(
        sa.tuple_(tickets.c.source, tickets.c.id).in_(keys)
    )
    return {(source, id_): print_ for source, id_, print_ in connection.execute(query)}


def _batches(found: Iterable[Ticket]) -> Iterator[list[Ticket]]:
    iterator = iter(found)
    while batch := list(islice(iterator, BATCH)):
        yield batch
