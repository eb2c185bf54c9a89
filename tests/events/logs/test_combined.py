"""Lines of nginx and Apache fall apart as they were put together, however odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.events.logs.combined import Combined, matched
from kbtool.events.logs.records import NotTakenError
from kbtool.events.logs.times import clf_time
from tests.events.logs.desk import BROWSER, line

AT = clf_time(b"20/Nov/2026:12:00:00 +0000")
AGENT = BROWSER.encode()


def read(text: str) -> tuple[bytes, bytes, object]:
    """The request, the status, and who sent it."""
    reader = Combined()
    request, status, parts = reader.split(text.encode())
    return request, status, reader.who(parts)


def test_a_plain_line() -> None:
    """Request, status, time, address, user agent."""
    expected = (AT, b"192.0.2.7", AGENT, b"", False, b"")
    assert read(line()) == (b"GET /en/bike/unlock/ HTTP/1.1", b" 200 ", expected)


@pytest.mark.parametrize("host", ["help.example:443 ", "help.example "])
def test_a_virtual_host_before_it(host: str) -> None:
    """It is what stands before an address."""
    assert read(line(host=host))[2] == (AT, b"192.0.2.7", AGENT, b"", False, host.strip().encode())


def test_a_host_name_in_the_place_of_an_address_is_no_virtual_host() -> None:
    """Apache writes it with HostnameLookups."""
    assert read(line(address="dsl-7.provider.example"))[2][1] == b"dsl-7.provider.example"  # type: ignore[index]


@pytest.mark.parametrize(
    ("more", "purpose", "unfollowed", "signals"),
    [
        (' "-" "-" "-"', b"", False, {"Sec-Purpose", "Sec-GPC", "DNT"}),
        (' "prefetch;prerender" "-"', b"prefetch;prerender", False, {"Sec-Purpose", "Sec-GPC"}),
        (' "-" "1"', b"", True, {"Sec-Purpose", "Sec-GPC"}),
        (' "-" "-" "1"', b"", True, {"Sec-Purpose", "Sec-GPC", "DNT"}),
        (' "203.0.113.9"', b"", False, set()),
        (' "203.0.113.9" "1"', b"", False, set()),
        (' 0.004 "-" "1"', b"", False, set()),
        (" 0.004 0.003", b"", False, set()),
    ],
)
def test_fields_behind_the_user_agent(
    more: str, purpose: bytes, unfollowed: bool, signals: set[str]
) -> None:
    """Ours tell prefetches and wishes; those of other formats say nothing."""
    reader = Combined()
    _, _, parts = reader.split(line(more=more).encode())
    assert reader.who(parts) == (AT, b"192.0.2.7", AGENT, purpose, unfollowed, b"")
    assert reader.signals == signals


def test_a_quote_that_apache_escaped() -> None:
    """It ends nothing, neither in the user agent nor in the request."""
    request, _, who = read(line('/en/?q=\\"a\\"', agent='My \\"own\\" browser'))
    assert request == b'GET /en/?q=\\"a\\" HTTP/1.1'
    assert who == (AT, b"192.0.2.7", b'My \\"own\\" browser', b"", False, b"")


WHOLE = line()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no log",
        WHOLE[:-1],
        WHOLE[: WHOLE.index("Mozilla")],
        WHOLE.replace('"-" "', '"-" x "'),
        WHOLE[:60] + WHOLE,
        WHOLE[: WHOLE.index('" 200')] + WHOLE,
        WHOLE[: WHOLE.index('"-"') + 4] + WHOLE,
        'stray " quote ' + WHOLE,
        line(agent='one " quote'),
    ],
)
def test_torn_lines_are_refused(text: str) -> None:
    """Wherever they were torn, and when two ran into each other."""
    with pytest.raises(NotTakenError, match="torn"):
        read(text)


@given(
    st.lists(st.sampled_from(['"', "\\", '\\"', " ", "-", "a", "[", "] ", "200", "1"]), max_size=40)
)
def test_both_ways_of_cutting_agree(pieces: list[str]) -> None:
    """Where the quick way takes a line, the regular expression gives the same parts."""
    text = ('192.0.2.7 - - [20/Nov/2026:12:00:00 +0000] "' + "".join(pieces)).encode()
    try:
        _, _, parts = Combined().split(text)
    except NotTakenError:
        with pytest.raises(NotTakenError):
            matched(text)
    else:
        assert parts == matched(text)
