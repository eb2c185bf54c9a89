"""Singer and Airbyte lines as records: one input for every stream that a file holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.base import How, Input, sampled
from kbtool.tickets.readers.csv_records import Table, csv_rows, find_table
from kbtool.tickets.readers.files import (
    Advance,
    Blob,
    NothingInItError,
    Source,
    lines,
    note_once,
    open_source,
)
from kbtool.tickets.readers.json_records import json_array, json_lines, parsed
from kbtool.tickets.readers.threads import short_hash

_SINGER = frozenset({"SCHEMA", "ACTIVATE_VERSION", "BATCH"})
_AIRBYTE = frozenset({"LOG", "TRACE", "CATALOG", "SPEC", "CONTROL", "CONNECTION_STATUS"})
_DELETED = ("_sdc_deleted_at", "_ab_cdc_deleted_at")
_AIRBYTE_COLUMNS = ("_airbyte_data", "_airbyte_raw_id", "_airbyte_ab_id")
_RAW = "_airbyte_raw_"
_HEAD = 64_000
_MOST_STREAMS = 300
"""Each is a pass over the file; taps have a few dozen."""
_LABEL = 80
_LOADED_FILE = re.compile(r"\d{4}_\d\d_\d\d_\d+.*|\d+(?:_\d+)*|part.*", re.IGNORECASE)
"""How Airbyte names the files of a stream; the stream is then the folder."""


@dataclass(slots=True)
class _Stream:
    """What one look at a whole file told about a stream."""

    keys: tuple[str, ...] = ("id",)
    version: int | None = None
    """Of the last full sync; records of an earlier one are gone at the source."""
    deleted: dict[str, int] = field(default_factory=dict)
    """Hash of a deleted record's key → the line that said so."""
    seen: bool = False


def stream_file(blob: Blob, how: How) -> list[Input] | None:
    """An input for every stream of a file of Singer or Airbyte lines; ``None`` for other files.

    Raises InputError when the file cannot be read to its end.
    """
    kind = _kind(blob.head(_HEAD))
    if kind is None:
        return None
    source = open_source(blob, how.languages, how.encoding, how.watch(blob))
    if kind == "table":
        return [_loaded(source)]
    streams = _survey(source, kind)
    names = [name for name, stream in streams.items() if stream.seen]
    if not names:
        raise NothingInItError(blob.place, f"no {kind.title()} record in it", hint="run it again")
    if len(names) > _MOST_STREAMS:
        raise InputError(
            f"{blob.place}: holds {len(names):,} streams, more than {_MOST_STREAMS}",
            hint="select the streams of tickets in the tap",
        )
    inputs = []
    for index, name in enumerate(names):
        read = _Reader(source, kind, name, streams[name], tells_errors=index == 0)
        label = f"{blob.name} ({name[:_LABEL]})"
        item = Input(label, kind, blob.folder, source.encoding, blob.size, read, stream=name)
        read.notes = item.notes = source.notes if index == 0 else []
        inputs.append(_sampled(item))
    return [item for item in inputs if item.columns]


def stream_name(blob: Blob) -> str | None:
    """The stream that a file of Airbyte's own holds, by the name that Airbyte gave it or its folder.

    ``None`` for a file that somebody called otherwise.
    """
    path = blob.own_path
    stem = path.name.partition(".")[0]
    if _LOADED_FILE.fullmatch(stem):
        return path.parent.name
    return stem.removeprefix(_RAW) if stem.startswith(_RAW) else None


def _kind(head: bytes) -> str | None:
    """``singer``, ``airbyte``, ``table`` (a file that Airbyte wrote) or ``None``."""
    text = head.decode("utf-8-sig", "replace").lstrip()
    is_json = text.startswith(("{", "["))
    names = [f'"{name}"' for name in _AIRBYTE_COLUMNS] if is_json else _AIRBYTE_COLUMNS
    if any(name in (text if is_json else text.partition("\n")[0]) for name in names):
        return "table"
    for line in text.splitlines()[:20] if text.startswith("{") else []:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(message, dict) and (found := _speaks(message)):
            return found
    return None


def _speaks(message: dict[str, Any]) -> str | None:
    kind, record = message.get("type"), message.get("record")
    if kind in _SINGER or (kind == "STATE" and "value" in message):
        return "singer"
    if kind in _AIRBYTE or (kind == "STATE" and "state" in message):
        return "airbyte"
    if kind != "RECORD" or not isinstance(record, dict):
        return None
    return "singer" if isinstance(message.get("stream"), str) else "airbyte"


def _survey(source: Source, kind: str) -> dict[str, _Stream]:
    """One look at all lines: the streams, their keys, full syncs and deleted records."""
    streams: dict[str, _Stream] = {}
    for number, message in _messages(source):
        if not isinstance(message, dict):
            continue
        name, data = _content(message, kind)
        if name is None:
            continue
        stream = streams.setdefault(name, _Stream())
        if message["type"] == "SCHEMA":
            keys = message.get("key_properties")
            stream.keys = tuple(map(str, keys)) if isinstance(keys, list) and keys else stream.keys
        elif message["type"] == "ACTIVATE_VERSION" and isinstance(message.get("version"), int):
            stream.version = message["version"]
        elif data is not None:
            stream.seen = True
            if _is_deleted(data):
                stream.deleted[_key(data, stream.keys)] = number
    return streams


@dataclass(slots=True)
class _Reader:
    """Passes over one stream of a file."""

    source: Source
    kind: str
    name: str
    stream: _Stream
    tells_errors: bool
    """Lines that cannot be read belong to no stream; the file's first one tells them."""
    notes: list[str] = field(default_factory=list)

    def __call__(self, advance: Advance | None) -> Iterator[Record | Rejected]:
        """The stream's records as the source has them now; what is gone there is counted."""
        self.source.advance = advance
        word = f'"{self.name}"' if self.name.isascii() and self.name.isprintable() else ""
        gone = stale = 0
        for number, message in _messages(self.source, "" if self.tells_errors else word):
            if isinstance(message, Rejected):
                if self.tells_errors:
                    yield message
                continue
            name, data = _content(message, self.kind)
            if name != self.name or data is None:
                continue
            if _is_deleted(data) or self._deleted_later(data, number):
                gone += 1
            elif self._is_stale(message):
                stale += 1
            else:
                yield Record(number, data)
        self._note(gone, "deleted at the source")
        self._note(stale, "of an earlier full sync")

    def _deleted_later(self, data: dict[str, object], number: int) -> bool:
        deleted = self.stream.deleted
        return bool(deleted) and deleted.get(_key(data, self.stream.keys), 0) > number

    def _is_stale(self, message: dict[str, Any]) -> bool:
        version = message.get("version")
        newest = self.stream.version
        return newest is not None and isinstance(version, int) and version < newest

    def _note(self, count: int, what: str) -> None:
        if count:
            note_once(self.notes, f"{self.source.name}: {count:,} {self.name} left out: {what}")


def _messages(source: Source, word: str = "") -> Iterator[tuple[int, dict[str, Any] | Rejected]]:
    """(line, message) of the lines that have ``word`` in them; ``Rejected`` for what is none."""
    for line in lines(source):
        if line.text is None:
            yield line.number, Rejected(source.name, line.number, "line too long")
        elif word in line.text and line.text.strip():
            found = parsed(source, line.number, line.text)
            if isinstance(found, Rejected):
                yield line.number, found
            elif isinstance(found.data.get("type"), str):
                yield line.number, found.data
            else:
                reason = "no Singer or Airbyte message: it has no type"
                yield line.number, Rejected(source.name, line.number, reason)


def _content(message: dict[str, Any], kind: str) -> tuple[str | None, dict[str, object] | None]:
    """(stream, record) of a message; both ``None`` for messages about no stream."""
    if kind == "singer":
        name, data = message.get("stream"), message.get("record")
    else:
        inner = message.get("record")
        found = inner if isinstance(inner, dict) else {}
        name, data = found.get("stream"), found.get("data")
    is_record = message["type"] == "RECORD" and isinstance(data, dict)
    return name if isinstance(name, str) else None, data if is_record else None


def _is_deleted(data: dict[str, object]) -> bool:
    return any(data.get(name) for name in _DELETED)


def _key(data: dict[str, object], keys: tuple[str, ...]) -> str:
    return short_hash(json.dumps([data.get(key) for key in keys], default=str))


def _sampled(item: Input) -> Input:
    """The input with its first records; without columns when all were left out."""
    try:
        return sampled(item)
    except NothingInItError:
        return item


def _loaded(source: Source) -> Input:
    """A file that an Airbyte destination wrote: the record in ``_airbyte_data`` or beside it."""
    head = source.blob.head(_HEAD).decode(source.encoding, "replace").lstrip("\ufeff \r\n\t")
    table = None if head.startswith(("{", "[")) else find_table(source)
    read = partial(_unpacked, source, table, is_array=head.startswith("["))
    blob, name = source.blob, stream_name(source.blob)
    item = Input(blob.name, "airbyte", blob.folder, source.encoding, blob.size, read, stream=name)
    item.notes = source.notes
    return sampled(item)


def _unpacked(
    source: Source, table: Table | None, advance: Advance | None, *, is_array: bool
) -> Iterator[Record | Rejected]:
    source.advance = advance
    plain = json_array(source) if is_array else json_lines(source)
    gone = 0
    for record in plain if table is None else csv_rows(source, table):
        found = record if isinstance(record, Rejected) else _inner(source, record)
        if isinstance(found, Record) and _is_deleted(found.data):
            gone += 1
        else:
            yield found
    if gone:
        source.notes.append(f"{source.name}: {gone:,} records left out: deleted at the source")


def _inner(source: Source, record: Record) -> Record | Rejected:
    """The record without what Airbyte put around it."""
    data = record.data.get("_airbyte_data", record.data)
    if isinstance(data, str):
        inside = parsed(source, record.line, data)
        if isinstance(inside, Rejected):
            return inside
        data = inside.data
    if not isinstance(data, dict):
        return Rejected(source.name, record.line, "_airbyte_data is no JSON object")
    kept = {key: value for key, value in data.items() if not key.startswith("_airbyte_")}
    return Record(record.line, kept)
