"""DuckDB gives what Python gives: the same hits, the same account of every line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbtool.events.logs.duck import DuckTakers
from kbtool.events.rules import networks
from kbtool.model import Event
from tests.events.logs.desk import BOT, PAGES, Desk, line
from tests.events.logs.test_importing import hit, odd_lines

pytest.importorskip("duckdb")

SEARCH = "/en/search/?q="
LINES = st.builds(
    line,
    st.sampled_from(
        [
            *("/" + page for page in PAGES),
            "/assets/kb.css",
            "/en/",
            "/a/kb-1/",
            "/en/assets/x/",
            f"{SEARCH}bike",
            f"{SEARCH}a%22b",
            f"{SEARCH}şifre",
            "/api/events",
            "/%61pi/hit?id=1",
        ]
    ),
    seconds=st.sampled_from([0, 1, 59, 60, 3_600, 5 * 86_400, -900 * 86_400]),
    address=st.sampled_from(["192.0.2.7", "2001:db8::1", "198.51.100.4", "host.example"]),
    agent=st.sampled_from(["Mozilla/5.0", BOT, "-", "", "caf\u00e9", 'a \\"b\\"']),
    status=st.sampled_from([200, 200, 200, 304, 301, 404, 500, 206]),
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "POST"]),
    host=st.sampled_from(["", "", "", "help.example:443 ", "shop.example "]),
    more=st.sampled_from(
        [
            "",
            "",
            ' "-" "-" "-"',
            ' "prefetch" "-" "-"',
            ' "-" "1" "-"',
            ' "-" "-" "1"',
            ' "x" "y"',
            " 0.1",
        ]
    ),
)
BYTES = st.one_of(
    LINES.map(str.encode),
    LINES.map(lambda text: text.encode("utf-8")[:-9]),
    st.sampled_from([one for one in odd_lines() if len(one) < 1_000]),
    st.sampled_from([hit(f"id=a{n}&kind=view&article=kb-1").encode() for n in range(3)]),
    st.binary(max_size=60).map(lambda data: data.replace(b"\n", b"")),
)  # fmt: skip


def took(lines: list[bytes], *, fast: bool) -> tuple[list[Event], object, object, object]:
    """What is stored, the account, the rejected lines, and the signals that lack."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), staff=networks(["198.51.100.0/24"], "staff"))
        if fast:
            desk.fast = DuckTakers(chunk=700)
        path = desk.folder / "access.log"
        path.write_bytes(line().encode() + b"\n" + b"".join(one + b"\n" for one in lines))
        (taken,) = desk.take(path)
        if desk.fast:
            desk.fast.close()
        return desk.events(), taken.account, desk.rejected_lines, taken.lacks


@given(st.lists(BYTES, max_size=40))
@example([*odd_lines()])
@settings(max_examples=12)
def test_both_give_the_same(lines: list[bytes]) -> None:
    """Of plain and odd lines, in several blocks; the 3 MB line and the zero byte among them."""
    assert took(lines, fast=True) == took(lines, fast=False)


def test_files_one_after_the_other_share_what_was_learnt(tmp_path: Path) -> None:
    """Pages keep their numbers, readers of a day their keys."""
    fast = DuckTakers()
    desk = Desk(tmp_path, fast=fast)
    lines = [line("/" + page, seconds=n, address=f"192.0.2.{n}") for n, page in enumerate(PAGES)]
    desk.take(
        desk.write("a.log", lines), desk.write("b.log", [line("/en/", seconds=9), *lines[::-1]])
    )
    assert len(fast.learnt.targets) == 4  # DuckDB took the lines, not Python
    fast.close()
    assert desk.counted() == {("view", id_): 2 for id_ in PAGES.values()}
    assert len({event.visitor for event in desk.events()}) == 3
