"""Parquet files as records, read by DuckDB (``pip install 'kbtool[parquet]'``) row after row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.base import How, Input, sampled
from kbtool.tickets.readers.files import Advance, Blob, NothingInItError, note_once

if TYPE_CHECKING:
    import duckdb

_MAGIC = b"PAR1"
_ROWS = 200
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_TABLE = "read_parquet(?, hive_partitioning = false)"
_SHAPE = f"SELECT * FROM {_TABLE} LIMIT 0"  # noqa: S608 - our own words; the path is a parameter
_READ = f"SELECT to_json(_whole_row) FROM {_TABLE} AS _whole_row"  # noqa: S608 - the same
_PART = re.compile(r"part[-_.\d].*|[\d._-]+.*", re.IGNORECASE)
"""How programs name the files of a table; the table is then the folder."""


def parquet_file(blob: Blob, how: How) -> list[Input] | None:
    """The rows of a Parquet file, or ``None`` when it is none.

    Raises InputError when DuckDB is not installed or the file is damaged.
    """
    if blob.head(len(_MAGIC)) != _MAGIC:
        return None
    notes: list[str] = []
    read = partial(parquet_rows, blob, notes)
    item = Input(
        blob.name, "parquet", blob.folder, "utf-8", blob.size, read, stream=table_name(blob)
    )
    item.columns = columns_of(blob)
    item.notes = notes
    item = sampled(item)
    if not item.sample:
        raise NothingInItError(blob.place, "a Parquet file without a row", hint="export it again")
    return [item]


def table_name(blob: Blob) -> str:
    """The table that a file belongs to: its own name, or its folder's when it is only a part."""
    path = blob.own_path
    stem = path.name.partition(".")[0]
    return path.parent.name if _PART.fullmatch(path.name) or not stem else stem


def columns_of(blob: Blob) -> tuple[str, ...]:
    """The columns of a Parquet file. Raises InputError."""
    return tuple(name for name, _ in _shape(blob))


def parquet_rows(
    blob: Blob, notes: list[str], advance: Advance | None = None
) -> Iterator[Record | Rejected]:
    """A record for every row: structs are objects, times ISO 8601; binary columns are left out.

    Raises InputError when DuckDB is not installed or the file is damaged.
    """
    duck = _duckdb()
    binary = [name for name, kind in _shape(blob) if "BLOB" in kind or kind == "BIT"]
    if binary:
        note_once(notes, f"{blob.name}: binary columns left out: {', '.join(binary)}")
    number = 0
    with _connected(blob) as base:
        try:
            found = base.execute(_READ, [_pattern(blob)])
            while rows := found.fetchmany(_ROWS):
                for row in rows:
                    number += 1
                    yield _record(blob, number, row, binary)
        except duck.Error as error:
            raise _damaged(blob, error) from None
    if advance:
        advance(blob.size)


def _record(
    blob: Blob, number: int, row: Sequence[object], binary: Sequence[str]
) -> Record | Rejected:
    data = json.loads(str(row[0]))
    if not isinstance(data, dict):
        return Rejected(blob.name, number, "no row with columns")
    for name in binary:
        data.pop(name, None)
    return Record(number, data)


def _shape(blob: Blob) -> list[tuple[str, str]]:
    """(name, type) of every column."""
    duck = _duckdb()
    with _connected(blob) as base:
        try:
            found = base.execute(_SHAPE, [_pattern(blob)]).description
        except duck.Error as error:
            raise _damaged(blob, error) from None
    return [(str(column[0]), str(column[1]).upper()) for column in found or ()]


def _connected(blob: Blob) -> duckdb.DuckDBPyConnection:
    """A database in memory that fetches nothing from elsewhere. Raises InputError."""
    with blob.path.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise InputError(
                f"{blob.place}: a Parquet file in an archive", hint="unpack it and give the file"
            )
    base: duckdb.DuckDBPyConnection = _duckdb().connect(":memory:", config=_CONFIG)
    return base


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError:
        raise InputError(
            "Parquet files need DuckDB, which is not installed",
            hint="pip install 'kbtool[parquet]'",
        ) from None
    return duckdb


def _pattern(blob: Blob) -> str:
    """The path as DuckDB takes it: as a pattern, so its signs are put in brackets."""
    return re.sub(r"[*?\[]", lambda sign: f"[{sign[0]}]", str(blob.path))


def _damaged(blob: Blob, error: Exception) -> InputError:
    line = str(error).partition("\n")[0][:200]
    return InputError(
        f"{blob.place}: Parquet, but cut off or damaged: {line}", hint="copy it again"
    )
