"""Parquet files into records: nested values, times, odd names, damage."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from kbtool.errors import InputError
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.inputs import open_inputs

LANGUAGES = ("en", "tr", "et")


def parquet(path: Path, query: str) -> Path:
    """A Parquet file of what the query gives."""
    path.parent.mkdir(parents=True, exist_ok=True)
    base = duckdb.connect(":memory:")
    base.execute("SET TimeZone = 'UTC'")
    base.sql(query).write_parquet(str(path))
    base.close()
    return path


def rows(path: Path) -> list[dict[str, object]]:
    """The records of a file."""
    (item,) = open_inputs([path], LANGUAGES)
    return [r.data for r in item.records() if isinstance(r, Record)]


def test_values_of_all_kinds(tmp_path: Path) -> None:
    """Structs are objects, lists lists, times ISO 8601 with their zone; binary is left out."""
    path = parquet(
        tmp_path / "tickets.parquet",
        """SELECT 9007199254740993::BIGINT AS id, 'žürii' AS subject, NULL::VARCHAR AS empty,
           [{'body': 'a', 'at': TIMESTAMPTZ '2026-01-05 10:00:00+02'}] AS comments,
           {'role': 'agent'} AS author, DATE '2026-01-05' AS day,
           TIMESTAMP '2026-01-05 10:00:00' AS local, 1.50::DECIMAL(9,2) AS score,
           true AS public, 'abc'::BLOB AS raw""",
    )
    (item,) = open_inputs([path], LANGUAGES)
    assert (item.format, item.stream, item.name) == ("parquet", "tickets", "tickets.parquet")
    assert rows(path) == [
        {
            "id": 9007199254740993,
            "subject": "žürii",
            "empty": None,
            "comments": [{"body": "a", "at": "2026-01-05 08:00:00+00"}],
            "author": {"role": "agent"},
            "day": "2026-01-05",
            "local": "2026-01-05 10:00:00",
            "score": 1.5,
            "public": True,
        }
    ]
    assert item.notes == ["tickets.parquet: binary columns left out: raw"]


def test_many_rows_in_order(tmp_path: Path) -> None:
    """All rows, numbered as they stand, at every pass."""
    path = parquet(tmp_path / "t.parquet", "SELECT i AS id FROM range(1000) t(i)")
    (item,) = open_inputs([path], LANGUAGES)
    for _ in range(2):
        found = [(r.line, r.data["id"]) for r in item.records() if isinstance(r, Record)]
        assert found == [(i + 1, i) for i in range(1000)]


@pytest.mark.parametrize("name", ["a[1]*.parquet", "year=2026/t.parquet", "it's; DROP.parquet"])
def test_names_are_taken_as_they_are(tmp_path: Path, name: str) -> None:
    """A file's name is no pattern, no partition and no SQL; nor are its columns' names."""
    parquet(tmp_path / "a1x.parquet", "SELECT 2 AS id")
    path = parquet(tmp_path / name, """SELECT 1 AS id, 3 AS "x""; DROP TABLE t" """)
    assert rows(path) == [{"id": 1, 'x"; DROP TABLE t': 3}]


def test_parts_in_a_folder(tmp_path: Path) -> None:
    """Each part is of the table that its folder is called."""
    for part in (0, 1):
        parquet(
            tmp_path / "out" / "tickets" / f"part-0000{part}-ab.parquet", f"SELECT {part} AS id"
        )
    inputs = open_inputs([tmp_path / "out"], LANGUAGES)
    assert [item.stream for item in inputs] == ["tickets", "tickets"]


def test_damage_and_emptiness_are_told(tmp_path: Path) -> None:
    """A cut file, one without rows, one in an archive."""
    path = parquet(tmp_path / "t.parquet", "SELECT i AS id, 'x' AS b FROM range(5000) t(i)")
    whole = path.read_bytes()
    for bad in (whole[: len(whole) // 2], b"PAR1", b"PAR1" + bytes(500) + b"PAR1"):
        path.write_bytes(bad)
        with pytest.raises(InputError, match="cut off or damaged"):
            open_inputs([path], LANGUAGES)
    path.write_bytes(whole[:4] + bytes(100) + whole[104:])
    with pytest.raises(InputError, match="cut off or damaged"):
        rows(path)
    with pytest.raises(InputError, match="without a row"):
        rows(parquet(tmp_path / "none.parquet", "SELECT 1 AS id WHERE false"))
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("t.parquet", whole)
    with pytest.raises(InputError, match="in an archive"):
        open_inputs([tmp_path / "t.zip"], LANGUAGES)


def test_without_duckdb_the_way_to_it_is_told(tmp_path: Path) -> None:
    """It is an extra that most people do not need."""
    path = parquet(tmp_path / "t.parquet", "SELECT 1 AS id")
    code = f"""
import sys
sys.modules["duckdb"] = None
from pathlib import Path
from kbtool.errors import InputError
from kbtool.tickets.readers.inputs import open_inputs
try:
    open_inputs([Path({str(path)!r})], ["en"])
except InputError as error:
    print(error.hint)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "pip install 'kbtool[parquet]'\n"
