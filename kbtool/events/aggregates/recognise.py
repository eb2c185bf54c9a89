"""Which counter a CSV export comes from, and its rows: in any encoding, packed or not."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, cast

from kbtool.errors import InputError
from kbtool.events.aggregates.ga4 import GA4
from kbtool.events.aggregates.goatcounter import GOATCOUNTER
from kbtool.events.aggregates.matomo import MATOMO
from kbtool.events.aggregates.plausible import PLAUSIBLE
from kbtool.events.aggregates.record import Broken, Cells, Format, folded

FORMATS = (GOATCOUNTER, PLAUSIBLE, GA4, MATOMO)
HEAD = 1 << 16
"""Bytes of a file's beginning that ``recognise`` needs at most."""
_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CELL = 1 << 20
DELIMITERS = (",", ";", "\t")


def recognise(head: bytes) -> Format | None:
    """The format of a file that begins with these bytes; None when it is none of these exports."""
    data = _unpacked(head)
    text = data.decode(_encoding(data), errors="replace")
    above = False
    for _, cells in Rows(io.StringIO(text, newline="")):
        if cells[0].startswith("#"):
            above = (
                True  # only Google's has lines above its header, and tables above the one of pages
            )
            continue
        header = [folded(cell) for cell in cells]
        found = next((one for one in FORMATS if one.matches(header)), None)
        if found is not None or not above:
            return found
    return None


@contextmanager
def opened(path: Path) -> Iterator[Rows]:
    """The rows of an export. Raises InputError when it cannot be read."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            data = cast("IO[bytes]", gzip.open(raw) if packed else raw)  # noqa: SIM115 - closed below
            sample = data.read(HEAD)
            data.seek(0)
            with io.TextIOWrapper(
                data, encoding=_encoding(sample), errors="replace", newline=""
            ) as text:
                yield Rows(text)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from None


class Rows:
    """The rows of a CSV text that are not blank, each with the line on which it begins."""

    def __init__(self, text: Iterable[str]) -> None:
        self._lines = iter(text)
        self.broken: list[Broken] = []
        """Those that are no CSV; they are passed over."""

    def __iter__(self) -> Iterator[Cells]:
        csv.field_size_limit(_MAX_CELL)
        above: list[str] = []
        for line in self._lines:
            above.append(line)
            if line.strip("\ufeff \r\n") and not line.startswith("#"):
                break
        delimiter = max(DELIMITERS, key=above[-1].count) if above else ","
        reader = csv.reader(chain(above, self._lines), delimiter=delimiter)
        begins = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.broken.append(Broken(begins, f"not CSV: {error}"))
                cells = []
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1


def _unpacked(head: bytes) -> bytes:
    """The first bytes of what is in a file that begins with ``head``."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _encoding(sample: bytes) -> str:
    """By its mark; else UTF-16 where every other byte is zero; else UTF-8, else Western European."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # it may end within a letter
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
