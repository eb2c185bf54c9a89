"""Which counter a file comes from is told by its beginning."""

from __future__ import annotations

import gzip

import pytest

from kbtool.events.aggregates.recognise import HEAD, Rows, recognise
from kbtool.events.aggregates.record import whole
from tests.events.aggregates import samples

KNOWN = {
    "plausible": (samples.PLAUSIBLE_PAGES, samples.PLAUSIBLE_DASHBOARD),
    "matomo": (
        samples.MATOMO_API,
        samples.MATOMO_TURKISH_WEEKS,
        samples.MATOMO_BROKEN_WEEKS,
        samples.MATOMO_FLAT,
    ),
    "ga4": (samples.GA4_PAGES, samples.GA4_GERMAN, samples.GA4_DAYS),
    "goatcounter": (samples.GOATCOUNTER,),
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in KNOWN.items() for t in texts])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_a_format_is_known_in_any_encoding(name: str, text: str, encoding: str) -> None:
    """With a mark or without one, packed or not; UTF-16BE is always written with its mark."""
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    for head in (data, gzip.compress(data), gzip.compress(data)[:-30]):
        found = recognise(head[:HEAD])
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        '203.0.113.5 - - [01/Nov/2026:10:00:00 +0000] "GET /kb/ HTTP/1.1" 200 1 "-" "Mozilla"\n',
        '{"ts":1700000000.1,"request":{"uri":"/kb/"}}\n',
        "#Version: 1.0\n#Fields: date time x-edge-location\n2026-11-01\t10:00:00\tTLL\n",
        "date,visitors,pageviews,bounces,visits,visit_duration\n2026-10-01,1,2,0,1,3\n",
        "name,visitors\nEstonia,3\n",
        "# Start date: 20261001\nCountry,Active users\nEstonia,3\n",
        "Page title and screen class,Views\nHow to,3\n",
        "id,subject,label\n1,Help,bug\n",
    ],
)
def test_logs_and_other_tables_are_not_taken_for_one(text: str) -> None:
    """Sums of visitors or countries say nothing about articles."""
    assert recognise(text.encode()) is None
    assert recognise(b"\x1f\x8bno gzip at all") is None


@pytest.mark.parametrize(
    ("text", "views"),
    [
        ("0", 0), ("12", 12), ("1,234", 1234), ("1.234.567", 1234567), ("1 234", 1234),
        ("1\u00a0234", 1234), ("1\u202f234", 1234), ("1'234", 1234), ("12.0", 12), ("12,00", 12),
        ("1,234.567", None), ("1.5", None), ("-1", None), ("", None), ("n/a", None), ("12%", None),
        ("1,23", None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers_have_separators_of_thousands(text: str, views: int | None) -> None:
    """One kind in a number; what is no whole number is none."""
    assert whole(text) == views


def test_rows_know_the_line_they_begin_on() -> None:
    """Also after a blank line and a cell of several lines; what is no CSV is kept apart."""
    text = ["a,b\n", "\n", '"1\n', '2",3\n', f"{'x' * (1 << 21)},1\n", "4,5\n"]
    rows = Rows(text)
    assert list(rows) == [(1, ["a", "b"]), (3, ["1\n2", "3"]), (6, ["4", "5"])]
    assert [row.line for row in rows.broken] == [5]
