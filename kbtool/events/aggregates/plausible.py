"""Plausible's exports of pages.

``imported_pages_…csv`` of "Export data" counts by day (plausible/analytics, lib/plausible/exports.ex);
``pages.csv`` of the dashboard's download sums up the days that were on screen and does not say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kbtool.events.aggregates.record import (
    Broken,
    Cells,
    Format,
    Row,
    Views,
    at,
    column,
    day_of,
    folded,
    quoted,
    whole,
)


def _matches(header: Sequence[str]) -> bool:
    by_day = {"date", "page", "pageviews"} <= set(header)
    return by_day or {"name", "visitors", "pageviews"} <= set(header)


def _read(rows: Iterable[Cells]) -> Iterator[Row]:
    places: tuple[int | None, ...] = ()
    for line, cells in rows:
        if not places:
            header = [folded(cell) for cell in cells]
            places = tuple(
                column(header, names)
                for names in (("page", "name"), ("pageviews",), ("date",), ("hostname",))
            )
            continue
        page, pageviews, day, host = places
        yield _row(
            line, at(cells, page), at(cells, pageviews), at(cells, day), at(cells, host), day
        )


def _row(line: int, page: str, pageviews: str, day: str, host: str, dated: int | None) -> Row:
    views, on = whole(pageviews), day_of(day)
    if not page.startswith("/"):
        return Broken(line, f"{quoted(page)} is no path of a page")
    if views is None:
        return Broken(line, f"{quoted(pageviews)} is no number of pageviews")
    if dated is not None and on is None:
        return Broken(line, f"{quoted(day)} is no day")
    url = f"https://{host}{page}" if host else page
    return Views(line, (on, on) if on else None, url, views)


PLAUSIBLE = Format("plausible", "Plausible", _matches, _read)
