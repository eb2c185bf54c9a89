"""Readers of the demo: real HTTP requests, as customers' browsers would send them.

Each reader has a user agent of its own, so the server counts them apart; what they do is fixed,
what comes back is measured by the running server alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

TIMEOUT_SECONDS = 10
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.{}.0"
_CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@dataclass(frozen=True, slots=True)
class Reader:
    """What one kind of reader does, and how many of them come."""

    count: int
    lang: str
    query: str | None = None
    """Searches for this and, when something is found, opens the first result."""
    article: str | None = None
    """Opens this article (from a link or a search engine)."""
    vote: str | None = None
    contact: bool = False
    """Goes on to write to the help desk."""
    scripts: bool = True
    """Without scripts everything is a plain form."""


READERS = (
    Reader(14, "en", query="puncture", vote="yes"),
    Reader(9, "tr", query="lastik patladı", vote="yes"),
    Reader(8, "et", query="katkine rehv", vote="yes"),
    Reader(6, "en", query="company invoice"),
    Reader(5, "tr", query="SIRKET FATURASI", vote="yes"),
    Reader(4, "en", query="cancle subscription"),
    Reader(22, "en", article="kb-1005", contact=True),
    Reader(6, "tr", article="kb-2005", vote="no", contact=True),
    Reader(11, "et", query="naastrehvid", contact=True),
    Reader(9, "en", query="deposit", contact=True),
    Reader(7, "tr", query="dondurma", contact=True),
    Reader(3, "en", article="kb-1002", vote="yes", scripts=False),
)
"""Readers of a day in November; the battery article is outdated, and they find out."""


@dataclass(frozen=True, slots=True)
class Played:
    """How many readers came and how many requests the server answered."""

    readers: int
    requests: int


class _Stay(HTTPRedirectHandler):
    """A form's answer points at a page or at the help desk; the demo does not go there."""

    def redirect_request(self, *_args: object) -> None:
        """Never follow."""


def play(address: str, new_id: Callable[[], str], report: Callable[[int, int], None]) -> Played:
    """Send what ``READERS`` and one crawler do to the server at ``address``.

    ``report`` is told (readers so far, all readers). Raises OSError when the server goes away.
    """
    total = sum(reader.count for reader in READERS)
    requests = done = 0
    for reader in READERS:
        for _ in range(reader.count):
            done += 1
            browser = _Browser(address, _AGENT.format(6000 + done), new_id)
            browser.live(reader)
            requests += browser.requests
            report(done, total)
    crawler = _Browser(address, _CRAWLER, new_id)
    crawler.send({"kind": "view", "article": "kb-1001", "lang": "en"})
    return Played(total, requests + crawler.requests)


class _Browser:
    """One reader's browser: pages are fetched, events are sent as the site's script sends them."""

    def __init__(self, address: str, agent: str, new_id: Callable[[], str]) -> None:
        self._address = address.rstrip("/") + "/"
        self._agent = agent
        self._new_id = new_id
        self._opener: OpenerDirector = build_opener(_Stay)
        self.requests = 0

    def live(self, reader: Reader) -> None:
        """Do what this kind of reader does."""
        self._get(f"{reader.lang}/")
        article = reader.article
        if reader.query is not None:
            article = self._search(reader.query, reader.lang) or article
        if article is not None:
            self._get(f"a/{article}/")
            self._read(article, reader)
        if reader.contact:
            self._get(f"{reader.lang}/contact/")
            for step in ("open", "handoff"):
                event = {"kind": "contact", "value": step, "lang": reader.lang}
                self.send(event | ({"article": article} if article else {}))

    def _search(self, query: str, lang: str) -> str | None:
        found = json.loads(self._get(f"api/search?q={quote(query)}&lang={lang}"))
        results = [hit for hit in found["results"] if hit["lang"] == lang]
        count = len(results)
        self.send({"kind": "search", "query": query, "results": count, "lang": lang})
        if not results:
            return None
        hit = results[0]
        click = {"kind": "click", "query": query, "position": 1, "results": count}
        self.send(click | {"article": hit["id"], "lang": hit["lang"]})
        return str(hit["id"])

    def _read(self, article: str, reader: Reader) -> None:
        if not reader.scripts:
            self._get(f"api/view.gif?article={article}&lang={reader.lang}")
            if reader.vote:
                form = {"article": article, "lang": reader.lang, "value": reader.vote}
                self._post(
                    "api/vote", urlencode(form).encode(), "application/x-www-form-urlencoded"
                )
            return
        seen: dict[str, object] = (
            {"dwell": 10, "scroll": 25} if reader.contact else {"dwell": 60, "scroll": 100}
        )
        self.send(seen | {"kind": "view", "article": article, "lang": reader.lang})
        if reader.vote:
            self.send(
                {"kind": "vote", "article": article, "value": reader.vote, "lang": reader.lang}
            )

    def send(self, event: Mapping[str, object]) -> None:
        """One event, acknowledged by the server only when it is stored."""
        body = json.dumps({**event, "id": self._new_id()}).encode()
        self._post("api/events", body, "application/json")

    def _get(self, path: str) -> bytes:
        return self._ask(path, None, {})

    def _post(self, path: str, body: bytes, kind: str) -> bytes:
        return self._ask(path, body, {"Content-Type": kind})

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        self.requests += 1
        request = Request(  # noqa: S310 - the address is that of our own server
            self._address + path, data=body, headers={**headers, "User-Agent": self._agent}
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            if 300 <= error.code < 400:
                return b""
            raise


def kinds() -> Iterator[str]:
    """What the demo's readers do, in words, for the command's output."""
    for reader in READERS:
        action = f"search “{reader.query}”" if reader.query else f"open {reader.article}"
        after = [f"vote {reader.vote}"] if reader.vote else []
        after += ["contact support"] if reader.contact else []
        yield f"{reader.count} × {reader.lang}: " + ", ".join([action, *after])
