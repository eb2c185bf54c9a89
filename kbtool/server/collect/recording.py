"""From a request to durable events: who sent it, what it says, what was refused and why."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kbtool.config import Settings
from kbtool.errors import KbError, StoreError
from kbtool.events.parse import Known, Refusal, RefusedError, Sender, parse_event
from kbtool.events.rules import AGENT, asks_not_to_be_followed, exclusion, networks
from kbtool.model import Event
from kbtool.server.clients import client_address, is_same_origin
from kbtool.server.collect.collector import BusyError, Collector
from kbtool.server.collect.salts import Visitors
from kbtool.server.collect.tally import Tally
from kbtool.server.releases import Release

RequestRefusal: TypeAlias = Literal[
    "cross-origin",
    "too-large",
    "too-many",
    "too-slow",
    "incomplete",
    "not-json",
    "not-a-form",
    "not-a-ticket",
    "no-question",
    "bad-email",
    "too-often",
]
REFUSED_HEADER = "X-Kbtool-Refused"
AGAIN = "again"
"""In the query of a page that a form leads back to: the reader sees it again, which is no new view."""
MAX_FORM_FIELDS = 10
BODY_SECONDS = 10.0
"""A few kilobytes take no longer; who sends them slower holds a connection on purpose."""
STATUS: dict[RequestRefusal, int] = {
    "cross-origin": 403, "too-large": 413, "too-many": 413, "too-slow": 408, "incomplete": 400,
    "not-json": 400, "not-a-form": 400, "not-a-ticket": 400, "no-question": 400,
    "bad-email": 400, "too-often": 429,
}  # fmt: skip


class RequestRefusedError(Exception):
    """A whole request that is not taken; ``reason`` is one of a fixed set of words."""

    def __init__(self, reason: RequestRefusal) -> None:
        super().__init__(reason)
        self.reason: RequestRefusal = reason
        self.status = STATUS[reason]


class Recorder:
    """Turns what a client sends into stored events."""

    def __init__(
        self,
        settings: Settings,
        *,
        collector: Collector,
        visitors: Visitors,
        redact: Callable[[str], str],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        is_agent: Callable[[Request], bool],
    ) -> None:
        self._settings = settings
        self._collector = collector
        self._visitors = visitors
        self._redact = redact
        self._clock = clock
        self.new_id = new_id
        self._is_agent = is_agent
        self.tally = Tally()
        server, base = settings.server, "extra.kbtool.server"
        self._trusted = networks(server.trusted_proxies, f"{base}.trusted_proxies")
        self._staff = networks(server.staff_addresses, f"{base}.staff_addresses")

    async def record(
        self, request: Request, release: Release, given: Sequence[object]
    ) -> tuple[Refusal, ...]:
        """Store the events that ``given`` describes; returns when they are on the disk.

        Returns the reasons of those that were refused, in their order; the others are stored.
        Raises BusyError or StoreError when these could not be.
        """
        now = self._clock()
        try:
            sender = self._sender(request, now)
        except StoreError:
            self.tally.lost["store"] += len(given)
            raise
        known = Known(release.articles.keys(), self._settings.languages, self._redact)
        taken: list[Event] = []
        refused: list[Refusal] = []
        for number, data in enumerate(given):
            # the order within one request is kept by a microsecond each
            at = now + timedelta(microseconds=number)
            try:
                taken.append(parse_event(data, at=at, sender=sender, known=known))
            except RefusedError as error:
                refused.append(error.reason)
        self.tally.refused.update(refused)
        await self._store(taken)
        return tuple(refused)

    def check_origin(self, request: Request, allowed: Collection[str] = ()) -> None:
        """Raises RequestRefusedError when another site's page sent the request, but for pages of the
        origins that are ``allowed``.
        """
        headers = request.headers
        if headers.get("origin") not in allowed and not is_same_origin(
            headers, self._settings.site_url
        ):
            raise RequestRefusedError("cross-origin")

    def client(self, request: Request) -> str:
        """The address of whoever sent the request, which is never stored."""
        peer = request.client.host if request.client else ""
        return client_address(peer, request.headers, self._trusted)

    def now(self) -> datetime:
        """The server's time."""
        return self._clock()

    async def _store(self, events: Sequence[Event]) -> None:
        if not events:
            return
        try:
            await asyncio.wrap_future(self._collector.submit(events))
        except KbError as error:
            self.tally.lost["busy" if isinstance(error, BusyError) else "store"] += len(events)
            raise
        self.tally.stored += len(events)
        self.tally.excluded.update(event.excluded for event in events if event.excluded)

    def _sender(self, request: Request, now: datetime) -> Sender:
        headers = request.headers
        address = self.client(request)
        excluded: str | None = exclusion(
            headers, method=request.method, address=address, staff=self._staff
        )
        if excluded is None and self._is_agent(request):
            excluded = AGENT
        if excluded is not None or asks_not_to_be_followed(headers):
            return Sender(None, excluded)
        return Sender(self._visitors.key(now, address, headers.get("user-agent", "")), None)


async def read_body(request: Request, limit: int, seconds: float = BODY_SECONDS) -> bytes:
    """The request's body. Raises RequestRefusedError beyond ``limit`` bytes, when it breaks off, or
    when it has not come within ``seconds``.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise RequestRefusedError("too-large")
    except ClientDisconnect:
        raise RequestRefusedError("incomplete") from None
    except TimeoutError:
        raise RequestRefusedError("too-slow") from None
    return bytes(body)


async def read_form(request: Request, limit: int) -> dict[str, Any]:
    """The filled fields of a form of at most ``limit`` bytes. Raises RequestRefusedError."""
    body = await read_body(request, limit)
    try:
        pairs = parse_qsl(body.decode("utf-8"), max_num_fields=MAX_FORM_FIELDS)
    except ValueError:
        raise RequestRefusedError("not-a-form") from None
    return filled(dict(pairs))


def filled(fields: Mapping[str, str]) -> dict[str, Any]:
    """Form fields without the empty ones."""
    return {name: value for name, value in fields.items() if value}
