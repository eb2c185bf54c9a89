"""What a build works out of its articles, kept for the next one: bytes under names.

A name tells everything that the bytes were made of, the code as well, so that nothing kept is ever
out of date, only unused. What was cut off, changed or put there by others is as good as not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kbtool.resources import code_digest

_DIGEST = hashlib.sha256().digest_size
_LINKS = ".files"


class Cache:
    """A folder of kept bytes; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()
        with suppress(OSError):
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str) -> bytes | None:
        """What was kept under ``name``; None when nothing was, or not all of it is there."""
        if self._folder is None:
            return None
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            return None
        data = content[_DIGEST:]
        if _checksum(name, data) != content[:_DIGEST]:
            return None
        self._used.add(name)
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep ``data`` under ``name``. A disk that refuses costs the next build time, no more."""
        if self._folder is None:
            return
        temporary = self._folder / f".{os.getpid()}.tmp"
        with suppress(OSError):
            temporary.write_bytes(_checksum(name, data) + data)
            temporary.replace(self._folder / name)
            self._used.add(name)

    def put_folder(self, name: str, folder: Path) -> None:
        """Keep the files of ``folder``, which must never change, as links to them."""
        if self._folder is None:
            return
        links = self._folder / f"{name}{_LINKS}"
        self._used.add(links.name)
        with suppress(OSError):
            shutil.rmtree(links, ignore_errors=True)  # a killed run's
            files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            sums = {}
            for path, data in files.items():
                within = path.relative_to(folder).as_posix()
                sums[within] = hashlib.sha256(data).hexdigest()
                target = links / within
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(path, target)
            self.put(name, json.dumps(sums).encode())

    def get_folder(self, name: str, folder: Path) -> bool:
        """Put the files that were kept under ``name`` into ``folder``, which must be empty. False
        when there are none, or not all are as they were; ``folder`` is then still empty.
        """
        kept = self.get(name)
        if self._folder is None or kept is None:
            return False
        links = self._folder / f"{name}{_LINKS}"
        self._used.add(links.name)
        try:
            for within, checksum in json.loads(kept).items():
                if hashlib.sha256((links / within).read_bytes()).hexdigest() != checksum:
                    raise OSError(f"{within} has changed")
                (folder / within).parent.mkdir(parents=True, exist_ok=True)
                os.link(links / within, folder / within)
        except OSError:
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            return False
        return True

    def forget_others(self) -> None:
        """Delete what was neither asked for nor kept since this cache was opened."""
        if self._folder is None:
            return
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


NOTHING_KEPT = Cache(None)


def name_of(*made_of: bytes) -> str:
    """The name of what is made of these bytes, and of nothing else, by this very code."""
    digest = hashlib.sha256(code_digest().encode())
    for part in made_of:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Several files as one; ``unpacked`` gives them back."""
    head = json.dumps([[name, len(data)] for name, data in files.items()]).encode()
    return head + b"\n" + b"".join(files.values())


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files that ``packed`` made ``data`` of."""
    head, _, rest = data.partition(b"\n")
    files: dict[str, bytes] = {}
    at = 0
    for name, size in json.loads(head):
        files[name] = rest[at : at + size]
        at += size
    return files


def _checksum(name: str, data: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + data).digest()
