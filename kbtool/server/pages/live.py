"""Pages that follow the builds: what ``kbtool serve --watch`` puts around the application.

Each page gets a script, which listens at ``api/live`` and loads the page again when another release
is shown. While the next one cannot be made, it says why. Nothing of this is in the built site.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kbtool.config import Settings
from kbtool.server.headers import NO_STORE

SCRIPT = "/assets/live.js"
STREAM = "/api/live"
LOOK_SECONDS = 0.1
"""How often an open page's stream looks for news."""
BEAT_SECONDS = 15.0
"""After this long without news a stream says nothing, so that dead ones are noticed."""
EVERYWHERE = ("0.0.0.0/0", "::/0")
_FILE = Path(__file__).with_name("live.js")
_NOT_ASKED = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})


def for_staff(settings: Settings) -> Settings:
    """The same settings, everybody's events kept apart: who watches looks at his own work."""
    return replace(settings, server=replace(settings.server, staff_addresses=EVERYWHERE))


class Live:
    """What open pages are told. ``tell`` may be called from any thread."""

    def __init__(self, current: Path) -> None:
        self._current = current
        self._trouble: tuple[str, ...] = ()
        self._is_over: Callable[[], bool] = bool

    def tell(self, trouble: tuple[str, ...]) -> None:
        """Say why the last build failed, a line each; nothing when it did not."""
        self._trouble = trouble

    def around(self, app: ASGIApp, is_over: Callable[[], bool]) -> ASGIApp:
        """``app`` with pages that follow the builds; streams end when ``is_over``."""
        self._is_over = is_over
        return _LiveApp(app, self)

    @property
    def release(self) -> str:
        """The name of the release shown now; empty when there is none."""
        try:
            return self._current.readlink().name
        except OSError:
            return ""

    async def news(self) -> AsyncIterator[str]:
        """What holds now, then each change, as server-sent events."""
        last, quiet = "", 0.0
        while not self._is_over():
            text = json.dumps({"release": self.release, "trouble": self._trouble})
            if text != last or quiet >= BEAT_SECONDS:
                yield f"data: {text}\n\n" if text != last else ":\n\n"
                last, quiet = text, 0.0
            await asyncio.sleep(LOOK_SECONDS)
            quiet += LOOK_SECONDS


class _LiveApp:
    """Answers the script and its stream, and puts the script into pages."""

    def __init__(self, app: ASGIApp, live: Live) -> None:
        self._app = app
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif (answer := self._own(Request(scope))) is not None:
            await answer(scope, receive, send)
        else:
            asked = [pair for pair in scope["headers"] if pair[0] not in _NOT_ASKED]
            page = _Page(send, _tag(scope["path"], self._live.release))
            await self._app({**scope, "headers": asked}, receive, page.send)

    def _own(self, request: Request) -> Response | None:
        safe = {**NO_STORE, "X-Content-Type-Options": "nosniff"}
        if request.url.path == SCRIPT:
            return Response(_FILE.read_bytes(), media_type="text/javascript", headers=safe)
        if request.url.path == STREAM:
            news = self._live.news()
            return StreamingResponse(news, media_type="text/event-stream", headers=safe)
        return None


def _tag(path: str, release: str) -> bytes:
    """The script of a page at ``path``, with the release that the page is of (or a later one's)."""
    way = "../" * (path.count("/") - 1) + SCRIPT.removeprefix("/")
    return f'<script src="{way}" data-release="{escape(release)}"></script>'.encode()


class _Page:
    """Passes a response on; HTML is held until it is whole, and then has the script."""

    def __init__(self, send: Send, tag: bytes) -> None:
        self._send = send
        self._tag = tag
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start" and _is_page(Headers(raw=message["headers"])):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        before, end, after = self._body.rpartition(b"</body>")
        body = before + self._tag + end + after if end else self._body + self._tag
        headers = MutableHeaders(raw=list(start["headers"]))
        for name in ("etag", "last-modified"):
            del headers[name]
        headers["Content-Length"] = str(len(body))
        headers.update(NO_STORE)  # a browser must not keep a page with the script
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(headers: Mapping[str, str]) -> bool:
    """Whether it is a page that may run our script; the report may run none."""
    may_run = "script-src" in headers.get("content-security-policy", "script-src")
    return may_run and headers.get("content-type", "").startswith("text/html")
