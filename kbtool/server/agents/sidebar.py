"""The address for help desks: a whole ticket in, articles and ready replies out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kbtool.config import Settings
from kbtool.search.index import Index
from kbtool.search.ticket_answer import TicketAnswer, answer_ticket
from kbtool.search.ticket_text import TicketText
from kbtool.server.collect.recording import RequestRefusedError, read_body
from kbtool.server.headers import NO_STORE
from kbtool.server.releases import Release
from kbtool.server.search.searching import Searcher
from kbtool.tickets.cleaning.clean import clean
from kbtool.tickets.raw import looks_like_html

MAX_BYTES = 256 * 1024
"""A ticket of 64,000 characters in any alphabet."""
MAX_MESSAGES = 20
MAX_RESULTS = 20
RESULTS = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    ticket: TicketText
    lang: str | None
    limit: int


class SidebarRoutes:
    """``/api/suggest``."""

    def __init__(
        self, settings: Settings, searcher: Searcher, release: Callable[[], Release]
    ) -> None:
        self._settings = settings
        self._searcher = searcher
        self._release = release

    def routes(self) -> list[Route]:
        """Its route; crossing.py lets help desks that settings allow ask from a browser."""
        return [Route("/api/suggest", self.suggest, methods=["POST"])]

    async def suggest(self, request: Request) -> Response:
        """The best articles for a ticket given as JSON; the ticket is not kept, nothing recorded.

        Takes ``subject``, ``text`` or ``messages`` (the customer's, first first; text or HTML),
        ``lang`` (the ticket's, found when missing) and ``limit`` (1 to 20).
        """
        body = await read_body(request, MAX_BYTES)
        asked = await self._searcher.run(lambda: _read(body, self._settings))
        answer = await self._searcher.ask(self._release(), lambda index: self._answer(index, asked))
        return JSONResponse(answer.as_json(), headers=NO_STORE)

    def _answer(self, index: Index, asked: _Asked) -> TicketAnswer:
        return answer_ticket(
            index,
            asked.ticket,
            lang=asked.lang,
            languages=self._settings.languages,
            site_url=self._settings.site_url,
            limit=asked.limit,
        )


def _read(body: bytes, settings: Settings) -> _Asked:
    """What was asked. Raises RequestRefusedError when it is no JSON object with a ticket in it."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise RequestRefusedError("not-json") from None
    if not isinstance(data, dict):
        raise RequestRefusedError("not-a-ticket")
    given = data.get("messages", data.get("text", []))
    texts = [given] if isinstance(given, str) else given
    subject = data.get("subject", "")
    if not (
        isinstance(subject, str)
        and isinstance(texts, list)
        and all(isinstance(text, str) for text in texts)
        and (subject.strip() or any(text.strip() for text in texts))
    ):
        raise RequestRefusedError("not-a-ticket")
    messages = tuple(
        clean(text, is_html=looks_like_html(text), names=()).text for text in texts[:MAX_MESSAGES]
    )
    lang, limit = data.get("lang"), data.get("limit")
    return _Asked(
        TicketText(subject[:500], messages),
        lang if lang in settings.languages else None,
        min(max(limit, 1), MAX_RESULTS) if isinstance(limit, int) else RESULTS,
    )
