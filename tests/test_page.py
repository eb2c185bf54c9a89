"""The frame of pages to send around."""

from __future__ import annotations

import base64
import os
from hashlib import sha256
from pathlib import Path

import pytest

from kbtool.errors import InputError
from kbtool.markup import el, escape
from kbtool.page import Section, check_target, page, write_page
from tests.dom import parse


def test_the_frame_holds_what_it_is_given() -> None:
    """Escaped, each section with its heading and a link to it, the caller's style after ours."""
    made = page(
        title="a<b",
        heading="a & b",
        over=escape("<today>"),
        sections=[Section("one", "Part <1>", el("p", "text")), Section("two", "Part 2", el("p"))],
        foot=[el("p", "the end")],
        style=".own { color: red }\n",
    )
    assert made.startswith("<!doctype html>\n")
    root = parse(made)
    assert (root.one("title").text, root.one("h1").text) == ("a<b", "a & b")
    assert [link["href"] for link in root.one("nav").all("a")] == ["#one", "#two"]
    assert [s["aria-labelledby"] for s in root.all("section")] == ["one-title", "two-title"]
    assert root.one("p", "over").text == "<today>"
    style = root.one("style").text
    assert style.endswith(".own { color: red }\n")
    (policy,) = [m["content"] for m in root.all("meta") if m["http-equiv"]]
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not root.all("script")


def test_a_page_replaces_a_page_only(tmp_path: Path) -> None:
    """New files, empty ones and earlier pages; nothing else that a person may need."""
    target = tmp_path / "r.html"
    check_target(target)
    write_page(target, "<!doctype html>\n<p>ü")
    check_target(target)
    write_page(target, "<!doctype html>\n")
    assert target.read_bytes() == b"<!doctype html>\n"
    assert list(tmp_path.iterdir()) == [target]
    (tmp_path / "empty").touch()
    check_target(tmp_path / "empty")
    export = tmp_path / "tickets.csv"
    export.write_text("id,subject\n")
    page = tmp_path / "export.html"
    page.write_text("<!DOCTYPE html>\n")
    os.mkfifo(tmp_path / "pipe")
    for wrong, files, told in (
        (tmp_path, (), "is a folder"),
        (tmp_path / "no" / "r.html", (), "no such folder"),
        (export, (), "is no HTML page"),
        (page, (export, page), "is one of the exports"),
        (tmp_path / "pipe", (), "is no HTML page"),
    ):
        with pytest.raises(InputError, match=told) as caught:
            check_target(wrong, files)
        assert caught.value.hint


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    """A symbolic link stays one."""
    target, link = tmp_path / "r.html", tmp_path / "link.html"
    link.symlink_to(target)
    check_target(link)
    write_page(link, "<!doctype html>\n")
    assert link.is_symlink()
    assert target.read_text() == "<!doctype html>\n"


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The error names the file; nothing is left behind."""
    name = "r" * 300 + ".html"
    with pytest.raises(InputError, match="too long"):
        write_page(tmp_path / name, "<!doctype html>\n")
    assert list(tmp_path.iterdir()) == []
