"""Atlassian documents to HTML: what people see stays, nothing in it can do harm."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.tickets.mapping.adf import document_html, is_document


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    """A text node."""
    return {"type": "text", "text": words, "marks": list(marks)}


def node(kind: str, *content: Any, **attrs: Any) -> dict[str, Any]:
    """A node with content."""
    return {"type": kind, "content": list(content), "attrs": attrs}


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (node("paragraph", text("a"), {"type": "hardBreak"}, text("b")), "<p>a<br>b</p>"),
        (node("heading", text("T"), level=1), "<h3>T</h3>"),
        (node("bulletList", node("listItem", node("paragraph", text("x")))), "<ul><li>x</li></ul>"),
        (
            node("listItem", node("paragraph", text("x")), node("paragraph", text("y"))),
            "<li>x<br>y</li>",
        ),
        (text("go", {"type": "strong"}), "<b>go</b>"),
        (
            text("here", {"type": "link", "attrs": {"href": 'https://a.example/?"x'}}),
            '<a href="https://a.example/?&quot;x">here</a>',
        ),
        ({"type": "mention", "attrs": {"text": "@Eva"}}, "@Eva"),
        ({"type": "inlineCard", "attrs": {"url": "https://a.example"}},
         '<a href="https://a.example">https://a.example</a>'),
        (node("codeBlock", text("a < b")), "<pre>a &lt; b</pre>"),
        (node("mediaSingle", {"type": "media", "attrs": {"id": "1"}}), ""),
        (node("somethingNew", text("kept")), "kept"),
    ],
)  # fmt: skip
def test_nodes(content: dict[str, Any], html: str) -> None:
    """Each kind of node becomes its tag; an unknown one gives its text."""
    assert document_html(node("doc", content)) == html


def test_a_tower_of_nodes_has_an_end() -> None:
    """Nodes in nodes in nodes do not exhaust the stack."""
    tower: dict[str, Any] = text("deep")
    for _ in range(5_000):
        tower = node("blockquote", tower)
    assert "deep" not in document_html(node("doc", tower))


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(
            st.sampled_from(["type", "content", "text", "attrs", "marks", "url"]), inner
        ),
    )
)  # fmt: skip
def test_anything_is_read_without_a_crash(value: Any) -> None:
    """A document that breaks every rule gives a text."""
    assert isinstance(document_html({"type": "doc", "content": value}), str)
    assert not is_document(value) or "content" in value
