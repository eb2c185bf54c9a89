"""The frame of pages to send around."""

from __future__ import annotations

import base64
from hashlib import sha256

from kbtool.markup import el, escape
from kbtool.page import Section, page
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
