"""Files into the database: every line accounted for, nothing personal kept, nothing half done."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.events.rules import networks
from tests.events.logs.desk import BOT, NOON, Desk, line


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty one."""
    return Desk(tmp_path)


def odd_lines() -> list[bytes]:
    """Twenty good lines among twelve odd ones."""
    odd = [
        line(agent='a \\"quoted\\" browser').encode(),
        line(agent='stray " quote').encode(),
        line()[:70].encode(),
        line(agent="nul \0 byte").encode(),
        line(agent="caf\u00e9").encode("latin-1"),
        (line() + "x" * 3_000_000).encode(),
        b"",
        line().replace("20/Nov", "20/Nox").encode(),
        line().replace(" 200 ", " abc ").encode(),
        b"\xff\xfe\x00\x01",
        line("/en/bike/unlock/", method="\\x16\\x03", status=400).encode(),
    ]
    good = [line(seconds=number).encode() for number in range(20)]
    return [one for number, one in enumerate(good) for one in (one, *odd[number : number + 1])]


def test_odd_lines_cost_no_good_one(desk: Desk) -> None:
    """Of 31 lines and one unfinished the good ones are kept, the others told with their reason."""
    path = desk.folder / "access.log"
    path.write_bytes(b"\n".join(odd_lines()) + b"\n" + line().encode()[:90])
    (taken,) = desk.take(path)
    account = taken.account
    assert account.lines == 31
    assert account.stored == {"view": 22}  # the 20, the escaped quote, the letter of Latin-1
    assert account.excluded["error"] == 1
    assert account.rejected == {
        "torn": 2, "nul": 2, "too-long": 1, "empty": 1, "bad-time": 1, "bad-status": 1,
    }  # fmt: skip
    assert taken.unread == 90
    assert [(item.line, item.reason) for item in desk.rejected][:2] == [(4, "torn"), (6, "torn")]
    assert "192.0.2.7" not in str(desk.rejected)


@given(st.lists(st.sampled_from([*odd_lines(), line(agent=BOT).encode()]), max_size=12))
@settings(max_examples=30)
def test_every_line_is_accounted_for(lines: list[bytes]) -> None:
    """lines = stored + excluded + rejected, whatever they are and however they are mixed."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        path = desk.folder / "access.log"
        path.write_bytes(line().encode() + b"\n" + b"".join(one + b"\n" for one in lines))
        (taken,) = desk.take(path)
        account = taken.account
    assert account.lines == len(lines) + 1
    assert account.lines == (
        account.stored.total() + account.excluded.total() + account.rejected.total()
    )


def test_rules_name_what_is_no_hit(desk: Desk) -> None:
    """Each by its own."""
    desk.staff = networks(["198.51.100.0/24"], "staff")
    lines = [
        line("/assets/kb.css"),
        line("/en/"),
        line(status=301),
        line(status=404),
        line(status=500),
        line(status=206),
        line(method="HEAD"),
        line(method="POST"),
        line(more=' "prefetch" "-" "-"'),
        line(address="198.51.100.9"),
        line(agent=BOT),
        line(agent="-"),
        line(agent="WhatsApp/2.23"),
        line(agent="ChatGPT-User/1.0"),
        line(host="shop.example "),
        line(seconds=-900 * 86_400),
        line(),
        line(status=304),
    ]
    (taken,) = desk.take(desk.write("access.log", lines))
    assert taken.account.stored == {"view": 2}
    assert +taken.account.excluded == {
        "asset": 1, "page": 1, "redirect": 1, "not-found": 1, "error": 1, "status": 1, "head": 1,
        "method": 1, "prefetch": 1, "staff": 1, "bot": 2, "preview": 1, "assistant": 1,
        "other-host": 1, "too-old": 1,
    }  # fmt: skip
    shown = Counter(event.excluded for event in desk.events())
    assert shown == {None: 2, "prefetch": 1, "staff": 1, "bot": 2, "preview": 1, "assistant": 1}


def test_a_time_in_the_future_is_no_time(desk: Desk) -> None:
    """A clock may be wrong by hours, not by days."""
    lines = [line(seconds=2 * 86_400), line(seconds=4 * 86_400)]
    (taken,) = desk.take(desk.write("access.log", lines))
    assert (taken.account.stored["view"], taken.account.rejected["future"]) == (1, 1)


def test_neither_address_nor_user_agent_nor_secrets_are_stored(desk: Desk) -> None:
    """Nowhere in the database's files, and not in the salts'."""
    lines = [
        line(address="203.0.113.77", agent="Unusual/7 Browser"),
        line("/en/search/?q=mail+jane@mail.example", address="2001:db8:1:2::9"),
    ]
    desk.take(desk.write("access.log", lines))
    files = [path for path in desk.folder.iterdir() if path.name != "access.log"]
    assert {path.name for path in files} >= {"kb.db", "log-salts"}
    for path in files:
        content = path.read_bytes()
        for secret in (b"203.0.113", b"2001:db8", b"Unusual", b"jane"):
            assert secret not in content, path


def test_visitors_of_a_day_are_told_apart_and_no_longer(desk: Desk) -> None:
    """By address and user agent; of IPv6 the network counts; another day has other keys."""
    lines = [
        line(address="2001:db8:1:2::9"),
        line(address="2001:db8:1:2:aaaa::1"),
        line(address="2001:db8:1:3::9"),
        line(),
        line(agent="Other/1"),
        line(more=' "-" "1" "-"'),
        line(seconds=86_400),
    ]
    desk.take(desk.write("access.log", lines))
    keys = [event.visitor for event in desk.events()]
    assert keys[0] == keys[1]
    assert keys[5] is None
    assert len({keys[0], keys[2], keys[3], keys[4], keys[6]}) == 5


def test_searches_and_languages(desk: Desk) -> None:
    """A search is redacted; both know the page's language."""
    lines = [line("/tr/bisiklet/kilit/"), line("/en/search/?q=jane@mail.example", seconds=1)]
    desk.take(desk.write("access.log", lines))
    view, search = desk.events()
    assert (view.kind, view.article, view.lang, view.at) == ("view", "kb-3", "tr", NOON)
    assert (search.kind, search.query, search.lang, search.results) == (
        "search",
        "[email]",
        "en",
        None,
    )


def hit(fields: str, **how: object) -> str:
    """A line of an event that a page's script sent."""
    return line(f"/api/hit?{fields}", method="POST", status=204, **how)  # type: ignore[arg-type]


def test_events_in_addresses_are_stored_once(desk: Desk) -> None:
    """With all their fields; one that is sent again completes what is there; the others are refused
    by name.
    """
    lines = [
        hit("id=a1&kind=view&article=kb-1&lang=en"),
        hit("id=a1&kind=view&article=kb-1&lang=en&dwell=30&scroll=50"),
        hit("id=a2&kind=vote&article=kb-1&value=no&reason=unclear"),
        hit("id=a3&kind=search&query=jane@mail.example&results=0&lang=en"),
        hit("id=a4&kind=view&article=kb-77"),
        hit("id=a5"),
        hit("id=a6&kind=view&article=kb-2", agent=BOT),
    ]
    (taken,) = desk.take(desk.write("access.log", lines))
    assert +taken.account.stored == {"view": 1, "vote": 1, "search": 1}
    assert +taken.account.excluded == {"again": 1, "bot": 1}
    assert taken.account.rejected == {"event: unknown-article": 1, "event: unknown-kind": 1}
    stored = {event.id: event for event in desk.events()}
    assert (stored["a1"].dwell, stored["a1"].scroll) == (30, 50)
    assert (stored["a2"].reason, stored["a3"].query) == ("unclear", "[email]")
    assert stored["a1"].visitor == stored["a2"].visitor is not None
    assert stored["a6"].excluded == "bot"
    desk.take(desk.write("copy.log", lines[1:]))
    assert len(desk.events()) == 4


@pytest.mark.parametrize("bad", ["binary", "text"])
def test_a_file_that_is_no_log_is_refused(desk: Desk, bad: str) -> None:
    """By name, with what would do."""
    path = desk.folder / "x"
    path.write_bytes(bytes(range(256)) * 40 if bad == "binary" else b"Dear diary\n" * 40)
    with pytest.raises(InputError, match="no access log") as told:
        desk.take(path)
    assert "combined" in str(told.value.hint)


def test_an_empty_file_and_one_without_a_whole_line_wait(desk: Desk) -> None:
    """They are fine, and known once there is something in them."""
    empty, begun = desk.write("a", []), desk.folder / "b"
    begun.write_text(line()[:50])
    assert [(f.account.lines, f.unread) for f in desk.take(empty, begun)] == [(0, 0), (0, 50)]
    begun.write_text(line() + "\n")
    assert desk.take(begun)[0].account.stored == {"view": 1}


def test_a_stopped_import_leaves_whole_batches_and_goes_on(desk: Desk) -> None:
    """What was stored is not stored again, the rest is taken up."""
    path = desk.write("access.log", [line(seconds=number / 10) for number in range(20_000)])
    reports = 0

    def stop(_stage: str, _done: int, _total: int | None) -> None:
        nonlocal reports
        reports += 1
        if reports == 3:
            raise KeyboardInterrupt

    desk.batch, desk.progress = 1, stop
    with pytest.raises(KeyboardInterrupt):
        desk.take(path)
    part = len(desk.events())
    assert 0 < part < 20_000
    desk.progress = None
    assert desk.take(path)[0].account.lines == 20_000 - part
    assert len(desk.events()) == 20_000


def test_a_json_log_and_a_w3c_log_go_on_where_they_were_left(desk: Desk) -> None:
    """The columns of a W3C log are remembered, wherever they were named."""
    fields = "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)"
    row = "2026-11-20\t12:00:0{}\t192.0.2.7\tGET\t/en/bike/unlock/\t200\tMozilla"
    path = desk.write("w3c.log", ["#Version: 1.0", fields, row.format(1)])
    assert +desk.take(path)[0].account.excluded == {"comment": 2}
    desk.write("w3c.log", ["#Version: 1.0", fields, row.format(1), row.format(2)])
    assert desk.take(path)[0].account.stored == {"view": 1}
    data = {"time": "2026-11-20T12:00:03Z", "remote_addr": "192.0.2.7", "status": 200}
    data |= {"request": "GET /en/bike/lost/ HTTP/1.1", "http_user_agent": "Mozilla"}
    path = desk.write("json.log.gz", [json.dumps(data)])
    assert desk.take(path)[0].account.stored == {"view": 1}
    assert desk.take(path)[0].account.lines == 0
    assert desk.counted() == {("view", "kb-1"): 2, ("view", "kb-2"): 1}
