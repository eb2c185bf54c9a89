"""A page's Markdown beside its HTML, for readers that are programs.

What a browser would not show or would obey is not in it: raw HTML of an article leaves only its
text, and nothing of a ticket, a reviewer or a draft is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urljoin

from kbtool.addresses import url_of
from kbtool.config import Settings
from kbtool.permalink import permalink_address
from kbtool.site.engines.sanitize import SCHEMES
from kbtool.site.pages.head import TWIN, has_twin
from kbtool.site.pages.links import targets
from kbtool.site.pages.stage import StagedPage
from kbtool.site.plan.manifest import Page
from kbtool.site.plan.shelves import Link, Shelf
from kbtool.site.releases.files import SiteFiles
from kbtool.text.code import comments, without_code

_NO_TEXT = "script|style|template|iframe|noscript|object|svg|math"
_ANGLE = re.compile(
    r"(?P<link><(?:(?:https?://|mailto:|tel:)[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>)"
    rf"|<(?P<name>{_NO_TEXT})\b[^<>]{{0,4000}}>.{{0,100000}}?</(?P=name)\s*>"
    r"""|</?[a-z](?:"[^"<]{0,4000}"|'[^'<]{0,4000}'|[^'"<>]){0,4000}>"""
    r"|(?P<sign><(?![\s\d=-]))",
    re.DOTALL | re.IGNORECASE,
)
"""A link of Markdown's own; an element whose content is no text, a tag; a sign that could begin one
when what follows is gone."""


def write_twins(
    pages: Iterable[StagedPage], settings: Settings, files: SiteFiles, ground: str
) -> None:
    """Have the twin of every page that has one in ``files``; ``ground`` is the key of the settings.
    Raises OSError.
    """
    for one in pages:
        if has_twin(one.page):
            made = partial(_encoded, one, settings)
            files.put(one.page.address + TWIN, one.key(ground), made)


def twin(page: Page, body: str, settings: Settings) -> str:
    """The Markdown of ``page``; ``body`` is its article's as it is staged, its links page-relative,
    and empty for a page without an article.
    """
    parts = [f"# {_text(page.title)}"]
    if page.article:
        parts += [_facts(page, settings), plain(_absolute(body, page, settings)).strip()]
    elif page.kind == "home":
        shelves = [
            Link(shelf.title, shelf.url, shelf.description)
            for shelf in page.shelves
            if any(not link.lang for link in shelf.links)
        ]
        parts += [_list([*shelves, *page.links], settings)]
    else:
        parts += [_text(page.summary), *_sections(page.shelves[0], settings)]
    return "\n\n".join(filter(None, parts)) + "\n"


def plain(markdown: str) -> str:
    """``markdown`` without comments and raw HTML: of elements their text stays, code stays as it is."""
    masked = without_code(markdown)
    gaps = [(start, end, "") for start, end in comments(markdown)]
    gaps += [
        (*found.span(), "&lt;" if found["sign"] else "")
        for found in _ANGLE.finditer(masked)
        if not found["link"]
    ]
    pieces, at = [], 0
    for start, end, instead in sorted(gaps):
        if end > at:  # a comment inside of what is gone already is gone with it
            pieces += [markdown[at : max(start, at)], instead]
            at = end
    return "".join(pieces) + markdown[at:]


def list_item(title: str, url: str, text: str = "") -> str:
    """A line of a list that links; the title is text, whatever it holds."""
    named = _text(title).replace("[", "\\[").replace("]", "\\]")
    return f"- [{named}]({url})" + (f": {_text(text)}" if text else "")


def one_line(text: str) -> str:
    """``text`` without line breaks."""
    return " ".join(text.split())


def _facts(page: Page, settings: Settings) -> str:
    assert page.article  # noqa: S101 - the caller asks for articles only
    facts = [f"Updated: {page.updated.isoformat()}"] if page.updated else []
    facts.append(f"Permalink: <{url_of(permalink_address(page.article.id), settings)}>")
    facts.append(f"Language: {page.lang}")
    if page.crumbs:
        facts.append(f"Category: {' / '.join(_text(crumb.title) for crumb in page.crumbs)}")
    return "\n".join(f"- {fact}" for fact in facts)


def _sections(shelf: Shelf, settings: Settings) -> Iterator[str]:
    for section in shelf.sections:
        listed = _list(section.links, settings)
        if listed and section.slug:
            yield f"## {_text(section.title)}"
        yield listed


def _list(links: Iterable[Link], settings: Settings) -> str:
    """Links to twins; an article shown for want of a translation is listed in its own language."""
    return "\n".join(
        list_item(link.title, url_of(link.url + TWIN, settings), link.summary)
        for link in links
        if not link.lang
    )


def _absolute(body: str, page: Page, settings: Settings) -> str:
    """``body`` with full URLs; a link that a browser must not follow, or a picture of another
    host, leads nowhere.
    """
    here, pieces, last = url_of(page.address, settings), [], 0
    for target in targets(body):
        url = _joined(here, target.url)
        if target.image and not url.startswith(settings.site_url):
            url = ""
        pieces += [body[last : target.start], url]
        last = target.end
    return "".join(pieces) + body[last:]


def _joined(here: str, url: str) -> str:
    try:
        joined = urljoin(here, url)
    except ValueError:
        return ""
    return joined if joined.partition(":")[0].lower() in SCHEMES else ""


def _text(text: str) -> str:
    """``text`` on one line, its signs no tags."""
    return one_line(text).replace("<", "&lt;")


def _encoded(one: StagedPage, settings: Settings) -> bytes:
    return twin(one.page, one.body, settings).encode()
