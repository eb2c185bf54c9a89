"""Google Analytics 4: the report "Pages and screens", or an exploration of pages, as CSV.

Lines that begin with ``#`` stand above each table; the two that end in eight digits say the first
and the last day, in any language. A file may hold several tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kbtool.events.aggregates.record import (
    Broken,
    Cells,
    FileDays,
    Format,
    LeftOut,
    Row,
    Views,
    at,
    column,
    day_of,
    folded,
    quoted,
    whole,
)

_PAGE = (
    "page location", "full page url", "page path and screen class", "page path + query string",
    "page path", "seitenpfad und bildschirmklasse", "seitenpfad",
    "chemin de la page et classe de l'écran", "sayfa yolu ve ekran sinifi",
    "sayfa yolu ve ekran sınıfı",
)  # fmt: skip
_VIEWS = ("views", "aufrufe", "vues", "görüntüleme sayısı", "goruntuleme sayisi")
_DATE = ("date", "datum", "tarih")
_HOST = ("hostname", "host name")
_NO_PAGE = ("(other)", "(not set)", "")
_TOTALS = ("total", "totals", "grand total", "gesamt", "gesamtsumme", "toplam", "genel toplam")
_DAY_LINE = re.compile(r"#[^#]*:\s*(\d{8})\s*")


def _matches(header: Sequence[str]) -> bool:
    return column(header, _PAGE) is not None and column(header, _VIEWS) is not None


def _read(rows: Iterable[Cells]) -> Iterator[Row]:
    header: list[str] | None = None
    said: list[date] = []
    for line, cells in rows:
        if cells[0].startswith("#"):
            header = None
            found = _DAY_LINE.fullmatch(",".join(cells).rstrip(", "))
            if found and (day := day_of(found[1])):
                said.append(day)
                if len(said) % 2 == 0:
                    yield FileDays((said[-2], said[-1]))
        elif _matches([folded(cell) for cell in cells]):
            header = [folded(cell) for cell in cells]
        elif header is None:
            yield LeftOut(line, "another table")
        else:
            yield _row(line, cells, header)


def _row(line: int, cells: list[str], header: list[str]) -> Row:
    page, views = at(cells, column(header, _PAGE)), whole(at(cells, column(header, _VIEWS)))
    dated = column(header, _DATE)
    day = day_of(at(cells, dated))
    if any(folded(cell) in _TOTALS for cell in cells) or not page:
        return LeftOut(line, "total")
    if page in _NO_PAGE:
        return LeftOut(line, "no address")
    if views is None:
        return Broken(line, f"{quoted(at(cells, column(header, _VIEWS)))} is no number of views")
    if dated is not None and day is None:
        return Broken(line, f"{quoted(at(cells, dated))} is no day")
    host = at(cells, column(header, _HOST))
    url = f"https://{host}{page}" if host and page.startswith("/") else page
    return Views(line, (day, day) if day else None, url, views)


GA4 = Format("ga4", "Google Analytics 4", _matches, _read)
