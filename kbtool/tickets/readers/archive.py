"""Folders and ZIP archives: the export files in them, read in place and never unpacked to disk."""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from kbtool.errors import InputError
from kbtool.tickets.readers.files import (
    FREE_BYTES,
    MAX_RATIO,
    Advance,
    Blob,
    Readable,
    counted,
    file_blob,
    refuse_changed,
)

MAX_FILES = 100_000
MAX_UNPACKED = 64 * 1024**3
"""Bytes of all members of one archive together."""
EXPORTS = frozenset(
    ".json .jsonl .ndjson .csv .tsv .txt .gz .parquet .mbox .mbx .eml .xml .zip".split()
)
"""Endings of files that may hold tickets; what ends otherwise is left out and counted."""
_ENCRYPTED = 0x1


@dataclass(slots=True)
class Group:
    """The files of one folder or archive; they belong together."""

    name: str
    path: Path
    """The folder, or the archive."""
    blobs: list[Blob]
    """By name; hidden ones and those that are surely no export are left out."""
    notes: list[str] = field(default_factory=list)

    @property
    def is_folder(self) -> bool:
        """Whether the files lie on disk and not in an archive."""
        return self.path.is_dir()


def is_archive(blob: Blob) -> bool:
    """Whether it begins as ZIP files do. Raises InputError when it cannot be read."""
    return blob.head(4) in (b"PK\x03\x04", b"PK\x05\x06")


def open_folder(path: Path) -> Group:
    """The export files in a folder and the folders below it. Raises InputError."""
    files = sorted(
        file
        for folder, _, names in os.walk(path, onerror=_unreadable)
        for name in names
        if (file := Path(folder, name)).is_file()
    )
    by_name = {file.relative_to(path).as_posix(): file for file in files}
    chosen, notes = _choose(path.name, by_name)
    _refuse_many(path, len(chosen))
    return Group(path.name, path, [file_blob(by_name[name]) for name in chosen], notes)


def _unreadable(error: OSError) -> None:
    """A folder that may not be looked into could hold most of the tickets."""
    place = error.filename
    raise InputError(f"{place}: {error.strerror}", hint="see if you may read it") from None


def open_archive(path: Path) -> Group:
    """The members of a ZIP archive, each readable in place.

    Raises InputError for Excel files, archives that are damaged or encrypted, and bombs.
    """
    try:
        before = path.stat()
        file = _Shared(path)
        with file.opened():
            archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(
            f"{path}: a ZIP file, but cut off or damaged", hint="copy it again"
        ) from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="see if you may read it") from None
    members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    if "[Content_Types].xml" in members:
        raise InputError(f"{path}: is an Excel or other Office file", hint="save the sheet as CSV")
    chosen, notes = _choose(path.name, members)
    _refuse_many(path, len(chosen))
    _refuse_bomb(path, [members[name] for name in chosen])

    def blob(info: zipfile.ZipInfo) -> Blob:
        return _member(path, before, file, archive, info)

    return Group(path.name, path, [blob(members[name]) for name in chosen], notes)


class _Shared:
    """An archive's file as zipfile takes one: open only while somebody reads a member of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._readers = 0
        self._file: IO[bytes] = io.BytesIO()

    @contextmanager
    def opened(self) -> Iterator[None]:
        if not self._readers:
            self._file = self._path.open("rb")
        self._readers += 1
        try:
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                self._file.close()

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int = -1, /) -> bytes:
        return self._file.read(size)


def _member(
    path: Path,
    before: os.stat_result,
    file: _Shared,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
) -> Blob:
    @contextmanager
    def raw(advance: Advance | None) -> Iterator[Readable]:
        refuse_changed(path, before)
        with file.opened():
            try:
                stream = archive.open(info)
            except (NotImplementedError, RuntimeError) as error:  # a way of packing zipfile lacks
                raise InputError(
                    f"{path}: {info.filename}: {error}", hint="unpack it yourself"
                ) from None
            with stream:
                yield counted(stream, advance, info.compress_size / max(1, info.file_size))

    return Blob(f"{path.name}: {info.filename}", path, path, info.compress_size, raw, plain=False)


def _choose(group: str, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """(the names of export files, notes about the others)."""
    chosen: list[str] = []
    others: Counter[str] = Counter()
    for name in sorted(names):
        parts = PurePosixPath(name).parts
        if parts[-2:-1] in (("cur",), ("new",)):  # a Maildir: its folders are hidden ones
            chosen.append(name)
            continue
        if any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        ending = PurePosixPath(name).suffix.lower()
        if ending in EXPORTS or not ending:
            chosen.append(name)
        else:
            others[ending] += 1
    told = ", ".join(f"{count:,} {ending}" for ending, count in sorted(others.items()))
    return chosen, [f"{group}: files left out as they hold no tickets: {told}"] if told else []


def _refuse_many(path: Path, count: int) -> None:
    if not count:
        raise InputError(f"{path}: no export file in it", hint="give JSON, CSV or mail files")
    if count > MAX_FILES:
        raise InputError(
            f"{path}: holds {count:,} files, more than {MAX_FILES:,}", hint="give fewer at a time"
        )


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    for info in members:
        if info.flag_bits & _ENCRYPTED:
            raise InputError(
                f"{path}: {info.filename} is encrypted", hint="unpack it with its password first"
            )
        if info.file_size > max(FREE_BYTES, MAX_RATIO * info.compress_size):
            raise InputError(
                f"{path}: {info.filename} unpacks to more than {MAX_RATIO} times its size",
                hint="unpack it yourself if you trust it",
            )
    packed, size = sum(info.compress_size for info in members), path.stat().st_size
    unpacked = sum(info.file_size for info in members)
    most = min(MAX_UNPACKED, max(FREE_BYTES, MAX_RATIO * size))
    if packed > size or unpacked > most:
        raise InputError(
            f"{path}: its files unpack to {unpacked:,} bytes, more than can be meant",
            hint="unpack it yourself if you trust it",
        )
