"""Hits of logs in the database: numbers that point at a dictionary of pages, in order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

import sqlalchemy as sa

from kbtool.db import metadata
from kbtool.events.logs.ledger import Source
from kbtool.events.logs.same import UNKNOWN, Kept, Mark, Place
from kbtool.events.logs.take import Row
from kbtool.events.logs.targets import Page
from kbtool.events.logs.times import DAY
from kbtool.events.store import events_table

_MANY = 500

pages_table = sa.Table(
    "log_pages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("article", sa.String(64)),
    sa.Column("lang", sa.String(10)),
    sa.Column("query", sa.String(200)),
)
sa.Index("ix_log_pages", pages_table.c.query, pages_table.c.article, pages_table.c.kind)

hits_table = sa.Table(
    "log_hits",
    metadata,
    sa.Column("at", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("offset", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("visitor", sa.Integer),
    sa.Column("excluded", sa.String(20)),
    sqlite_with_rowid=False,
)
"""A line is one hit: its file and offset name it. The time comes first, so that a day lies together
and is read in order."""

reported_table = sa.Table(
    "log_reported",
    metadata,
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("visitor", sa.Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Readers of a day (0: all who asked not to be followed) whose page's script told what they did: the
lines of their pages say it a second time and do not count."""

told_table = sa.Table(
    "log_events",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sqlite_with_rowid=False,
)
"""Ids of stored events that came from a log and not from ``kbtool serve``."""

_FIND_PAGE = (
    'SELECT id FROM log_pages WHERE kind = ? AND article IS ? AND lang IS ? AND "query" IS ?'
)
_PUT_PAGE = 'INSERT INTO log_pages (kind, article, lang, "query") VALUES (?, ?, ?, ?)'
_PUT = "INSERT INTO log_hits (at, source, offset, page, visitor, excluded) VALUES "
_ROWS = 500
"""Rows of a statement: half the time of one by one."""
_REPORT = "INSERT OR IGNORE INTO log_reported (day, visitor) VALUES (?, ?)"
_TELL = "INSERT OR IGNORE INTO log_events (id) VALUES (?)"


class PageIds:
    """The database's numbers of the pages of one import; a page that is new gets one."""

    def __init__(self) -> None:
        self._ids: list[int] = []

    def of(self, connection: sa.Connection, pages: Sequence[Page]) -> Sequence[int]:
        """The ids of ``pages``, which only ever grow at their end between two calls."""
        for page in pages[len(self._ids) :]:
            self._ids.append(_page_id(connection, page))
        return self._ids


def _page_id(connection: sa.Connection, page: Page) -> int:
    found = connection.exec_driver_sql(_FIND_PAGE, tuple(page)).scalar()
    if found is None:
        found = connection.exec_driver_sql(_PUT_PAGE, tuple(page)).lastrowid
    return int(found)


def put_hits(
    connection: sa.Connection, source: int, rows: Sequence[Row], ids: Sequence[int]
) -> None:
    """Store hits of a file. Runs inside the caller's transaction."""
    value = f"(?, {source:d}, ?, ?, ?, ?)"
    for first in range(0, len(rows), _ROWS):
        some = rows[first : first + _ROWS]
        values = [
            field
            for at, offset, page, visitor, excluded in some
            for field in (at, offset, ids[page], visitor, excluded)
        ]
        connection.exec_driver_sql(_PUT + ", ".join([value] * len(some)), tuple(values))


def take_back(
    connection: sa.Connection, source: int, places: Sequence[Place]
) -> list[tuple[str, str | None]]:
    """Remove hits (time, offset) of a file; what they were comes back: kind, why not counted."""
    table, found = hits_table.c, []
    for at, offset in places:
        this = (table.at == at, table.source == source, table.offset == offset)
        query = sa.select(pages_table.c.kind, table.excluded).join_from(
            hits_table, pages_table, pages_table.c.id == table.page
        )
        found += [(row.kind, row.excluded) for row in connection.execute(query.where(*this))]
        connection.execute(hits_table.delete().where(*this))
    return found


def put_reported(connection: sa.Connection, readers: Collection[tuple[int, int]]) -> None:
    """Remember (day, visitor or 0) of readers whose script told what they did."""
    if readers:
        connection.exec_driver_sql(_REPORT, sorted(readers))


def put_told(connection: sa.Connection, ids: Collection[str]) -> None:
    """Remember the ids of events that came from a log."""
    if ids:
        connection.exec_driver_sql(_TELL, [(id_,) for id_ in sorted(ids)])


def stored_marks(
    connection: sa.Connection,
    sources: Sequence[Source],
    period: tuple[int, int],
    made: Mapping[int, datetime],
) -> dict[Mark, list[Kept]]:
    """The hits of some files between two times, both included: where each mark stands.

    ``made`` says when the salt of a day was made: the visitors of a file first met after it can be
    compared with those of today.
    """
    first, last = period
    since = {source.id: source.since for source in sources}
    marks: dict[Mark, list[Kept]] = {}
    named = {id_: mark_of(page) for id_, page in read_pages(connection).items()}
    table = hits_table.c
    query = sa.select(table.at, table.source, table.offset, table.page, table.visitor).where(
        table.at >= first, table.at <= last, table.source.in_(since)
    )
    for at, source, offset, page, visitor in connection.execute(query):
        salted, met = made.get(at // DAY), since[source]
        alike = salted is not None and met is not None and salted <= met
        kept = Kept(source, offset, visitor if alike else UNKNOWN)
        marks.setdefault((at, named[page]), []).append(kept)
    return marks


def stored_ids(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Those of these events that are stored."""
    found: set[str] = set()
    for some in batches(ids):
        query = sa.select(events_table.c.id).where(events_table.c.id.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def mark_of(page: Page) -> str:
    """What a page is known by in another file, whatever redaction made of a query since."""
    return page.article or page.kind


def read_pages(connection: sa.Connection) -> Mapping[int, Page]:
    """All pages by their id."""
    return {row[0]: Page(*row[1:]) for row in connection.execute(sa.select(pages_table))}


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """Few enough for one statement."""
    iterator = iter(ids)
    while some := list(islice(iterator, _MANY)):
        yield some
