"""Pages: files of the current release, the search page for readers without JavaScript, the start."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.events.parse import Refusal, clean_query
from kbtool.model import SearchFound
from kbtool.server.collect.recording import Recorder
from kbtool.server.pages.static import Found, locate, read_text, respond
from kbtool.server.releases import Release
from kbtool.server.search.results import Asked, Shown, results_page
from kbtool.server.search.searching import Searcher
from kbtool.site.pages.strings import Strings

RESULTS = 20
RECORD_SECONDS = 1.0
"""How long a reader's results wait until the search is recorded: a busy disk is not his concern."""
_LANGUAGE_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d+)?))?\s*"
)


class PageRoutes:
    """Everything a reader looks at."""

    def __init__(
        self,
        settings: Settings,
        recorder: Recorder,
        searcher: Searcher,
        release: Callable[[], Release],
        strings: Mapping[str, Strings],
    ) -> None:
        self._settings = settings
        self._recorder = recorder
        self._searcher = searcher
        self._release = release
        self._strings = strings
        self._recordings: set[asyncio.Future[tuple[Refusal, ...]]] = set()

    def routes(self) -> list[Route]:
        """Their routes; the last takes whatever nothing else took."""
        return [
            Route("/", self.start),
            Route("/{lang}/search/", self.search),
            Route("/a/{article}/", self.permalink),
            Route("/{address:path}", self.page),
        ]

    async def page(self, request: Request) -> Response:
        """A file of the release, or the page of missing addresses in the reader's language."""
        release = self._release()
        found = await run_in_threadpool(locate, release.site, request.url.path)
        if found is not None:
            return await run_in_threadpool(respond, request, found)
        return await run_in_threadpool(self._missing, request, release)

    async def start(self, request: Request) -> Response:
        """On to the reader's language when it is one of ours, otherwise the language chooser."""
        wanted = preferred(request.headers.get("accept-language", ""), self._settings.languages)
        if wanted is None:
            return await self.page(request)
        return RedirectResponse(
            f"./{wanted}/", 302, {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
        )

    async def permalink(self, request: Request) -> Response:
        """On to the article's page; the built page tells when it was withdrawn."""
        address = self._release().articles.get(request.path_params["article"])
        if address is None:
            return await self.page(request)
        return RedirectResponse(f"../../{quote(address)}", 302, {"Cache-Control": "no-cache"})

    async def search(self, request: Request) -> Response:
        """The built search page, with the results put in when a query was sent by the form."""
        lang, languages = request.path_params["lang"], self._settings.languages
        asked = _asked(request.query_params, languages)
        if lang not in languages or not asked.query:
            return await self.page(request)
        release = self._release()
        built = await run_in_threadpool(locate, release.site, request.url.path)
        if not isinstance(built, Found):
            return await self.page(request)
        found = await self._searcher.search(
            release,
            asked.query,
            lang=asked.only or lang,
            category=asked.category,
            tag=asked.tag,
            limit=RESULTS,
            only_lang=asked.only is not None,
            as_typed=asked.as_typed,
        )
        event = await self._record_search(request, release, asked, lang, found)
        html = await run_in_threadpool(read_text, built)
        page = results_page(html, asked, found, self._shown(lang), event)
        return HTMLResponse(page, headers={"Cache-Control": "no-store"})

    def _shown(self, lang: str) -> Shown:
        return Shown(
            lang=lang,
            strings=self._strings[lang],
            shelves={c.slug: c.title[lang] for c in self._settings.categories if lang in c.title},
            languages={code: str(words["language"]) for code, words in self._strings.items()},
        )

    async def _record_search(
        self, request: Request, release: Release, asked: Asked, lang: str, found: SearchFound
    ) -> str:
        """Record the search and return the event's id; the reader gets an answer in any case.

        A filter that leaves nothing says nothing about what is missing: that is not recorded, and
        the id is empty.
        """
        if asked.filtered and not found.hits:
            return ""
        id_ = self._recorder.new_id()
        given = {
            "id": id_, "kind": "search", "query": asked.query, "lang": lang,
            "results": len(found.hits), "corrected": clean_query(found.corrected or "") or None,
        }  # fmt: skip
        recording = asyncio.ensure_future(self._recorder.record(request, release, [given]))
        self._recordings.add(recording)
        recording.add_done_callback(self._recorded)
        await asyncio.wait({recording}, timeout=RECORD_SECONDS)
        return id_

    def _recorded(self, recording: asyncio.Future[tuple[Refusal, ...]]) -> None:
        """Forget a recording; when it failed, the tally has counted it as lost, and the script
        may send it again under its id.
        """
        self._recordings.discard(recording)
        if not recording.cancelled():
            recording.exception()

    def _missing(self, request: Request, release: Release) -> Response:
        settings = self._settings
        first = request.url.path.strip("/").partition("/")[0]
        wanted = preferred(request.headers.get("accept-language", ""), settings.languages)
        for lang in (first, wanted, settings.default_language):
            if lang in settings.languages:
                page = locate(release.site, f"/{lang}/404.html")
                if isinstance(page, Found):
                    return respond(request, page, status_code=404)
        return PlainTextResponse("There is no such page.\n", 404)


def preferred(accepted: str, languages: Sequence[str]) -> str | None:
    """The language of ours that an Accept-Language header asks for first; None when it names none."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:500].split(",")):
        found = _LANGUAGE_RANGE.fullmatch(part)
        weight = float(found[2] or 1) if found else 0.0
        if found and weight > 0:
            wishes.append((-weight, place, found[1].lower()))
    by_base = {lang.partition("-")[0]: lang for lang in reversed(languages)}
    return next((by_base[base] for _, _, base in sorted(wishes) if base in by_base), None)


def _asked(sent: Mapping[str, str], languages: Sequence[str]) -> Asked:
    """What the search form was sent with; an unknown language counts as none."""
    only = sent.get("lang")
    return Asked(
        query=clean_query(sent.get("q", "")),
        category=clean_query(sent.get("category", "")) or None,
        tag=clean_query(sent.get("tag", "")) or None,
        only=only if only in languages else None,
        as_typed=bool(sent.get("as_typed")),
    )
