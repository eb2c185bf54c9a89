"""``kbtool import``: help-desk exports into the database, redacted, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import InputError, StoreError
from kbtool.events.hand_offs import HandOff
from kbtool.events.retention import forget_old, keep_from
from kbtool.model import Ticket
from kbtool.privacy.hashing import stored_key
from kbtool.progress import Progress
from kbtool.tickets.boilerplate import EndLines, cut_boilerplate
from kbtool.tickets.forgotten import Forgotten
from kbtool.tickets.load import Loader, LoadResult, plans_for
from kbtool.tickets.mapping.choose import Plan
from kbtool.tickets.normalise import with_spoken_language
from kbtool.tickets.sniff import Sniffed, sniff
from kbtool.tickets.staging import (
    Saved,
    StagedFigures,
    Staging,
    changed_keys,
    importing,
    merge,
    merging,
    temporary,
)
from kbtool.tickets.store import read_forgotten
from kbtool.workflows.hand_offs import read_hand_offs
from kbtool.workflows.links import record_links, refresh_links
from kbtool.workflows.questions import Placement, record_questions, refresh_questions

KEY_NAME = "people.key"
_STORED_SAMPLE = 5_000
"""Stored tickets that are compared with those of an import, so that a small one learns from them."""
_TOLD_EVERY = 500


@dataclass(slots=True)
class Boilerplate:
    """What the tickets together showed to be boilerplate and was cut."""

    lines: int = 0
    messages: int = 0

    def count(self, before: Ticket, after: Ticket) -> None:
        """Add what was cut from one ticket."""
        for old, new in zip(before.messages, after.messages, strict=True):
            if new is not old:
                self.messages += 1
                self.lines += _filled_lines(old.text) - _filled_lines(new.text)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came in and what it is."""

    loaded: LoadResult
    saved: Saved
    """With ``dry_run`` what would have been stored."""
    dry_run: bool
    figures: StagedFigures
    boilerplate: Boilerplate
    forgotten: int
    """Records of tickets that were forgotten before (``kbtool forget``) and are not taken again."""
    placed: Placement | None
    """Topics of what the new and changed tickets ask; None when no topics are known yet."""
    articles: int
    """Published articles about these topics."""
    hand_offs: tuple[HandOff, ...]
    """All hand-offs of the site with a visit token, each with its tickets; empty with ``dry_run``."""
    ended: int
    """Events of readers that were older than ``metrics.keep_months`` and were deleted."""

    @property
    def answered(self) -> int:
        """Tickets that a person answered."""
        return dict(self.figures.resolutions).get("answered", 0)

    @property
    def duplicates(self) -> int:
        """Tickets that a later one with the same id replaced."""
        return self.loaded.taken - self.figures.tickets - self.forgotten

    @property
    def read(self) -> int:
        """Records seen: tickets, those replaced, rejected ones and those that are no tickets."""
        return self.loaded.taken + self.loaded.rejected_count + self.loaded.skipped


def import_tickets(
    settings: Settings,
    files: Sequence[Path],
    *,
    now: datetime,
    fresh_key: bytes | None = None,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    source: str | None = None,
    prune: bool = False,
    dry_run: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
) -> ImportResult:
    """Read ``files`` and store their tickets in one transaction; a second run changes nothing.

    ``mapping`` is a built-in name or a YAML file. ``fresh_key`` (32 random bytes) becomes the key
    that hashes people when this knowledge base has none yet. With ``prune`` stored tickets of the
    same sources that are not in the files go. So many ``workers`` (processes) share the work on
    many tickets; what comes out is the same. Raises InputError for files, StoreError for the
    database or when another import runs; nothing is changed then.
    """
    plans = plans_for(
        settings,
        files,
        mapping=mapping,
        encoding=encoding,
        delimiter=delimiter,
        progress=progress,
    )
    key = _key(settings, fresh_key, dry_run=dry_run)
    loader = Loader(settings, key=key, source=source, progress=progress, workers=workers)
    with temporary() if dry_run else importing(settings.state_dir) as staging:
        forgotten = _forgotten(settings, key)
        _stage(loader, plans, staging, forgotten)
        boilerplate = _finish(settings, staging, progress)
        loaded, figures = loader.result(), staging.figures(now)
        if prune:
            _refuse_doubtful_prune(loaded)
        more = _More(None, 0, (), 0)
        if dry_run:
            saved = staging.compared(settings.database, prune=prune)
        else:
            saved = _merge(settings, staging, prune=prune)
            more = _read_more(settings, now, progress)
    return ImportResult(loaded, saved, dry_run, figures, boilerplate, forgotten.count, *more)


class _More(NamedTuple):
    """What comes after the tickets, in the order of ImportResult."""

    placed: Placement | None
    articles: int
    hand_offs: tuple[HandOff, ...]
    ended: int


def _read_more(settings: Settings, now: datetime, progress: Progress | None) -> _More:
    """Bring link events and questions up to date, end old events, and count the published articles
    that are about what is asked; the tickets are safe by now, and an error must say so.
    """
    articles, _ = read_articles(settings.content_dir)
    try:
        refresh_links(settings, articles, progress)
        placed = refresh_questions(settings, progress)
        asked = placed.by_topic if placed else {}
        about = sum(a.status == "published" and a.topic in asked for a in articles)
        with writing(settings.database) as connection:
            ended = forget_old(connection, keep_from(now, settings.metrics.keep_months))
            return _More(placed, about, read_hand_offs(connection), ended)
    except StoreError as error:
        raise StoreError(
            f"the tickets are stored, the links and questions in them not yet: {error.message}",
            hint="mend that and run import or suggest: it reads them",
        ) from None


@contextmanager
def load_tickets(
    settings: Settings,
    files: Sequence[Path],
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Iterator[Staging]:
    """The tickets of ``files``, cleaned and redacted, as long as the block lasts.

    Nothing is kept. Raises InputError.
    """
    loader = Loader(settings, progress=progress, workers=workers)
    with temporary() as staging:
        _stage(loader, plans_for(settings, files, progress=progress), staging, Forgotten(b""))
        _finish(settings, staging, progress)
        yield staging


def sniff_tickets(
    settings: Settings,
    files: Sequence[Path],
    *,
    mapping: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress | None = None,
) -> tuple[Sniffed, ...]:
    """What each file seems to be: the proposed mapping and how much it covers. Stores nothing.

    Raises InputError.
    """
    plans = plans_for(
        settings,
        files,
        mapping=mapping,
        encoding=encoding,
        delimiter=delimiter,
        propose=True,
        progress=progress,
    )
    return tuple(sniff(one, settings) for one in plans)


def people_key(settings: Settings) -> bytes:
    """The key that hashes this knowledge base's people. Raises StoreError when there is none."""
    return _key(settings, None, dry_run=False)


def _stage(loader: Loader, plans: Sequence[Plan], staging: Staging, forgotten: Forgotten) -> None:
    for batch in loader.rows(plans):
        staging.put(forgotten.without(batch))


def _forgotten(settings: Settings, key: bytes) -> Forgotten:
    """What holds back tickets that were forgotten before."""
    if not settings.database.is_file():
        return Forgotten(key)
    with reading(settings.database) as connection:
        return Forgotten(key, read_forgotten(connection))


def _finish(settings: Settings, staging: Staging, progress: Progress | None) -> Boilerplate:
    """What no ticket tells alone: boilerplate, and the language of people who wrote too little."""
    counted, total = EndLines(), len(staging)
    for done, ticket in enumerate(staging.tickets()):
        counted.add(ticket)
        if progress and done % _TOLD_EVERY == 0:
            progress("comparing tickets", done, total)
    for ticket in staging.stored_sample(settings.database, _STORED_SAMPLE):
        counted.add(ticket)
    lines, spoken = counted.find(), staging.spoken(settings.database)
    cut = Boilerplate()

    def finished(ticket: Ticket) -> Ticket:
        if ticket.language is None and ticket.requester in spoken:
            lang = spoken[ticket.requester]
            ticket = with_spoken_language(ticket, lang, settings.languages)
        after = cut_boilerplate(ticket, lines)
        cut.count(ticket, after)
        return after

    if lines or spoken:
        staging.rewrite(finished)
    if progress:
        progress("comparing tickets", total, total)
    return cut


def _filled_lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def _key(settings: Settings, fresh: bytes | None, *, dry_run: bool) -> bytes:
    file = settings.state_dir / KEY_NAME
    if not file.exists():
        if dry_run:
            return b""  # nothing is kept that it hashes
        if fresh is None:
            raise StoreError(f"{file}: no key to hash people with", hint="run kbtool import once")
    return stored_key(file, fresh or b"")


def _refuse_doubtful_prune(loaded: LoadResult) -> None:
    """Raise InputError when so little was understood that absence says nothing."""
    taken, rejected = loaded.taken, loaded.rejected_count
    if taken and rejected <= taken:
        return
    raise InputError(
        f"nothing was pruned or stored: {rejected:,} of {taken + rejected:,} records were rejected"
        if rejected
        else "nothing was pruned or stored: the files hold no ticket",
        hint="import without --prune to see what is wrong with the files",
    )


def _merge(settings: Settings, staging: Staging, *, prune: bool) -> Saved:
    with merging(staging, settings.database) as connection:
        saved = merge(connection, prune=prune)
        changed, pruned = changed_keys(connection)
        record_links(connection, changed, pruned)
        record_questions(connection, changed, pruned)
    return saved
