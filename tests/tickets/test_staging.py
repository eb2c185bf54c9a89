"""Tickets on their way in: the last of equals wins, the store changes in one step or not at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.db import open_database, reading
from kbtool.errors import StoreError
from kbtool.model import Message, Provenance, Ticket
from kbtool.tickets import staging as staging_module
from kbtool.tickets.staging import (
    FILE,
    Saved,
    Staging,
    changed_keys,
    importing,
    merge,
    merging,
    temporary,
)
from kbtool.tickets.store import read_tickets, ticket_row

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


def ticket(id_: str, subject: str = "Lock", source: str = "desk") -> Ticket:
    """A ticket with one message."""
    message = Message("m1", "customer", "public", AT, "hash", "How do I lock it?")
    return Ticket(
        source=source, id=id_, subject=subject, status="closed", resolved=True,
        resolution="answered", created_at=AT, solved_at=None, language="en",
        language_confidence=1.0, requester="hash", group=None, channel=None, tags=(), csat=None,
        reopens=None, merged_into=None, messages=(message,),
        provenance=Provenance("t.jsonl", 1, "zendesk"),
    )  # fmt: skip


def put(place: Staging, *tickets: Ticket) -> None:
    """Stage tickets in this order."""
    place.put([(ticket_row(one), number) for number, one in enumerate(tickets)])


def brought(
    base: Path, *tickets: Ticket, prune: bool = False
) -> tuple[Saved, list[str], list[str]]:
    """Import tickets: (what was saved, keys new or updated, keys pruned)."""
    with importing(base) as place:
        put(place, *tickets)
        expected = place.compared(base / "kb.db", prune=prune)
        with merging(place, base / "kb.db") as connection:
            saved = merge(connection, prune=prune)
            kept, pruned = changed_keys(connection)
    assert saved == expected
    return saved, kept, pruned


def stored(base: Path) -> dict[str, str]:
    """Key → subject of what is in the store."""
    with reading(base / "kb.db") as connection:
        return {one.key: one.subject for one in read_tickets(connection)}


def test_new_changed_and_unchanged_are_told_apart(tmp_path: Path) -> None:
    """By content, wherever a ticket was read; the same import again changes nothing."""
    assert brought(tmp_path, ticket("1"), ticket("2"))[0] == Saved(2, 0, 0)
    moved = replace(ticket("1"), provenance=Provenance("other.jsonl", 9, "zendesk"))
    assert brought(tmp_path, moved, ticket("2"))[0] == Saved(0, 0, 2)
    saved, kept, pruned = brought(tmp_path, ticket("1", "Key"), ticket("2"), ticket("3"))
    assert (saved, kept, pruned) == (Saved(1, 1, 1), ["desk:1", "desk:3"], [])
    assert stored(tmp_path) == {"desk:1": "Key", "desk:2": "Lock", "desk:3": "Lock"}


def test_pruning_takes_only_what_is_gone_from_the_same_source(tmp_path: Path) -> None:
    """Other help desks' tickets stay; without --prune all stay."""
    brought(tmp_path, ticket("1"), ticket("2"), ticket("1", source="other"))
    assert brought(tmp_path, ticket("1"))[0] == Saved(0, 0, 1)
    assert brought(tmp_path, ticket("1"), prune=True) == (Saved(0, 0, 1, 1), [], ["desk:2"])
    assert stored(tmp_path) == {"desk:1": "Lock", "other:1": "Lock"}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), max_size=40))
def test_the_last_place_wins_in_whatever_order_they_come(rows: list[tuple[int, int]]) -> None:
    """Parts of a large import come out of order; the files' order decides."""
    unique = list({place: (id_, place) for id_, place in rows}.values())
    with temporary() as place_:
        for id_, place in unique:
            place_.put([(ticket_row(ticket(str(id_), f"s{place}")), place)])
        found = {one.id: one.subject for one in place_.tickets()}
    last: dict[str, int] = {}
    for id_, place in unique:
        last[str(id_)] = max(place, last.get(str(id_), -1))
    assert found == {id_: f"s{place}" for id_, place in last.items()}


def test_figures_are_counted(tmp_path: Path) -> None:
    """By resolution and language; times in the future are no end of the span."""
    later = datetime(2027, 1, 1, tzinfo=UTC)
    with temporary() as place:
        put(
            place,
            ticket("1"),
            replace(ticket("2"), language=None, resolved=False, resolution="unknown"),
            replace(ticket("3"), created_at=later),
        )
        figures = place.figures(datetime(2026, 6, 1, tzinfo=UTC))
    assert (figures.tickets, figures.resolved) == (3, 2)
    assert figures.resolutions == (("answered", 2), ("unknown", 1))
    assert figures.languages == (("en", 2), ("unknown", 1))
    assert (figures.first, figures.last) == (AT, AT)


def test_tickets_are_rewritten_in_place(tmp_path: Path) -> None:
    """Those that change get a new fingerprint; the others are left alone."""
    with temporary() as place:
        put(place, *(ticket(str(n)) for n in range(500)))
        changed = place.rewrite(lambda one: replace(one, subject="Key") if int(one.id) % 2 else one)
        assert changed == 250
        assert [t.subject for t in place.tickets()].count("Key") == 250
        assert [t.id for t in place.find(["desk:7", "desk:nobody", "desk:3"])] == ["7", "3"]


def test_the_sample_of_stored_tickets_leaves_out_those_of_the_import(tmp_path: Path) -> None:
    """Always the same ones; nothing when nothing is stored."""
    with temporary() as place:
        assert list(place.stored_sample(tmp_path / "kb.db", 5)) == []
    brought(tmp_path, *(ticket(str(n), f"s{n}") for n in range(9)))
    with temporary() as place:
        put(place, ticket("1"), ticket("2"))
        sample = [t.id for t in place.stored_sample(tmp_path / "kb.db", 5)]
        assert sample == [t.id for t in place.stored_sample(tmp_path / "kb.db", 5)]
        assert len(sample) == 5
        assert not {"1", "2"} & set(sample)


def test_a_failed_merge_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """Also when the failure comes after everything was moved."""
    brought(tmp_path, ticket("1"))
    with pytest.raises(RuntimeError), importing(tmp_path) as place:
        put(place, ticket("1", "Key"), ticket("2"))
        with merging(place, tmp_path / "kb.db") as connection:
            merge(connection, prune=True)
            raise RuntimeError
    assert stored(tmp_path) == {"desk:1": "Lock"}
    assert not (tmp_path / FILE).exists()


def test_what_a_killed_import_left_is_dropped(tmp_path: Path) -> None:
    """Its staging file is no ground for the next one."""
    left = Staging(tmp_path / FILE)
    put(left, ticket("9"))
    left.close()
    assert brought(tmp_path, ticket("1"))[0] == Saved(1, 0, 0)
    assert stored(tmp_path) == {"desk:1": "Lock"}
    assert not (tmp_path / FILE).exists()


def test_one_import_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second waits and then says so; it is not kept out by one that is dead."""
    code = (
        "import sys; from pathlib import Path; from kbtool.tickets.staging import importing\n"
        "with importing(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        monkeypatch.setattr(staging_module, "LOCK_SECONDS", 0.3)
        with pytest.raises(StoreError, match="another import is running") as raised:
            brought(tmp_path, ticket("1"))
        assert "wait" in (raised.value.hint or "")
        other.kill()
    assert brought(tmp_path, ticket("1"))[0] == Saved(1, 0, 0)


def test_others_write_to_the_store_while_tickets_are_staged(tmp_path: Path) -> None:
    """``kbtool serve`` never waits for an import that is still reading."""
    brought(tmp_path, ticket("1"))
    with importing(tmp_path) as place:
        put(place, *(ticket(str(n)) for n in range(300)))
        list(place.stored_sample(tmp_path / "kb.db", 5))
        engine = open_database(tmp_path / "kb.db")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
            connection.exec_driver_sql("CREATE TABLE mine (x)")
            connection.commit()
        engine.dispose()


def test_a_store_that_is_no_database_is_told(tmp_path: Path) -> None:
    """With a hint, and nothing is touched."""
    (tmp_path / "kb.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="not a database"):
        brought(tmp_path, ticket("1"))
    with importing(tmp_path) as place, pytest.raises(StoreError, match=r"kb\.db: file is not"):
        list(place.stored_sample(tmp_path / "kb.db", 5))
