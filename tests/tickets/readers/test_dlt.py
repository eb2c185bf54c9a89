"""dlt datasets into records: child tables back in their rows, later loads win."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers import dlt as dlt_module
from kbtool.tickets.readers.inputs import Input, open_inputs

LANGUAGES = ("en", "tr", "et")
Rows = list[dict[str, Any]]


def jsonl(path: Path, rows: Rows) -> None:
    """JSON lines as dlt writes them by default."""
    with gzip.open(path.with_name(path.name + ".jsonl.gz"), "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def plain(path: Path, rows: Rows) -> None:
    """JSON lines with ``disable_compression``."""
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.with_name(path.name + ".jsonl").write_text(text, encoding="utf-8")


def table(path: Path, rows: Rows) -> None:
    """CSV with ``loader_file_format="csv"``."""
    with path.with_name(path.name + ".csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, sorted({key for row in rows for key in row}))
        writer.writeheader()
        writer.writerows(rows)


def parquet(path: Path, rows: Rows) -> None:
    """Parquet with ``loader_file_format="parquet"``."""
    plain(path, rows)
    source = path.with_name(path.name + ".jsonl")
    with duckdb.connect(":memory:") as base:
        base.read_json(str(source)).write_parquet(str(path.with_name(path.name + ".parquet")))
    source.unlink()


def written(folder: Path, tables: dict[str, Rows], write: Callable[[Path, Rows], None]) -> Path:
    """A dataset with these tables; ``tickets@1700000100.5`` names the load."""
    for place, rows in {"_dlt_loads": [{"load_id": "1700000000.5", "status": 0}], **tables}.items():
        name, _, load = place.partition("@")
        (folder / name).mkdir(parents=True, exist_ok=True)
        write(folder / name / f"{load or '1700000000.5'}.a1b2c3", rows)
    return folder


TICKETS: Rows = [
    {"id": 1, "subject": "first", "via__channel": "web", "_dlt_id": "A", "_dlt_load_id": "1"},
    {"id": 2, "subject": "second", "via__channel": "web", "_dlt_id": "B", "_dlt_load_id": "1"},
]
CHILDREN: dict[str, Rows] = {
    "tickets__comments": [
        {"body": "b2", "author__role": "agent", "_dlt_parent_id": "B", "_dlt_list_idx": 1, "_dlt_id": "d"},
        {"body": "b1", "author__role": "user", "_dlt_parent_id": "B", "_dlt_list_idx": 0, "_dlt_id": "c"},
        {"body": "gone", "author__role": "user", "_dlt_parent_id": "Z", "_dlt_list_idx": 0, "_dlt_id": "z"},
    ],
    "tickets__comments__attachments": [
        {"name": "log", "_dlt_parent_id": "d", "_dlt_list_idx": 0, "_dlt_id": "e"}
    ],
    "tickets__tags": [
        {"value": "two", "_dlt_parent_id": "A", "_dlt_list_idx": 1, "_dlt_id": "g"},
        {"value": "one", "_dlt_parent_id": "A", "_dlt_list_idx": 0, "_dlt_id": "f"},
    ],
    "tickets__via__source__ids": [
        {"value": "7", "_dlt_parent_id": "A", "_dlt_list_idx": 0, "_dlt_id": "h"}
    ],
}  # fmt: skip


def records(item: Input) -> Rows:
    """The records of an input."""
    return [r.data for r in item.records() if isinstance(r, Record)]


@pytest.mark.parametrize("write", [jsonl, plain, table, parquet])
def test_child_tables_come_back(tmp_path: Path, write: Callable[[Path, Rows], None]) -> None:
    """Lists in their order, lists in lists, lists of values, flattened names, in every format."""
    tables = {"tickets": TICKETS, **CHILDREN}
    (item,) = open_inputs([written(tmp_path / "desk", tables, write)], LANGUAGES)
    assert (item.name, item.format, item.stream) == ("desk/tickets", "dlt", "tickets")
    first, second = records(item)
    assert str(first.pop("id")) == "1"
    assert first == {
        "subject": "first",
        "via": {"channel": "web", "source": {"ids": ["7"]}},
        "tags": ["one", "two"],
    }
    assert [c["body"] for c in second["comments"]] == ["b1", "b2"]
    assert second["comments"][1]["author"] == {"role": "agent"}
    assert second["comments"][1]["attachments"] == [{"name": "log"}]
    assert {"comments", "tags", "via"} <= set(item.columns)


def test_a_later_load_comes_later_with_its_own_children(tmp_path: Path) -> None:
    """dlt appends changed rows: the last one of an id is read last, whatever the files' order."""
    later = [{"id": 1, "subject": "changed", "_dlt_id": "N", "_dlt_load_id": "2"}]
    tags = [{"value": "new", "_dlt_parent_id": "N", "_dlt_list_idx": 0, "_dlt_id": "n"}]
    tables = {"tickets": TICKETS, **CHILDREN}
    tables |= {"tickets@999999999.5": [{"id": 1, "subject": "oldest", "_dlt_id": "O"}]}
    tables |= {"tickets@1700000100.5": later, "tickets__tags@1700000100.5": tags}
    (item,) = open_inputs([written(tmp_path / "desk", tables, jsonl)], LANGUAGES)
    versions = [(r["subject"], r.get("tags")) for r in records(item) if r["id"] == 1]
    assert versions == [("oldest", None), ("first", ["one", "two"]), ("changed", ["new"])]


def test_parts_give_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is held at a time, every row comes once with its children."""
    rows = [{"id": n, "_dlt_id": f"r{n}"} for n in range(60)]
    notes = [
        {"body": str(i), "_dlt_parent_id": f"r{n}", "_dlt_list_idx": i, "_dlt_id": f"c{n}.{i}"}
        for n in range(60)
        for i in range(2)
    ]
    folder = written(tmp_path / "desk", {"issues": rows, "issues__notes": notes}, plain)
    whole = records(open_inputs([folder], LANGUAGES)[0])
    monkeypatch.setattr(dlt_module, "PART_BYTES", 1000)
    parts = records(open_inputs([folder], LANGUAGES)[0])
    assert sorted(parts, key=lambda r: r["id"]) == whole
    assert parts != whole
    assert all([n["body"] for n in r["notes"]] == ["0", "1"] for r in whole)


def test_tables_of_their_own_and_dlts_are_told_apart(tmp_path: Path) -> None:
    """Tables beside each other are inputs; dlt's own are none; what is no table is counted."""
    tables = {"tickets": TICKETS, "users": [{"id": 7, "_dlt_id": "u"}], "_dlt_version": [{"v": 1}]}
    folder = written(tmp_path / "bucket" / "desk", tables, jsonl)
    (folder.parent / "notes.txt").write_text("x")
    inputs = open_inputs([folder.parent], LANGUAGES)
    assert [item.name for item in inputs] == ["desk/tickets", "desk/users"]
    assert "bucket: 1 files left out: of no dlt table" in inputs[0].notes


def test_a_dataset_in_an_archive_and_without_dlts_tables(tmp_path: Path) -> None:
    """The columns tell it too."""
    folder = written(tmp_path / "desk", {"tickets": TICKETS, **CHILDREN}, plain)
    with zipfile.ZipFile(tmp_path / "desk.zip", "w") as archive:
        for file in sorted(folder.rglob("*.jsonl")):
            if "_dlt" not in file.as_posix():
                archive.write(file, file.relative_to(tmp_path).as_posix())
    (item,) = open_inputs([tmp_path / "desk.zip"], LANGUAGES)
    assert (item.name, len(records(item))) == ("desk/tickets", 2)


def test_bad_rows_and_old_versions(tmp_path: Path) -> None:
    """A cut line is rejected once; rows that ``scd2`` closed are left out and counted."""
    closed = {"id": 3, "_dlt_id": "D", "_dlt_valid_to": "2026-01-05T10:00:00Z"}
    folder = written(tmp_path / "desk", {"tickets": [*TICKETS, closed], **CHILDREN}, plain)
    with next((folder / "tickets__tags").iterdir()).open("a") as stream:
        stream.write('{"value": "cut')
    (item,) = open_inputs([folder], LANGUAGES)
    found = list(item.records())
    assert [r.reason[:8] for r in found if isinstance(r, Rejected)] == ["not JSON"]
    assert [r.data["id"] for r in found if isinstance(r, Record)] == [1, 2]
    assert item.notes == ["tickets: 1 rows left out: no longer valid"]


def test_names_in_each_others_way(tmp_path: Path) -> None:
    """A column beside the object of its name keeps its whole name."""
    row = {"id": 1, "author": "Eva", "author__id": 7, "__v": 2, "_dlt_id": "A"}
    (item,) = open_inputs([written(tmp_path / "d", {"issues": [row]}, plain)], LANGUAGES)
    assert records(item) == [{"id": 1, "author": "Eva", "author__id": 7, "__v": 2}]


def test_a_dataset_without_rows(tmp_path: Path) -> None:
    """It is an error that says so."""
    with pytest.raises(InputError, match="without rows"):
        open_inputs([written(tmp_path / "d", {"tickets": []}, plain)], LANGUAGES)
