"""``kbtool suggest --html``: suggestions and topics → one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from kbtool.articles.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading
from kbtool.disk import replace_file
from kbtool.errors import InputError
from kbtool.mining.encoding.encoder import Encoder
from kbtool.model import Article, Sample, Ticket
from kbtool.progress import Progress
from kbtool.suggest.report import Contents, Entry, entries, render
from kbtool.suggest.report.contents import MOST_ENTRIES
from kbtool.tickets.store import find_tickets
from kbtool.workflows.import_tickets import load_tickets
from kbtool.workflows.suggest import SuggestResult, suggest_loaded
from kbtool.workflows.topics import sample_of

SAMPLES = 3
"""Sample tickets of a topic: enough to believe it, few enough to send the page around."""
_BEGINNING = b"<!doctype html"


def report(
    settings: Settings, found: SuggestResult, *, top: int | None = None, now: datetime
) -> str:
    """The page for what ``suggest`` found in a knowledge base; ``top`` limits what is listed."""
    articles, _ = read_articles(settings.content_dir)
    with reading(settings.database) as connection:
        return _page(
            settings, found, articles, partial(find_tickets, connection), top, now, stored=True
        )


def report_files(
    settings: Settings,
    files: Sequence[Path],
    *,
    top: int | None = None,
    now: datetime,
    workers: int = 1,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> tuple[SuggestResult, str]:
    """What ``suggest_files`` finds, and the page for it; nothing is stored. Raises InputError."""
    with load_tickets(settings, files, workers=workers, progress=progress) as loaded:
        found = suggest_loaded(settings, loaded, encoder=encoder, progress=progress)
        return found, _page(settings, found, (), loaded.find, top, now, stored=False)


def check_target(path: Path, files: Sequence[Path] = ()) -> None:
    """Raise InputError, before any work, when a report must not or cannot be written to ``path``.

    A report replaces nothing but an earlier HTML page: no folder, no export among ``files``, no
    other file.
    """
    other = "name another file, such as report.html"
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a folder", hint=f"name a file in it: {path}/report.html")
        if not path.resolve().parent.is_dir():
            raise InputError(f"{path}: there is no such folder", hint="make the folder first")
        if not path.exists():
            return
        if any(one.exists() and one.samefile(path) for one in files):
            raise InputError(f"{path}: is one of the exports", hint=other)
        if not path.is_file() or not _may_be_replaced(path):
            raise InputError(f"{path}: is no HTML page and would be lost", hint=other)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint=other) from None


def write_report(path: Path, page: str) -> None:
    """Write the page in one step: the old one or the whole new one is there. Raises InputError."""
    try:
        replace_file(path.resolve(), page.encode())
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}", hint="name a file in a folder that you may write"
        ) from None


def _may_be_replaced(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(len(_BEGINNING))
    return not beginning or beginning.lower() == _BEGINNING


def _page(
    settings: Settings,
    found: SuggestResult,
    articles: Sequence[Article],
    tickets: Callable[[Sequence[str]], Iterable[Ticket]],
    top: int | None,
    now: datetime,
    *,
    stored: bool,
) -> str:
    every = entries(found.suggestions, found.topics)
    if top is None:
        shown = every[:MOST_ENTRIES]
    else:
        chosen = entries(found.suggestions[:top], found.topics)
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
