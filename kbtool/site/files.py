"""The files of a site being made: what was made of the same things is taken over from the last one.

A file is known by its key, a digest of everything that decides its bytes. The last release's file of
the same address and key is linked, not copied; that is sound because a release is never changed. A
file that somebody did change has another size or time than was noted, and is made anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

NOTES = "files.json"
"""Beside the site: address → key, size and time of change of every file."""
_FORMAT = 1


def digest(*parts: str | bytes) -> str:
    """A key of these parts; each part counts on its own, so ``ab, c`` differs from ``a, bc``."""
    found = blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def tree_digest(folders: Iterable[Path]) -> str:
    """A key of all files below these folders, names and contents, in the order of the folders."""
    parts: list[str | bytes] = []
    for folder in folders:
        parts.append(folder.name)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return digest(*parts)


class SiteFiles:
    """Fills the folder ``site``; ``before`` is the folder of the last release, or None.

    Addresses are site-relative paths of files. What is wrong with the last release is never an
    error: its files are then made anew.
    """

    def __init__(self, site: Path, before: Path | None) -> None:
        self.site = site
        self._before = before / site.name if before else None
        self._known = _read_notes(before) if before else {}
        self._notes: dict[str, tuple[str, int, int]] = {}
        self._folders: set[Path] = set()

    def take(self, address: str, key: str) -> bool:
        """Take the last release's file over when it was made of the same; whether it was."""
        known = self._known.get(address)
        if self._before is None or known is None or known[0] != key or not key:
            return False
        source = self._before / address
        try:
            status = source.stat(follow_symlinks=False)
            if (status.st_size, status.st_mtime_ns) != known[1:]:
                return False
            _link(source, self._place(address))
        except OSError:
            return False
        self._notes[address] = known
        return True

    def write(self, address: str, key: str, data: bytes) -> None:
        """Write a file. Raises OSError."""
        place = self._place(address)
        place.write_bytes(data)
        self._note(address, key, place)

    def put(self, address: str, key: str, make: Callable[[], bytes]) -> None:
        """Take the last release's file over, or write what ``make`` gives. Raises OSError."""
        if not self.take(address, key):
            self.write(address, key, make())

    def adopt(self, address: str, key: str | None, file: Path) -> None:
        """Move a finished file here. Without a key it is not taken over by the next release."""
        place = self._place(address)
        file.replace(place)
        if key is not None:
            self._note(address, key, place)

    def save(self, folder: Path) -> None:
        """Note in ``folder``, the release's, what each file was made of. Files that were not put
        here by a key are noted as well: what harms them is seen, but they are not taken over.
        """
        for inside, _, names in os.walk(self.site):
            start = Path(inside).relative_to(self.site).as_posix().removeprefix(".")
            for name in names:
                address = f"{start}/{name}" if start else name
                if address not in self._notes:
                    self._note(address, "", self.site / address)
        data = {"format": _FORMAT, "files": self._notes}
        text = json.dumps(data, separators=(",", ":"), sort_keys=True)
        (folder / NOTES).write_text(text, encoding="utf-8")

    def _place(self, address: str) -> Path:
        place = self.site / address
        if place.parent not in self._folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(place.parent)
        return place

    def _note(self, address: str, key: str, place: Path) -> None:
        status = place.stat()
        self._notes[address] = (key, status.st_size, status.st_mtime_ns)


def is_untouched(release: Path) -> bool:
    """Whether every file that the release's notes name is as it was written."""
    known, site = _read_notes(release), release / "site"
    if not known:
        return False
    try:
        for address, (_, size, changed) in known.items():
            status = (site / address).stat(follow_symlinks=False)
            if (status.st_size, status.st_mtime_ns) != (size, changed):
                return False
    except OSError:
        return False
    return True


def _link(source: Path, place: Path) -> None:
    """A second name of the file; a copy where the disk has no such thing."""
    try:
        os.link(source, place, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, place)


def _read_notes(release: Path) -> dict[str, tuple[str, int, int]]:
    try:
        data: Any = json.loads((release / NOTES).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return {}
        return {
            str(address): (str(key), int(size), int(changed))
            for address, (key, size, changed) in data["files"].items()
        }
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}
