"""The agent page: sign in, find, copy. Its routes exist only when a token is set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.server.agents.door import Door
from kbtool.server.agents.finding import found_for, read_asked
from kbtool.server.agents.sidebar import MAX_BYTES
from kbtool.server.collect.recording import Recorder, RequestRefusedError, read_body
from kbtool.server.headers import NO_STORE
from kbtool.server.pages.pages import preferred
from kbtool.server.releases import Release
from kbtool.server.search.searching import Searcher
from kbtool.site.beside.agent_page import render_agent_page
from kbtool.site.pages.strings import Strings
from kbtool.text import identify_language

MAX_FORM_BYTES = 4 * 1024
MAX_QUERY_CHARS = 1_000
FILES = {"agent.js": "text/javascript", "agent.css": "text/css"}
"""The page's own files and their types; they hold no secret."""
PAGES = ("agent", "report")
"""Where the form leads to: the first, unless another is named."""
PRIVATE = NO_STORE | {"X-Robots-Tag": "noindex, nofollow"}


class AgentRoutes:
    """``/agent/`` and what it asks for; nothing here records anything."""

    def __init__(
        self,
        settings: Settings,
        door: Door,
        recorder: Recorder,
        searcher: Searcher,
        release: Callable[[], Release],
        strings: Mapping[str, Strings],
    ) -> None:
        self._settings = settings
        self._door = door
        self._recorder = recorder
        self._searcher = searcher
        self._release = release
        self._strings = strings
        self._ready: asyncio.Future[tuple[str | None, float]] | None = None
        assets = bundled("theme") / "assets"
        self._files = {name: (assets / name).read_bytes() for name in FILES}

    def routes(self) -> list[Route]:
        """Their routes; to whom has not signed in, the last is an address that does not exist."""
        return [
            Route("/agent", self.moved),
            Route("/agent/", self.page),
            Route("/agent/{name:str}", self.file),
            Route("/api/agent/sign-in", self.sign_in, methods=["POST"]),
            Route("/api/agent/sign-out", self.sign_out, methods=["POST"]),
            Route("/api/agent/find", self.find, methods=["POST"]),
        ]

    async def moved(self, _request: Request) -> Response:
        """On to the address with its slash."""
        return RedirectResponse("./agent/", 301)

    async def page(self, request: Request) -> Response:
        """The page; for everybody else the form to sign in, which says nothing of what is here."""
        if self._door.is_agent(request):
            self._get_ready()
            return self._shown(request, "agent.html")
        return self.ask(request, PAGES[0])

    def ask(self, request: Request, page: str) -> Response:
        """The form to sign in, which leads on to ``page`` (one of PAGES) with the same query."""
        return self._shown(request, "agent-sign-in.html", query=request.url.query, page=page)

    async def file(self, request: Request) -> Response:
        """The page's own script and stylesheet."""
        name = request.path_params["name"]
        if name not in self._files:
            return _nothing()
        headers = {"Cache-Control": "no-cache"}
        return Response(self._files[name], media_type=FILES[name], headers=headers)

    async def sign_in(self, request: Request) -> Response:
        """Take the token of the form: on to the page with the cookie, or the form again."""
        self._recorder.check_origin(request)
        body = await read_body(request, MAX_FORM_BYTES)
        try:
            form = dict(parse_qsl(body.decode("utf-8"), max_num_fields=5))
        except ValueError:
            raise RequestRefusedError("not-a-form") from None
        query, wait = form.get("query", "")[:MAX_QUERY_CHARS], self._door.wait(request)
        page = form["page"] if form.get("page") in PAGES else PAGES[0]
        told = {"root": "../../", "query": query, "page": page}
        if wait:
            again = self._shown(request, "agent-sign-in.html", **told, wait=True)
            again.status_code, again.headers["Retry-After"] = 429, str(wait)
            return again
        if not self._door.opens(request, form.get("token", "")):
            again = self._shown(request, "agent-sign-in.html", **told, wrong=True)
            again.status_code = 403
            return again
        kept = urlencode(parse_qsl(query))
        answer = RedirectResponse(f"../../{page}/" + (f"?{kept}" if kept else ""), 303, PRIVATE)
        self._door.sign_in(request, answer)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Back to the form, without the cookie."""
        self._recorder.check_origin(request)
        answer = RedirectResponse("../../agent/", 303, PRIVATE)
        self._door.sign_out(answer)
        return answer

    async def find(self, request: Request) -> Response:
        """Articles for ``{"text", "ticket", "reply", "lang", "category"}`` with links to copy."""
        if not self._door.is_agent(request):
            return _nothing()
        self._recorder.check_origin(request)
        body = await read_body(request, MAX_BYTES)
        release, settings = self._release(), self._settings
        asked = read_asked(body, settings)
        answer = await self._searcher.ask(
            release, lambda index: found_for(asked, index, release, settings)
        )
        return JSONResponse(answer, headers=PRIVATE)

    def _get_ready(self) -> None:
        """Load what tells languages apart, once, before a ticket is pasted: it takes a second."""
        if self._ready is None:
            languages = self._settings.languages
            work = self._searcher.run(lambda: identify_language("", languages))
            self._ready = asyncio.ensure_future(work)

    def _shown(self, request: Request, template: str, **more: Any) -> Response:
        """A page in the agent's own language."""
        settings = self._settings
        wanted = preferred(request.headers.get("accept-language", ""), settings.languages)
        lang = wanted or settings.default_language
        context = {
            "root": "../",
            "lang": lang,
            "t": self._strings[lang],
            "site_name": settings.site_name,
            "categories": {
                one.slug: one.title.get(lang) or one.title.get(settings.default_language, one.slug)
                for one in settings.categories
            },
            "languages": {code: words["language"] for code, words in self._strings.items()},
        }
        html = render_agent_page(bundled("theme"), template, context | more)
        headers = PRIVATE | {"Vary": "Accept-Language, Cookie"}
        return HTMLResponse(html, headers=headers)


def _nothing() -> Response:
    return PlainTextResponse("There is no such page.\n", 404, PRIVATE)
