"""Answers that pages of other sites may read: the one place that makes CORS headers.

The widget runs in the pages of ``widget.origins``: they may read the site's files, search, and send
events. Help desks' sidebars (``server.sidebar_origins``) may ask for a ticket's articles. No other
origin gets a permission, and none may send cookies or credentials.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kbtool.config import Settings
from kbtool.policy import folders_elsewhere

PREFLIGHT_SECONDS = 7200
"""How long a browser may remember a permission; none remembers it longer."""


@dataclass(frozen=True, slots=True)
class _Permit:
    """Who may ask for an address, and how."""

    origins: frozenset[str]
    methods: str
    embeds: bool = False
    """Whether a page that shuts out what does not agree (COEP) may embed it."""


class Crossing:
    """Lets pages of allowed origins read what they may; around the application, errors included."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        widget = frozenset(settings.widget.origins)
        desks = frozenset(origin.rstrip("/") for origin in settings.server.sidebar_origins)
        self._files = _Permit(widget, "GET, HEAD", embeds=True)
        self._folders = frozenset(folders_elsewhere(settings.languages))
        self._api = {
            "/api/events": _Permit(widget, "POST"),
            "/api/search": _Permit(widget, "GET"),
            "/api/suggest": _Permit(desks, "POST"),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        permit = self._permit(scope["path"]) if scope["type"] == "http" else None
        if permit is None or not permit.origins:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        origin = asked.get("origin", "")
        granted = _granted(permit, origin)

        async def send_with_permission(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(granted)
                headers.add_vary_header("Origin")  # a cache must not give one origin's to another
            await send(message)

        app = self._app
        is_preflight = scope["method"] == "OPTIONS" and "access-control-request-method" in asked
        if is_preflight and origin in permit.origins:
            app = Response(status_code=204, headers=_preflight(permit))
        await app(scope, receive, send_with_permission)

    def _permit(self, path: str) -> _Permit | None:
        if path in self._api:
            return self._api[path]
        first = path.removeprefix("/").partition("/")[0]
        return self._files if first in self._folders else None


def _granted(permit: _Permit, origin: str) -> dict[str, str]:
    granted = {"Cross-Origin-Resource-Policy": "cross-origin"} if permit.embeds else {}
    if origin in permit.origins:
        granted["Access-Control-Allow-Origin"] = origin
    return granted


def _preflight(permit: _Permit) -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": permit.methods,
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
