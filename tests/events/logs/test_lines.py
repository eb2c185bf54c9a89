"""Files of lines: whole ones only, whatever else is in them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kbtool.errors import InputError
from kbtool.events.logs.lines import CHUNK, LogFile
from kbtool.events.logs.take import MAX_LINE


def read(path: Path, offset: int = 0) -> tuple[list[bytes], int, str]:
    """The lines, how much was left, and what was wrong."""
    log = LogFile(path)
    try:
        blocks = list(log.blocks(offset, 1))
        place = offset
        for block in blocks:
            assert block.offset == place
            place += block.size
        return [line for block in blocks for line in block.lines], log.unread, log.note
    finally:
        log.close()


@pytest.mark.parametrize("packed", [False, True])
def test_whole_lines_only(tmp_path: Path, packed: bool) -> None:
    """The beginning of a last line is left; from an offset on, what stands before is not read."""
    path, text = tmp_path / "a", b"one\ntwo\n\nthr"
    path.write_bytes(gzip.compress(text) if packed else text)
    assert read(path) == ([b"one", b"two", b""], 3, "")
    assert read(path, 4) == ([b"two", b""], 3, "")


def test_lines_across_the_pieces_that_are_read(tmp_path: Path) -> None:
    """None is cut where a piece ends."""
    lines = [b"%d" % number * 50 for number in range(30_000)]
    path = tmp_path / "a"
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert path.stat().st_size > 3 * CHUNK
    assert read(path) == (lines, 0, "")


@pytest.mark.parametrize("size", [MAX_LINE + 1, CHUNK - 1, 3 * CHUNK + 5])
def test_a_line_of_megabytes_is_one_line(tmp_path: Path, size: int) -> None:
    """Only its beginning is held; the lines around it are whole."""
    path = tmp_path / "a"
    path.write_bytes(b"one\n" + b"x" * size + b"\ntwo\n" + b"y" * size)
    log = LogFile(path)
    blocks = list(log.blocks(0, 1))
    lines = [line for block in blocks for line in block.lines]
    assert [lines[0], lines[2]] == [b"one", b"two"]
    assert len(lines) == 3
    assert len(lines[1]) > MAX_LINE
    assert sum(block.size for block in blocks) == 4 + size + 1 + 4
    assert log.unread == size
    log.close()


def test_members_of_gzip_one_after_the_other(tmp_path: Path) -> None:
    """As `cat a.gz b.gz` makes them."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"one\ntw") + gzip.compress(b"o\n"))
    assert read(path) == ([b"one", b"two"], 0, "")


@pytest.mark.parametrize("damage", [b"", b"garbage" * 4])
def test_a_damaged_gzip_gives_what_stands_before(tmp_path: Path, damage: bytes) -> None:
    """Cut off, or overwritten."""
    whole = gzip.compress(b"".join(b"%032d\n" % (n * n) for n in range(20_000)))
    path = tmp_path / "a.gz"
    path.write_bytes(whole[: len(whole) // 2] + damage)
    lines, _, note = read(path)
    assert lines[:2] == [b"%032d" % 0, b"%032d" % 1]
    assert 1_000 < len(lines) < 20_000
    assert "damaged" in note


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"BZh91AY", "bzip2"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"PK\x03\x04", "zip")],
)
def test_other_packings_are_named(tmp_path: Path, content: bytes, told: str) -> None:
    """They are not read as lines."""
    path = tmp_path / "a"
    path.write_bytes(content + b"\n" * 40)
    with pytest.raises(InputError, match=told):
        LogFile(path)


def test_folders_and_missing_files_are_named(tmp_path: Path) -> None:
    """With the path."""
    with pytest.raises(InputError, match=f"{tmp_path}: a folder"):
        LogFile(tmp_path)
    with pytest.raises(InputError, match="missing: No such file"):
        LogFile(tmp_path / "missing")
