"""Questions posted to the help desk's webhook: a few at a time, apart from those who serve pages."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from kbtool.errors import ApiError
from kbtool.posting import deliver

logger = logging.getLogger("kbtool.server")

TIMEOUT_SECONDS = 10.0
THREADS = 4
MOST_WAITING = 40
"""Questions on their way; when the help desk is too slow for more, their senders are told."""
MOST_A_SENDER = 10
PERIOD = timedelta(minutes=10)
MOST_SENDERS = 10_000


class Webhook:
    """Posts to one address, which only the settings name. Belongs to the event loop's thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="kbtool-webhook")
        self._waiting = 0

    async def send(self, data: Mapping[str, Any]) -> bool:
        """Whether the help desk took it, at the second try at the latest."""
        if self._waiting >= MOST_WAITING:
            logger.error("webhook: %d questions wait already", self._waiting)
            return False
        self._waiting += 1
        try:
            await asyncio.get_running_loop().run_in_executor(self._pool, self._post, data)
        except ApiError as error:
            logger.error("webhook: %s", error.message)  # never what was asked
            return False
        finally:
            self._waiting -= 1
        return True

    def close(self) -> None:
        """Finish what is on its way."""
        self._pool.shutdown()

    def _post(self, data: Mapping[str, Any]) -> None:
        deliver(self._url, data, wait=time.sleep, timeout=TIMEOUT_SECONDS)


class Pace:
    """How often a sender may ask: ten times in ten minutes. In memory only, and no longer."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[datetime]] = {}
        """By sender, whoever sent last at the end."""

    def allows(self, sender: str, now: datetime) -> bool:
        """Whether ``sender`` may ask once more; it is counted then."""
        self._forget_old(now)
        times = self._sent.pop(sender, deque())
        self._sent[sender] = times
        while times and times[0] <= now - PERIOD:
            times.popleft()
        if len(times) >= MOST_A_SENDER:
            return False
        times.append(now)
        return True

    def _forget_old(self, now: datetime) -> None:
        for sender in list(self._sent):
            times = self._sent[sender]
            if times and times[-1] > now - PERIOD and len(self._sent) <= MOST_SENDERS:
                break
            del self._sent[sender]
