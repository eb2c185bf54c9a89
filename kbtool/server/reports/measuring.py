"""Measures when somebody asks, one at a time, and remembers the page for some minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

KEPT = timedelta(minutes=5)
MOST_PAGES = 8
"""Pages of different periods that are remembered."""

Make: TypeAlias = Callable[[datetime | None], str]
"""The page of everything since a time (None: from the beginning)."""


@dataclass(frozen=True, slots=True)
class _Made:
    page: str
    at: datetime


class Measuring:
    """Pages by the day they begin at; who asks for one that is being made waits for the same."""

    def __init__(self, make: Make, clock: Callable[[], datetime]) -> None:
        self._make = make
        self._clock = clock
        self._pages: dict[datetime | None, _Made] = {}
        """The oldest first."""
        self._running: dict[datetime | None, asyncio.Future[str]] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="kbtool-report")

    async def page(self, since: datetime | None) -> str:
        """The page, at most five minutes old. Raises what measuring raises."""
        now = self._clock()
        known = self._pages.get(since)
        if known and now - known.at < KEPT:
            return known.page
        running = self._running.get(since)
        if running is None:
            work = asyncio.get_running_loop().run_in_executor(self._pool, self._make, since)
            running = self._running[since] = asyncio.ensure_future(work)
            running.add_done_callback(lambda done: self._keep(since, now, done))
        return await asyncio.shield(running)  # who gives up does not stop it for the others

    def close(self) -> None:
        """Let what is being measured end, and begin nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def _keep(self, since: datetime | None, at: datetime, done: asyncio.Future[str]) -> None:
        del self._running[since]
        if done.cancelled() or done.exception():
            return
        self._pages.pop(since, None)
        self._pages[since] = _Made(done.result(), at)
        while len(self._pages) > MOST_PAGES:
            del self._pages[next(iter(self._pages))]
