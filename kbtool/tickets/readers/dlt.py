"""Datasets that dlt wrote to a folder: tables with their child tables put back into them.

dlt (https://dlthub.com/docs) keeps each list of a record in a table of its own:
``tickets__comments`` holds the comments, joined by ``_dlt_parent_id`` and ordered by
``_dlt_list_idx``; nested objects become columns such as ``author__role``.
"""

from __future__ import annotations

import pickle
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath
from typing import TypeAlias, cast
from zlib import crc32

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.archive import Group
from kbtool.tickets.readers.base import SAMPLE, How, Input
from kbtool.tickets.readers.csv_records import csv_rows, find_table
from kbtool.tickets.readers.files import Advance, Blob, Source, further, note_once
from kbtool.tickets.readers.json_records import json_lines
from kbtool.tickets.readers.parquet import parquet_rows

PART_BYTES = 128_000_000
"""Bytes of rows, about, that are held at a time."""
_PACKED = 10
"""Times that packed rows grow when they are unpacked."""
_ENDINGS = (".jsonl", ".csv", ".parquet")
_LOAD = re.compile(r"(\d+(?:\.\d+)?)")
_OWN = "_dlt_"
_COLUMN = b"_dlt_id"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HEAD = 16_000
_EXPIRED = "_dlt_valid_to"

Row: TypeAlias = dict[str, object]
_Shelves: TypeAlias = dict[str, dict[str, dict[str, tuple[int, bytes]]]]
"""Child table → id of the row above → own id → (place in the list, packed row)."""


@dataclass(slots=True)
class _Table:
    """The files of one table, in the order in which they were loaded."""

    name: str
    blobs: list[Blob]
    path: tuple[str, ...] = ()
    """Where its rows belong in a row of the table above; empty for a table of its own."""
    children: list[_Table] = field(default_factory=list)

    def all(self) -> Iterator[_Table]:
        """The table and every one below it."""
        yield self
        for child in self.children:
            yield from child.all()


def dlt_folder(group: Group, how: How) -> list[Input] | None:
    """An input for every table of a dlt dataset; ``None`` when the folder is none.

    Raises InputError when a file cannot be read.
    """
    datasets = _datasets(group)
    if not datasets:
        return None
    inputs = [
        item
        for place, tables in sorted(datasets.items())
        for table in _trees(tables)
        if (item := _input(group, place, table, how)) is not None
    ]
    read = {
        blob.name for tables in datasets.values() for blobs in tables.values() for blob in blobs
    }
    others = [blob.name for blob in group.blobs if blob.name not in read]
    if others and inputs:
        inputs[0].notes.append(f"{group.name}: {len(others):,} files left out: of no dlt table")
    if not inputs:
        raise InputError(f"{group.path}: a dlt dataset without rows", hint="run the pipeline again")
    return inputs


def _datasets(group: Group) -> dict[str, dict[str, list[Blob]]]:
    """Folder of each dataset → table → files."""
    found: dict[str, dict[str, list[Blob]]] = defaultdict(lambda: defaultdict(list))
    for blob in group.blobs:
        path = blob.own_path
        if path.name.removesuffix(".gz").endswith(_ENDINGS):
            found[str(path.parent.parent)][path.parent.name].append(blob)
    return {place: tables for place, tables in found.items() if _is_dataset(tables)}


def _is_dataset(tables: dict[str, list[Blob]]) -> bool:
    """Whether dlt's own tables are beside the others, or its columns are in one of them."""
    if any(name.startswith(_OWN) for name in tables):
        return True
    return any(_COLUMN in blobs[0].head(_HEAD) for blobs in tables.values())


def _trees(tables: dict[str, list[Blob]]) -> list[_Table]:
    """The tables of their own, each with its child tables in it."""
    made: dict[str, _Table] = {}
    roots = []
    for name in sorted(tables):
        if name.startswith(_OWN):
            continue
        table = made[name] = _Table(name, sorted(tables[name], key=_loaded))
        above = max((n for n in made if name.startswith(n + "__")), key=len, default=None)
        if above is None:
            roots.append(table)
        else:
            table.path = tuple(name[len(above) + 2 :].split("__"))
            made[above].children.append(table)
    return roots


def _loaded(blob: Blob) -> tuple[float, str]:
    """When a file was loaded, from its name ``<load>.<file>.jsonl.gz``, and the name."""
    match = _LOAD.match(blob.own_path.name)
    return (float(match[1]) if match else 0.0, blob.name)


def _input(group: Group, place: str, table: _Table, how: How) -> Input | None:
    """The table as an input; ``None`` when it has no row."""
    blobs = [blob for one in table.all() for blob in one.blobs]
    read = _Reader(table)
    item = Input(
        name=f"{PurePosixPath(place).name}/{table.name}",
        format="dlt",
        folder=group.path,
        encoding="utf-8",
        size=sum(blob.size for blob in blobs),
        read=read,
        stream=table.name,
    )
    read.notes = item.notes
    rows = islice((r for r in item.records(how.watch(blobs[0])) if isinstance(r, Record)), SAMPLE)
    item.sample = tuple(record.data for record in rows)
    lists = [child.path[0] for child in table.children]
    item.columns = tuple(dict.fromkeys([*(k for row in item.sample for k in row), *lists]))
    return item if item.sample else None


@dataclass(slots=True)
class _Reader:
    """Passes over a table; each row comes with the rows of its child tables."""

    table: _Table
    notes: list[str] = field(default_factory=list)

    def __call__(self, advance: Advance | None) -> Iterator[Record | Rejected]:
        """A record for every row, those of one id in the order of their loads.

        The rows are put together in parts that fit into memory, so all files are read once for
        every part.
        """
        size = sum(_unpacked(blob) for table in self.table.all() for blob in table.blobs)
        parts = max(1, -(-size // PART_BYTES)) if self.table.children else 1
        expired = 0
        for part in range(parts):
            for record in self._part(part, parts, advance):
                if isinstance(record, Rejected):
                    if part == 0:
                        yield record
                elif record.data.pop(_EXPIRED, None):
                    expired += 1
                else:
                    yield record
        if expired:
            note_once(self.notes, f"{self.table.name}: {expired:,} rows left out: no longer valid")

    def _part(self, part: int, parts: int, advance: Advance | None) -> Iterator[Record | Rejected]:
        if not self.table.children:
            for record in _rows(self.table, self.notes, advance):
                yield (
                    record
                    if isinstance(record, Rejected)
                    else Record(record.line, _nested(record.data))
                )
            return
        held: dict[str, tuple[int, bytes]] = {}
        for record in _rows(self.table, self.notes, advance):
            if isinstance(record, Rejected):
                yield record
            elif crc32(_identity(record.data)) % parts == part:
                own = str(record.data.get("_dlt_id"))
                held[own] = (record.line, _pack(_nested(record.data)))
        shelves: _Shelves = {}
        yield from self._shelve(self.table, held, shelves)
        for own, (line, packed) in held.items():
            yield Record(line, cast("Row", _filled(self.table, own, packed, shelves)))

    def _shelve(
        self, table: _Table, above: Container[str], shelves: _Shelves
    ) -> Iterator[Rejected]:
        """Take the rows of all child tables that belong to the rows with the ids ``above``."""
        for child in table.children:
            shelf = shelves[child.name] = defaultdict(dict)
            ids: set[str] = set()
            for record in _rows(child, self.notes, None):
                if isinstance(record, Rejected):
                    yield record
                    continue
                parent = str(record.data.get("_dlt_parent_id"))
                if parent in above:
                    own = str(record.data.get("_dlt_id"))
                    shelf[parent][own] = (_index(record.data), _pack(_item(record.data)))
                    ids.add(own)
            yield from self._shelve(child, ids, shelves)


def _filled(table: _Table, own: str, packed: bytes, shelves: _Shelves) -> object:
    """A row with the rows of its child tables in it; the bare value of a list of values."""
    row = pickle.loads(packed)  # noqa: S301 - packed by this process
    if not isinstance(row, dict):
        return row
    for child in table.children:
        rows = sorted(shelves[child.name].get(own, {}).items(), key=lambda item: item[1][0])
        if rows:
            _put(
                row, child.path, [_filled(child, name, inner, shelves) for name, (_, inner) in rows]
            )
    return row


def _rows(table: _Table, notes: list[str], advance: Advance | None) -> Iterator[Record | Rejected]:
    done = 0
    for blob in table.blobs:
        yield from _file_rows(blob, notes, further(advance, done))
        done += blob.size


def _file_rows(
    blob: Blob, notes: list[str], advance: Advance | None
) -> Iterator[Record | Rejected]:
    name = blob.own_path.name.removesuffix(".gz")
    if name.endswith(".parquet"):
        yield from parquet_rows(blob, notes, advance)
        return
    source = Source(blob, "utf-8", errors="replace", advance=advance)
    yield from (
        csv_rows(source, find_table(source, ",")) if name.endswith(".csv") else json_lines(source)
    )


def _item(row: Row) -> object:
    """A row of a child table as an item of the list: an object, or the one value it held."""
    own = {key for key in row if not key.startswith(_OWN)}
    return row["value"] if own == {"value"} else _nested(row)


class _Spelled(dict[str, object]):
    """An object whose keys dlt has written in snake_case: ``jsdPublic`` finds ``jsd_public``."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key, in one spelling or the other."""
        return super().__contains__(key) or super().__contains__(_snake_case(str(key)))

    def __missing__(self, key: str) -> object:
        """What stands under the key as dlt writes it. Raises KeyError when nothing does."""
        written = _snake_case(key)
        if not super().__contains__(written):  # or asking for it would ask here again
            raise KeyError(key)
        return super().__getitem__(written)

    def get(self, key: str, default: object = None) -> object:
        """What stands under the key, in one spelling or the other."""
        try:
            return self[key]
        except KeyError:
            return default


@lru_cache(maxsize=4096)
def _snake_case(key: str) -> str:
    return _HUMP.sub("_", key).lower()


def _nested(row: Row) -> Row:
    """The row without dlt's columns, ``author__role`` as the role of the author."""
    made: Row = _Spelled()
    for key, value in row.items():
        if not key.startswith(_OWN) or key == _EXPIRED:
            _put(made, tuple(key.split("__")), value)
    return made


def _put(row: Row, path: Sequence[str], value: object) -> None:
    """Set the value at a path; where something else stands in the way, under the whole name."""
    place = row
    for name in path[:-1]:
        inner = place.setdefault(name, _Spelled()) if name else None
        if not isinstance(inner, dict):
            row["__".join(path)] = value
            return
        place = inner
    if not path[-1] or isinstance(place.get(path[-1]), dict):
        row["__".join(path)] = value
    else:
        place[path[-1]] = value


def _pack(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _identity(row: Row) -> bytes:
    """What a row and its later versions have in common."""
    return str(row.get("id", row.get("_dlt_id"))).encode("utf-8", "surrogatepass")


def _index(row: Row) -> int:
    try:
        return int(str(row.get("_dlt_list_idx")))
    except ValueError:
        return 0


def _unpacked(blob: Blob) -> int:
    return blob.size * _PACKED if blob.name.endswith((".gz", ".parquet")) else blob.size
