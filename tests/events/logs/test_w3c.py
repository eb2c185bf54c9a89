"""Logs that name their columns."""

from __future__ import annotations

import pytest

from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.times import clf_time
from kbtool.events.logs.w3c import W3c

AT = clf_time(b"20/Nov/2026:12:00:00 +0000")
CLOUDFRONT = (
    "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
    "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header"
)
LINE = (
    "2026-11-20\t12:00:00\tHEL50-C1\t512\t192.0.2.7\tGET\td1.cloudfront.net\t/en/\t200\t-\t"
    "Mozilla/5.0%2520(X11)\tq=a%20b\t-\tHit\tabc==\thelp.example"
)


def test_cloudfront() -> None:
    """The query is put behind the path; the reader's host is meant, not the distribution's."""
    reader = W3c(CLOUDFRONT)
    request, status, cells = reader.split(LINE.encode())
    assert (request, status) == (b"GET /en/?q=a%20b", b" 200 ")
    expected = (AT, b"192.0.2.7", b"Mozilla/5.0 (X11)", b"", False, b"help.example")
    assert reader.who(cells) == expected


def test_the_columns_are_learnt_where_they_stand() -> None:
    """IIS writes them anew when it starts; cells are apart by spaces, lines end in CR LF."""
    reader = W3c()
    for directive in (
        b"#Version: 1.0",
        b"#Fields: date time c-ip cs-method cs-uri-stem sc-status\r",
    ):
        with pytest.raises(NotTakenError) as told:
            reader.split(directive)
        assert told.value.rule == "comment"
    request, status, cells = reader.split(b"2026-11-20 12:00:00 192.0.2.7 GET /en/ 304\r")
    assert (request, status) == (b"GET /en/", b" 304 ")
    assert reader.who(cells)[:3] == (AT, b"192.0.2.7", b"")
    assert reader.fields == "date time c-ip cs-method cs-uri-stem sc-status"


def test_signals_that_are_columns() -> None:
    """CloudFront's real-time logs can have any header."""
    reader = W3c("date time c-ip cs-method cs-uri-stem sc-status cs(Sec-Purpose) cs(Sec-GPC)")
    _, _, cells = reader.split(b"2026-11-20\t12:00:00\t192.0.2.7\tGET\t/en/\t200\tprefetch\t1")
    assert reader.who(cells)[3:5] == (b"prefetch", True)
    assert reader.signals == {"Sec-Purpose", "Sec-GPC"}


@pytest.mark.parametrize(
    ("fields", "line", "reason"),
    [
        ("", "2026-11-20\t12:00:00", "torn"),
        (CLOUDFRONT, LINE[:60], "torn"),
        ("date time", "2026-11-20\t12:00:00", "missing-field"),
    ],
)
def test_lines_that_do_not_fit_their_columns(fields: str, line: str, reason: str) -> None:
    """Torn, or without what is needed."""
    with pytest.raises(NotTakenError, match=reason):
        W3c(fields).split(line.encode())
