"""The writer thread: everything taken is stored before it is acknowledged."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbtool.errors import StoreError
from kbtool.events.store import EventStore
from kbtool.model import Event
from kbtool.server.collect.collector import BusyError, Collector

NOW = datetime(2026, 10, 5, tzinfo=UTC)


class SlowStore(EventStore):
    """A real store whose disk waits until it is let go."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.go = threading.Event()
        self.batches: list[int] = []

    def save(self, events: Sequence[Event]) -> int:
        self.go.wait(10)
        self.batches.append(len(events))
        return super().save(events)


def views(*ids: str) -> list[Event]:
    return [Event(id_, "view", NOW, None) for id_ in ids]


def test_waiting_events_share_one_commit(tmp_path: Path) -> None:
    """What arrives during a commit is stored by the next one, together."""
    store = SlowStore(tmp_path / "kb.db")
    collector = Collector(store)
    collector.start()
    first = collector.submit(views("0"))
    while not first.running():
        pass
    rest = [collector.submit(views(str(n))) for n in range(1, 30)]
    assert not first.done()
    store.go.set()
    for future in [first, *rest]:
        assert future.result(10) is None
    assert store.batches == [1, 29]
    assert collector.waiting == 0
    collector.close()


def test_a_full_queue_refuses_and_keeps_what_it_has(tmp_path: Path) -> None:
    """Beyond the bound BusyError; what was taken before is stored all the same."""
    store = SlowStore(tmp_path / "kb.db")
    collector = Collector(store, max_waiting=3)
    collector.start()
    taken = [collector.submit(views("a", "b")), collector.submit(views("c"))]
    with pytest.raises(BusyError):
        collector.submit(views("d"))
    store.go.set()
    for future in taken:
        future.result(10)
    collector.submit(views("d")).result(10)
    collector.close()
    assert sum(store.batches) == 4


def test_closing_stores_what_waits(tmp_path: Path) -> None:
    """close() returns when everything taken is on the disk; afterwards nothing is taken."""
    store = SlowStore(tmp_path / "kb.db")
    collector = Collector(store)
    collector.start()
    taken = [collector.submit(views(str(n))) for n in range(20)]
    threading.Timer(0.05, store.go.set).start()
    collector.close()
    collector.close()
    assert all(future.done() and future.exception() is None for future in taken)
    with pytest.raises(StoreError):
        collector.submit(views("late"))
    again = EventStore(tmp_path / "kb.db")
    assert again.save(views(*(str(n) for n in range(20)))) == 0
    again.close()


def test_a_sender_that_left_harms_nobody(tmp_path: Path) -> None:
    """A cancelled wait neither loses its event nor stops the writer."""
    store = SlowStore(tmp_path / "kb.db")
    collector = Collector(store)
    collector.start()
    first = collector.submit(views("0"))
    while not first.running():
        pass
    left = collector.submit(views("1"))
    assert left.cancel()
    store.go.set()
    collector.submit(views("2")).result(10)
    collector.close()
    assert sum(store.batches) == 3


def test_an_error_reaches_every_sender_of_the_batch(tmp_path: Path) -> None:
    """A batch that cannot be stored fails for each; the next one goes on."""
    store = EventStore(tmp_path / "kb.db")
    collector = Collector(store)
    broken = Event("x", None, NOW, None)  # type: ignore[arg-type]  # what a bug might make
    futures = [collector.submit([broken]), collector.submit(views("y"))]
    collector.start()
    for future in futures:
        with pytest.raises(StoreError):
            future.result(10)
    collector.submit(views("z")).result(10)
    assert collector.waiting == 0
    collector.close()
