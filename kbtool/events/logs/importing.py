"""A log file into the database: batch after batch, each with the ledger in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Protocol, TypeAlias

from kbtool.db import Connection
from kbtool.events.logs.combined import Combined
from kbtool.events.logs.formats import make, recognise
from kbtool.events.logs.ledger import (
    Source,
    ends_with,
    find_source,
    keep_source,
    overlapping,
    pass_known,
    with_head,
)
from kbtool.events.logs.lines import CHUNK, LogFile
from kbtool.events.logs.readers import Readers, visitor_text
from kbtool.events.logs.records import SIGNALS, Account, FileTaken
from kbtool.events.logs.salts import DaySalts
from kbtool.events.logs.same import ENOUGH, Hit, Repeats
from kbtool.events.logs.store import (
    PageIds,
    mark_of,
    put_hits,
    put_reported,
    put_told,
    stored_ids,
    stored_marks,
    take_back,
)
from kbtool.events.logs.take import Batch, Block, Period, Row, Taker, Told
from kbtool.events.logs.targets import HitLine, Targets
from kbtool.events.logs.times import DAY
from kbtool.events.logs.who import Format
from kbtool.events.parse import Known, RefusedError, Sender, event_fields, parse_event
from kbtool.events.store import save_events
from kbtool.model import Event, Rejected
from kbtool.progress import Progress

BATCH = 100_000
"""Lines of a transaction: half a second, so that a server that stores events need not wait long."""

Open: TypeAlias = Callable[[], AbstractContextManager[Connection]]
"""Begins a transaction that is kept when it ends well."""


class AnyTaker(Protocol):
    """What takes the lines of one log."""

    def ahead(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The same blocks, one by one, each to be taken before the next is asked for."""

    def take(self, block: Block, batch: Batch) -> None:
        """Add what the lines of a block became."""


class FastTakers(Protocol):
    """Makes what takes lines in the combined format faster."""

    chunk: int
    """Bytes at once."""

    def of(self, read: Combined, targets: Targets, readers: Readers, period: Period) -> AnyTaker:
        """For one log."""


@dataclass(slots=True)
class Work:
    """What the files of one import share."""

    targets: Targets
    readers: Readers
    salts: DaySalts
    known: Known
    """What events in addresses are checked against."""
    period: Period
    now: datetime
    most_rejected: int
    fast: FastTakers | None = None
    """For lines in the combined format; None: no DuckDB."""
    batch: int = BATCH
    ids: PageIds = field(default_factory=PageIds)
    rejected: list[Rejected] = field(default_factory=list)
    """The first ones."""
    days: set[int] = field(default_factory=set)
    """Days (since 1970) of what was stored."""


class Importer:
    """Takes files into the database, one after the other."""

    def __init__(self, work: Work, open_: Open, progress: Progress | None = None) -> None:
        self._work, self._open, self._progress = work, open_, progress

    def look(self, path: Path, format_: str | None = None) -> None:
        """See whether a file can be read, before anything is. Raises InputError."""
        log = LogFile(path)
        try:
            if format_ is None:
                recognise(log.start, path)
        finally:
            log.close()

    def take(self, path: Path, format_: str | None = None) -> FileTaken:
        """Store what a file holds that was not read before, and say what became of its lines.

        Raises InputError for the file, StoreError for the database; what was stored until then
        stays and is not read again.
        """
        log = LogFile(path)
        try:
            name = format_ or recognise(log.start, path)
            if not name:
                return FileTaken(str(path), "", Account(), 0, len(log.start), (), log.note)
            return self._take(log, name)
        finally:
            log.close()

    def _take(self, log: LogFile, name: str) -> FileTaken:
        batch = Batch()
        with self._open() as connection:
            source = find_source(connection, log, name)
            alike = frozenset(one.id or 0 for one in with_head(connection, log.start))
            continued, before = source.offset, source.account.lines
            batch.account.lines = known = pass_known(connection, log, source)
            batch.account.excluded["known"] = known
        read = make(name, source.fields)
        file = _File(self._work, source, read, log.path, alike)
        taker, chunk = self._taker(read)
        begin = (source.offset, before + known + 1)
        for block in taker.ahead(log.blocks(*begin, self._progress, chunk=chunk)):
            taker.take(block, batch)
            source.pass_by(block)
            if batch.account.lines >= self._work.batch:
                self._store(file, batch)
                batch = Batch()
        if source.offset > continued:
            self._store(file, batch, last=True)
        file.account.check()
        lacks = tuple(signal for signal in SIGNALS if signal not in read.signals)
        return FileTaken(str(log.path), name, file.account, continued, log.unread, lacks, log.note)

    def _taker(self, read: Format) -> tuple[AnyTaker, int]:
        """What takes lines, and how many bytes of them at once."""
        work = self._work
        if work.fast is not None and isinstance(read, Combined):
            return work.fast.of(read, work.targets, work.readers, work.period), work.fast.chunk
        return Taker(read, work.targets, work.readers, work.period), CHUNK

    def _store(self, file: _File, batch: Batch, *, last: bool = False) -> None:
        self._work.salts.save()
        with self._open() as connection:
            file.store(connection, batch, last=last)


class _File:
    """One file on its way in."""

    def __init__(
        self, work: Work, source: Source, read: Format, path: Path, alike: frozenset[int]
    ) -> None:
        self._work, self.source, self._read, self._path = work, source, read, path
        self._repeats = Repeats(alike - {source.id}, is_new=source.id is None)
        self.account = Account()
        """Of the lines of this import."""

    def store(self, connection: Connection, batch: Batch, *, last: bool) -> None:
        """Store a batch and how far the file was read."""
        if self.source.id is None:
            keep_source(connection, self.source, self._work.now)
        self._store_rows(connection, batch, last=last)
        self._store_told(connection, batch)
        put_reported(connection, batch.reported)
        batch.account.check()
        self.account.add(batch.account)
        self.source.account.add(batch.account)
        self.source.signals |= self._read.signals
        self.source.fields = self._read.fields
        keep_source(connection, self.source, self._work.now)
        room = self._work.most_rejected - len(self._work.rejected)
        self._work.rejected += [
            Rejected(str(self._path), line, reason)
            for line, reason in sorted(batch.rejected)[:room]
        ]

    def _store_rows(self, connection: Connection, batch: Batch, *, last: bool) -> None:
        source, rows = self.source, batch.rows
        assert source.id is not None  # noqa: S101 - it was just written down
        ids = self._work.ids.of(connection, self._work.targets.pages)
        known, before = self._known(connection, rows, last=last)
        new = [row for place, row in enumerate(rows) if place not in known] if known else rows
        put_hits(connection, source.id, new, ids)
        batch.account.excluded["known"] += len(known)
        self._count(new, batch.account)
        for kind, excluded in take_back(connection, source.id, before):
            batch.account.excluded["known"] += 1
            counted = batch.account.excluded if excluded else batch.account.stored
            counted[excluded or _KINDS.get(kind, kind)] -= 1

    def _known(
        self, connection: Connection, rows: Sequence[Row], *, last: bool
    ) -> tuple[set[int], list[tuple[int, int]]]:
        """Which rows other files gave before, by index; (time, offset) of such hits that were stored."""
        if not rows:
            return set(), []
        first, latest = min(rows)[0], max(rows)[0]
        others = overlapping(connection, self.source, first, latest)
        if not others:
            self._repeats.pass_by([row[:2] for row in rows[-ENOUGH:]], len(rows))
            return set(), []
        marks = [mark_of(page) for page in self._work.targets.pages]
        hits = [Hit((at, marks[page]), offset, who) for at, offset, page, who, _ in rows]
        stored = stored_marks(connection, others, (first, latest), self._work.salts.made)
        ends = ends_with(self.source, others) if last else ()
        return self._repeats.find(hits, stored, ends=ends, last=last)

    def _count(self, rows: Sequence[Row], account: Account) -> None:
        """Count the hits that are stored, and widen the file's time by them."""
        if not rows:
            return
        times = [row[0] for row in rows]
        self._work.days.update({at // DAY for at in times})
        source, first, last = self.source, min(times), max(times)
        source.first = first if source.first is None else min(first, source.first)
        source.last = last if source.last is None else max(last, source.last)
        pages = self._work.targets.pages
        for (page, excluded), count in Counter(map(itemgetter(2, 4), rows)).items():
            if excluded:
                account.excluded[excluded] += count
            else:
                account.stored[_KINDS.get(pages[page].kind, pages[page].kind)] += count

    def _store_told(self, connection: Connection, batch: Batch) -> None:
        """Store the events that addresses held."""
        events = [event for told in batch.told if (event := self._event(told, batch))]
        stored = stored_ids(connection, [event.id for event in events])
        new: set[str] = set()
        for event in events:
            if event.id in stored or event.id in new:
                batch.account.excluded["again"] += 1
            elif event.excluded:
                batch.account.excluded[event.excluded] += 1
            else:
                batch.account.stored[event.kind] += 1
                self._work.days.add(int(event.at.timestamp()) // DAY)
            if event.id not in stored:
                new.add(event.id)
        save_events(connection, events)
        put_told(connection, new)

    def _event(self, told: Told, batch: Batch) -> Event | None:
        """What a line told; None when it is refused, which is counted."""
        assert isinstance(told.target, HitLine)  # noqa: S101 - the others are counted already
        visitor = None if told.visitor is None else visitor_text(told.visitor)
        try:
            event = parse_event(
                event_fields(told.target.query),
                at=datetime.fromtimestamp(told.at, UTC),
                sender=Sender(visitor, told.excluded),
                known=self._work.known,
            )
        except RefusedError as error:
            batch.reject(told.line, f"event: {error.reason}")
            return None
        if event.excluded is None:
            batch.reported.add((told.at // DAY, told.visitor or 0))
        return event


_KINDS = {"lead": "view"}
