"""CSV exports as records: the delimiter found, every row accounted for."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import MAX_LINE, NothingInItError, Source, head_of, lines

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """The shape of a CSV file; columns with one name keep it by ``name``, ``name 2``, …"""

    delimiter: str
    header: tuple[str, ...]


def find_table(source: Source, delimiter: str | None = None) -> Table:
    """The delimiter whose rows have most often as many cells as the header, and the header.

    Raises NothingInItError when the first line is no header of two columns or more.
    """
    csv.field_size_limit(MAX_LINE)
    head = head_of(source)
    best = delimiter or max(DELIMITERS, key=lambda d: (_fit(head, d), -DELIMITERS.index(d)))
    rows = _rows(head, best)
    header = next(rows, [])
    names = _unique([name.strip().lstrip("\ufeff") for name in header])
    if len(names) < 2:
        raise NothingInItError(
            f"{source.blob.place}:1",
            "neither JSON nor a table with two columns or more",
            hint="name the delimiter with --delimiter, e.g. --delimiter ';'",
        )
    return Table(best, tuple(names))


def csv_rows(source: Source, table: Table) -> Iterator[Record | Rejected]:
    """A record for every row under the header; rows of another width become ``Rejected``."""
    csv.field_size_limit(MAX_LINE)
    feed = _Feed(source)
    reader = csv.reader(feed, delimiter=table.delimiter)
    width = len(table.header)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Rejected(source.name, start, f"not CSV: {error}")
            start = feed.number + 1
            continue
        yield from feed.too_long()
        first, start = start, feed.number + 1
        if first == 1 or not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            reason = f"{len(row)} cells, the header has {width}"
            if feed.number - first > 50:
                reason += "; is a quotation mark left open?"
            yield Rejected(source.name, first, reason)
        else:
            yield Record(first, dict(zip(table.header, row, strict=True)))
    yield from feed.too_long()


class _Feed:
    """Lines for csv.reader that remembers where it is and which lines were too long."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = lines(source)
        self.number = 0
        self._long: list[int] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        if line.text is None:
            self._long.append(line.number)
            return "\n"
        return line.text

    def too_long(self) -> Iterator[Rejected]:
        """The lines that were skipped since the last call."""
        for number in self._long:
            yield Rejected(self._source.name, number, f"line longer than {MAX_LINE:,} characters")
        self._long.clear()


def _rows(head: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        return


def _fit(head: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    first = 0
    for index, row in enumerate(_rows(head, delimiter)):
        if index > _SAMPLE_ROWS:
            break
        first = first or len(row)
        widths[len(row)] += 1
    if first < 2:
        return 0.0
    return widths[first] / widths.total() + min(first, 50) / 1000


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    unique: list[str] = []
    for index, given in enumerate(names):
        name = given or f"column {index + 1}"
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return unique
