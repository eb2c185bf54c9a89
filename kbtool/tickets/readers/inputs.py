"""A file as records: its format found, its first records looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal, TypeAlias

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.csv_records import Table, csv_rows, find_table
from kbtool.tickets.readers.files import Source, head_of, open_source
from kbtool.tickets.readers.json_records import json_array, json_lines

Format: TypeAlias = Literal["json lines", "json", "csv"]
_SAMPLE = 50


@dataclass(slots=True)
class Input:
    """A file, its format, and its first records."""

    source: Source
    format: Format
    table: Table | None
    columns: tuple[str, ...]
    sample: tuple[dict[str, object], ...]

    def records(self) -> Iterator[Record | Rejected]:
        """All records of the file, with what could not be read."""
        if self.table is not None:
            return csv_rows(self.source, self.table)
        return json_lines(self.source) if self.format == "json lines" else json_array(self.source)


def open_inputs(
    paths: Sequence[Path], languages: Sequence[str], encoding: str | None, delimiter: str | None
) -> list[Input]:
    """The files with their formats. Raises InputError for one that cannot be read at all."""
    return [open_input(path, languages, encoding, delimiter) for path in paths]


def open_input(
    path: Path, languages: Sequence[str], encoding: str | None, delimiter: str | None
) -> Input:
    """The file with its format and first records. Raises InputError when it cannot be read at all."""
    source = open_source(path, languages, encoding)
    kind: Format = "csv" if delimiter else _format(source)
    table = find_table(source, delimiter) if kind == "csv" else None
    item = Input(source, kind, table, (), ())
    notes = list(source.notes)
    rows = islice((r for r in item.records() if isinstance(r, Record)), _SAMPLE)
    item.sample = tuple(record.data for record in rows)
    source.notes[:] = notes  # reading again will note the same again
    item.columns = (
        table.header if table else tuple(dict.fromkeys(key for row in item.sample for key in row))
    )
    if not item.sample and not table:
        raise InputError(
            f"{path}: no JSON object in it that can be read", hint="export the tickets again"
        )
    return item


def _format(source: Source) -> Format:
    head = head_of(source).lstrip("\ufeff \t\r\n")
    if head.startswith("["):
        return "json"
    if not head.startswith("{"):
        return "csv"
    lines = [line for line in head.splitlines() if line.strip()]
    if _is_object(lines[0]) and '": [' not in lines[0][:40] and '":[' not in lines[0][:40]:
        return "json lines"
    return "json lines" if len(lines) > 1 and lines[1].startswith("{") else "json"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
