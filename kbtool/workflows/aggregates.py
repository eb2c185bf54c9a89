"""Exports of other counters: views of articles by source and days, beside our own events."""

from __future__ import annotations

from pathlib import Path

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.errors import InputError
from kbtool.events.aggregates.importing import AggregateImport, import_aggregate
from kbtool.events.aggregates.recognise import HEAD, recognise
from kbtool.events.aggregates.record import Days
from kbtool.workflows.links import book_of


def is_export(path: Path) -> bool:
    """Whether a file is an export of another counter that ``import_export`` takes.

    Raises InputError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return recognise(file.read(HEAD)) is not None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None


def import_export(settings: Settings, path: Path, days: Days | None = None) -> AggregateImport:
    """Store what an export says about our articles, in the place of what it said of its days before.

    ``days`` are those that the file is about when it does not say it itself. All of it is stored or
    nothing. Raises InputError, StoreError.
    """
    articles, _ = read_articles(settings.content_dir)
    with writing(settings.database) as connection:
        return import_aggregate(
            connection, path, book_of(connection, settings, articles), days=days
        )
