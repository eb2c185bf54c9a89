"""``kbtool hits``: what readers did on a site that another server serves, out of its logs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, TypeAlias

from kbtool.addresses import AddressBook, address_book
from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import open_database, reading, transaction
from kbtool.disk import locked
from kbtool.errors import StoreError
from kbtool.events.aggregates.importing import AggregateImport, import_aggregate
from kbtool.events.aggregates.recognise import HEAD, recognise
from kbtool.events.aggregates.record import Days
from kbtool.events.logs.duck import DuckTakers
from kbtool.events.logs.importing import Importer, Open, Work
from kbtool.events.logs.ledger import Source, read_sources
from kbtool.events.logs.readers import Readers
from kbtool.events.logs.records import Account, FileTaken
from kbtool.events.logs.salts import FILE, DaySalts, forget_salts
from kbtool.events.logs.take import Period
from kbtool.events.logs.targets import Site, Targets
from kbtool.events.parse import Known
from kbtool.events.retention import forget_old, keep_from
from kbtool.events.rules import networks
from kbtool.model import Rejected
from kbtool.privacy.redact import Redactor
from kbtool.progress import Progress
from kbtool.site.plan.store import read_published

Engine: TypeAlias = Literal["python", "duckdb"]
LOCK = "hits.lock"
REJECTED = 1_000
"""Rejected lines that are named; all are counted."""
_CLOCKS = timedelta(days=1)
"""How far a server's clock, or the zone it writes, may be ahead."""
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class HitsResult:
    """What came of an import (with ``dry_run``: would have)."""

    files: tuple[FileTaken, ...]
    """Logs."""
    account: Account
    """Of the lines of all of them."""
    rejected: tuple[Rejected, ...]
    """The first 1,000."""
    days: tuple[date, ...]
    """UTC days of what was stored, in order."""
    aggregates: tuple[AggregateImport, ...]
    """Exports of other counters."""
    notes: tuple[str, ...]
    ended: int
    """Events and hits that were older than ``metrics.keep_months`` and were deleted."""
    dry_run: bool


def import_hits(
    settings: Settings,
    files: Sequence[Path],
    *,
    now: datetime,
    new_salt: Callable[[int], bytes],
    format_: str | None = None,
    days: Days | None = None,
    dry_run: bool = False,
    engine: Engine = "python",
    progress: Progress | None = None,
) -> HitsResult:
    """Store the hits and events of logs, and the sums of other counters' exports.

    What was read before is known by its bytes and not read again; the beginning of a last line
    waits for the rest. ``format_`` is that of all logs, else each is recognised; ``days`` are those
    of an export that does not say them. With ``engine`` "duckdb" a second processor takes part in
    reading the combined format; what comes out is the same. Raises InputError for a file that is
    neither, before anything is stored; StoreError when the database cannot be used or another
    import runs: what was stored until then stays, and the next import goes on there.
    """
    exports = frozenset(() if format_ else filter(_is_export, files))
    with ExitStack() as stack:
        stack.enter_context(_alone(settings))
        open_ = stack.enter_context(_database(settings, dry_run=dry_run))
        with open_() as connection:
            articles, _ = read_articles(settings.content_dir)
            book = address_book(articles, settings, read_published(connection))
        work = _work(settings, book, now, new_salt, dry_run=dry_run)
        if engine == "duckdb":
            work.fast = DuckTakers()
            stack.callback(work.fast.close)
        importer = Importer(work, open_, progress)
        logs = [path for path in files if path not in exports]
        for path in logs:
            importer.look(path, format_)
        sums = [_export(open_, path, book, days) for path in files if path in exports]
        taken = tuple(importer.take(path, format_) for path in logs)
        with open_() as connection:
            ended = forget_old(connection, keep_from(now, settings.metrics.keep_months))
    account = Account()
    for file in taken:
        account.add(file.account)
    return HitsResult(
        files=taken,
        account=account,
        rejected=tuple(work.rejected),
        days=tuple(_FIRST_DAY + timedelta(days=day) for day in sorted(work.days)),
        aggregates=tuple(sums),
        notes=tuple(_notes(settings, account)),
        ended=ended,
        dry_run=dry_run,
    )


def read_files(settings: Settings, now: datetime) -> tuple[Source, ...]:
    """The logs that were read so far, in the order in which they were first met.

    Salts whose time is over are destroyed on the way. Raises StoreError.
    """
    forget_salts(settings.state_dir / FILE, now)
    if not settings.database.is_file():
        return ()
    with reading(settings.database) as connection:
        return read_sources(connection)


def _is_export(path: Path) -> bool:
    """Whether a file is another counter's export; what cannot be read is told later."""
    try:
        with path.open("rb") as file:
            return recognise(file.read(HEAD)) is not None
    except OSError:
        return False


def _export(open_: Open, path: Path, book: AddressBook, days: Days | None) -> AggregateImport:
    with open_() as connection:
        return import_aggregate(connection, path, book, days=days)


def _work(
    settings: Settings,
    book: AddressBook,
    now: datetime,
    new_salt: Callable[[int], bytes],
    *,
    dry_run: bool,
) -> Work:
    redact = Redactor((), settings.tickets.phone_regions, settings.own_words).redact
    staff = networks(settings.server.staff_addresses, "extra.kbtool.server.staff_addresses")
    salts = DaySalts(settings.state_dir / FILE, now, new_salt, keep=not dry_run)
    first = keep_from(now, settings.metrics.keep_months)
    articles = {*book.pages.values(), *(one.article for one in book.redirects.values())}
    return Work(
        targets=Targets(Site(book, settings.languages, redact)),
        readers=Readers(salts, site=settings.site_url, staff=staff),
        salts=salts,
        known=Known(articles, settings.languages, redact),
        period=Period(int(first.timestamp()), int((now + _CLOCKS).timestamp())),
        now=now,
        most_rejected=REJECTED,
    )


def _notes(settings: Settings, account: Account) -> Iterator[str]:
    """What may be wrong when lines were read and none of them counts."""
    if account.stored or not account.lines:
        return
    if account.excluded["other-host"] > account.lines // 2:
        yield f"most lines are of other hosts than site_url ({settings.site_url})"
    elif account.excluded["page"] > account.lines // 2:
        yield (
            "no line is about an article: is the log that of site_url "
            f"({settings.site_url}), and are the articles published?"
        )


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """While one import runs no other begins. Raises StoreError."""
    file = settings.state_dir / LOCK
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with locked(file, wait=False):
            yield
    except BlockingIOError:
        raise StoreError(
            "another kbtool hits import runs", hint="wait until it is done; nothing was read"
        ) from None


class _DryRunError(Exception):
    """Takes back what a dry run did."""


@contextmanager
def _database(settings: Settings, *, dry_run: bool) -> Iterator[Open]:
    """How transactions begin; with ``dry_run`` all are one that never was."""
    with ExitStack() as stack:
        path = settings.database
        if dry_run and not path.is_file():
            path = Path(stack.enter_context(TemporaryDirectory())) / path.name
        engine = open_database(path)
        stack.callback(engine.dispose)
        if not dry_run:
            yield partial(transaction, engine, path)
            return
        try:
            with transaction(engine, path) as connection:
                yield lambda: nullcontext(connection)
                raise _DryRunError
        except _DryRunError:
            return
