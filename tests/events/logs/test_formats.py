"""A log's format is told by its first lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.cli.hits import FORMATS as OFFERED
from kbtool.errors import InputError
from kbtool.events.logs.formats import FORMATS, recognise
from tests.events.logs.desk import line

JSON = '{"time":"2026-11-20T12:00:00Z","remote_addr":"1.2.3.4","request":"GET / HTTP/1.1","status":200}'
W3C = "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (line(), "combined"),
        (line(host="help.example:443 "), "combined"),
        (line(more=' "-" "-" "-"'), "combined"),
        (JSON, "json"),
        (W3C, "w3c"),
        ("\0" * 500 + "\n" + line(), "combined"),
        ("torn\n\n" + line(), "combined"),
        ("", ""),
        ("\n", ""),
    ],
)
def test_formats_are_recognised(start: str, expected: str) -> None:
    """Also behind lines that are none."""
    assert recognise((start + "\n").encode(), Path("a")) == expected


def test_a_first_line_that_is_not_whole_says_nothing() -> None:
    """It waits."""
    assert recognise(line().encode(), Path("a")) == ""


@pytest.mark.parametrize(
    "start", ['192.0.2.7 - - [20/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 5', "a,b\n1,2", "{}"]
)
def test_what_is_no_access_log_is_refused(start: str) -> None:
    """The common format among it: without user agents bots cannot be told."""
    with pytest.raises(InputError, match="a: no access log"):
        recognise((start + "\n").encode(), Path("a"))


def test_the_command_offers_what_there_is() -> None:
    """It names them without loading them."""
    assert OFFERED == FORMATS
