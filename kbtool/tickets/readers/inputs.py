"""What the user gave as inputs: files, folders and archives, each kind with its own reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.progress import Progress
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.archive import Group, is_archive, open_archive, open_folder
from kbtool.tickets.readers.base import How, Input, sampled
from kbtool.tickets.readers.csv_records import csv_rows, find_table
from kbtool.tickets.readers.dlt import dlt_folder
from kbtool.tickets.readers.files import (
    MAX_LINE,
    Advance,
    Blob,
    NothingInItError,
    Source,
    file_blob,
    head_of,
    open_source,
)
from kbtool.tickets.readers.json_pages import json_kind
from kbtool.tickets.readers.json_records import array_names, json_array, json_lines, json_object
from kbtool.tickets.readers.mail import mail_file, together
from kbtool.tickets.readers.parquet import parquet_file
from kbtool.tickets.readers.streams import stream_file

__all__ = ["Input", "open_inputs"]

FileReader: TypeAlias = Callable[[Blob, How], list[Input] | None]
"""The inputs in a file when it is of the reader's kind, else ``None``."""
GroupReader: TypeAlias = Callable[[Group, How], list[Input] | None]
"""The same for all files of a folder or archive together."""

FILE_READERS: tuple[FileReader, ...] = (parquet_file, mail_file, stream_file)
GROUP_READERS: tuple[GroupReader, ...] = (dlt_folder,)
"""Asked in order before a file is taken as JSON or CSV."""
_LISTS_WITHIN = 8_000_000
"""Characters of an answer of an API in which several lists are looked for."""
_MOST_LISTS = 20


def open_inputs(
    paths: Sequence[Path],
    languages: Sequence[str],
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress | None = None,
) -> list[Input]:
    """What is in the files, folders and archives, in the order given.

    Raises InputError for one that cannot be read at all.
    """
    how = How(tuple(languages), encoding, delimiter, progress)
    return together([found for path in paths for found in _open(path, how)], how)


def _open(path: Path, how: How) -> list[Input]:
    if path.is_dir():
        return _open_group(open_folder(path), how)
    blob = file_blob(path)
    return _open_group(open_archive(path), how) if is_archive(blob) else _open_file(blob, how)


def _open_group(group: Group, how: How) -> list[Input]:
    for reader in GROUP_READERS:
        found = reader(group, how)
        if found is not None:
            return found
    inputs: list[Input] = []
    notes = list(group.notes)
    empty: NothingInItError | None = None
    for blob in group.blobs:
        try:
            inputs += _open_member(blob, group, how)
        except NothingInItError as error:
            empty = empty or error
            notes.append(f"{blob.name}: left out: {error.what}")
    if not inputs:
        raise empty or InputError(f"{group.path}: no tickets in it", hint="give the export files")
    for item in inputs:
        item.folder = group.path
    inputs[0].notes[:0] = notes
    return inputs


def _open_member(blob: Blob, group: Group, how: How) -> list[Input]:
    if not is_archive(blob):
        return _open_file(blob, how)
    if group.is_folder:
        return _open_group(open_archive(blob.path), how)
    raise InputError(f"{blob.place}: an archive in an archive", hint="unpack the outer one")


def _open_file(blob: Blob, how: How) -> list[Input]:
    for reader in FILE_READERS:
        found = reader(blob, how)
        if found is not None:
            return found
    return _open_text(blob, how)


def _open_text(blob: Blob, how: How) -> list[Input]:
    source = open_source(blob, how.languages, how.encoding, how.watch(blob))
    kind = None if how.delimiter else json_kind(head_of(source))
    if kind == "json":  # an object may say only far behind what it is
        kind = json_kind(head_of(source, MAX_LINE))
    if kind is None:
        table = find_table(source, how.delimiter)
        rows = partial(_read, source, partial(csv_rows, table=table))
        return [_text_input(blob, source, "csv", rows, header=table.header)]
    lists = array_names(source, _LISTS_WITHIN)[:_MOST_LISTS] if kind == "json" else []
    if not lists:  # no list in it: a record, though it does not say which
        line = kind == "json lines" or (kind == "json" and "\n" not in head_of(source).strip())
        read, kind = (json_lines, "json lines") if line else (json_object, "json object")
        return [
            _text_input(blob, source, kind.removesuffix(" object"), partial(_read, source, read))
        ]
    if len(lists) > 1:
        return [
            _text_input(blob, source, kind, partial(_read, source, partial(json_array, name=n)), n)
            for n in lists
        ]
    only = partial(json_array, name=next(iter(lists), None), alone=True)
    return [_text_input(blob, source, kind, partial(_read, source, only))]


def _text_input(
    blob: Blob,
    source: Source,
    kind: str,
    read: Callable[[Advance | None], Iterator[Record | Rejected]],
    part: str | None = None,
    header: tuple[str, ...] = (),
) -> Input:
    name = blob.name if part is None else f"{blob.name}: {part}"
    item = Input(name, kind, blob.folder, source.encoding, blob.size, read, columns=header)
    item = sampled(item)
    item.notes = source.notes
    return item


def _read(
    source: Source,
    records: Callable[[Source], Iterator[Record | Rejected]],
    advance: Advance | None,
) -> Iterator[Record | Rejected]:
    source.advance = advance
    return records(source)
