"""Markdown without what is no prose: code and comments blanked out, every place kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = re.compile(
    r"^[ >]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ >]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--.*?(?:-->|\Z)",
    re.MULTILINE | re.DOTALL,
)


def without_code(markdown: str) -> str:
    """``markdown`` with fenced code, code spans and comments as NUL characters, line by line.

    Offsets and lines stay the same, and nothing that is searched for stands in what is blank.
    """
    return _CODE.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), markdown)


def comments(markdown: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each HTML comment outside code."""
    for match in _CODE.finditer(markdown):
        if match[0].startswith("<!--"):
            yield match.span()
