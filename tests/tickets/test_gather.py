"""Records of several files come together the same whatever fits into memory at once."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets import gather
from kbtool.tickets.gather import Gatherer, load_lookups
from kbtool.tickets.mapping.choose import Plan
from kbtool.tickets.mapping.spec import Join, Lookup, Mapping
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import Advance
from kbtool.tickets.readers.inputs import Input

MAPPING = Mapping("m", "m", "m", {}, ())


def given_input(name: str, *records: AnyMapping[str, object] | Rejected) -> Input:
    """An input that holds these records, a line each."""

    def read(_: Advance | None) -> Iterator[Record | Rejected]:
        for line, data in enumerate(records, start=1):
            yield data if isinstance(data, Rejected) else Record(line, dict(data))

    return Input(name, "json lines", Path(), "utf-8", 0, read)


def gathered(plan: Plan) -> tuple[list[tuple[int, dict[str, object]]], list[Rejected]]:
    """(place, record) of each ticket by place, and all that was refused."""
    refused: list[Rejected] = []
    found: list[tuple[int, dict[str, object]]] = []
    gatherer = Gatherer(plan, refused.append, lambda _: None)
    for _ in range(2):  # as in an import: the second pass must see what the first saw
        late: list[Rejected] = []
        found = []
        for place, record in gatherer.records():
            if isinstance(record, Rejected):
                late.append(record)
            else:
                found.append((place, record.data))
    return sorted(found, key=lambda pair: pair[0]), refused + late


def joined(tickets: Input, second: Input, **how: object) -> Plan:
    """Tickets with notes that name them in ``of``."""
    join = replace(Join("notes", (("id",), ("of",))), **how)  # type: ignore[arg-type]  # options of Join
    return Plan(tickets, replace(MAPPING, joins=(join,)), "", {"notes": second})


def test_notes_land_in_their_ticket_in_file_order() -> None:
    """Numbers and texts are the same key; notes of no ticket are refused with their line."""
    tickets = given_input("t", {"id": 1}, {"id": "2"}, {"id": 3})
    notes = given_input(
        "n", {"of": "2", "n": 1}, {"of": 1, "n": 2}, {"of": 2, "n": 3}, {"of": 9}, {"n": 5}
    )
    found, refused = gathered(joined(tickets, notes))
    assert [[note["n"] for note in data["notes"]] for _, data in found] == [[2], [1, 3], []]  # type: ignore[attr-defined]  # a list
    assert [(r.file, r.line, r.reason) for r in refused] == [
        ("n", 5, "of is empty"),
        ("n", 4, "belongs to ticket 9, which is not in the tickets"),
    ]


def test_a_later_version_replaces_and_one_is_the_last() -> None:
    """With ``id`` a record sent again stands in its first place; ``one`` gives the last alone."""
    notes = given_input(
        "n", {"of": 1, "k": 1, "n": "old"}, {"of": 1, "k": 2, "n": "b"}, {"of": 1, "k": 1, "n": "a"}
    )
    tickets = given_input("t", {"id": 1})
    ((_, data),), _ = gathered(joined(tickets, notes, id="k"))
    assert [note["n"] for note in data["notes"]] == ["a", "b"]  # type: ignore[attr-defined]  # a list
    ((_, data),), _ = gathered(joined(tickets, notes, one=True))
    assert data["notes"] == {"of": 1, "k": 1, "n": "a"}


def test_rows_of_one_key_make_one_record() -> None:
    """With ``group_by``: the first row's fields and all rows, wherever they stand in the file."""
    rows = given_input("t", {"no": 1, "a": 1}, {"no": 2, "a": 2}, {"no": 1, "a": 3}, {"a": 4})
    plan = Plan(rows, replace(MAPPING, group_by="no"), "")
    found, refused = gathered(plan)
    assert sorted((data["no"], data["a"]) for _, data in found) == [(1, 1), (2, 2)]
    by_key = {data["no"]: data["rows"] for _, data in found}
    assert by_key[1] == [{"no": 1, "a": 1}, {"no": 1, "a": 3}]
    assert [(r.line, r.reason) for r in refused] == [(4, "no is empty")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    owners=st.lists(st.integers(0, 30), max_size=60),
    group=st.booleans(),
    budget=st.integers(1, 4_000),
)
def test_the_size_of_a_part_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, owners: list[int], group: bool, budget: int
) -> None:
    """However little fits at once, tickets, notes and refusals are those of one big part."""
    tickets = [{"id": n % 20, "row": n} for n in range(25)]
    notes = [{"of": owner, "n": n} for n, owner in enumerate(owners)]
    plan = joined(given_input("t", *tickets), given_input("n", *notes))
    if group:
        plan.mapping = replace(plan.mapping, group_by="id")

    def ordered() -> tuple[list[str], list[str]]:
        found, refused = gathered(plan)
        return sorted(map(repr, (data for _, data in found))), sorted(map(repr, refused))

    monkeypatch.setattr(gather, "PART_BYTES", 10**9)
    whole = ordered()
    monkeypatch.setattr(gather, "PART_BYTES", budget)
    assert ordered() == whole


def test_joins_by_different_keys_are_parted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ticket meets all its records once, whichever part holds each of them."""
    monkeypatch.setattr(gather, "PART_BYTES", 600)
    tickets = given_input("t", *({"id": n, "by": n % 5} for n in range(40)))
    notes = given_input("n", *({"of": n % 40, "n": n} for n in range(120)))
    people = given_input("p", *({"key": n, "name": f"p{n}"} for n in range(6)))
    joins = (Join("notes", (("id",), ("of",))), Join("person", (("by",), ("key",)), one=True))
    plan = Plan(tickets, replace(MAPPING, joins=joins), "", {"notes": notes, "person": people})
    found, refused = gathered(plan)
    assert [place for place, _ in found] == list(range(40))
    for place, data in found:
        assert [note["n"] for note in data["notes"]] == [place, place + 40, place + 80]  # type: ignore[attr-defined]  # a list
        assert data["person"] == {"key": place % 5, "name": f"p{place % 5}"}
    assert [r.reason for r in refused] == ["belongs to ticket 5, which is not in the tickets"]


def test_what_cannot_be_read_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many passes there are."""
    monkeypatch.setattr(gather, "PART_BYTES", 300)
    broken = Rejected("n", 1, "not JSON")
    notes = given_input("n", broken, *({"of": n} for n in range(30)))
    tickets = given_input("t", Rejected("t", 1, "not JSON"), *({"id": n} for n in range(30)))
    _, refused = gathered(joined(tickets, notes))
    assert refused == [broken, Rejected("t", 1, "not JSON")]


def test_one_ticket_cannot_take_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records of one key beyond the bound are refused and counted, the others stay."""
    monkeypatch.setattr(gather, "KEY_BYTES", 1_000)
    notes = given_input("n", *({"of": 1, "text": "x" * 100} for _ in range(10)))
    found, refused = gathered(joined(given_input("t", {"id": 1}), notes))
    kept = len(found[0][1]["notes"])  # type: ignore[arg-type]  # a list
    assert 0 < kept < 10
    assert [r.reason for r in refused] == ["more than 1,000 bytes belong to ticket 1"] * (10 - kept)


def test_lookups_are_held_by_key_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last of equal keys counts; a file that is no small one is refused with a hint."""
    people = given_input("p", {"id": 1, "n": "a"}, {"id": "2"}, {"id": 1, "n": "b"}, {"n": "c"})
    lookups = (Lookup("users", "id"),)
    plan = Plan(given_input("t"), replace(MAPPING, lookups=lookups), "", lookups={"users": people})
    refused: list[Rejected] = []
    tables = load_lookups(plan, refused.append, lambda _: None)
    assert tables["users"]["1"]["n"] == "b"
    assert [r.reason for r in refused] == ["id is empty"]
    monkeypatch.setattr(gather, "MAX_LOOKUP", 1)
    with pytest.raises(InputError, match="more than 1 records") as raised:
        load_lookups(plan, refused.append, lambda _: None)
    assert "users" in (raised.value.hint or "")
