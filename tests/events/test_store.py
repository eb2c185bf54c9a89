"""The event store on a real SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from kbtool.db import reading, writing
from kbtool.errors import StoreError
from kbtool.events.store import (
    READERS,
    REPLIES,
    EventStore,
    await_replies,
    awaited_replies,
    count_awaited,
    read_basis,
    read_events,
    settle_replies,
    write_basis,
)
from kbtool.model import Event, EventKind

START = datetime(2026, 10, 5, 12, 0, 0, 250_000, tzinfo=UTC)
FULL = Event(
    "full", "click", START, "0123456789abcdef", article="kb-1", lang="tr", query="şifre",
    results=3, position=2, value=None, excluded="staff", corrected="şifreyi",
    reason="outdated", text="eski", token="kbv-23456789abcd", source="widget",
    dwell=60, scroll=75, arm="off",
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EventStore]:
    made = EventStore(tmp_path / ".kbtool" / "kb.db")
    yield made
    made.close()


def stored(
    path: Path,
    since: datetime | None = None,
    until: datetime | None = None,
    kinds: frozenset[EventKind] | None = None,
) -> list[Event]:
    with reading(path) as connection:
        return list(read_events(connection, since, until, kinds=kinds))


def test_events_come_back_equal_and_in_order(store: EventStore, tmp_path: Path) -> None:
    """Every field survives, microseconds too; the order is time, then id."""
    later = replace(FULL, id="a", at=START + timedelta(microseconds=1))
    same = replace(FULL, id="zz", visitor=None)
    assert store.save([later, same, FULL]) == 3
    assert stored(tmp_path / ".kbtool" / "kb.db") == [FULL, same, later]


def test_an_id_is_stored_once(store: EventStore, tmp_path: Path) -> None:
    """Sending again, in one batch or in another, keeps the first and counts only new ones."""
    changed = replace(FULL, query="other")
    assert store.save([FULL, changed]) == 1
    assert store.save([changed, replace(FULL, id="new")]) == 1
    assert [e.query for e in stored(tmp_path / ".kbtool" / "kb.db")] == ["şifre", "şifre"]


def test_bounds_are_from_and_before(store: EventStore, tmp_path: Path) -> None:
    """``since`` is inside, ``until`` is not."""
    events = [replace(FULL, id=str(n), at=START + timedelta(hours=n)) for n in range(4)]
    store.save(events)
    path = tmp_path / ".kbtool" / "kb.db"
    assert stored(path, since=events[1].at, until=events[3].at) == events[1:3]


NO = Event("v1", "vote", START, None, article="kb-1", value="no")
WHY = replace(NO, at=START + timedelta(seconds=9), reason="wrong", text="The price is another.")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ([NO, WHY, WHY], replace(WHY, at=START)),
        ([WHY, NO], WHY),
        ([NO, WHY, replace(WHY, reason="unclear", text=None)], replace(WHY, at=START)),
        ([NO, replace(WHY, article="kb-2")], NO),
        ([replace(NO, value="yes"), WHY], replace(NO, value="yes")),
    ],
    ids=["completed", "arrived first", "completed once", "of another article", "of another vote"],
)
def test_a_vote_that_says_why_completes_its_bare_one(
    store: EventStore, tmp_path: Path, sent: list[Event], kept: Event
) -> None:
    """In any order, in one batch or several, however often it is sent; no other vote is touched."""
    path = tmp_path / ".kbtool" / "kb.db"
    assert store.save(sent) == 1
    assert stored(path) == [kept]
    assert [store.save([event]) for event in sent] == [0] * len(sent)
    assert stored(path) == [kept]


SEEN = Event("w1", "view", START, "0123456789abcdef", article="kb-1", lang="tr")
LEFT = replace(SEEN, at=START + timedelta(seconds=40), dwell=30, scroll=50)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ([SEEN, LEFT, LEFT], (30, 50)),
        ([LEFT, SEEN], (30, 50)),
        ([SEEN, LEFT, replace(LEFT, dwell=60, scroll=25)], (60, 50)),
        ([SEEN, replace(LEFT, dwell=0, scroll=0), LEFT], (30, 50)),
        ([SEEN, replace(LEFT, article="kb-2")], (None, None)),
        ([replace(SEEN, kind="vote", value="no"), LEFT], (None, None)),
    ],
    ids=["completed", "arrived first", "grows", "from nothing", "another article", "a vote"],
)
def test_a_view_that_was_left_says_how_it_was_read(
    store: EventStore,
    tmp_path: Path,
    sent: list[Event],
    kept: tuple[int | None, int | None],
) -> None:
    """In one batch or several, however often it is sent: it only grows, and is one view."""
    path = tmp_path / ".kbtool" / "kb.db"
    assert store.save(sent) == 1
    assert [store.save([event]) for event in sent] == [0] * len(sent)
    (event,) = stored(path)
    assert (event.dwell, event.scroll) == kept
    assert event.visitor == SEEN.visitor


def test_readers_and_replies_are_told_apart(store: EventStore, tmp_path: Path) -> None:
    """Each kind belongs to one of them; replies are forgotten by their ticket alone."""
    assert set(get_args(EventKind)) == READERS | REPLIES
    assert not READERS & REPLIES
    sent = [
        replace(FULL, id=f"s{n}", kind="link", value=f"s:{n}", article=None, address="a/kb-1/")
        for n in range(3)
    ]
    store.save([FULL, *sent])
    path = tmp_path / ".kbtool" / "kb.db"
    assert stored(path, kinds=READERS) == [FULL]
    with writing(path) as connection:
        await_replies(connection, ["s:1", "s:2", "s:9"])
        assert awaited_replies(connection, 2) == ("s:1", "s:2")
        settle_replies(connection, ["s:1", "s:2"], [replace(sent[2], id="new")])
        assert (awaited_replies(connection, 9), count_awaited(connection)) == (("s:9",), 1)
    assert [event.id for event in stored(path, kinds=REPLIES)] == ["new", "s0"]


def test_the_basis_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """What is no longer part of it is forgotten."""
    with writing(tmp_path / "kb.db") as connection:
        assert read_basis(connection) == {}
        write_basis(connection, {"kb-1": "a", "kb-2": "b"})
        write_basis(connection, {"kb-2": "c"})
        assert read_basis(connection) == {"kb-2": "c"}


def test_a_failed_transaction_keeps_nothing(store: EventStore, tmp_path: Path) -> None:
    """One event that cannot be stored takes its batch with it, and the store goes on."""
    broken = replace(FULL, id="b", kind=None)  # type: ignore[arg-type]  # what a bug might make
    with pytest.raises(StoreError):
        store.save([FULL, broken])
    assert stored(tmp_path / ".kbtool" / "kb.db") == []
    assert store.save([FULL]) == 1


def test_check_is_a_real_write(store: EventStore, tmp_path: Path) -> None:
    """The check passes again and again, and fails when its row cannot be written."""
    store.check(START)
    store.check(START + timedelta(seconds=1))
    with closing(sqlite3.connect(tmp_path / ".kbtool" / "kb.db")) as other, other:
        other.execute("DROP TABLE event_store_health")
    with pytest.raises(StoreError):
        store.check(START)
