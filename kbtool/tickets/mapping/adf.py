"""Atlassian documents (ADF: text as a tree of nodes, Jira's REST API 3) as HTML.

https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from __future__ import annotations

from html import escape

_DEEPEST = 60
_TAGS = {
    "paragraph": "p", "bulletList": "ul", "orderedList": "ol", "listItem": "li", "taskList": "ul",
    "taskItem": "li", "decisionList": "ul", "decisionItem": "li", "blockquote": "blockquote",
    "codeBlock": "pre", "table": "table", "tableRow": "tr", "tableHeader": "th", "tableCell": "td",
    "panel": "div", "expand": "div", "nestedExpand": "div", "layoutColumn": "div",
}  # fmt: skip
_MARKS = {"strong": "b", "em": "i", "code": "code"}


def is_document(value: object) -> bool:
    """Whether a value is such a document."""
    return isinstance(value, dict) and value.get("type") == "doc" and "content" in value


def document_html(document: object) -> str:
    """The document's text as HTML; pictures and whatever is nested too deep are left out."""
    return _html(document, 0)


def _html(node: object, depth: int) -> str:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return ""
    kind, given = node.get("type"), node.get("attrs")
    attrs = given if isinstance(given, dict) else {}
    if kind == "text":
        return _marked(escape(str(node.get("text", ""))), node.get("marks"))
    if kind == "hardBreak":
        return "<br>"
    if kind in ("mention", "emoji", "status", "placeholder"):
        return escape(str(attrs.get("text") or attrs.get("shortName") or ""))
    if kind in ("inlineCard", "blockCard", "embedCard"):
        return _link(str(attrs.get("url", "")), escape(str(attrs.get("url", ""))))
    content = node.get("content")
    inner = "".join(_html(item, depth + 1) for item in content) if isinstance(content, list) else ""
    if kind == "listItem":  # one line an item
        inner = inner.removeprefix("<p>").replace("</p><p>", "<br>").replace("</p>", "")
    tag = "h3" if kind == "heading" else _TAGS.get(str(kind))
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _marked(text: str, marks: object) -> str:
    for mark in marks if isinstance(marks, list) else ():
        kind = mark.get("type") if isinstance(mark, dict) else None
        if kind == "link":
            given = mark.get("attrs")
            text = _link(str(given.get("href", "")) if isinstance(given, dict) else "", text)
        elif kind in _MARKS:
            text = f"<{_MARKS[kind]}>{text}</{_MARKS[kind]}>"
    return text


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{text}</a>' if url else text
