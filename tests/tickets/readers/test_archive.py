"""Packed files and folders: read in place, left out with a word, bombs and locks refused."""

from __future__ import annotations

import gc
import gzip
import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from kbtool.errors import InputError
from kbtool.tickets.raw import Record
from kbtool.tickets.readers import archive, files
from kbtool.tickets.readers.inputs import Input, open_inputs

LANGUAGES = ("en",)
TICKET = {"id": 1, "subject": "Lock", "status": "closed"}
LINES = "".join(json.dumps({**TICKET, "id": n}) + "\n" for n in range(5))


def packed(path: Path, members: dict[str, str | bytes]) -> Path:
    """A ZIP file with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def ids(item: Input) -> list[object]:
    """The ids of an input's records."""
    return [record.data["id"] for record in item.records() if isinstance(record, Record)]


def test_each_member_of_an_archive_is_an_input_with_its_own_name(tmp_path: Path) -> None:
    """Members in folders, packed ones too; all of them belong together."""
    path = packed(
        tmp_path / "export.zip",
        {"a/tickets.jsonl": LINES, "users.json.gz": gzip.compress(b'[{"id": 7}]')},
    )
    tickets, users = open_inputs([path], LANGUAGES)
    assert (tickets.name, users.name) == (
        "export.zip: a/tickets.jsonl",
        "export.zip: users.json.gz",
    )
    assert ids(tickets) == ids(tickets) == [0, 1, 2, 3, 4]
    assert (ids(users), users.format) == ([7], "json")
    assert tickets.folder == users.folder


def test_what_holds_no_tickets_is_left_out_with_a_word(tmp_path: Path) -> None:
    """Pictures are counted, empty files and texts named; what systems leave behind is ignored."""
    members: dict[str, str | bytes] = {
        "tickets.jsonl": LINES, "a.png": b"\x89PNG", "b.PNG": b"\x89PNG", "manual.pdf": b"%PDF",
        "__MACOSX/tickets.jsonl": b"junk", ".DS_Store": b"junk", "sub/": b"", "empty.json": b"",
        "README.txt": "Read me", "none.json": "[]",
    }  # fmt: skip
    for path in (packed(tmp_path / "x.zip", members), tmp_path / "folder"):
        if path.suffix != ".zip":
            with zipfile.ZipFile(tmp_path / "x.zip") as made:
                made.extractall(path)
        (item,) = open_inputs([path], LANGUAGES)
        assert ids(item) == [0, 1, 2, 3, 4]
        told = "\n".join(item.notes)
        assert "1 .pdf, 2 .png" in told
        assert "empty.json: left out: is empty" in told
        assert "README.txt: left out: neither JSON nor a table" in told
        assert "none.json: left out: no JSON object" in told
        assert "MACOSX" not in told
        assert ".DS_Store" not in told


def test_an_archive_in_a_folder_is_read_and_one_in_an_archive_is_not(tmp_path: Path) -> None:
    """A folder of downloads is read whole; a box in a box is to be opened by a person."""
    (tmp_path / "in").mkdir()
    inner = packed(tmp_path / "in" / "x.zip", {"t.jsonl": LINES})
    (item,) = open_inputs([inner.parent], LANGUAGES)
    assert item.name == "x.zip: t.jsonl"
    outer = packed(tmp_path / "outer.zip", {"x.zip": inner.read_bytes()})
    with pytest.raises(InputError, match="an archive in an archive"):
        open_inputs([outer], LANGUAGES)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "no export file"),
        ({"a.png": b"x"}, "no export file"),
        ({"t.json": b""}, "t.json: is empty"),
        ({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}, "is an Excel"),
    ],
)
def test_archives_without_tickets_are_refused(
    tmp_path: Path, members: dict[str, str | bytes], message: str
) -> None:
    """Each with what it is."""
    with pytest.raises(InputError, match=message):
        open_inputs([packed(tmp_path / "x.zip", members)], LANGUAGES)


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member, a gzip file, or a whole archive that unpacks to far more than text ever does."""
    monkeypatch.setattr(files, "FREE_BYTES", 100_000)
    monkeypatch.setattr(archive, "FREE_BYTES", 100_000)
    lone = tmp_path / "t.jsonl.gz"
    lone.write_bytes(gzip.compress(LINES.encode() + b" " * 3_000_000))
    with pytest.raises(InputError, match="more than 200 times"):
        open_inputs([lone], LANGUAGES)
    with pytest.raises(InputError, match="more than 200 times"):
        open_inputs([packed(tmp_path / "one.zip", {"t.json": b" " * 3_000_000})], LANGUAGES)
    nested = packed(tmp_path / "gz.zip", {"t.jsonl.gz": lone.read_bytes()})
    with pytest.raises(InputError, match="more than 200 times"):
        open_inputs([nested], LANGUAGES)
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    many = packed(tmp_path / "many.zip", {f"{n}.jsonl": LINES for n in range(10)})
    with pytest.raises(InputError, match="more than can be meant"):
        open_inputs([many], LANGUAGES)
    monkeypatch.setattr(archive, "MAX_FILES", 9)
    with pytest.raises(InputError, match="holds 10 files"):
        open_inputs([many], LANGUAGES)


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    """The bomb whose members share their bytes: together they are longer than the file."""
    path = packed(tmp_path / "x.zip", {"a.jsonl": LINES * 50})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.jsonl", b"%c.jsonl" % (97 + n)) for n in range(20))
    tail = bytearray(data[end:])
    tail[8:10] = tail[10:12] = (20).to_bytes(2, "little")
    tail[12:16] = len(entries).to_bytes(4, "little")
    path.write_bytes(data[:start] + entries + bytes(tail))
    with pytest.raises(InputError, match="more than can be meant"):
        open_inputs([path], LANGUAGES)


def test_encrypted_members_are_refused_politely(tmp_path: Path) -> None:
    """A password cannot be guessed."""
    path = packed(tmp_path / "x.zip", {"t.jsonl": LINES})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="is encrypted") as raised:
        open_inputs([path], LANGUAGES)
    assert "password" in (raised.value.hint or "")


@pytest.mark.parametrize("text", ["", LINES])
def test_no_archive_stays_open(tmp_path: Path, text: str) -> None:
    """Refused or read to its end: a folder may hold more archives than files may be open."""
    path = packed(tmp_path / "x.zip", {"t.jsonl": text})
    try:
        for item in open_inputs([path], LANGUAGES):
            list(item.records())
    except InputError:
        assert not text
    files = (found for found in gc.get_objects() if isinstance(found, io.FileIO))
    assert not [file for file in files if file.name == str(path) and not file.closed]


@pytest.mark.parametrize("keep", [0.2, 0.9, 0.99])
def test_a_cut_off_archive_is_told(tmp_path: Path, keep: float) -> None:
    """Wherever it was cut."""
    path = packed(tmp_path / "x.zip", {"t.jsonl": LINES * 100})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(InputError, match="cut off or damaged"):
        open_inputs([path], LANGUAGES)


def test_damage_inside_a_member_is_told(tmp_path: Path) -> None:
    """The checksum at a member's end is looked at."""
    text = "".join(
        json.dumps({**TICKET, "id": n, "subject": f"{n * 7919}"}) + "\n" for n in range(9000)
    )
    path = packed(tmp_path / "x.zip", {"t.jsonl": text})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="cut off or damaged"):
        [list(item.records()) for item in open_inputs([path], LANGUAGES)]


def test_several_gzip_members_are_one_text(tmp_path: Path) -> None:
    """Files that were packed piece by piece and joined, as log shippers do."""
    path = tmp_path / "t.jsonl.gz"
    path.write_bytes(
        b"".join(gzip.compress(line.encode()) for line in LINES.splitlines(keepends=True))
    )
    (item,) = open_inputs([path], LANGUAGES)
    assert ids(item) == [0, 1, 2, 3, 4]


def test_progress_counts_the_bytes_of_the_packed_file(tmp_path: Path) -> None:
    """It never runs backwards within a pass and ends at the size on disk."""
    body = "".join(
        json.dumps({**TICKET, "id": n, "subject": f"{n * 7919}"}) + "\n" for n in range(9000)
    )
    plain = tmp_path / "t.jsonl"
    plain.write_text(body, encoding="utf-8")
    small = tmp_path / "t.jsonl.gz"
    small.write_bytes(gzip.compress(body.encode()))
    boxed = packed(tmp_path / "t.zip", {"t.jsonl": body})
    for path in (plain, small, boxed):
        (item,) = open_inputs([path], LANGUAGES)
        told: list[int] = []
        assert len([*item.records(told.append)]) == 9000
        assert told == sorted(told)
        assert told[-1] == item.size
        assert item.size <= path.stat().st_size


def test_a_file_that_changes_or_goes_between_passes_is_told(tmp_path: Path) -> None:
    """Two passes that saw different things would lose tickets silently."""
    path = tmp_path / "t.jsonl"
    path.write_text(LINES, encoding="utf-8")
    (item,) = open_inputs([path], LANGUAGES)
    assert len(list(item.records())) == 5
    with path.open("a", encoding="utf-8") as file:
        file.write(LINES)
    with pytest.raises(InputError, match="changed while it was read"):
        list(item.records())
    path.unlink()
    with pytest.raises(InputError, match="no such file"):
        list(item.records())
    box = packed(tmp_path / "t.zip", {"t.jsonl": LINES})
    (item,) = open_inputs([box], LANGUAGES)
    shutil.copy(packed(tmp_path / "other.zip", {"u.jsonl": "x" * 5000}), box)
    with pytest.raises(InputError, match="changed while it was read"):
        list(item.records())


def test_what_can_be_read_only_once_is_refused(tmp_path: Path) -> None:
    """A pipe has no second pass."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(InputError, match="read twice"):
        open_inputs([path], LANGUAGES)
