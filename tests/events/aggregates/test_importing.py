"""Exports of other counters become views of articles; every row is accounted for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kbtool.db import Connection, writing
from kbtool.errors import InputError
from kbtool.events.aggregates.importing import AggregateImport, days_named, import_aggregate
from kbtool.events.aggregates.record import Days
from kbtool.events.aggregates.store import read_aggregates
from tests.events.aggregates import samples
from tests.events.aggregates.samples import BOOK

OCTOBER: Days = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """An open transaction on an empty database."""
    with writing(tmp_path / "kb.db") as opened:
        yield opened


def on(day: int, month: int = 10) -> Days:
    """One day."""
    return date(2026, month, day), date(2026, month, day)


def take(
    connection: Connection,
    folder: Path,
    text: str | bytes,
    *,
    name: str = "export.csv",
    days: Days | None = None,
) -> AggregateImport:
    """Import a file with this text; its rows must add up."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = import_aggregate(connection, path, BOOK, days=days)
    excluded = sum(rows for _, rows in found.excluded)
    assert found.rows == found.stored + excluded + found.rejected_rows
    assert found.views == sum(
        one.views for one in read_aggregates(connection) if one.source == found.source
    )
    return found


def stored(connection: Connection) -> list[tuple[str, Days, str, int]]:
    """What the database holds."""
    return [(one.source, one.days, one.article, one.views) for one in read_aggregates(connection)]


def test_plausible_counts_by_day(connection: Connection, tmp_path: Path) -> None:
    """Permalinks and ``www.`` lead to the article; other hosts, other pages and broken rows do not."""
    found = take(connection, tmp_path, samples.PLAUSIBLE_PAGES)
    assert stored(connection) == [
        ("plausible", on(1), "kb-1", 4),
        ("plausible", on(2), "kb-1", 2),
        ("plausible", on(2), "kb-2", 1),
    ]
    assert (found.days, found.views, found.articles) == ((on(1)[0], on(2)[0]), 7, 2)
    assert found.excluded == (("another host", 1), ("no article", 1))
    assert found.unmatched == (
        ("https://help.example/kb/en/", 11),
        ("https://shop.example/kb/en/bike/kb-1/", 7),
    )
    assert [(row.line, row.reason) for row in found.rejected] == [
        (7, "'en/bike/kb-1/' is no path of a page"),
        (8, "'2026-10-33' is no day"),
        (9, "'many' is no number of pageviews"),
    ]


def test_the_days_in_the_name_hold_days_without_a_view(
    connection: Connection, tmp_path: Path
) -> None:
    """Plausible names its files by the whole period: what was known of its other days goes."""
    take(connection, tmp_path, samples.GA4_DAYS.replace("20261001", "20261020"))
    take(connection, tmp_path, samples.PLAUSIBLE_PAGES.replace("2026-10-02", "2026-10-20"))
    name = "imported_pages_20261001_20261031.csv"
    found = take(connection, tmp_path, samples.PLAUSIBLE_PAGES, name=name)
    assert found.days == OCTOBER
    assert found.replaced == 7
    assert on(20) not in [
        days for source, days, _, _ in stored(connection) if source == "plausible"
    ]


def test_the_dashboards_file_needs_its_days(connection: Connection, tmp_path: Path) -> None:
    """From who imports it, or from its name; without them nothing is guessed."""
    with pytest.raises(InputError, match="which days") as error:
        take(connection, tmp_path, samples.PLAUSIBLE_DASHBOARD)
    assert "--days" in str(error.value.hint)
    found = take(connection, tmp_path, samples.PLAUSIBLE_DASHBOARD, days=OCTOBER)
    assert stored(connection) == [
        ("plausible", OCTOBER, "kb-1", 1250),
        ("plausible", OCTOBER, "kb-2", 5),
    ]
    assert found.unmatched == (("/pricing", 1),)
    name = "pages 2026-10-01 to 2026-10-31.csv"
    assert take(connection, tmp_path, samples.PLAUSIBLE_DASHBOARD, name=name).replaced == 1255


def test_matomo_takes_the_address_and_leaves_folders_out(
    connection: Connection, tmp_path: Path
) -> None:
    """A folder's views are those of the pages in it: counted with it they would be twice."""
    found = take(connection, tmp_path, samples.MATOMO_API, days=OCTOBER)
    assert [row[2:] for row in stored(connection)] == [("kb-1", 14), ("kb-2", 3)]
    assert found.excluded == (("no address", 2), ("another host", 1), ("no article", 1))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8"])
def test_matomo_writes_utf_16_with_the_words_of_its_language(
    connection: Connection, tmp_path: Path, encoding: str
) -> None:
    """TSV, Turkish column names, weeks, separators of thousands: in whichever encoding."""
    take(connection, tmp_path, samples.MATOMO_TURKISH_WEEKS.encode(encoding))
    assert stored(connection) == [
        ("matomo", (date(2026, 9, 28), date(2026, 10, 4)), "kb-1", 4),
        ("matomo", (date(2026, 10, 5), date(2026, 10, 11)), "kb-1", 1234),
    ]


def test_matomos_weeks_with_a_bare_comma_are_mended(connection: Connection, tmp_path: Path) -> None:
    """Nobody quotes the comma between a week's two days, which moves all cells by one."""
    found = take(connection, tmp_path, samples.MATOMO_BROKEN_WEEKS)
    assert [row[3] for row in stored(connection)] == [4, 6]
    assert [row.line for row in found.rejected] == [4]


def test_matomos_labels_serve_where_there_is_no_address(
    connection: Connection, tmp_path: Path
) -> None:
    """A flat export has paths; one of page titles has none. Months are days, too."""
    found = take(connection, tmp_path, samples.MATOMO_FLAT)
    november = (date(2026, 11, 1), date(2026, 11, 30))
    assert [row[1:] for row in stored(connection)] == [(OCTOBER, "kb-1", 4), (november, "kb-1", 6)]
    assert found.rejected_rows == 1


def test_google_says_its_days_above_the_table(connection: Connection, tmp_path: Path) -> None:
    """Other tables, sums, "(other)" and commas in numbers and addresses are dealt with."""
    found = take(connection, tmp_path, samples.GA4_PAGES)
    assert stored(connection) == [("ga4", OCTOBER, "kb-1", 1234), ("ga4", OCTOBER, "kb-2", 20)]
    assert found.excluded == (("another table", 2), ("no address", 1), ("no article", 1), ("total", 1))  # fmt: skip
    assert [row.line for row in found.rejected] == [24]


def test_google_in_german_with_semicolons(connection: Connection, tmp_path: Path) -> None:
    """The days are told by their place, the columns by their German names."""
    found = take(connection, tmp_path, b"\xef\xbb\xbf" + samples.GA4_GERMAN.encode())
    assert stored(connection) == [("ga4", OCTOBER, "kb-1", 1234)]
    assert found.excluded == (("total", 1),)


def test_google_by_day_and_host(connection: Connection, tmp_path: Path) -> None:
    """An exploration with a column of dates counts by day."""
    found = take(connection, tmp_path, samples.GA4_DAYS)
    assert [row[1:] for row in stored(connection)] == [(on(1), "kb-1", 3), (on(2), "kb-1", 4)]
    assert found.excluded == (("another host", 1), ("total", 1))
    assert [row.reason for row in found.rejected] == ["'yesterday' is no day"]


def test_goatcounter_is_summed_by_day(connection: Connection, tmp_path: Path) -> None:
    """Hits of bots and events are no views; a title over two lines does not shift the lines."""
    found = take(connection, tmp_path, gzip.compress(samples.GOATCOUNTER.encode()))
    assert stored(connection) == [
        ("goatcounter", on(1), "kb-1", 2),
        ("goatcounter", on(2), "kb-2", 1),
    ]
    assert found.excluded == (("bot", 1), ("event", 1), ("no article", 1))
    assert [(row.line, row.reason) for row in found.rejected] == [
        (9, "'not a date' is no time"),
        (10, "2 cells, the header has 14"),
    ]


def test_goatcounters_first_version_is_known_and_a_third_is_not(
    connection: Connection, tmp_path: Path
) -> None:
    """Columns are found by name; what a later version means is not guessed."""
    header = "1Path,Title,Event,Bot,Session,FirstVisit,Referrer,Referrer scheme,Browser,Screen size,Location,Date"  # fmt: skip
    row = "/kb/en/bike/kb-1/,Lock,false,0,aa,true,,,Firefox,,EE,2026-10-01T07:30:00Z"
    assert take(connection, tmp_path, f"{header}\n{row}\n").views == 1
    with pytest.raises(InputError, match="version 3"):
        take(connection, tmp_path, samples.GOATCOUNTER.replace("2Path", "3Path"))


def test_the_same_export_again_changes_nothing(connection: Connection, tmp_path: Path) -> None:
    """And one of the same days with other numbers takes its place."""
    take(connection, tmp_path, samples.GA4_PAGES)
    before = stored(connection)
    assert take(connection, tmp_path, samples.GA4_PAGES).replaced == 1254
    assert stored(connection) == before
    take(connection, tmp_path, samples.GA4_PAGES.replace('"1,234"', "7"))
    assert [row[3] for row in stored(connection)] == [7, 20]


def test_days_that_overlap_only_in_part_are_refused(connection: Connection, tmp_path: Path) -> None:
    """Nobody can tell which views are in both; a period that holds the earlier one replaces it."""
    take(connection, tmp_path, samples.GA4_PAGES)
    later = samples.GA4_PAGES.replace("20261001", "20261015").replace("20261031", "20261115")
    with pytest.raises(InputError, match="overlaps 2026-10-01 to 2026-10-31") as error:
        take(connection, tmp_path, later)
    assert "2026-10-01 to 2026-11-15" in str(error.value.hint)
    with pytest.raises(InputError, match="overlaps"):
        take(connection, tmp_path, samples.GA4_DAYS)
    longer = samples.GA4_PAGES.replace("20261031", "20261115")
    assert take(connection, tmp_path, longer).replaced == 1254


def test_two_counters_do_not_touch_each_other(connection: Connection, tmp_path: Path) -> None:
    """They may have counted the same views: each has its own."""
    take(connection, tmp_path, samples.GA4_PAGES)
    take(connection, tmp_path, samples.MATOMO_API, days=OCTOBER)
    assert {row[0] for row in stored(connection)} == {"ga4", "matomo"}


def test_what_is_no_export_is_refused(connection: Connection, tmp_path: Path) -> None:
    """With what would be one."""
    with pytest.raises(InputError, match="not an export") as error:
        take(connection, tmp_path, "id,subject\n1,Hello\n")
    assert "Matomo" in str(error.value.hint)
    with pytest.raises(InputError, match="No such file"):
        import_aggregate(connection, tmp_path / "nothing.csv", BOOK)
    with pytest.raises(InputError):
        take(connection, tmp_path, gzip.compress(samples.GOATCOUNTER.encode())[:-20])


def test_an_export_of_nothing_takes_away_what_was_known(
    connection: Connection, tmp_path: Path
) -> None:
    """A header, its days and no row: nothing was viewed."""
    take(connection, tmp_path, samples.GA4_GERMAN)
    found = take(connection, tmp_path, "".join(samples.GA4_GERMAN.splitlines(keepends=True)[:3]))
    assert (found.rows, found.replaced) == (0, 1234)
    assert stored(connection) == []


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("imported_pages_20261001_20261031.csv", OCTOBER),
        ("Export _ Pages _ 2026-10-01,2026-10-31.csv", OCTOBER),
        ("pages.csv", None),
        ("pages-20261001.csv", None),
        ("pages_20261031_20261001.csv", None),
        ("pages_20261399_20261401.csv", None),
        ("order-1202610011-20261031.csv", None),
    ],
)
def test_days_in_a_name(name: str, days: Days | None) -> None:
    """Two dates in order, and nothing else."""
    assert days_named(name) == days
