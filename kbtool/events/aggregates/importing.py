"""An export of another counter → views of our articles, with every row accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from kbtool.addresses import AddressBook
from kbtool.db import Connection
from kbtool.errors import InputError
from kbtool.events.aggregates.recognise import HEAD, opened, recognise
from kbtool.events.aggregates.record import (
    Broken,
    Days,
    FileDays,
    Format,
    LeftOut,
    Row,
    Rule,
    Views,
    day_of,
)
from kbtool.events.aggregates.store import replace_aggregates
from kbtool.model import Rejected
from kbtool.urls import address_below

KEPT = 1_000
"""Rejected rows that are told one by one."""
SHOWN = 10
"""Pages without an article that are named."""
_DATES = re.compile(r"(?<!\d)\d{4}-?\d{2}-?\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class AggregateImport:
    """What one export held; ``rows`` = ``stored`` + those excluded + those rejected."""

    file: str
    source: str
    """``plausible``, ``matomo``, ``ga4`` or ``goatcounter``."""
    days: Days
    rows: int
    stored: int
    views: int
    """Of articles, in the rows that were stored."""
    articles: int
    replaced: int
    """Views that were known of these days before, and are not any more."""
    excluded: tuple[tuple[str, int], ...]
    """(rule, rows), most first."""
    unmatched: tuple[tuple[str, int], ...]
    """(address, views) of pages that are no article, most first; the first ten."""
    rejected: tuple[Rejected, ...]
    """The first 1,000."""
    rejected_rows: int


@dataclass(slots=True)
class _Sums:
    """What the rows of a file add up to."""

    views: Counter[tuple[Days, str]] = field(default_factory=Counter)
    stored: int = 0
    excluded: Counter[str] = field(default_factory=Counter)
    unmatched: Counter[str] = field(default_factory=Counter)
    broken: list[Broken] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    """The earliest and the latest that rows are about."""

    def reach(self, days: Days) -> None:
        """Take in the days of a row."""
        known = [*self.days, days]
        self.days = [(min(first for first, _ in known), max(last for _, last in known))]


def import_aggregate(
    connection: Connection, path: Path, book: AddressBook, *, days: Days | None = None
) -> AggregateImport:
    """Store what an export says about our articles, in the place of what it said before.

    ``days`` are those that the export is about, for one that does not say it itself; else two dates
    in the file's name. Runs inside the caller's transaction. Raises InputError when the file is no
    such export, does not say which days it is about, or overlaps an earlier one only in part.
    """
    form = _format_of(path)
    named = days or days_named(path.name)
    with opened(path) as rows:
        sums = _summed(form.read(rows), book, named, _no_days(path, form))
        sums.broken.extend(rows.broken)
    about = _about(sums, named)
    if about is None:
        raise _no_days(path, form)
    before = replace_aggregates(connection, form.name, about, sums.views)
    broken = sorted(sums.broken, key=lambda row: row.line)
    return AggregateImport(
        file=str(path),
        source=form.name,
        days=about,
        rows=sums.stored + sums.excluded.total() + len(broken),
        stored=sums.stored,
        views=sums.views.total(),
        articles=len({article for _, article in sums.views}),
        replaced=before,
        excluded=_most(sums.excluded),
        unmatched=_most(sums.unmatched)[:SHOWN],
        rejected=tuple(Rejected(str(path), row.line, row.reason) for row in broken[:KEPT]),
        rejected_rows=len(broken),
    )


def days_named(name: str) -> Days | None:
    """The two dates in a file's name, ``…_20261001_20261031.csv``; None when there are not two."""
    found = [day_of(text) for text in _DATES.findall(name)]
    if len(found) != 2 or found[0] is None or found[1] is None or found[0] > found[1]:
        return None
    return found[0], found[1]


def _format_of(path: Path) -> Format:
    try:
        with path.open("rb") as file:
            found = recognise(file.read(HEAD))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    if found is None:
        raise InputError(
            f"{path}: not an export of pages that kbtool knows",
            hint="Plausible's pages, Matomo's page URLs, GA4's pages and screens or GoatCounter's "
            "pageviews, as CSV, with the column names in English",
        )
    return found


def _no_days(path: Path, form: Format) -> InputError:
    return InputError(
        f"{path}: {form.title} does not say in it which days it is about",
        hint="give them with --days 2026-10-01..2026-10-31, or in the file's name",
    )


def _summed(
    rows: Iterator[Row], book: AddressBook, days: Days | None, no_days: InputError
) -> _Sums:
    """The rows added up; ``days`` are those of rows of which nothing else says any."""
    sums, find = _Sums(), _finder(book)
    for row in rows:
        if isinstance(row, FileDays):
            days = row.days
        elif isinstance(row, Broken):
            sums.broken.append(row)
        elif isinstance(row, LeftOut):
            sums.excluded[row.rule] += 1
        else:
            about = row.days or days
            if about is None:
                raise no_days
            sums.reach(about)
            _count(sums, row, about, find(row.url))
    if days is not None and not sums.days:
        sums.reach(days)  # a file without a page: nothing was viewed
    return sums


def _count(sums: _Sums, row: Views, days: Days, found: tuple[Rule | None, str]) -> None:
    rule, article = found
    if rule is None:
        sums.views[days, article] += row.views
        sums.stored += 1
    else:
        sums.unmatched[row.url] += row.views
        sums.excluded[rule] += 1


def _finder(book: AddressBook) -> Callable[[str], tuple[Rule | None, str]]:
    """What an address or a path leads to: (None, article), or the rule that leaves it out and ""."""
    hosts = [
        urlsplit(base)._replace(path="", query="", fragment="").geturl() for base in book.bases
    ]

    @lru_cache(maxsize=1 << 14)
    def find(url: str) -> tuple[Rule | None, str]:
        bare = url.startswith("/") and not url.startswith("//")
        whole = [host + url for host in hosts] if bare else [url]
        for one in whole:
            if article := book.article_from_url(one):
                return None, article
        ours = bare or any(address_below(url, f"{host}/") is not None for host in hosts)
        return ("no article" if ours else "another host"), ""

    return find


def _about(sums: _Sums, named: Days | None) -> Days | None:
    """The days of the whole file: those that are named, where all of its rows lie within."""
    if not sums.days:
        return None
    first, last = sums.days[0]
    if named is not None and named[0] <= first and last <= named[1]:
        return named
    return first, last


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
