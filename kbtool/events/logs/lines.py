"""Files of lines, plain or gzip: what they begin with, and their whole lines block after block."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import DEFAULT_BUFFER_SIZE
from pathlib import Path
from typing import BinaryIO, cast

from kbtool.errors import InputError
from kbtool.events.logs.take import MAX_LINE, Block
from kbtool.progress import Progress

CHUNK = 1 << 20
TAIL = 1 << 10
"""Bytes at the end of what was read by which a file is known again."""
HEAD = 1 << 10
"""Bytes at its beginning, the same."""
SAMPLE = 1 << 16
"""Bytes by which a file's format is told."""
_GZIP = b"\x1f\x8b"
_PACKED = {b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "zip"}
_DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


class LogFile:
    """One file, open for reading; what is counted are bytes of the unpacked text."""

    def __init__(self, path: Path) -> None:
        """Raises InputError when it cannot be read, or is packed in a way that is not known."""
        self.path = path
        try:
            self._raw = path.open("rb")
            self.size = path.stat().st_size
            magic = self._raw.read(8)
            self._raw.seek(0)
        except IsADirectoryError:
            raise InputError(f"{path}: a folder", hint="name its files: logs/access.log*") from None
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from None
        packed = next((name for start, name in _PACKED.items() if magic.startswith(start)), None)
        if packed:
            self._raw.close()
            raise InputError(f"{path}: packed with {packed}", hint="unpack it; only .gz is read")
        is_gzip = magic.startswith(_GZIP)
        unpacked = gzip.open(self._raw) if is_gzip else self._raw  # noqa: SIM115 - see close
        self._stream = cast("BinaryIO", unpacked)
        self.note = ""
        """Why reading ended before the end; empty when it did not."""
        self.unread = 0
        """Bytes after the last whole line, once ``blocks`` came to the end."""
        try:
            self.start = self._read(SAMPLE)
        except BaseException:
            self.close()
            raise
        self.note = ""

    def close(self) -> None:
        """Close it."""
        self._stream.close()
        self._raw.close()

    def before(self, offset: int, count: int) -> bytes | None:
        """The ``count`` bytes before ``offset``; None when the file is shorter."""
        with suppress(*_DAMAGED):
            self._stream.seek(offset - count)
            found = self._read(count)
            return found if len(found) == count and self._stream.tell() == offset else None
        return None

    def at(self, offset: int, count: int) -> bytes:
        """At most ``count`` bytes at ``offset``."""
        with suppress(*_DAMAGED):
            self._stream.seek(offset)
            return self._read(count)
        return b""

    def blocks(
        self, offset: int, number: int, progress: Progress | None = None, *, chunk: int = CHUNK
    ) -> Iterator[Block]:
        """The whole lines from ``offset`` on, where line ``number`` begins, about ``chunk`` bytes at
        once.
        """
        self._stream.seek(offset)
        held, lost = b"", 0  # of a line that is not whole yet: what is kept, how much was let go
        while data := self._read(chunk):
            if progress:
                progress(f"reading {self.path.name}", min(self._raw.tell(), self.size), self.size)
            if len(held) > MAX_LINE:
                cut = data.find(b"\n") + 1
                if not cut:
                    lost += len(data)
                    continue
                size = len(held) + lost + cut
                yield Block(held[: MAX_LINE + 1], 1, offset, number, size, data[:cut][-TAIL:])
                offset, number, held, lost, data = offset + size, number + 1, b"", 0, data[cut:]
            cut = data.rfind(b"\n") + 1
            if not cut:
                held += data
                continue
            text = held + data[:cut]
            block = Block(text, text.count(b"\n"), offset, number, len(text), text[-TAIL:])
            yield block
            offset, number, held = offset + block.size, number + block.count, data[cut:]
        self.unread = len(held) + lost

    def _read(self, count: int) -> bytes:
        """So many bytes, fewer only at the end or before damage, which ``note`` then tells."""
        if self._stream is self._raw:
            return self._raw.read(count)
        parts: list[bytes] = []
        try:
            while count > 0 and (part := self._stream.read1(min(count, _STEP))):  # type: ignore[attr-defined]
                parts.append(part)
                count -= len(part)
        except _DAMAGED:  # read1, so that what stands before the damage is not lost
            self.note = "the packed file is damaged: what stands before the damage was read"
        return b"".join(parts)


_STEP = max(DEFAULT_BUFFER_SIZE, 1 << 16)
