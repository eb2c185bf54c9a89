"""Questions in the database, prepared once: what a mining reads instead of whole tickets.

An import tells which tickets are new or changed; their questions are made in short transactions
afterwards, and what an interrupted run leaves the next one does. A question that is made anew gets
a higher number, so that those that came after a mining are known by their numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from kbtool.db import UtcTime, metadata
from kbtool.mining.questions.columns import BATCH, Columns, Row, gather, row_of
from kbtool.mining.questions.question import Question

_KEYS = 500

questions_table = sa.Table(
    "questions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("ticket", sa.String(300), nullable=False, unique=True),
    sa.Column("language", sa.String(10)),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("features", sa.LargeBinary, nullable=False),
    sa.Column("topic", sa.String(40)),  # as told by the last mining before it; None: by none
    sa.Column("confidence", sa.Float),
    sa.Column("rounds", sa.Integer, nullable=False),
    sa.Column("hours", sa.Integer),
    sa.Column("at", UtcTime),
    sa.Column("record", sa.Text, nullable=False),
    sqlite_autoincrement=True,  # or the number of one that went would be given again
)

_FIGURES = ("number", "ticket", "language", "day", "person")
sa.Index("ix_questions_figures", *(questions_table.c[name] for name in _FIGURES))
"""Holds all that is counted, in a tenth of the pages."""

question_pending = sa.Table(
    "question_pending", metadata, sa.Column("ticket", sa.String(300), primary_key=True)
)
"""Keys of tickets whose question is to be made."""

mining_state = sa.Table(
    "mining_state",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
"""What a mining leaves for the next one, and with which version the questions were made."""

_RECORD = ("text", "wordings", "requester", "reply", "links", "tags")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question as it is stored, with what else a mining asks of its ticket."""

    question: Question
    rounds: int = 0
    """What handling the ticket took: agents' public replies and reopenings."""
    hours: int | None = None
    """From creation to solution."""
    topic: str | None = None
    """As the last mining before it tells."""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A question that came after a mining."""

    number: int
    row: Row


class Stored:
    """The stored questions as the source of a mining."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def __len__(self) -> int:
        return count_questions(self._connection)

    def batches(self) -> Iterator[Sequence[Row]]:
        """All rows, in the order in which they were stored."""
        for some in _raw(self._connection, "ticket, language, day, person, features"):
            yield list(map(Row._make, some))

    def fetch(self, tickets: Sequence[str]) -> list[Question]:
        """The questions of these tickets, in this order. Raises KeyError for one that is not there."""
        table = questions_table.c
        query = sa.select(table.ticket, table.language, table.at, table.record)
        found: dict[str, Question] = {}
        for some in _batches(tickets):
            for row in self._connection.execute(query.where(table.ticket.in_(some))):
                found[row.ticket] = _question(*row)
        return [found[ticket] for ticket in tickets]

    def known(self, tickets: Sequence[str]) -> list[Question]:
        """The questions of those of these tickets that have one, in this order."""
        table = questions_table.c
        there: set[str] = set()
        for some in _batches(tickets):
            query = sa.select(table.ticket).where(table.ticket.in_(some))
            there.update(self._connection.execute(query).scalars())
        return self.fetch([ticket for ticket in tickets if ticket in there])


def read_figures(connection: sa.Connection) -> Columns:
    """All questions as columns without their features, in the order in which they were stored."""
    names: dict[str | None, int] = {}
    tickets: list[str] = []
    parts: list[tuple[np.ndarray, ...]] = []
    for some in _raw(connection, "ticket, language, day, person"):
        keys, langs, days, people = zip(*some, strict=True)
        tickets.extend(keys)
        numbers = [names.setdefault(lang, len(names)) for lang in langs]
        parts.append((np.array(numbers), np.array(days), np.array(people, dtype=np.int64)))
    if not parts:
        return gather(())
    spoken, created, asked_by = (np.concatenate(part) for part in zip(*parts, strict=True))
    starts = np.zeros(len(tickets) + 1, dtype=np.int64)
    nothing = np.empty(0, dtype=np.uint32)
    return Columns(tickets, tuple(names), spoken, created, asked_by, starts, nothing)


def await_questions(connection: sa.Connection, tickets: Iterable[str]) -> None:
    """Have the questions of these tickets (keys) made by ``settle_questions``."""
    statement = insert(question_pending).on_conflict_do_nothing()
    for some in _batches(tickets):
        connection.execute(statement, [{"ticket": key} for key in some])


def drop_questions(connection: sa.Connection, tickets: Iterable[str]) -> None:
    """Forget the questions of these tickets (keys)."""
    for table in (questions_table, question_pending):
        for some in _batches(tickets):
            connection.execute(table.delete().where(table.c.ticket.in_(some)))


def awaited_questions(connection: sa.Connection, most: int) -> tuple[str, ...]:
    """Keys of some tickets whose question is to be made, at most so many."""
    query = sa.select(question_pending.c.ticket).order_by(question_pending.c.ticket).limit(most)
    return tuple(connection.execute(query).scalars())


def count_awaited_questions(connection: sa.Connection) -> int:
    """How many questions are to be made."""
    query = sa.select(sa.func.count()).select_from(question_pending)
    return int(connection.execute(query).scalar_one())


def count_questions(connection: sa.Connection, above: int = 0) -> int:
    """How many questions there are with a number ``above`` this one."""
    query = sa.select(sa.func.count()).select_from(questions_table)
    if above:  # without a condition an index is counted, which is much smaller
        query = query.where(questions_table.c.number > above)
    return int(connection.execute(query).scalar_one())


def last_number(connection: sa.Connection) -> int:
    """The highest number of a question; 0 when there is none."""
    query = sa.select(sa.func.max(questions_table.c.number))
    return int(connection.execute(query).scalar() or 0)


def settle_questions(
    connection: sa.Connection, tickets: Sequence[str], found: Iterable[Prepared]
) -> None:
    """Replace the questions of these tickets by what was ``found``; they wait no longer."""
    drop_questions(connection, tickets)
    rows = [_values(one) for one in found]
    if rows:
        connection.execute(questions_table.insert(), rows)


def arrivals(connection: sa.Connection, above: int) -> Iterator[Arrival]:
    """The questions with a number ``above`` this one, oldest first."""
    table = questions_table.c
    query = (
        sa.select(
            table.number,
            table.ticket,
            table.language,
            table.day,
            table.person,
            table.features,
        )
        .where(table.number > above)
        .order_by(table.number)
    )
    for number, *row in connection.execute(query):
        yield Arrival(number, Row(*row))


def some_tickets(connection: sa.Connection, most: int) -> list[str]:
    """Keys of tickets that ask something, at most so many, spread over all."""
    step = max(1, -(-count_questions(connection) // max(most, 1)))
    table = questions_table.c
    query = sa.select(table.ticket).where(table.number % step == 0).order_by(table.number)
    return list(connection.execute(query.limit(most)).scalars())


def told_topics(connection: sa.Connection, above: int = 0) -> dict[str, str]:
    """The topics that the mining before them told, by ticket key; those of no topic are left out.

    ``above`` leaves out questions up to this number.
    """
    table = questions_table.c
    query = sa.select(table.ticket, table.topic)
    query = query.where(table.topic.is_not(None), table.number > above)
    return {row.ticket: row.topic for row in connection.execute(query)}


def read_handling(
    connection: sa.Connection, tickets: Iterable[str]
) -> Iterator[tuple[str, int, int | None]]:
    """(key, rounds, hours) of these tickets; see ``Prepared``."""
    table = questions_table.c
    query = sa.select(table.ticket, table.rounds, table.hours)
    for some in _batches(tickets):
        for row in connection.execute(query.where(table.ticket.in_(some))):
            yield row.ticket, row.rounds, row.hours


def read_state(connection: sa.Connection, name: str) -> bytes | None:
    """What was kept under a name, None when nothing was."""
    query = sa.select(mining_state.c.value).where(mining_state.c.name == name)
    value = connection.execute(query).scalar()
    return None if value is None else bytes(value)


def write_state(connection: sa.Connection, name: str, value: bytes) -> None:
    """Keep ``value`` under a name, instead of what was there."""
    drop_state(connection, name)
    connection.execute(mining_state.insert(), [{"name": name, "value": value}])


def drop_state(connection: sa.Connection, name: str) -> None:
    """Forget what was kept under a name."""
    connection.execute(mining_state.delete().where(mining_state.c.name == name))


def _values(one: Prepared) -> dict[str, Any]:
    row = row_of(one.question)
    record = {name: getattr(one.question, name) for name in _RECORD}
    return {
        "ticket": row.ticket,
        "language": row.lang,
        "day": row.day,
        "person": row.person,
        "features": row.features,
        "topic": one.topic,
        "confidence": one.confidence,
        "rounds": one.rounds,
        "hours": one.hours,
        "at": one.question.at,
        "record": json.dumps(record, ensure_ascii=False),
    }


def _question(ticket: str, lang: str | None, at: datetime | None, record: str) -> Question:
    data: dict[str, Any] = json.loads(record)
    for name in ("wordings", "links", "tags"):
        data[name] = tuple(data[name])
    return Question(ticket=ticket, lang=lang, at=at, **data)


def _raw(connection: sa.Connection, names: str) -> Iterator[Sequence[Any]]:
    """These columns of all questions: tuples of the driver, three times as quick as SQLAlchemy's."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"SELECT {names} FROM questions ORDER BY number")  # noqa: S608 - our own names
        while some := cursor.fetchmany(BATCH):
            yield some
    finally:
        cursor.close()


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, _KEYS)):
        yield batch
