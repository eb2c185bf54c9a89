"""Links to articles as they are pasted into replies."""

from __future__ import annotations

import html
import re
from typing import Literal, TypeAlias

LinkFormat: TypeAlias = Literal["url", "markdown", "html"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+!|~&])")
_URL_UNSAFE = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E"})


def format_link(title: str, url: str, form: LinkFormat) -> str:
    """``url`` alone, or a Markdown or HTML link with ``title``, escaped for where it goes."""
    if form == "markdown":
        escaped = _MARKDOWN.sub(r"\\\1", title)
        return f"[{escaped}]({url.translate(_URL_UNSAFE)})"
    if form == "html":
        return f'<a href="{html.escape(url)}">{html.escape(title)}</a>'
    return url
