"""Cleaning and redaction by several processes at once, in the order in which tickets come."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeAlias

from kbtool.config import Settings
from kbtool.errors import StoreError
from kbtool.privacy.redact import Redactor
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.normalise import Normaliser
from kbtool.tickets.raw import RawTicket
from kbtool.tickets.store import TicketRow, ticket_row

Batch: TypeAlias = Sequence[tuple[RawTicket, int]]
"""Tickets, each with its place in the files."""
Rows: TypeAlias = tuple[list[tuple[TicketRow, int]], int]
"""The same finished, and how many of their messages were shortened."""
_AHEAD = 3
"""Batches that wait for each process, so that none is ever idle and few are in memory."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a process must know to finish tickets."""

    mapping: Mapping
    source: str
    key: bytes
    agents: tuple[str, ...]
    settings: Settings

    def normaliser(self) -> Normaliser:
        """A normaliser of its own for one process."""
        return Normaliser(
            mapping=self.mapping,
            source=self.source,
            key=self.key,
            languages=self.settings.languages,
            redactor=self.redactor(),
            agents=self.agents,
            own_words=self.settings.own_words,
        )

    def redactor(self) -> Redactor:
        """A redactor that knows the agents."""
        settings = self.settings
        return Redactor(
            self.agents,
            settings.tickets.phone_regions,
            settings.own_words,
            (settings.site_url, *settings.tickets.help_centre_urls),
        )


def finish(recipe: Recipe, batches: Iterator[Batch], workers: int) -> Iterator[Rows]:
    """The tickets of each batch as rows, batch by batch in their order.

    With one worker in this process, else in so many others; they end with it, even when it is
    killed. Raises StoreError when one of them dies.
    """
    if workers < 2:
        normaliser = recipe.normaliser()
        for batch in batches:
            yield _rows(normaliser, batch)
        return
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(recipe,)
    )
    waiting: deque[Future[Rows]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BaseException as error:
        for child in set(multiprocessing.active_children()) - others:
            child.kill()  # or Ctrl-C would wait for what nobody wants any more
        if not isinstance(error, BrokenProcessPool):
            raise
        raise StoreError(
            "a process that cleans tickets was stopped from outside",
            hint="perhaps memory was short; run the command again",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


_mine: Normaliser | None = None
"""The normaliser of a worker process."""


def _begin(recipe: Recipe) -> None:
    global _mine  # noqa: PLW0603 - a worker process has one task and one normaliser
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _mine = recipe.normaliser()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: Batch) -> Rows:
    assert _mine is not None  # noqa: S101 - set when the process began
    return _rows(_mine, batch)


def _rows(normaliser: Normaliser, batch: Batch) -> Rows:
    before = normaliser.shortened
    rows = [(ticket_row(normaliser.ticket(raw)), place) for raw, place in batch]
    return rows, normaliser.shortened - before
