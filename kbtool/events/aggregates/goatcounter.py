"""GoatCounter's CSV export: one row a pageview, the version of the format before the first column.

Both versions there are, ``1Path`` and ``2Path``, have the columns that are read here
(arp242/goatcounter, export.go).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kbtool.errors import InputError
from kbtool.events.aggregates.record import (
    Broken,
    Cells,
    Format,
    LeftOut,
    Row,
    Views,
    at,
    column,
    day_of,
    folded,
    quoted,
)

_FIRST = re.compile(r"(\d+)path")
_VERSIONS = ("1", "2")


def _matches(header: Sequence[str]) -> bool:
    return bool(header) and bool(_FIRST.fullmatch(header[0])) and "firstvisit" in header


def _read(rows: Iterable[Cells]) -> Iterator[Row]:
    header: list[str] = []
    for line, cells in rows:
        if header:
            yield _row(line, cells, header)
            continue
        header = [folded(cell) for cell in cells]
        version = _FIRST.sub(r"\1", header[0])
        if version not in _VERSIONS:
            raise InputError(
                f"version {version} of GoatCounter's export is not known",
                hint="kbtool knows versions 1 and 2",
            )


def _row(line: int, cells: list[str], header: list[str]) -> Row:
    path, day = at(cells, 0), day_of(at(cells, column(header, ("date",))))
    if at(cells, column(header, ("event",))).lower() in ("true", "1"):
        return LeftOut(line, "event")
    if at(cells, column(header, ("bot",))) not in ("", "0"):
        return LeftOut(line, "bot")
    if len(cells) != len(header):
        return Broken(line, f"{len(cells)} cells, the header has {len(header)}")
    if day is None:
        return Broken(line, f"{quoted(at(cells, column(header, ('date',))))} is no time")
    return Views(line, (day, day), path if path.startswith("/") else f"/{path}", 1)


GOATCOUNTER = Format("goatcounter", "GoatCounter", _matches, _read)
