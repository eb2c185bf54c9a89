"""Open what the user gave: compressed or not, in any encoding, one bounded line at a time."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kbtool.errors import InputError
from kbtool.tickets.readers.encoding import find_encoding

MAX_LINE = 8_000_000
"""Characters; a longer line is rejected and skipped without holding it in memory."""
_BROKEN_GZIP = (EOFError, gzip.BadGzipFile, zlib.error)
_MAGIC = (
    (b"PK\x03\x04", "a ZIP or Excel file", "unpack it, or save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file", "save the sheet as CSV"),
    (b"%PDF", "a PDF", "export the tickets as JSON or CSV"),
    (b"SQLite format 3", "a database", "export the tickets as JSON or CSV"),
)


@dataclass(slots=True)
class Source:
    """One input file and what was found out about reading it."""

    path: Path
    encoding: str
    size: int
    """Bytes on disk; progress counts these."""
    notes: list[str] = field(default_factory=list)
    advance: Callable[[int], None] | None = None
    """Called with the number of bytes read so far."""

    @property
    def name(self) -> str:
        """The file's name, as provenance and messages show it."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; ``text`` is ``None`` when it was longer than ``MAX_LINE``."""

    number: int
    text: str | None


def open_source(path: Path, languages: Sequence[str], encoding: str | None = None) -> Source:
    """What is needed to read ``path``.

    Raises InputError when it is missing, a folder, empty, unreadable or no text.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder", hint="give the export files themselves")
    try:
        with path.open("rb") as raw:
            _refuse_binary(path, raw.read(16))
        with _bytes(path) as stream:
            if not stream.read(1):
                raise InputError(f"{path}: is empty", hint="export the tickets again")
            stream.seek(0)
            found, broken = (
                (_checked(encoding), 0) if encoding else find_encoding(stream, languages)
            )
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint="check the path") from None
    except _BROKEN_GZIP:
        raise InputError(f"{path}: gzip, but cut off or damaged", hint="copy it again") from None
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}", hint="see if you may read it"
        ) from None
    source = Source(path, found, path.stat().st_size)
    if broken:
        bytes_are = "byte is" if broken == 1 else "bytes are"
        source.notes.append(f"{path.name}: {broken:,} {bytes_are} not {found}; shown as \ufffd")
    return source


def lines(source: Source) -> Iterator[Line]:
    """The lines of a source, their ends kept, NUL characters dropped.

    Raises InputError when the bytes are not in the encoding that was given.
    """
    nuls = 0
    with text_stream(source) as stream:
        number = 0
        while piece := stream.readline(MAX_LINE):
            number += 1
            if len(piece) == MAX_LINE and not piece.endswith("\n"):
                _skip_line(stream)
                yield Line(number, None)
                continue
            nuls += piece.count("\0")
            yield Line(number, piece.replace("\0", ""))
    if nuls:
        source.notes.append(f"{source.name}: {nuls} NUL characters dropped")


@contextmanager
def text_stream(source: Source) -> Iterator[IO[str]]:
    """The decoded text of a source; line ends as they stand.

    Raises InputError when the bytes are not in the encoding or the compressed file is damaged.
    """
    errors = "replace" if source.notes else "strict"
    try:
        with _bytes(source.path, source.advance) as stream:
            yield io.TextIOWrapper(stream, encoding=source.encoding, errors=errors, newline="")
    except UnicodeError as error:
        byte = error.object[error.start] if isinstance(error, UnicodeDecodeError) else None
        raise InputError(
            f"{source.path}: not {source.encoding}" + (f" (byte {byte:#04x})" if byte else ""),
            hint="leave --encoding out to have it found, or name another",
        ) from None
    except _BROKEN_GZIP:
        raise InputError(
            f"{source.path}: gzip, but cut off or damaged", hint="copy it again"
        ) from None
    except OSError as error:
        raise InputError(f"{source.path}: {error}", hint="copy the file again") from None


def head_of(source: Source, characters: int = 200_000) -> str:
    """The first characters of a source."""
    with text_stream(source) as stream:
        return stream.read(characters).replace("\0", "")


class _Counted(io.RawIOBase):
    """A binary file that tells how far it was read."""

    def __init__(self, raw: IO[bytes], advance: Callable[[int], None]) -> None:
        self._raw = raw
        self._advance = advance
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # io's own stub is wider
        piece = self._raw.read(len(buffer))
        buffer[: len(piece)] = piece
        self._done += len(piece)
        self._advance(self._done)
        return len(piece)


@contextmanager
def _bytes(path: Path, advance: Callable[[int], None] | None = None) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream: IO[bytes] = io.BufferedReader(_Counted(raw, advance), 1 << 18) if advance else raw
        if packed:
            with gzip.open(stream) as unpacked:
                yield unpacked  # type: ignore[misc]  # GzipFile is a binary stream in all but its stub
        else:
            yield stream


def _skip_line(stream: IO[str]) -> None:
    while (piece := stream.readline(1 << 20)) and not piece.endswith("\n"):
        pass


def _refuse_binary(path: Path, head: bytes) -> None:
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            raise InputError(f"{path}: is {what}", hint=hint)


def _checked(encoding: str) -> str:
    try:
        "".encode(encoding)  # refuses codecs that give no text, such as base64
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise InputError(
            f"unknown encoding {encoding!r}", hint="use a name such as utf-8 or windows-1257"
        ) from None
