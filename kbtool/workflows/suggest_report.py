"""``kbtool suggest --html``: suggestions and topics → one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading
from kbtool.mining.encoding.encoder import Encoder
from kbtool.model import Article, Sample, Ticket
from kbtool.progress import Progress
from kbtool.suggest.report import Contents, Entry, entries, render
from kbtool.suggest.report.contents import MOST_ENTRIES
from kbtool.tickets.store import find_tickets
from kbtool.workflows.import_tickets import load_tickets
from kbtool.workflows.judging import SuggestResult, View
from kbtool.workflows.suggest_files import suggest_loaded
from kbtool.workflows.topics import sample_of

ALL = View()
SAMPLES = 3
"""Sample tickets of a topic: enough to believe it, few enough to send the page around."""


def report(settings: Settings, found: SuggestResult, *, view: View = ALL, now: datetime) -> str:
    """The page for what ``suggest`` found in a knowledge base; ``view`` limits what is listed."""
    articles, _ = read_articles(settings.content_dir)
    with reading(settings.database) as connection:
        return _page(
            settings, found, articles, partial(find_tickets, connection), view, now, stored=True
        )


def report_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    view: View = ALL,
    now: datetime,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> tuple[SuggestResult, str]:
    """What ``suggest_files`` finds, and the page for it; nothing is stored. Raises InputError."""
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        found = suggest_loaded(settings, loaded, encoder=encoder, progress=progress)
        return found, _page(settings, found, (), loaded.find, view, now, stored=False)


def _page(
    settings: Settings,
    found: SuggestResult,
    articles: Sequence[Article],
    tickets: Callable[[Sequence[str]], Iterable[Ticket]],
    view: View,
    now: datetime,
    *,
    stored: bool,
) -> str:
    every = entries(found.suggestions, found.topics)
    if view == ALL:
        shown = every[:MOST_ENTRIES]
    else:
        chosen = entries(view.of(found.suggestions), found.topics)
        shown = tuple(entry for entry in chosen if entry.suggestions)
    return render(
        Contents(
            site=settings.site_name,
            day=now.date(),
            tickets=found.tickets,
            questions=found.questions,
            smallest=found.smallest,
            topics=found.topics,
            entries=shown,
            unlisted=len(every) - len(shown),
            removable=sum(entry.removable for entry in every),
            coverage=found.coverage,
            titles={article.id: article.title for article in articles},
            samples=_samples(shown, tickets),
            rejected={t: one.rejection.reason for one in found.rejected for t in one.topics},
            stored=stored,
        )
    )


def _samples(
    shown: Sequence[Entry], tickets: Callable[[Sequence[str]], Iterable[Ticket]]
) -> dict[str, list[Sample]]:
    """The most typical tickets of each topic that is shown, by its id."""
    topics = [entry.topic for entry in shown if entry.topic is not None]
    wanted = {topic.id: topic.tickets[:SAMPLES] for topic in topics}
    found = tickets([key for keys in wanted.values() for key in keys])
    by_key = {ticket.key: sample_of(ticket) for ticket in found}
    return {id_: [by_key[key] for key in keys if key in by_key] for id_, keys in wanted.items()}
