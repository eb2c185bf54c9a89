"""The read addresses for programs: search and health."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.events.parse import clean_query
from kbtool.model import SearchFound, SearchHit
from kbtool.server.collect.collector import Collector
from kbtool.server.collect.recording import Recorder
from kbtool.server.headers import NO_STORE
from kbtool.server.releases import Release
from kbtool.server.search.searching import Searcher

MAX_RESULTS = 50
RESULTS = 10
HEALTH_TIMEOUT_SECONDS = 5.0


class ApiRoutes:
    """``/api/search`` and ``/healthz``."""

    def __init__(
        self,
        settings: Settings,
        recorder: Recorder,
        searcher: Searcher,
        release: Callable[[], Release],
        collector: Collector,
        check_store: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._recorder = recorder
        self._searcher = searcher
        self._release = release
        self._collector = collector
        self._check_store = check_store

    def routes(self) -> list[Route]:
        """Their routes."""
        return [Route("/api/search", self.search), Route("/healthz", self.health)]

    async def search(self, request: Request) -> Response:
        """Ranked articles for ``q`` as JSON; records nothing.

        An unknown ``lang`` counts as none; ``limit`` is held within 1 and 50. ``only_lang`` (any
        value) leaves out other languages than ``lang``, ``as_typed`` corrects no word.
        """
        params = request.query_params
        query = clean_query(params.get("q", ""))
        lang = params.get("lang")
        lang = lang if lang in self._settings.languages else None
        limit = _limit(params.get("limit", ""))
        category = params.get("category") or None
        found = SearchFound((), None, None)
        if query:
            found = await self._searcher.search(
                self._release(),
                query,
                lang=lang,
                category=category,
                tag=params.get("tag") or None,
                limit=limit,
                only_lang=bool(params.get("only_lang")),
                as_typed=bool(params.get("as_typed")),
            )
        answer = {
            "format": 1,
            "query": query,
            "lang": lang,
            "first_lang": found.lang,
            "corrected": found.corrected,
            "count": len(found.hits),
            "results": [_result(hit) for hit in found.hits],
        }
        return JSONResponse(answer, headers=NO_STORE)

    async def health(self, _request: Request) -> Response:
        """Whether readers get pages and events can be stored (by a real write): 200 or 503."""
        answer: dict[str, Any] = {
            "status": "ok",
            "release": None,
            "articles": 0,
            "events": self._recorder.tally.counts() | {"waiting": self._collector.waiting},
        }
        problems = []
        try:
            release = self._release()
            answer |= {"release": release.id, "articles": len(release.articles)}
        except KbError:
            problems.append("no site")
        try:
            write = asyncio.wrap_future(self._collector.run(self._check_store))
            await asyncio.wait_for(write, HEALTH_TIMEOUT_SECONDS)
        except (KbError, TimeoutError):
            problems.append("event store")
        if problems:
            answer |= {"status": "failing", "problems": problems}
        return JSONResponse(answer, 503 if problems else 200, headers=NO_STORE)


def _limit(text: str) -> int:
    """A limit within bounds; the usual one when ``text`` is no number."""
    asked = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else RESULTS
    return min(max(asked, 1), MAX_RESULTS)


def _result(hit: SearchHit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "title": hit.title,
        "lang": hit.lang,
        "category": hit.category,
        "url": hit.url,
        "permalink": hit.permalink,
        "score": hit.score,
        "snippet": [list(piece) for piece in hit.snippet],
    }
