"""Tickets in the database: rows of a table, read back as records."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from kbtool.db import UtcTime, metadata
from kbtool.model import Cut, Message, Provenance, Ticket

BATCH = 500
FEW = 0.1
"""Less than this share of all tickets is found one by one, more in one pass."""

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
    sa.Column("visit", sa.String(20)),
)

forgotten_tickets = sa.Table(
    "forgotten_tickets", metadata, sa.Column("mark", sa.String(32), primary_key=True)
)
"""What is left of tickets that were removed for good, see ``forgotten.mark_of``."""


class TicketRow(NamedTuple):
    """A ticket as it lies in the table, in the order of its columns."""

    source: str
    id: str
    fingerprint: str
    """Of all but the provenance: equal for tickets that are the same."""
    resolved: bool
    resolution: str
    language: str | None
    requester: str | None
    created_at: str | None
    solved_at: str | None
    record: str
    visit: str | None


_PLAIN = tuple(
    f.name
    for f in fields(Ticket)
    if f.name not in ("provenance", "messages", "created_at", "solved_at")
)
_PLAIN_MESSAGE = tuple(f.name for f in fields(Message) if f.name not in ("at", "cuts"))


def read_tickets(
    connection: sa.Connection, keys: Collection[str] | None = None
) -> Iterator[Ticket]:
    """All tickets by source and id, in one pass; with ``keys`` only these, however many, by key
    when they are few.
    """
    query = sa.select(tickets.c.source, tickets.c.id, tickets.c.record)
    if keys is not None and len(keys) < FEW * count_tickets(connection):
        wanted = sorted(keys)
        for start in range(0, len(wanted), BATCH):
            yield from find_tickets(connection, wanted[start : start + BATCH])
        return
    for source, id_, record in connection.execute(query.order_by(tickets.c.source, tickets.c.id)):
        if keys is None or f"{source}:{id_}" in keys:
            yield ticket_from_json(record)


def count_tickets(connection: sa.Connection) -> int:
    """How many tickets are stored."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(tickets)).scalar_one())


def ticket_keys(connection: sa.Connection, active: datetime | None = None) -> set[str]:
    """Keys of all tickets, or of those that may hold a message from ``active`` on."""
    query = sa.select(tickets.c.source, tickets.c.id)
    if active is not None:
        query = query.where(sa.or_(tickets.c.solved_at.is_(None), tickets.c.solved_at >= active))
    return {f"{source}:{id_}" for source, id_ in connection.execute(query)}


def count_answered(
    connection: sa.Connection, since: datetime | None = None, until: datetime | None = None
) -> int:
    """Answered tickets solved (or else created) from ``since`` to before ``until``.

    A ticket without any date counts only when there are no bounds.
    """
    at = sa.func.coalesce(tickets.c.solved_at, tickets.c.created_at)
    query = sa.select(sa.func.count()).where(tickets.c.resolution == "answered")
    if since is not None:
        query = query.where(at >= since)
    if until is not None:
        query = query.where(at < until)
    return int(connection.execute(query).scalar_one())


def answered_among(connection: sa.Connection, keys: Sequence[str]) -> set[str]:
    """Those of these keys whose tickets are answered."""
    primary = sa.tuple_(tickets.c.source, tickets.c.id)
    query = sa.select(tickets.c.source, tickets.c.id).where(tickets.c.resolution == "answered")
    found: set[str] = set()
    for start in range(0, len(keys), BATCH):
        pairs = [pair for key in keys[start : start + BATCH] for pair in key_pairs(key)]
        rows = connection.execute(query.where(primary.in_(pairs)))
        found.update(f"{source}:{id_}" for source, id_ in rows)
    return found


def read_visits(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """(visit token, key) of the tickets that carry one, by source and id."""
    query = sa.select(tickets.c.visit, tickets.c.source, tickets.c.id)
    ordered = query.where(tickets.c.visit.is_not(None)).order_by(tickets.c.source, tickets.c.id)
    for visit, source, id_ in connection.execute(ordered):
        yield visit, f"{source}:{id_}"


def find_tickets(connection: sa.Connection, keys: Sequence[str]) -> tuple[Ticket, ...]:
    """The tickets with these keys (``source:id``), in the order of ``keys``; unknown ones fall."""
    primary = sa.tuple_(tickets.c.source, tickets.c.id)
    found: dict[str, Ticket] = {}
    for start in range(0, len(keys), BATCH):
        pairs = [pair for key in keys[start : start + BATCH] for pair in key_pairs(key)]
        query = sa.select(tickets.c.record).where(primary.in_(pairs))
        for (record,) in connection.execute(query):
            ticket = ticket_from_json(record)
            found[ticket.key] = ticket
    return tuple(found[k] for k in keys if k in found)


def key_pairs(key: str) -> Iterator[tuple[str, str]]:
    """Each (source, id) that a key may stand for: either may hold a colon."""
    parts = key.split(":")
    yield from ((":".join(parts[:n]), ":".join(parts[n:])) for n in range(1, len(parts)))


def keys_named(connection: sa.Connection, names: Collection[str]) -> tuple[str, ...]:
    """Keys of the tickets with one of these ids or keys, in order: no beginnings."""
    pairs = [pair for name in names for pair in key_pairs(name)]
    primary = sa.tuple_(tickets.c.source, tickets.c.id)
    named = (
        sa.or_(tickets.c.id.in_(names), primary.in_(pairs)) if pairs else tickets.c.id.in_(names)
    )
    rows = connection.execute(sa.select(tickets.c.source, tickets.c.id).where(named))
    return tuple(sorted(f"{source}:{id_}" for source, id_ in rows))


def written_by(connection: sa.Connection, person: str) -> Iterator[Ticket]:
    """The tickets in which this person (stored hash, also of another name) asks or writes, by key."""
    query = (
        sa.select(tickets.c.record)
        .where(sa.func.instr(tickets.c.record, person) > 0)
        .order_by(tickets.c.source, tickets.c.id)
    )
    for (record,) in connection.execute(query):
        ticket = ticket_from_json(record)
        authors = (message.author for message in ticket.messages)
        if person in (ticket.requester, *ticket.requester_names, *authors):
            yield ticket


def drop_tickets(connection: sa.Connection, keys: Collection[str]) -> None:
    """Delete the tickets with these keys (``source:id``)."""
    for ticket in find_tickets(connection, sorted(keys)):
        own = (tickets.c.source == ticket.source, tickets.c.id == ticket.id)
        connection.execute(tickets.delete().where(*own))


def remember_forgotten(connection: sa.Connection, marks: Iterable[str]) -> None:
    """Keep the marks of tickets that were removed for good; those that are known stay."""
    statement = insert(forgotten_tickets).on_conflict_do_nothing()
    for mark in sorted(marks):
        connection.execute(statement, [{"mark": mark}])


def read_forgotten(connection: sa.Connection) -> frozenset[str]:
    """The marks of all tickets that were removed for good."""
    return frozenset(connection.execute(sa.select(forgotten_tickets.c.mark)).scalars())


def ticket_to_json(ticket: Ticket) -> str:
    """One line of JSON that ``ticket_from_json`` reads back to an equal record."""
    return _with_provenance(_content(ticket), ticket.provenance)


def ticket_row(ticket: Ticket) -> TicketRow:
    """The ticket as a row of the table."""
    content = _content(ticket)
    return TicketRow(
        source=ticket.source,
        id=ticket.id,
        fingerprint=sha256(content.encode()).hexdigest(),
        resolved=ticket.resolved,
        resolution=ticket.resolution,
        language=ticket.language,
        requester=ticket.requester,
        created_at=_time(ticket.created_at),
        solved_at=_time(ticket.solved_at),
        record=_with_provenance(content, ticket.provenance),
        visit=ticket.visit,
    )


def ticket_from_json(text: str) -> Ticket:
    """The record that ``ticket_to_json`` wrote."""
    data: dict[str, Any] = json.loads(text)
    messages = tuple(_message(message) for message in data.pop("messages"))
    provenance = Provenance(**data.pop("provenance"))
    for name in ("created_at", "solved_at"):
        data[name] = _TIME.process_result_value(data[name], _NO_DIALECT)
    for name in ("tags", "requester_names"):
        data[name] = tuple(data.get(name, ()))
    return Ticket(**data, messages=messages, provenance=provenance)


_TIME, _NO_DIALECT = UtcTime(), sa.engine.default.DefaultDialect()


def _message(data: dict[str, Any]) -> Message:
    data["at"] = _TIME.process_result_value(data["at"], _NO_DIALECT)
    data["cuts"] = tuple(Cut(**cut) for cut in data["cuts"])
    data["links"] = tuple(data["links"])
    data["macros"] = tuple(data.get("macros", ()))
    return Message(**data)


def _content(ticket: Ticket) -> str:
    """Everything but where it was read: the same ticket from another file is the same ticket."""
    data = {name: getattr(ticket, name) for name in _PLAIN}
    if ticket.visit is None:
        del data["visit"]  # or every ticket of an older kbtool would count as changed
    data["created_at"] = _time(ticket.created_at)
    data["solved_at"] = _time(ticket.solved_at)
    data["messages"] = [
        {
            **{name: getattr(message, name) for name in _PLAIN_MESSAGE},
            "at": _time(message.at),
            "cuts": [{"kind": c.kind, "text": c.text, "line": c.line} for c in message.cuts],
        }
        for message in ticket.messages
    ]
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _with_provenance(content: str, provenance: Provenance) -> str:
    told = json.dumps(asdict(provenance), ensure_ascii=False, sort_keys=True)
    return f'{content[:-1]}, "provenance": {told}}}'


def _time(value: datetime | None) -> str | None:
    return _TIME.process_bind_param(value, _NO_DIALECT)
