"""What a request was for: an article, a search, an event in the address, or nothing that counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

from kbtool.addresses import AddressBook
from kbtool.events.parse import MAX_QUERY, clean_query
from kbtool.policy import MEDIA_TYPES
from kbtool.urls import tidy

REMEMBERED = 1 << 16
"""Different requests whose meaning is kept; scanners ask for many that never come again."""
HIT = "api/hit"
_PERMALINK = "a/"
_SERVER = {"POST api/events", "GET api/view.gif", "GET api/click", "POST api/vote"}
"""What only kbtool serve answers, having stored the event."""
_LINE = re.compile(rb"([A-Z]{2,20}) (\S.*?)(?: HTTP/[\d.]+)?", re.DOTALL)
_ORIGIN = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
_ENDINGS = frozenset(ending for ending in MEDIA_TYPES if ending != ".html") | {".map", ".gz"}


class Page(NamedTuple):
    """What a hit is a hit of."""

    kind: str
    """``view``, ``search``, or ``lead``: a view by an address that leads on to the article's page."""
    article: str | None
    lang: str | None
    query: str | None = None
    """Redacted."""


class HitLine(NamedTuple):
    """An event that the page's script put into an address, as it was sent."""

    query: str


REPORTED = -1
Target: TypeAlias = int | str | HitLine
"""The number of a page (``Targets.pages``), the rule that leaves the request out, an event, or
``REPORTED``: kbtool serve was asked to store one."""


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of the help centre whose log is read."""

    book: AddressBook
    languages: tuple[str, ...]
    redact: Callable[[str], str]


class Targets:
    """Finds what requests are for; each different one once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._bases = [unquote(urlsplit(base).path) or "/" for base in site.book.bases]
        self._hosts = {_host(urlsplit(base).netloc) for base in site.book.bases}
        self._lock = Lock()
        self._numbers: dict[Page, int] = {}
        self.pages: list[Page] = []
        """The pages that were found, in the order of their numbers."""
        self.known: dict[bytes, Target] = {}

    def find(self, request: bytes) -> Target:
        """What a request line is for."""
        with self._lock:  # DuckDB's thread asks, too
            found = self._found(request)
        if not isinstance(found, HitLine):
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[request] = found
        return found

    def is_ours(self, host: bytes) -> bool:
        """Whether a virtual host is the help centre's, or does not look like another site's."""
        text = _host(host.decode("latin-1"))
        return text in self._hosts or "." not in text or text.replace(".", "").isdigit()

    def _found(self, request: bytes) -> Target:
        line = _LINE.fullmatch(request)
        if line is None:
            return "malformed"
        method = line[1].decode()
        path, _, query = _ORIGIN.sub("", line[2].decode("utf-8", "replace"), 1).partition("?")
        address = self._below(path)
        if address is None:
            return "page"
        named = f"{method} {address.rstrip('/')}"
        if named in _SERVER:
            return REPORTED
        if method in ("GET", "POST") and address.rstrip("/") == HIT:
            return HitLine(query)
        if address.startswith(("assets/", "media/", "api/")) or _is_file(address):
            return "asset"
        if method not in ("GET", "HEAD"):
            return "method"
        page = self._page(address, query)
        if page is None:
            return "page"
        return "head" if method == "HEAD" else self._number(page)

    def _below(self, path: str) -> str | None:
        """The address below the help centre; None when it is elsewhere."""
        whole = tidy(path)
        for base in self._bases:
            if whole.startswith(root := tidy(base)):
                return whole[len(root) :]
        return None

    def _page(self, address: str, query: str) -> Page | None:
        """The article or the search that stands at an address; None for any other page."""
        book = self._site.book
        lang, _, rest = address.partition("/")
        told = lang if lang in self._site.languages else None
        if told and rest == "search/":
            asked = dict(parse_qsl(query, errors="replace")).get("q", "")
            asked = self._site.redact(clean_query(asked))[:MAX_QUERY]
            return Page("search", None, told, asked) if asked else None
        article = book.article(address)
        if address in book.pages or article is None:
            return Page("view", article, told) if article else None
        gone = address.startswith(_PERMALINK) and book.lead(address) == "withdrawn"
        return None if gone else Page("lead", article, told)

    def _number(self, page: Page) -> int:
        if page not in self._numbers:
            self._numbers[page] = len(self.pages)
            self.pages.append(page)
        return self._numbers[page]


def _is_file(address: str) -> bool:
    """Whether an address (in tidy form) is that of a file that is no page."""
    last = address.rstrip("/").rpartition("/")[2]
    return last[last.rfind(".") :].lower() in _ENDINGS if "." in last else False


def _host(text: str) -> str:
    """A host without its port and ``www.``."""
    return re.sub(r":\d+$", "", text.lower()).removeprefix("www.").rstrip(".")
