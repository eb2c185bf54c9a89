"""Open what the user gave: packed or not, in any encoding, one bounded line at a time."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias, cast

from kbtool.errors import InputError
from kbtool.tickets.readers.encoding import find_encoding

MAX_LINE = 8_000_000
"""Characters; a longer line is rejected and skipped without holding it in memory."""
MAX_RATIO = 200
"""Unpacked bytes for one packed byte; text of tickets packs to a tenth or a twentieth."""
FREE_BYTES = 64 * 1024 * 1024
"""Unpacked bytes that are always let through, however well they pack."""
Advance: TypeAlias = Callable[[int], None]
"""Called with the number of (packed) bytes read so far."""
Readable: TypeAlias = "io.RawIOBase | IO[bytes]"

_BUFFER = 1 << 18
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile)
_GZIP = b"\x1f\x8b"
_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file", "save the sheet as CSV"),
    (b"%PDF", "a PDF", "export the tickets as JSON or CSV"),
    (b"SQLite format 3", "a database", "export the tickets as JSON or CSV"),
    (b"BZh", "packed with bzip2", "unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "packed with xz", "unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it, or pack it with zip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack it with zip"),
)


class NothingInItError(InputError):
    """A file that can be read but holds no records; beside others it may be left out."""

    def __init__(self, place: str, what: str, *, hint: str) -> None:
        super().__init__(f"{place}: {what}", hint=hint)
        self.what = what


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that can be read again and again: a file, or a member of an archive."""

    name: str
    """As people are shown it: ``tickets.json``, ``export.zip: tickets.json``."""
    path: Path
    """The file on disk that holds the bytes."""
    folder: Path
    """What it lies in: a folder, or an archive's own path."""
    size: int
    """Bytes on disk; progress counts these."""
    raw: Callable[[Advance | None], AbstractContextManager[Readable]]
    """The bytes as they lie in the file or archive."""
    plain: bool = True
    """Whether ``path`` holds these very bytes, so that a program may open it by itself."""

    @contextmanager
    def open(self, advance: Advance | None = None) -> Iterator[IO[bytes]]:
        """The bytes, unpacked. Raises InputError when they cannot be read, now or in the block."""
        try:
            with self.raw(advance) as raw:
                stream = io.BufferedReader(cast("io.RawIOBase", raw), _BUFFER)
                if stream.peek(2)[:2] == _GZIP:
                    with gzip.open(stream) as unpacked:
                        yield io.BufferedReader(_Guarded(unpacked, self), _BUFFER)
                else:
                    yield stream
        except _DAMAGED:
            raise InputError(
                f"{self.place}: packed, but cut off or damaged", hint="copy it again"
            ) from None
        except FileNotFoundError:
            raise InputError(f"{self.place}: no such file", hint="check the path") from None
        except OSError as error:
            raise InputError(
                f"{self.place}: {error.strerror or error}", hint="see if you may read it"
            ) from None

    def head(self, size: int = 4096) -> bytes:
        """The first unpacked bytes. Raises InputError."""
        with self.open() as stream:
            return stream.read(size)

    @property
    def place(self) -> str:
        """Its path, for messages."""
        return str(self.path.parent / self.name)

    @property
    def own_path(self) -> PurePosixPath:
        """Its path on disk, or in the archive: programs call files and folders by what is in them."""
        return PurePosixPath(self.path.as_posix() if self.plain else self.name.rpartition(": ")[2])


def file_blob(path: Path) -> Blob:
    """A file on disk. Raises InputError when it is missing, a folder, or can be read only once."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", hint="check the path") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="see if you may read it") from None
    if path.is_dir():
        raise InputError(f"{path}: is a folder", hint="give the export files themselves")
    if not path.is_file():
        raise InputError(
            f"{path}: is no file that can be read twice", hint="save it in a file first"
        )

    @contextmanager
    def raw(advance: Advance | None) -> Iterator[Readable]:
        with path.open("rb", buffering=0) as stream:
            yield counted(stream, advance)
        refuse_changed(path, found)

    return Blob(path.name, path, path.parent, found.st_size, raw)


def refuse_changed(path: Path, before: os.stat_result) -> None:
    """Raise InputError when the file is not as it was: two passes would see different things."""
    now = path.stat()
    if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise InputError(
            f"{path}: changed while it was read",
            hint="run the command again when nothing writes to the file",
        )


@dataclass(slots=True)
class Source:
    """A text to read and what was found out about it."""

    blob: Blob
    encoding: str
    errors: str = "strict"
    """How bytes that are not in the encoding are decoded: they are an error, or shown as ``�``."""
    notes: list[str] = field(default_factory=list)
    advance: Advance | None = None

    @property
    def name(self) -> str:
        """The file's name, as provenance and messages show it."""
        return self.blob.name


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; ``text`` is ``None`` when it was longer than ``MAX_LINE``."""

    number: int
    text: str | None


def open_source(
    blob: Blob,
    languages: Sequence[str],
    encoding: str | None = None,
    advance: Advance | None = None,
) -> Source:
    """What is needed to read the text of ``blob``; its bytes are read once to know the encoding.

    Raises InputError when it is unreadable or no text, NothingInItError when it is empty.
    """
    head = blob.head()
    if not head:
        raise NothingInItError(blob.place, "is empty", hint="export the tickets again")
    _refuse_binary(blob, head)
    found, broken = (
        (_checked(encoding), 0)
        if encoding
        else find_encoding(lambda: blob.open(advance), languages)
    )
    source = Source(blob, found)
    if broken:
        source.errors = "replace"
        bytes_are = "byte is" if broken == 1 else "bytes are"
        source.notes.append(f"{blob.name}: {broken:,} {bytes_are} not {found}; shown as \ufffd")
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
            if "\0" in piece:
                nuls += piece.count("\0")
                piece = piece.replace("\0", "")
            yield Line(number, piece)
    if nuls:
        source.notes.append(f"{source.name}: {nuls} NUL characters dropped")


@contextmanager
def text_stream(source: Source) -> Iterator[IO[str]]:
    """The decoded text of a source; line ends as they stand.

    Raises InputError when the bytes are not in the encoding or the packed file is damaged.
    """
    try:
        with source.blob.open(source.advance) as stream:
            yield io.TextIOWrapper(
                stream, encoding=source.encoding, errors=source.errors, newline=""
            )
    except UnicodeError as error:
        byte = error.object[error.start] if isinstance(error, UnicodeDecodeError) else None
        raise InputError(
            f"{source.blob.place}: not {source.encoding}"
            + (f" (byte {byte:#04x})" if byte else ""),
            hint="leave --encoding out to have it found, or name another",
        ) from None


def head_of(source: Source, characters: int = 200_000) -> str:
    """The first characters of a source."""
    with text_stream(source) as stream:
        return stream.read(characters).replace("\0", "")


def further(advance: Advance | None, before: int) -> Advance | None:
    """``advance`` for the next of several files, when ``before`` bytes were read of the others."""
    return None if advance is None else lambda done: advance(before + done)


def note_once(notes: list[str], note: str) -> None:
    """Add what each pass over a file finds again."""
    if note not in notes:
        notes.append(note)


def counted(stream: Readable, advance: Advance | None, share: float = 1.0) -> Readable:
    """The stream, telling ``advance`` how many bytes, times ``share``, were read of it."""
    return stream if advance is None else _Counted(stream, advance, share)


class _Counted(io.RawIOBase):
    def __init__(self, stream: Readable, advance: Advance, share: float) -> None:
        self._stream = stream
        self._advance = advance
        self._share = share
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # io's own stub is wider
        piece = self._stream.read(len(buffer)) or b""
        buffer[: len(piece)] = piece
        self._done += len(piece)
        self._advance(int(self._done * self._share))
        return len(piece)


class _Guarded(io.RawIOBase):
    """What comes out of a packed file, as long as it is no bomb."""

    def __init__(self, stream: gzip.GzipFile, blob: Blob) -> None:
        self._stream = stream
        self._blob = blob
        self._done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # io's own stub is wider
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._done += len(piece)
        if self._done > max(FREE_BYTES, MAX_RATIO * self._blob.size):
            raise InputError(
                f"{self._blob.place}: unpacks to more than {MAX_RATIO} times its size",
                hint="unpack it yourself if you trust it",
            )
        return len(piece)


def _skip_line(stream: IO[str]) -> None:
    while (piece := stream.readline(1 << 20)) and not piece.endswith("\n"):
        pass


def _refuse_binary(blob: Blob, head: bytes) -> None:
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            raise InputError(f"{blob.place}: is {what}", hint=hint)
    if head[257:262] == b"ustar":
        raise InputError(f"{blob.place}: is a tar archive", hint="unpack it, or pack it with zip")


def _checked(encoding: str) -> str:
    try:
        "".encode(encoding)  # refuses codecs that give no text, such as base64
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise InputError(
            f"unknown encoding {encoding!r}", hint="use a name such as utf-8 or windows-1257"
        ) from None
