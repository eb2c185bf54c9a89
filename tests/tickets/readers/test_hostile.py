"""Files made to exhaust a reader: each is read or refused in bounded time and memory."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import file_blob, lines, open_source
from kbtool.tickets.readers.inputs import open_inputs
from kbtool.tickets.readers.mbox import letters

NOBODY = 65534
BOUND = 10.0
"""CPU seconds; each of these takes one, or took minutes."""


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":[', '{"a":[{"b":'])
def test_brackets_without_end_are_no_trouble(tmp_path: Path, opening: str) -> None:
    """The time grows with the number of brackets, however deep they go."""
    path = tmp_path / "deep.json"
    path.write_text(opening * 200_000, encoding="ascii")
    began = time.process_time()
    with pytest.raises(InputError):
        open_inputs([path], ("en",))
    assert time.process_time() - began < BOUND


def test_a_letter_of_millions_of_lines_is_cut(tmp_path: Path) -> None:
    """Lines that hold next to nothing cost a parser most: a letter has no more than people write."""
    path = tmp_path / "many.eml"
    path.write_bytes(
        b"From: a@b.example\nSubject: x\nX-A: a\n" + b" a\n" * 1_000_000 + b"\nhello\n"
    )
    with file_blob(path).open() as stream:
        (letter,) = letters(stream)
    assert letter.cut
    assert letter.raw.count(b"\n") == 250_000


@pytest.mark.parametrize(
    ("encoding", "damage"),
    [("utf-16", b"\x00\xd8\x41\x00"), ("utf-8-sig", b"\xff"), ("utf-32", b"\xff\xff\xff\x7f")],
)
def test_damage_in_a_marked_file_costs_its_record_only(
    tmp_path: Path, encoding: str, damage: bytes
) -> None:
    """A few broken bytes in a file whose encoding is marked are shown as ``�``, and said."""
    before = '{"id": 1, "subject": "õ"}\n{"id": 2, "subject": "'
    plain = encoding.removesuffix("-sig") + ("-le" if encoding != "utf-8-sig" else "")
    path = tmp_path / "t.jsonl"
    path.write_bytes(before.encode(encoding) + damage + '"}\n{"id": 3}\n'.encode(plain))
    (item,) = open_inputs([path], ("et",))
    records = list(item.records())
    assert [r.data["id"] for r in records if isinstance(r, Record)] == [1, 2, 3]
    assert not [r for r in records if isinstance(r, Rejected)]
    assert any("shown as \ufffd" in note for note in item.notes)


def test_a_marked_file_without_damage_is_read_strictly(tmp_path: Path) -> None:
    """Nothing is said of a sound file."""
    path = tmp_path / "t.jsonl"
    path.write_bytes('{"id": 1, "subject": "\ufffd"}\n'.encode("utf-16"))
    source = open_source(file_blob(path), ("et",))
    assert (source.errors, source.notes) == ("strict", [])
    assert [line.text for line in lines(source)] == ['{"id": 1, "subject": "\ufffd"}\n']


def test_a_folder_that_may_not_be_read_is_told() -> None:
    """It could hold most of the tickets, so it is never passed over."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to nobody
        folder = Path(name)
        (folder / "t.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
        closed = folder / "more"
        closed.mkdir()
        folder.chmod(0o755)
        open_inputs([folder / "t.jsonl"], ("en",))  # loads what nobody could not load
        closed.chmod(0)
        try:
            with as_nobody(), pytest.raises(InputError, match=r"more: Permission denied"):
                open_inputs([folder], ("en",))
        finally:
            closed.chmod(0o700)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read everything, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_of_thousands_of_streams_is_refused(tmp_path: Path) -> None:
    """Each stream costs a pass over the file, so that their number must have an end."""
    path = tmp_path / "tap.jsonl"
    record = '{"type": "RECORD", "stream": "s%d", "record": {"id": 1}}\n'
    schema = '{"type": "SCHEMA", "stream": "s0", "schema": {}}\n'
    path.write_text(schema + "".join(record % n for n in range(2_000)), encoding="utf-8")
    with pytest.raises(InputError, match=r"holds 2,000 streams"):
        open_inputs([path], ("en",))
