"""An export in more than a thousand files, as one gets by fetching page after page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbtool.model import Rejected
from kbtool.tickets.mapping.choose import Plan, plan
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import Advance
from kbtool.tickets.readers.inputs import Input

_FILES = 1_500


def page(name: str, **data: object) -> Input:
    """A file that holds one record."""

    def read(advance: Advance | None) -> Iterator[Record | Rejected]:
        if advance:
            advance(10)
        yield Record(1, dict(data))

    columns = tuple(data)
    return Input(name, "json", Path("pages"), "utf-8", 10, read, columns=columns, sample=(data,))


def planned() -> Plan:
    """The plan for that many pages of conversations, and as many of their messages."""
    tickets = [page(f"c-{n}.json", id=n, status="open", inbox_id=1) for n in range(_FILES)]
    told = [
        page(f"m-{n}.json", id=n, conversation_id=n, message_type=0, content="x")
        for n in range(_FILES)
    ]
    (only,) = plan([*tickets, *told], None, ["en"], None)
    return only


def test_they_are_read_one_after_the_other() -> None:
    """All make one plan, in order; progress goes on from file to file; the name stays short."""
    one = planned()
    done: list[int] = []
    ids = [r.data["id"] for r in one.tickets.records(done.append) if isinstance(r, Record)]
    assert ids == list(range(_FILES))
    assert (done[0], done[-1]) == (10, _FILES * 10)
    assert one.tickets.name == "c-0.json, …, c-1499.json (1,500 files)"


def test_so_are_their_second_files() -> None:
    """None of them is told to be superfluous."""
    one = planned()
    second = one.joins["conversation_messages"]
    assert sum(1 for _ in second.records()) == _FILES
    assert not [note for note in one.notes if "not read" in note]
