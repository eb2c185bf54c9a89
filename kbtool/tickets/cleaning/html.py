"""HTML mail to Markdown: quotes, signatures, styles and scripts are cut as nodes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kbtool.model import Cut

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER = "style, script, head, title, template, noscript, iframe, object, svg, [hidden], [style*='display:none'], [style*='display: none']"
_QUOTES = (
    ".gmail_quote, .gmail_quote_container, blockquote[type=cite], .moz-cite-prefix, .yahoo_quoted, .protonmail_quote,"
    " #divRplyFwdMsg, #appendonsend, #mail-editor-reference-message-container, .zmail_extra,"
    " div[style*='border-top:solid #E1E1E1'], div[style*='border-top:solid #B5C4DF']"
)
_REST_IS_QUOTED = ("divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container")
_SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #signature, .protonmail_signature_block, [data-smartmail=gmail_signature]"
_GAPS = re.compile(r"\n{3,}")
_ESCAPED = re.compile(r"\\([_*\[\]()#+\-.!<>~`|{}&])")


def html_to_text(html: str) -> tuple[str, list[Cut]]:
    """(Markdown of what the sender wrote, what was cut); plain text when it is no HTML after all."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in _cut_out(tree, _NEVER):
        node.decompose()
    cuts: list[Cut] = []
    for node in _cut_out(tree, _QUOTES):
        if node.attributes.get("id") in _REST_IS_QUOTED:
            _cut_following(node)
        cuts.append(Cut("quote", _plain(node)))
        node.decompose()
    for node in _cut_out(tree, _SIGNATURES):
        cuts.append(Cut("signature", _plain(node)))
        node.decompose()
    return _markdown(tree.body), [cut for cut in cuts if cut.text]


def _cut_out(tree: LexborHTMLParser, selector: str) -> Iterator[LexborNode]:
    """Each node that matches, found anew: its parent may have taken others with it."""
    while (node := tree.css_first(selector)) is not None:
        yield node


def _cut_following(node: LexborNode) -> None:
    """Everything after Outlook's reply mark is the quoted mail."""
    while (following := node.next) is not None:
        following.decompose()


def _plain(node: LexborNode) -> str:
    return node.text(separator="\n", strip=True)


def _markdown(body: LexborNode | None) -> str:
    if body is None:
        return ""
    from html_to_markdown import ConversionError, ConversionOptions, convert

    options = ConversionOptions(
        heading_style="atx", bullets="-", autolinks=True, extract_metadata=False
    )
    try:
        text = convert(body.html or "", options).content or ""
    except ConversionError:  # hostile nesting: the words are still there
        text = _plain(body)
    return tidy(_ESCAPED.sub(r"\1", text))


def tidy(text: str) -> str:
    """No trailing blanks, no carriage returns, at most one empty line in a row."""
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u200b", "")
    )
    # by line: a pattern for blanks before a break would look at a long run of blanks again and again
    return _GAPS.sub("\n\n", "\n".join(line.rstrip(" \t") for line in text.split("\n"))).strip()
