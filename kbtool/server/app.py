"""The application: site, search, event collector and health, joined to one ASGI app."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.events.logs.salts import FILE as LOG_SALTS
from kbtool.events.logs.salts import forget_salts
from kbtool.events.retention import forget_old, keep_from
from kbtool.events.rules import networks
from kbtool.events.store import EventStore
from kbtool.plural import many
from kbtool.privacy.redact import Redactor
from kbtool.server.agents.door import Door
from kbtool.server.agents.routes import AgentRoutes
from kbtool.server.agents.sidebar import SidebarRoutes
from kbtool.server.collect.collecting import CollectingRoutes
from kbtool.server.collect.collector import BusyError, Collector
from kbtool.server.collect.recording import REFUSED_HEADER, Recorder, RequestRefusedError
from kbtool.server.collect.salts import Salts, Visitors
from kbtool.server.contact.contacting import ContactRoutes
from kbtool.server.crossing import Crossing
from kbtool.server.headers import Edge
from kbtool.server.pages.pages import PageRoutes
from kbtool.server.releases import Releases
from kbtool.server.reports.routes import Measure, ReportRoutes
from kbtool.server.search.api import ApiRoutes
from kbtool.server.search.restoring import Restorer
from kbtool.server.search.searching import Searcher
from kbtool.site.pages.strings import Strings

logger = logging.getLogger("kbtool.server")

FORGET_SECONDS = 300.0
"""How often an idle server looks whether yesterday's salt, and the like, is to be destroyed."""
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
    agent_token: str | None = None,
    measure: Measure | None = None,
) -> ASGIApp:
    """The ASGI application of a knowledge base; ``strings`` are the interface's words by language.

    Without ``agent_token`` there is no agent page and no report; ``measure`` makes the report.

    It opens the database at once (StoreError) and reads server settings (ConfigError); the
    lifespan events start and stop its threads. Nobody else may write events through this app's
    store while it runs.
    """
    salts = Salts(settings.state_dir / "salt", new_salt)
    releases = Releases(settings.current_release)
    store = EventStore(settings.database)
    collector, searcher = Collector(store), Searcher(Restorer(settings).restored)
    door = _door(settings, agent_token, clock, new_salt)
    redactor = Redactor((), settings.tickets.phone_regions, settings.own_words)
    recorder = Recorder(
        settings,
        collector=collector,
        visitors=Visitors(salts, settings.site_url),
        redact=redactor.redact,
        clock=clock,
        new_id=new_id,
        is_agent=door.is_agent if door else _nobody,
    )
    release = releases.served
    api = ApiRoutes(settings, recorder, searcher, release, collector, lambda: store.check(clock()))
    pages = PageRoutes(settings, recorder, searcher, release, strings)
    collecting = CollectingRoutes(settings, recorder, release)
    contacting = ContactRoutes(settings, recorder, release, strings)
    sidebar = SidebarRoutes(settings, searcher, release)
    agents = AgentRoutes(settings, door, recorder, searcher, release, strings) if door else None
    reports = _reports(settings, door, agents, measure, clock)

    forget = partial(
        _forget, salts, door, clock, partial(_forget_events, settings, store, collector)
    )
    app = Starlette(
        routes=[
            *api.routes(),
            *sidebar.routes(),
            *collecting.routes(),
            *contacting.routes(),
            *(agents.routes() if agents else ()),
            *(reports.routes() if reports else ()),
            *pages.routes(),
        ],
        exception_handlers=_handlers(recorder),
        lifespan=_lifespan(recorder, collector, contacting, searcher, reports, forget),
    )
    base = urlsplit(settings.site_url).path.rstrip("/")
    return Edge(Crossing(app, settings), contact=settings.contact, base_path=base)


def _lifespan(
    recorder: Recorder,
    collector: Collector,
    contacting: ContactRoutes,
    searcher: Searcher,
    reports: ReportRoutes | None,
    forget: Callable[[], Coroutine[Any, Any, None]],
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Starts the threads, at the end lets them finish what they have begun, and tells what came."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        collector.start()
        keeper = asyncio.create_task(forget())
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.to_thread(contacting.close)
            await asyncio.to_thread(collector.close)
            searcher.close()
            if reports:
                await asyncio.to_thread(reports.close)
            logger.info("%s", recorder.tally.told())

    return lifespan


def _door(
    settings: Settings,
    token: str | None,
    clock: Callable[[], datetime],
    new_key: Callable[[int], bytes],
) -> Door | None:
    """The way in to the agent page; None without a token."""
    if token is None:
        return None
    trusted = networks(settings.server.trusted_proxies, "extra.kbtool.server.trusted_proxies")
    return Door(token, site_url=settings.site_url, trusted=trusted, clock=clock, new_key=new_key)


def _reports(
    settings: Settings,
    door: Door | None,
    agents: AgentRoutes | None,
    measure: Measure | None,
    clock: Callable[[], datetime],
) -> ReportRoutes | None:
    """The report; None where nobody can sign in or nothing measures."""
    if door is None or agents is None or measure is None:
        return None
    return ReportRoutes(
        settings.site_name, door, measure, clock, partial(agents.ask, page="report")
    )


def _nobody(_request: Request) -> bool:
    """Nobody is a signed-in agent where there is no agent page."""
    return False


async def _forget(
    salts: Salts,
    door: Door | None,
    clock: Callable[[], datetime],
    forget_events: Callable[[datetime], Coroutine[Any, Any, None]],
) -> None:
    """Destroy old salts, old events once a day, and who sent wrong tokens, in time even when nobody
    comes.
    """
    done: date | None = None
    while True:
        now = clock()
        if door:
            door.wrong.forget_old(now)
        with suppress(KbError):  # the next event that needs the salt tells its sender
            salts.current(now)
        if done != now.date():
            with suppress(KbError):  # the log has it; tried again with the next round
                await forget_events(now)
                done = now.date()
        await asyncio.sleep(FORGET_SECONDS)


async def _forget_events(
    settings: Settings, store: EventStore, collector: Collector, now: datetime
) -> None:
    """Delete the events that are older than ``metrics.keep_months``, and the salts of imported logs
    whose time is over. Raises StoreError.
    """
    before = keep_from(now, settings.metrics.keep_months)

    def end() -> None:
        forget_salts(settings.state_dir / LOG_SALTS, now)
        if gone := store.change(lambda connection: forget_old(connection, before)):
            logger.info("%s from before %s deleted", many(gone, "event"), before.date())

    await asyncio.wrap_future(collector.run(end))


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
