"""Headers every response carries, and the access log: both around the whole application."""

from __future__ import annotations

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kbtool.config import Contact
from kbtool.policy import security_headers

NO_STORE = {"Cache-Control": "no-store"}
"""On answers that hold for this one request only."""
THERE = {"Server-Timing": "kbtool"}
"""Tells a page's script that a server is behind it, which saves it to ask."""
access_log = logging.getLogger("kbtool.access")


class Edge:
    """Adds the security headers, strips the site's sub-path and writes the access log.

    The log has time, status, method, path and duration; never an address, a query or a name.
    """

    def __init__(self, app: ASGIApp, *, contact: Contact, base_path: str) -> None:
        self._app = app
        self._base = base_path
        self._headers = security_headers(contact) | THERE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if self._base and scope["path"] == self._base:
                app: ASGIApp = RedirectResponse(f"./{self._base.rpartition('/')[2]}/", 301)
            else:
                app = self._app
            await app(self._below_base(scope), receive, send_with_headers)
        finally:
            took = (time.perf_counter() - started) * 1000
            path = ascii(scope["path"])[1:-1]
            access_log.info("%d %s %s %.0f ms", status, scope["method"], path, took)

    def _below_base(self, scope: Scope) -> Scope:
        """The request as if the site lay at the root: ``/help/en/`` and ``/en/`` are the same.

        All redirects are relative, so that they hold below either.
        """
        path: str = scope["path"]
        if self._base and path.startswith(self._base + "/"):
            return {**scope, "path": path.removeprefix(self._base), "raw_path": None}
        return scope
