"""``kbtool suggest FILE…`` outside a knowledge base: the files alone, nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbtool.addresses import address_book
from kbtool.config import Settings
from kbtool.mining.encoding.encoder import Encoder
from kbtool.progress import Progress
from kbtool.tickets.staging import Staging
from kbtool.workflows.import_tickets import load_tickets
from kbtool.workflows.judging import SuggestResult, conclude, mine_tickets
from kbtool.workflows.topics import SAMPLES, TopicView, find_topic, sample_of


def suggest_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SuggestResult:
    """What the tickets in files suggest: nothing is read from a knowledge base, nothing is written.

    Raises InputError.
    """
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        return suggest_loaded(settings, loaded, encoder=encoder, progress=progress)


def suggest_loaded(
    settings: Settings,
    loaded: Staging,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> SuggestResult:
    """The same for tickets that are loaded already."""
    book = address_book((), settings)
    tickets = loaded.tickets()
    judged = mine_tickets(tickets, settings, book, encoder=encoder, progress=progress)
    return conclude(judged, judged.suggestions, settings, loaded.find)


def show_in_files(
    settings: Settings,
    files: Sequence[Path],
    topic_id: str,
    *,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> TopicView:
    """A topic of files alone. Raises NotFoundError, InputError."""
    book = address_book((), settings)
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        tickets = loaded.tickets()
        judged = mine_tickets(tickets, settings, book, encoder=encoder, progress=progress)
        topic = find_topic(judged.topics, topic_id)
        return TopicView(topic, tuple(map(sample_of, loaded.find(topic.tickets[:SAMPLES]))))
