"""Matomo's export of Behaviour → Pages (``Actions.getPageUrls``) as CSV or TSV.

Its columns have the names of the API or, from the web interface, those of its language; a page has
its address in a column of metadata, a folder of pages has none, and its views are those of the pages
in it (matomo-org/matomo, core/DataTable/Renderer/Csv.php). An export of several weeks has the two
days of each week in front, whose comma nobody quotes (matomo-org/matomo#17441).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kbtool.events.aggregates.record import (
    Broken,
    Cells,
    Days,
    Format,
    LeftOut,
    Row,
    Views,
    at,
    column,
    day_of,
    days_of,
    folded,
    quoted,
    whole,
)

_LABEL = ("label", "etiket", "page url", "tiitel")
_HITS = ("nb_hits", "pageviews", "sayfa gösterimleri")
_DATE = ("date", "tarih")


def _matches(header: Sequence[str]) -> bool:
    return column(header, _LABEL) is not None and column(header, _HITS) is not None


def _url(header: Sequence[str]) -> int | None:
    """The place of ``metadata_url``, or of ``Metadata: url`` in any language."""
    return next((n for n, name in enumerate(header) if name == "metadata_url" or name.endswith(": url")), column(header, ("url",)))  # fmt: skip


def _read(rows: Iterable[Cells]) -> Iterator[Row]:
    header: list[str] = []
    for line, given in rows:
        if not header:
            header = [folded(cell) for cell in given]
            continue
        dated = column(header, _DATE)
        cells, days = _dated(given, dated, len(header))
        if dated is not None and days is None:
            yield Broken(line, f"{quoted(at(cells, dated))} is neither a day nor two nor a month")
            continue
        hits = at(cells, column(header, _HITS))
        label, url = at(cells, column(header, _LABEL)), at(cells, _url(header))
        yield _row(line, label, url if _url(header) is not None else None, hits, days)


def _dated(cells: list[str], place: int | None, width: int) -> tuple[list[str], Days | None]:
    """The cells of a row with its days in one, and these days."""
    if place is None:
        return cells, None
    if len(cells) == width + 1 and day_of(cells[place]) and day_of(cells[place + 1]):
        week = ",".join(cells[place : place + 2])
        cells = [*cells[:place], week, *cells[place + 2 :]]
    return cells, days_of(at(cells, place))


def _row(line: int, label: str, url: str | None, hits: str, days: Days | None) -> Row:
    views = whole(hits)
    if url == "":
        return LeftOut(line, "no address")
    if url is None and not label.startswith("/"):
        return Broken(line, f"{quoted(label)} is no path of a page")
    if views is None:
        return Broken(line, f"{quoted(hits)} is no number of pageviews")
    return Views(line, days, url or label, views)


MATOMO = Format("matomo", "Matomo", _matches, _read)
