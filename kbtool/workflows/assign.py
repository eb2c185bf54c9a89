"""``kbtool topics assign``: where tickets belong among the known topics, without mining again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kbtool.config import Settings
from kbtool.db import reading
from kbtool.errors import NotFoundError
from kbtool.mining.assign import Assigner, Assignment
from kbtool.mining.memory.store import read_topics
from kbtool.mining.questions.question import Question, question
from kbtool.model import Message, Provenance, Ticket, Topic
from kbtool.progress import Progress
from kbtool.text.identify import identify_language
from kbtool.tickets.cleaning.clean import clean
from kbtool.tickets.raw import looks_like_html
from kbtool.workflows.import_tickets import load_tickets
from kbtool.workflows.tickets import show_ticket

BATCH = 1_000
TEXT = "-"
"""Stands for a text that is no stored ticket."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One ticket and the topic it belongs to."""

    ticket: str
    """Its key; ``-`` for a text."""
    asks: bool
    """Whether it asks anything at all: spam, thanks and automatic replies do not."""
    topic: Topic | None
    """None when no topic fits surely enough."""
    confidence: float | None


def assign_stored(settings: Settings, words: Sequence[str]) -> tuple[Placed, ...]:
    """The topics of stored tickets, named as for ``show_ticket``. Raises NotFoundError."""
    return _placed(settings, [show_ticket(settings, word) for word in words])


def assign_text(settings: Settings, text: str) -> Placed:
    """The topic of a raw text or HTML of a message, which is cleaned first and not kept.

    Where its language cannot be told, that of the surest topic counts. Raises NotFoundError.
    """
    cleaned = clean(text, is_html=looks_like_html(text), names=()).text
    lang, _ = identify_language(cleaned, settings.languages)
    languages = settings.languages if lang is None else (lang,)
    found = _placed(settings, [_ticket(cleaned, one) for one in languages])
    return replace(max(found, key=lambda placed: placed.confidence or 0.0), ticket=TEXT)


def assign_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> tuple[Placed, ...]:
    """The topics of the tickets in help-desk exports, which are not stored.

    Raises InputError, NotFoundError.
    """
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        return _placed(settings, loaded.tickets())


def _placed(settings: Settings, tickets: Iterable[Ticket]) -> tuple[Placed, ...]:
    with reading(settings.database) as connection:
        assigner = Assigner.load(connection)
        topics = {topic.id: topic for topic in read_topics(connection)}
    if assigner is None:
        raise NotFoundError("no topics are known yet", hint="run kbtool suggest first")
    return tuple(
        Placed(
            ticket=key,
            asks=asked is not None,
            topic=topics.get(found.topic) if found else None,
            confidence=found.confidence if found and found.topic in topics else None,
        )
        for key, asked, found in _assigned(assigner, iter(tickets))
    )


def _assigned(
    assigner: Assigner, tickets: Iterator[Ticket]
) -> Iterator[tuple[str, Question | None, Assignment | None]]:
    """(ticket key, its question, where it belongs), a batch at a time."""
    while batch := list(islice(tickets, BATCH)):
        asked = [question(replace(ticket, resolved=True)) for ticket in batch]  # open ones too
        found = iter(assigner.assign([one for one in asked if one is not None]))
        for ticket, one in zip(batch, asked, strict=True):
            yield ticket.key, one, None if one is None else next(found)


def _ticket(text: str, lang: str) -> Ticket:
    """A ticket of one message, for what makes a question of it."""
    return Ticket(
        source="", id="", subject="", status="", resolved=True, resolution="unknown",
        created_at=None, solved_at=None, language=lang, language_confidence=None, requester=None,
        group=None, channel=None, tags=(), csat=None, reopens=None, merged_into=None,
        messages=(Message("1", "customer", "public", None, None, text),),
        provenance=Provenance(TEXT, 1, TEXT),
    )  # fmt: skip
