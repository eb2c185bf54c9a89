"""Which files were read, and how far: known again by what they hold, not by name or inode.

A file is the one of an entry when it begins with the same bytes (at most a kilobyte of whole lines)
and holds the same bytes before the place up to which it was read. So a rotated, copied or packed
file goes on where it was left, and a truncated one is a new file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from kbtool.db import UtcTime, metadata
from kbtool.events.logs.lines import HEAD, TAIL, LogFile
from kbtool.events.logs.records import Account
from kbtool.events.logs.take import Block

sources_table = sa.Table(
    "log_sources",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(300), nullable=False),
    sa.Column("format", sa.String(20), nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("head", sa.String(64), nullable=False, index=True),
    sa.Column("head_length", sa.Integer, nullable=False),
    sa.Column("offset", sa.Integer, nullable=False),
    sa.Column("tail", sa.String(64), nullable=False),
    sa.Column("tail_length", sa.Integer, nullable=False),
    sa.Column("first", sa.Integer),
    sa.Column("last", sa.Integer),
    sa.Column("signals", sa.String(60), nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("since", UtcTime(), nullable=False),
    sa.Column("imported", UtcTime(), nullable=False),
)


@dataclass(slots=True)
class Source:
    """A file as far as it was read."""

    name: str
    format: str
    head: str
    head_length: int
    id: int | None = None
    """None until its first lines are stored."""
    fields: str = ""
    offset: int = 0
    """Bytes of the unpacked file that were read: whole lines."""
    tail: str = ""
    tail_length: int = 0
    first: int | None = None
    last: int | None = None
    """Times of its first and last hit (seconds since 1970)."""
    signals: frozenset[str] = frozenset()
    account: Account = field(default_factory=Account)
    """Of all its lines so far."""
    since: datetime | None = None
    """When it was first met, and when it was last read."""
    imported: datetime | None = None
    end: bytes = b""
    """The bytes that ``tail`` is made of, while it is read on."""

    def pass_by(self, block: Block) -> None:
        """Move behind the lines of a block."""
        self.offset += block.size
        whole = block.size == len(block.end)
        self.end = ((self.end if whole else b"") + block.end)[-TAIL:]
        self.tail, self.tail_length = _digest(self.end), len(self.end)


def find_source(connection: sa.Connection, log: LogFile, format_: str) -> Source:
    """What is known of a file: the entry that reaches furthest, or a new one."""
    return _furthest(connection, log, log.start[:HEAD], 0) or _new(log, format_)


def pass_known(connection: sa.Connection, log: LogFile, source: Source) -> int:
    """Move behind the files that stand next, whole, in this one: it was joined of them, or they were
    cut from it. Returns how many lines that are.
    """
    lines = 0
    while source.offset and (next_ := _next(connection, log, source)):
        lines += next_.account.lines
        source.offset += next_.offset
        source.end = log.before(source.offset, min(TAIL, source.offset)) or b""
        source.tail, source.tail_length = _digest(source.end), len(source.end)
    return lines


def _next(connection: sa.Connection, log: LogFile, source: Source) -> Source | None:
    return _furthest(connection, log, log.at(source.offset, HEAD), source.offset)


def _furthest(connection: sa.Connection, log: LogFile, start: bytes, begin: int) -> Source | None:
    """The entry whose file stands at ``begin``, where these bytes are, as far as it was read."""
    best: Source | None = None
    for source in with_head(connection, start):
        end = log.before(begin + source.offset, source.tail_length)
        if end is None:
            break  # those that follow reach still further
        if _digest(end) == source.tail:
            best, source.end = source, end
    return best


def with_head(connection: sa.Connection, start: bytes) -> list[Source]:
    """The entries of files that begin as these bytes, the one that was read least first."""
    table = sources_table.c
    lengths = connection.execute(sa.select(table.head_length).distinct()).scalars()
    heads = {_digest(start[:length]) for length in lengths if length <= len(start)}
    query = sa.select(sources_table).where(table.head.in_(heads)).order_by(table.offset, table.id)
    return [_source(row) for row in connection.execute(query).mappings()]


def keep_source(connection: sa.Connection, source: Source, now: datetime) -> None:
    """Write an entry down; its ``id`` is set. Runs inside the transaction of its hits."""
    values = {
        name: getattr(source, name)
        for name in (
            "name", "format", "fields", "head", "head_length", "offset", "tail", "tail_length",
            "first", "last",
        )
    }  # fmt: skip
    values |= {
        "signals": " ".join(sorted(source.signals)),
        "account": _as_json(source.account),
        "imported": now,
    }
    if source.id is None:
        source.since = values["since"] = now
        new = sources_table.insert().values(**values).returning(sources_table.c.id)
        source.id = int(connection.execute(new).scalar_one())
    else:
        kept = sources_table.update().where(sources_table.c.id == source.id)
        connection.execute(kept.values(**values))


def read_sources(connection: sa.Connection) -> tuple[Source, ...]:
    """All files that were read, in the order in which they were first met."""
    query = sa.select(sources_table).order_by(sources_table.c.id)
    return tuple(_source(row) for row in connection.execute(query).mappings())


def overlapping(connection: sa.Connection, source: Source, first: int, last: int) -> list[Source]:
    """Other files with hits in this time."""
    table = sources_table.c
    query = sa.select(sources_table).where(
        table.first <= last, table.last >= first, table.id != source.id
    )
    return [_source(row) for row in connection.execute(query).mappings()]


def ends_with(source: Source, others: Sequence[Source]) -> list[tuple[int, int]]:
    """(file, distance of its lines from ours) of those of ``others`` that end with the same bytes."""
    return [
        (other.id or 0, other.offset - source.offset)
        for other in others
        if _digest(source.end[-other.tail_length :]) == other.tail
    ]


def _new(log: LogFile, format_: str) -> Source:
    start = log.start[:HEAD]
    start = start[: start.rfind(b"\n") + 1] or start  # a first line that is longer: its beginning
    return Source(log.path.name[:300], format_, _digest(start), len(start))


def _source(row: sa.RowMapping) -> Source:
    values = dict(row)
    values["signals"] = frozenset(values["signals"].split())
    values["account"] = _from_json(values["account"])
    return Source(**values)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _as_json(account: Account) -> str:
    data = {
        "lines": account.lines,
        "stored": account.stored,
        "excluded": account.excluded,
        "rejected": account.rejected,
    }
    return json.dumps(data, sort_keys=True)


def _from_json(text: str) -> Account:
    data = json.loads(text)
    found = Account(data["lines"])
    for name in ("stored", "excluded", "rejected"):
        getattr(found, name).update(data[name])
    return found
