"""The addresses that record something: the script's events, and plain forms for all others."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.server.headers import NO_STORE
from kbtool.server.recording import Recorder, RequestRefusedError, read_body
from kbtool.server.releases import Release

MAX_EVENTS = 50
MAX_JSON_BYTES = 16 * 1024
MAX_FORM_BYTES = 8 * 1024
MAX_FORM_FIELDS = 10
REFUSED_HEADER = "X-Kbtool-Refused"
PIXEL_CACHE = {"Cache-Control": "private, max-age=30"}
_PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class CollectingRoutes:
    """The five write addresses; every one answers only when the event is durable."""

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
            Route("/api/view.gif", self.view),
            Route("/api/click", self.click),
            Route("/api/vote", self.vote, methods=["POST"]),
            Route("/api/contact", self.contact, methods=["POST"]),
        ]

    async def events(self, request: Request) -> Response:
        """One event or a list of up to 50 as JSON: 204 when all that could be taken are durable.

        Refused ones are named in X-Kbtool-Refused, one reason each; 400 when none was taken. Pages
        that may show the widget may send events, too.
        """
        self._recorder.check_origin(request, self._settings.widget.origins)
        given = _events(await read_body(request, MAX_JSON_BYTES))
        refused = await self._recorder.record(request, self._release(), given)
        headers = {REFUSED_HEADER: ", ".join(refused)} if refused else {}
        none_taken = len(refused) == len(given) > 0
        return Response(status_code=400 if none_taken else 204, headers=NO_STORE | headers)

    async def view(self, request: Request) -> Response:
        """A page view by a reader without JavaScript: a transparent pixel.

        Kept by the browser for a moment, so that the way back from a vote is no second view.
        """
        self._recorder.check_origin(request)
        given = _filled(dict(request.query_params)) | self._new("view")
        refused = await self._recorder.record(request, self._release(), [given])
        if refused:
            return _refusal(400, refused[0])
        return Response(_PIXEL, media_type="image/gif", headers=PIXEL_CACHE)

    async def click(self, request: Request) -> Response:
        """A result opened by a reader without JavaScript: recorded, then on to the article.

        He gets there even when the click cannot be recorded.
        """
        given = _filled(dict(request.query_params))
        given |= {name: _number(given[name]) for name in ("position", "results") if name in given}
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
        form, release = await self._form(request), self._release()
        refused = await self._recorder.record(request, release, [form | self._new("vote")])
        if refused:
            return _refusal(400, refused[0])
        return _see_other(f"../{quote(release.articles[form['article']])}#thanks")

    async def contact(self, request: Request) -> Response:
        """A contact step by form: recorded, then on to the help desk or back with thanks.

        A reader who needs a person is let through even when the step cannot be recorded.
        """
        form = await self._form(request)
        headers: dict[str, str] = {}
        try:
            new = self._new("contact")
            refused = await self._recorder.record(request, self._release(), [form | new])
            if refused:
                headers[REFUSED_HEADER] = refused[0]
        except KbError:
            headers[REFUSED_HEADER] = "not-stored"
        lang = form.get("lang")
        page = f"../{lang if lang in self._settings.languages else self._settings.default_language}"
        if form.get("value") == "handoff":
            return _see_other(self._help_desk() or f"{page}/contact/", headers)
        return _see_other(f"{page}/contact/#thanks", headers)

    def _help_desk(self) -> str | None:
        contact = self._settings.contact
        return contact.url or (f"mailto:{contact.email}" if contact.email else None)

    def _new(self, kind: str) -> dict[str, str]:
        return {"kind": kind, "id": self._recorder.new_id()}

    async def _form(self, request: Request) -> dict[str, Any]:
        self._recorder.check_origin(request)
        body = await read_body(request, MAX_FORM_BYTES)
        try:
            pairs = parse_qsl(body.decode("utf-8"), max_num_fields=MAX_FORM_FIELDS)
        except ValueError:
            raise RequestRefusedError("not-a-form") from None
        return _filled(dict(pairs))


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


def _filled(fields: dict[str, str]) -> dict[str, Any]:
    """Form fields without the empty ones."""
    return {name: value for name, value in fields.items() if value}


def _number(text: str) -> int | str:
    """A number of a form or address; what is none stays as it is, to be refused."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def _refusal(status: int, reason: str) -> Response:
    return PlainTextResponse(
        f"This could not be counted: {reason}.\n", status, NO_STORE | {REFUSED_HEADER: reason}
    )


def _see_other(target: str, headers: dict[str, str] | None = None) -> Response:
    """On to another page by GET. Targets are our own pages or the configured contact address."""
    return RedirectResponse(target, status_code=303, headers=NO_STORE | (headers or {}))
