"""The collector: one writer thread, and no event acknowledged before it is on the disk.

While one commit runs, the next batch gathers by itself (group commit without waiting), so many
senders share one fsync.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from kbtool.errors import KbError, StoreError
from kbtool.events.store import EventStore
from kbtool.model import Event

logger = logging.getLogger("kbtool.server")

MAX_WAITING = 20_000
"""Events that may wait for the disk; more are refused until it has caught up."""
MAX_BATCH = 5_000


class BusyError(KbError):
    """Too many events wait for the disk; the sender is to try again in a moment."""


@dataclass(slots=True)
class _Job:
    """Events to store (or, without any, a task for the writer) and who waits for it."""

    events: Sequence[Event] = ()
    task: Callable[[], None] | None = None
    done: Future[None] = field(default_factory=Future)


class Collector:
    """Stores events through one thread that owns the store."""

    def __init__(self, store: EventStore, *, max_waiting: int = MAX_WAITING) -> None:
        self._store = store
        self._max_waiting = max_waiting
        self._waiting = 0
        self._closed = False
        self._lock = threading.Lock()
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="kbtool-collector", daemon=True)

    def start(self) -> None:
        """Start the writer."""
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Events that are taken and not yet on the disk."""
        return self._waiting

    def submit(self, events: Sequence[Event]) -> Future[None]:
        """A future that is done when the events are durable.

        It fails with StoreError when they could not be kept. Raises BusyError when too many wait
        already, StoreError when the collector is closed.
        """
        with self._lock:
            if self._closed:
                raise StoreError("the collector is closed")
            if self._waiting + len(events) > self._max_waiting:
                raise BusyError("too many events are waiting")
            self._waiting += len(events)
            job = _Job(events)
            self._queue.put(job)
        return job.done

    def run(self, task: Callable[[], None]) -> Future[None]:
        """A future of something else the writer does with the store, after what waits already."""
        with self._lock:
            if self._closed:
                raise StoreError("the collector is closed")
            job = _Job(task=task)
            self._queue.put(job)
        return job.done

    def close(self) -> None:
        """Store what waits, then stop the writer and close the store."""
        with self._lock:
            already, self._closed = self._closed, True
            if not already:
                self._queue.put(None)
        if not already:
            self._thread.join()
            self._store.close()

    def _run(self) -> None:
        open_ = True
        while open_:
            jobs, open_ = self._take()
            writes = [job for job in jobs if job.task is None]
            if writes:
                self._write(writes)
            for job in jobs:
                if job.task is not None:
                    _settle([job], _error_of(job.task))

    def _take(self) -> tuple[list[_Job], bool]:
        """At least one job and what has gathered meanwhile; False when it was the last."""
        jobs: list[_Job] = []
        events = 0
        job = self._queue.get()
        with suppress(Empty):
            while job is not None:
                job.done.set_running_or_notify_cancel()
                jobs.append(job)
                events += len(job.events)
                if events >= MAX_BATCH:
                    return jobs, True
                job = self._queue.get_nowait()
            return jobs, False
        return jobs, True

    def _write(self, jobs: Sequence[_Job]) -> None:
        events = [event for job in jobs for event in job.events]
        error = _error_of(lambda: self._save(events))
        with self._lock:
            self._waiting -= len(events)
        _settle(jobs, error)

    def _save(self, events: Sequence[Event]) -> None:
        self._store.save(events)


def _error_of(task: Callable[[], None]) -> Exception | None:
    try:
        task()
    except StoreError as error:
        logger.error("event store: %s", error.message)
        return error
    except Exception as error:  # the writer must outlive a bug; the senders are told
        logger.exception("event store")
        return StoreError(f"the event store failed: {type(error).__name__}")
    return None


def _settle(jobs: Sequence[_Job], error: Exception | None) -> None:
    for job in jobs:
        if job.done.cancelled():
            continue  # the sender went away while waiting; stored all the same
        if error is None:
            job.done.set_result(None)
        else:
            job.done.set_exception(error)
