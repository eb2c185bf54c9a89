"""Singer and Airbyte lines into records: a stream an input, as the source has it now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.inputs import Input, open_inputs

LANGUAGES = ("en", "tr", "et")
Line = dict[str, Any] | str


def singer(stream: str, record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Singer RECORD message."""
    return {"type": "RECORD", "stream": stream, "record": record, **more}


def airbyte(stream: str, data: dict[str, Any]) -> dict[str, Any]:
    """An Airbyte RECORD message."""
    inner = {"stream": stream, "namespace": None, "data": data, "emitted_at": 1767225600000}
    return {"type": "RECORD", "record": inner}


def opened(folder: Path, *lines: Line, name: str = "out.jsonl") -> list[Input]:
    """The inputs in a file of these lines."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return open_inputs([path], LANGUAGES)


def ids(item: Input) -> list[object]:
    """The ids of an input's records."""
    return [r.data["id"] for r in item.records() if isinstance(r, Record)]


def test_a_file_of_many_streams(tmp_path: Path) -> None:
    """Each stream is an input of its own, whatever stands between its records."""
    inputs = opened(
        tmp_path,
        {"type": "SCHEMA", "stream": "tickets", "schema": {}, "key_properties": ["id"]},
        {"type": "STATE", "value": {"bookmarks": {}}},
        singer("tickets", {"id": 1, "subject": "a"}),
        {"type": "SCHEMA", "stream": "empty", "schema": {}, "key_properties": ["id"]},
        singer("users", {"id": 7, "name": "tickets"}),
        singer("tickets", {"id": 2, "subject": "b"}),
    )
    assert [(i.name, i.format, i.stream, ids(i)) for i in inputs] == [
        ("out.jsonl (tickets)", "singer", "tickets", [1, 2]),
        ("out.jsonl (users)", "singer", "users", [7]),
    ]
    assert inputs[0].columns == ("id", "subject")
    assert ids(inputs[0]) == [1, 2]


def test_airbyte_messages(tmp_path: Path) -> None:
    """The stream and the record are one level deeper; logs and states are passed over."""
    (item,) = opened(
        tmp_path,
        {"type": "LOG", "log": {"level": "INFO", "message": "stream tickets"}},
        {"type": "STATE", "state": {"type": "STREAM"}},
        airbyte("tickets", {"id": 1}),
        {"type": "TRACE", "trace": {}},
    )
    assert (item.format, item.stream, ids(item)) == ("airbyte", "tickets", [1])


def test_bad_lines_are_told_once(tmp_path: Path) -> None:
    """They belong to no stream: the first input tells them, with their lines."""
    tickets, users = opened(
        tmp_path,
        singer("tickets", {"id": 1}),
        "INFO starting sync",
        singer("users", {"id": 7}),
        '{"type": "RECORD", "stream": "tickets", "record": {"id": 2',
        '{"some": "thing"}',
    )
    told = [(r.line, r.reason[:8]) for r in tickets.records() if isinstance(r, Rejected)]
    assert told == [(2, "not JSON"), (4, "not JSON"), (5, "no Singe")]
    assert not [r for r in users.records() if isinstance(r, Rejected)]


def test_a_record_that_was_deleted_later_is_gone(tmp_path: Path) -> None:
    """Its earlier versions too, by the key that the schema names; one created anew stays."""
    (item,) = opened(
        tmp_path,
        {"type": "SCHEMA", "stream": "tickets", "schema": {}, "key_properties": ["nr"]},
        singer("tickets", {"nr": 1, "id": "a"}),
        singer("tickets", {"nr": 2, "id": "b", "_sdc_deleted_at": None}),
        singer("tickets", {"nr": 1, "id": "c", "_sdc_deleted_at": "2026-01-05T10:00:00Z"}),
        singer("tickets", {"nr": 3, "id": "d", "_sdc_deleted_at": "2026-01-05T10:00:00Z"}),
        singer("tickets", {"nr": 3, "id": "e"}),
    )
    assert ids(item) == ["b", "e"]
    assert item.notes == ["out.jsonl: 3 tickets left out: deleted at the source"]


def test_only_the_last_full_sync_counts(tmp_path: Path) -> None:
    """ACTIVATE_VERSION says that records of earlier versions are no longer there."""
    (item,) = opened(
        tmp_path,
        singer("tickets", {"id": 1}, version=100),
        {"type": "ACTIVATE_VERSION", "stream": "tickets", "version": 100},
        singer("tickets", {"id": 2}, version=200),
        singer("tickets", {"id": 3}),
        {"type": "ACTIVATE_VERSION", "stream": "tickets", "version": 200},
    )
    assert ids(item) == [2, 3]
    assert item.notes == ["out.jsonl: 1 tickets left out: of an earlier full sync"]


@pytest.mark.parametrize(
    "name", ["_airbyte_raw_tickets.jsonl", "tickets/2026_01_05_1767225600000_0.jsonl"]
)
def test_files_that_airbyte_wrote(tmp_path: Path, name: str) -> None:
    """The record lies in ``_airbyte_data`` or beside Airbyte's columns; Airbyte's own names tell the stream."""
    (item,) = opened(
        tmp_path,
        {"_airbyte_ab_id": "x", "_airbyte_emitted_at": 1, "_airbyte_data": {"id": 1}},
        {"_airbyte_raw_id": "x", "_airbyte_extracted_at": 1, "_airbyte_meta": {}, "id": 2},
        {"_airbyte_raw_id": "x", "id": 3, "_ab_cdc_deleted_at": "2026-01-05T10:00:00Z"},
        {"_airbyte_data": "cut {"},
        name=name,
    )
    assert (item.format, item.stream, ids(item)) == ("airbyte", "tickets", [1, 2])
    assert [r.line for r in item.records() if isinstance(r, Rejected)] == [4]
    assert any("1 records left out" in note for note in item.notes)


def test_a_table_that_airbyte_wrote(tmp_path: Path) -> None:
    """A CSV with the record as JSON in a cell."""
    path = tmp_path / "_airbyte_raw_tickets.csv"
    path.write_text(
        '_airbyte_ab_id,_airbyte_data,_airbyte_emitted_at\nx,"{""id"": 1, ""subject"": ""a,b""}",1\n'
    )
    (item,) = open_inputs([path], LANGUAGES)
    assert (item.stream, item.columns, ids(item)) == ("tickets", ("id", "subject"), [1])


def test_other_json_lines_are_left_to_others(tmp_path: Path) -> None:
    """A ticket with a type, and one that speaks of Airbyte, are tickets."""
    (item,) = opened(
        tmp_path,
        {"id": 1, "type": "question", "subject": 'what is "_airbyte_data"'},
        {"id": 2, "type": "RECORD", "subject": "x"},
    )
    assert (item.format, ids(item)) == ("json lines", [1, 2])


def test_a_file_without_a_record(tmp_path: Path) -> None:
    """Nothing but a schema is an error that says so."""
    with pytest.raises(InputError, match="no Singer record"):
        opened(tmp_path, {"type": "SCHEMA", "stream": "tickets", "schema": {}})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
_MESSAGE = st.fixed_dictionaries(
    {"type": st.sampled_from(["RECORD", "SCHEMA", "STATE", "ACTIVATE_VERSION", "LOG", 7])},
    optional={
        "stream": st.sampled_from(["tickets", "ü", None]) | _JSON,
        "record": _JSON | st.fixed_dictionaries({"id": _JSON, "stream": _JSON, "data": _JSON}),
        "key_properties": _JSON,
        "version": _JSON,
    },
)


@given(st.lists(_MESSAGE, max_size=6))
def test_any_messages_are_read_without_a_crash(tmp_path_factory: Any, messages: list[Any]) -> None:
    """Whatever the messages hold, what is no record is passed over or rejected."""
    folder: Path = tmp_path_factory.mktemp("any")
    inputs = opened(folder, singer("tickets", {"id": "first"}), *messages)
    found = [record for item in inputs for record in item.records()]
    assert all(isinstance(record, Record | Rejected) for record in found)
    told = any("left out" in note for item in inputs for note in item.notes)
    assert told or {"id": "first"} in [r.data for r in found if isinstance(r, Record)]
