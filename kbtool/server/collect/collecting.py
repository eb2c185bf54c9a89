"""The addresses that record something: the script's events, and plain forms for all others."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.events.parse import RefusedError, event_fields, number
from kbtool.server.collect.recording import (
    AGAIN,
    REFUSED_HEADER,
    Recorder,
    RequestRefusedError,
    filled,
    read_body,
    read_form,
)
from kbtool.server.headers import NO_STORE
from kbtool.server.releases import Release

MAX_EVENTS = 50
MAX_JSON_BYTES = 16 * 1024
MAX_FORM_BYTES = 8 * 1024
PIXEL_CACHE = {"Cache-Control": "private, max-age=30"}
_PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class CollectingRoutes:
    """The addresses that write; every one answers only when the event is durable."""

    def __init__(
        self, settings: Settings, recorder: Recorder, release: Callable[[], Release]
    ) -> None:
        self._settings = settings
        self._recorder = recorder
        self._release = release

    def routes(self) -> list[Route]:
        """Their routes."""
        return [
            Route("/api/events", self.events, methods=["POST"]),
            Route("/api/hit", self.hit, methods=["POST"]),
            Route("/api/view.gif", self.view),
            Route("/api/click", self.click),
            Route("/api/vote", self.vote, methods=["POST"]),
        ]

    async def events(self, request: Request) -> Response:
        """One event or a list of up to 50 as JSON: 204 when all that could be taken are durable.

        Refused ones are named in X-Kbtool-Refused, one reason each; 400 when none was taken. Pages
        that may show the widget may send events, too.
        """
        self._recorder.check_origin(request, self._settings.widget.origins)
        return await self._recorded(request, _events(await read_body(request, MAX_JSON_BYTES)))

    async def hit(self, request: Request) -> Response:
        """One event in the address, as pages send it where a web server's log is the queue
        (``metrics.log_hits``); answered as ``events`` answers.
        """
        self._recorder.check_origin(request, self._settings.widget.origins)
        return await self._recorded(request, [_hit(request.url.query)])

    async def view(self, request: Request) -> Response:
        """A page view by a reader without JavaScript: a transparent pixel.

        The page that a form leads back to is no second view: its address says so. Should the
        browser not tell it, it still has the pixel of a moment ago.
        """
        self._recorder.check_origin(request)
        if AGAIN in parse_qs(_query_of(request.headers.get("referer", "")), True):
            return Response(_PIXEL, media_type="image/gif", headers=NO_STORE)
        given = filled(dict(request.query_params)) | self._new("view")
        refused = await self._recorder.record(request, self._release(), [given])
        if refused:
            return _refusal(400, refused[0])
        return Response(_PIXEL, media_type="image/gif", headers=PIXEL_CACHE)

    async def click(self, request: Request) -> Response:
        """A result opened by a reader without JavaScript: recorded, then on to the article.

        He gets there even when the click cannot be recorded.
        """
        given = filled(dict(request.query_params))
        given |= {name: number(given[name]) for name in ("position", "results") if name in given}
        release = self._release()
        headers: dict[str, str] = {}
        try:
            self._recorder.check_origin(request)
            refused = await self._recorder.record(request, release, [given | self._new("click")])
            if refused:
                headers[REFUSED_HEADER] = refused[0]
        except RequestRefusedError as error:
            headers[REFUSED_HEADER] = error.reason
        except KbError:
            headers[REFUSED_HEADER] = "not-stored"
        address = release.articles.get(given.get("article", ""), "")
        return _see_other(f"../{quote(address)}", headers)

    async def vote(self, request: Request) -> Response:
        """A vote by form, with or without why: recorded, then back to the article's page."""
        self._recorder.check_origin(request)
        form, release = await read_form(request, MAX_FORM_BYTES), self._release()
        refused = await self._recorder.record(request, release, [form | self._new("vote")])
        if refused:
            return _refusal(400, refused[0])
        return _see_other(f"../{quote(release.articles[form['article']])}?{AGAIN}#thanks")

    async def _recorded(self, request: Request, given: Sequence[object]) -> Response:
        refused = await self._recorder.record(request, self._release(), given)
        headers = {REFUSED_HEADER: ", ".join(refused)} if refused else {}
        none_taken = len(refused) == len(given) > 0
        return Response(status_code=400 if none_taken else 204, headers=NO_STORE | headers)

    def _new(self, kind: str) -> dict[str, str]:
        return {"kind": kind, "id": self._recorder.new_id()}


def _events(body: bytes) -> list[object]:
    """The events of a JSON body. Raises RequestRefusedError."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise RequestRefusedError("not-json") from None
    given = data if isinstance(data, list) else [data]
    if len(given) > MAX_EVENTS:
        raise RequestRefusedError("too-many")
    return given


def _hit(query: str) -> object:
    """The event of an address; None, which is none, when it cannot be read."""
    try:
        return event_fields(query)
    except RefusedError:
        return None


def _query_of(address: str) -> str:
    """What stands behind the ``?`` of an address that anybody may have written."""
    return address.partition("#")[0].partition("?")[2][:MAX_FORM_BYTES]


def _refusal(status: int, reason: str) -> Response:
    return PlainTextResponse(
        f"This could not be counted: {reason}.\n", status, NO_STORE | {REFUSED_HEADER: reason}
    )


def _see_other(target: str, headers: dict[str, str] | None = None) -> Response:
    """On to another page of ours by GET."""
    return RedirectResponse(target, status_code=303, headers=NO_STORE | (headers or {}))
