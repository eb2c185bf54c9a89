"""Links to articles as they are pasted into replies."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from kbtool.text import get_language

LinkFormat: TypeAlias = Literal["url", "markdown", "html"]
ReplyFormat: TypeAlias = Literal["text", "markdown", "html"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+!|~&])")
_URL_UNSAFE = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E"})


def format_link(title: str, url: str, form: LinkFormat) -> str:
    """``url`` alone, or a Markdown or HTML link with ``title``, escaped for where it goes."""
    if form == "markdown":
        escaped = _MARKDOWN.sub(r"\\\1", title)
        return f"[{escaped}]({url.translate(_URL_UNSAFE)})"
    if form == "html":
        return f'<a href="{_escape(url)}">{_escape(title)}</a>'
    return url


def format_reply(title: str, url: str, lang: str, ticket_lang: str, form: ReplyFormat) -> str:
    """A line in the ticket's language and the link, ready to be pasted into a reply.

    ``lang`` is the article's language; it is named when it is not the ticket's.
    """
    phrase = get_language(ticket_lang).link_phrase
    foreign = "" if lang == ticket_lang else f" ({get_language(lang).name})"
    if form == "text":
        return f"{phrase}\n{title}{foreign}\n{url}"
    link = format_link(title, url, form)
    if form == "html":
        return f"<p>{_escape(phrase)}<br>{link}{_escape(foreign)}</p>"
    return f"{phrase}\n\n{link}{foreign}"


def _escape(text: str) -> str:
    from html import escape  # here, because it brings a table of all named characters

    return escape(text)
