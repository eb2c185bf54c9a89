"""What each ticket asks, prepared when tickets come in, so that a mining need not read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kbtool.config import Settings
from kbtool.db import Connection, reading, writing
from kbtool.mining.assign import Assigner
from kbtool.mining.questions.hashed import VERSION as FEATURES
from kbtool.mining.questions.question import question
from kbtool.mining.questions.store import (
    Prepared,
    await_questions,
    awaited_questions,
    count_awaited_questions,
    drop_questions,
    read_state,
    settle_questions,
    write_state,
)
from kbtool.model import Ticket
from kbtool.progress import Progress
from kbtool.suggest.worth import handling_of
from kbtool.tickets.store import find_tickets, ticket_keys

BATCH = 500
"""Tickets a transaction."""
VERSION = f"1.{FEATURES}"
"""Another one makes the questions of all stored tickets anew: raise it when they are made otherwise."""
BASIS = "questions"
"""Name under which the version is kept."""


def record_questions(
    connection: Connection, changed: Collection[str], removed: Collection[str] = ()
) -> None:
    """Tell, in an import's own transaction, which tickets' questions are to be made.

    ``changed`` are the keys of new and updated tickets, ``removed`` of those that are gone.
    """
    drop_questions(connection, removed)
    await_questions(connection, changed)


@dataclass(slots=True)
class Placement:
    """Where the questions that were made belong."""

    known: int = 0
    """So many belong to known topics."""
    none: int = 0
    """So many to none of them."""
    by_topic: dict[str, int] = field(default_factory=dict)
    """Of those known, by the topic's id."""


def refresh_questions(settings: Settings, progress: Progress | None = None) -> Placement | None:
    """Make the questions of new and changed tickets, each with its topic where one is known.

    All of them when they were made by another version. In short transactions: what an interrupted
    run leaves the next one does. None comes back when no topics are known. Raises StoreError.
    """
    with reading(settings.database) as connection:
        outdated = read_state(connection, BASIS) != VERSION.encode()
    if outdated:
        with writing(settings.database) as connection:
            await_questions(connection, ticket_keys(connection))
            write_state(connection, BASIS, VERSION.encode())
    with reading(settings.database) as connection:
        waiting = count_awaited_questions(connection)
        assigner = Assigner.load(connection) if waiting else None
    done, told = 0, Placement()
    while done < waiting:
        with writing(settings.database) as connection:  # read under the lock: a ticket may change
            keys = awaited_questions(connection, BATCH)
            if not keys:
                break
            made = _prepared(find_tickets(connection, keys), assigner)
            settle_questions(connection, keys, made)
        for one in made:
            if one.topic is None:
                told.none += 1
            else:
                told.known += 1
                told.by_topic[one.topic] = told.by_topic.get(one.topic, 0) + 1
        done += len(keys)
        if progress is not None:
            progress("Reading questions", min(done, waiting), waiting)
    return told if assigner else None


def _prepared(tickets: Iterable[Ticket], assigner: Assigner | None) -> list[Prepared]:
    found = [(ticket, asked) for ticket in tickets if (asked := question(ticket)) is not None]
    told = assigner.assign([asked for _, asked in found]) if assigner else [None] * len(found)
    return [
        Prepared(asked, *handling_of(ticket), one.topic, one.confidence)
        if one
        else Prepared(asked, *handling_of(ticket))
        for (ticket, asked), one in zip(found, told, strict=True)
    ]
