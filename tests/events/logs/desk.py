"""A small help centre and its access log, for the tests of this room."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from kbtool.addresses import AddressBook, Redirect
from kbtool.db import open_database, reading, transaction
from kbtool.events.logs.duck import DuckTakers
from kbtool.events.logs.importing import BATCH, Importer, Work
from kbtool.events.logs.read import read_all
from kbtool.events.logs.readers import Readers
from kbtool.events.logs.records import FileTaken
from kbtool.events.logs.salts import FILE, DaySalts
from kbtool.events.logs.take import Period
from kbtool.events.logs.targets import Site, Targets
from kbtool.events.parse import Known
from kbtool.events.rules import Network
from kbtool.model import Event, Rejected
from kbtool.progress import Progress

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
PAGES = {"en/bike/unlock/": "kb-1", "en/bike/lost/": "kb-2", "tr/bisiklet/kilit/": "kb-3"}
REDIRECTS = {
    "a/kb-1/": Redirect("a/kb-1/", "kb-1", "en", "en/bike/unlock/", "Unlock"),
    "en/old/": Redirect("en/old/", "kb-2", "en", "en/bike/lost/", "Lost"),
    "a/kb-9/": Redirect("a/kb-9/", "kb-9", "en", None, ""),
}


def line(
    path: str = "/en/bike/unlock/",
    *,
    seconds: float = 0,
    address: str = "192.0.2.7",
    agent: str = BROWSER,
    status: int = 200,
    method: str = "GET",
    more: str = "",
    host: str = "",
) -> str:
    """A line of nginx's combined format."""
    at = NOON + timedelta(seconds=seconds)
    return (
        f"{host}{address} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
        f'"{method} {path} HTTP/1.1" {status} 512 "-" "{agent}"{more}'
    )


def redact(text: str) -> str:
    """A redactor that knows one secret."""
    return text.replace("jane@mail.example", "[email]")


def book(base: str = "https://help.example/") -> AddressBook:
    """Where the help centre's addresses lead."""
    return AddressBook((base,), PAGES, {}, REDIRECTS)


@dataclass(slots=True)
class Desk:
    """A database that logs are taken into."""

    folder: Path
    base: str = "https://help.example/"
    staff: tuple[Network, ...] = ()
    now: datetime = NOW
    rejected: list[Rejected] = field(default_factory=list)
    salts: int = 0
    """How many were made so far."""
    batch: int = BATCH
    fast: DuckTakers | None = None
    progress: Progress | None = None
    _engine: Engine | None = None

    @property
    def rejected_lines(self) -> list[tuple[int, str]]:
        """Number and reason of the rejected lines of the last import."""
        return [(item.line, item.reason) for item in self.rejected]

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "kb.db"

    def write(self, name: str, lines: Iterable[str], end: str = "\n") -> Path:
        """A log file of these lines."""
        path = self.folder / name
        text = "".join(one + end for one in lines).encode("utf-8", "surrogateescape")
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    def take(self, *paths: Path, format_: str | None = None) -> list[FileTaken]:
        """Import files as one command does."""
        with self.opened() as engine:
            work = self._work()
            importer = Importer(work, partial(transaction, engine, self.database), self.progress)
            taken = [importer.take(path, format_) for path in paths]
        self.rejected = work.rejected
        return taken

    @contextmanager
    def opened(self) -> Iterator[Engine]:
        """The database, open for as long as the block lasts, for all imports in it."""
        if self._engine is not None:
            yield self._engine
            return
        self._engine = open_database(self.database)
        try:
            yield self._engine
        finally:
            self._engine.dispose()
            self._engine = None

    def events(self) -> list[Event]:
        """All that is stored, in order of time."""
        with reading(self.database) as connection:
            return list(read_all(connection))

    def counted(self) -> Counter[tuple[str, str | None]]:
        """(kind, article or query) of what counts."""
        return Counter((e.kind, e.article or e.query) for e in self.events() if not e.excluded)

    def _work(self) -> Work:
        salts = DaySalts(self.folder / FILE, self.now, self._salt)
        known = Known({"kb-1", "kb-2", "kb-3"}, ("en", "tr"), redact)
        return Work(
            targets=Targets(Site(book(self.base), ("en", "tr"), redact)),
            readers=Readers(salts, site=self.base, staff=self.staff),
            salts=salts,
            known=known,
            period=Period(
                int((self.now - timedelta(days=700)).timestamp()),
                int((self.now + timedelta(days=1)).timestamp()),
            ),
            now=self.now,
            most_rejected=100,
            batch=self.batch,
            fast=self.fast,
        )

    def _salt(self, size: int) -> bytes:
        self.salts += 1
        return self.salts.to_bytes(size, "big")
