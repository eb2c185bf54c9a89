"""The application: site, search, event collector and health, joined to one ASGI app."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.events.store import EventStore
from kbtool.privacy.redact import Redactor
from kbtool.server.api import ApiRoutes
from kbtool.server.collecting import REFUSED_HEADER, CollectingRoutes
from kbtool.server.collector import BusyError, Collector
from kbtool.server.headers import Edge
from kbtool.server.pages import PageRoutes
from kbtool.server.recording import Recorder, RequestRefusedError
from kbtool.server.releases import Releases
from kbtool.server.restoring import Restorer
from kbtool.server.salts import Salts, Visitors
from kbtool.server.searching import Searcher
from kbtool.server.sidebar import SidebarRoutes
from kbtool.site.strings import Strings

SALT_CHECK_SECONDS = 300.0
"""How often an idle server looks whether yesterday's salt is to be destroyed."""
RETRY_SECONDS = {True: "1", False: "10"}
"""What Retry-After says: when the queue is full, and when the store failed."""


def utc_now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    strings: Mapping[str, Strings],
    *,
    clock: Callable[[], datetime] = utc_now,
    new_salt: Callable[[int], bytes] = os.urandom,
    new_id: Callable[[], str] = secrets.token_urlsafe,
) -> ASGIApp:
    """The ASGI application of a knowledge base; ``strings`` are the interface's words by language.

    It opens the database at once (StoreError) and reads server settings (ConfigError); the
    lifespan events start and stop its threads. Nobody else may write events through this app's
    store while it runs.
    """
    salts = Salts(settings.state_dir / "salt", new_salt)
    releases = Releases(settings.current_release)
    store = EventStore(settings.database)
    collector, searcher = Collector(store), Searcher(Restorer(settings).restored)
    redactor = Redactor((), settings.tickets.phone_regions, settings.own_words)
    recorder = Recorder(
        settings,
        collector=collector,
        visitors=Visitors(salts, settings.site_url),
        redact=redactor.redact,
        clock=clock,
        new_id=new_id,
    )
    release = releases.served
    api = ApiRoutes(settings, recorder, searcher, release, collector, lambda: store.check(clock()))
    pages = PageRoutes(settings, recorder, searcher, release, strings)
    collecting = CollectingRoutes(settings, recorder, release)
    sidebar = SidebarRoutes(settings, searcher, release)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        collector.start()
        keeper = asyncio.create_task(_keep_salts(salts, clock))
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.to_thread(collector.close)
            searcher.close()

    app = Starlette(
        routes=[*api.routes(), *sidebar.routes(), *collecting.routes(), *pages.routes()],
        exception_handlers=_handlers(recorder),
        lifespan=lifespan,
    )
    base = urlsplit(settings.site_url).path.rstrip("/")
    return Edge(app, contact=settings.contact, base_path=base)


async def _keep_salts(salts: Salts, clock: Callable[[], datetime]) -> None:
    """Destroy old salts in time even when nobody comes."""
    while True:
        with suppress(KbError):  # the next event that needs the salt tells its sender
            salts.current(clock())
        await asyncio.sleep(SALT_CHECK_SECONDS)


def _handlers(recorder: Recorder) -> dict[Any, Any]:
    """What clients are told about errors: never more than they need to act."""

    async def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestRefusedError)  # noqa: S101 - registered for it only
        recorder.tally.refused[error.reason] += 1
        text = f"Refused: {error.reason}.\n"
        return PlainTextResponse(text, error.status, {REFUSED_HEADER: error.reason})

    async def unavailable(_request: Request, error: Exception) -> Response:
        wait = RETRY_SECONDS[isinstance(error, BusyError)]
        return PlainTextResponse(
            "Not possible just now; please try again in a moment.\n", 503, {"Retry-After": wait}
        )

    async def bug(_request: Request, _error: Exception) -> Response:
        return PlainTextResponse("Something went wrong on our side.\n", 500)

    return {RequestRefusedError: refused, KbError: unavailable, Exception: bug}
