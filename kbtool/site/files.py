"""The files of a site being made: what was made of the same things is taken over from the last one.

A file is known by its key, a digest of everything that decides its bytes. The last release's file of
the same address and key is linked, not copied; that is sound because a release is never changed. A
file that somebody did change has another size or time than was noted, and is made anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

NOTES = "files.json"
"""Beside the site: address → key, size and time of change of every file."""
_FORMAT = 1
_Note: TypeAlias = tuple[str, int, int]
"""Key, size in bytes, time of change in ns."""


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
        self._here: dict[str, _Note] = {}
        self._notes: dict[str, _Note] = {}
        self._folders: set[str] = set()
        self._folded: set[str] = set()

    def begin_with(self, old: Path, wanted: Collection[str]) -> None:
        """Begin with the site of ``old``, a release that nobody needs any more, instead of with an
        empty folder: most of its files are the new one's. What is not ``wanted``, not noted or not
        as it was noted goes at once, and so do the files without a key.
        """
        notes = _read_notes(old)
        (old / self.site.name).rename(self.site)
        shutil.rmtree(old)
        _prune(str(self.site), "", notes, frozenset(wanted), self._here)
        self._folders.update(address.rpartition("/")[0] for address in self._here)

    def take(self, address: str, key: str) -> bool:
        """Take the last release's file over when it was made of the same; whether it was."""
        here = self._here.get(address)
        if here is not None and here[0] == key:
            self._hold(address, here)
            return True
        known = self._known.get(address)
        if self._before is None or known is None or known[0] != key or not key:
            return False
        source = f"{self._before}/{address}"
        try:
            if _size_and_time(source) != known[1:]:
                return False
            _link(source, self._place(address))
        except OSError:
            return False
        self._hold(address, known)
        return True

    def put(self, address: str, key: str, make: Callable[[], bytes]) -> None:
        """Take the last release's file over, or write what ``make`` gives. Raises OSError."""
        if not self.take(address, key):
            place = self._place(address)
            Path(place).write_bytes(make())
            self._note(address, key)

    def adopt(self, address: str, key: str | None, file: Path) -> None:
        """Move a finished file here. Without a key the next release does not take it over."""
        file.replace(self._place(address))
        self._note(address, key or "")

    def stands(self, address: str) -> bool:
        """Whether a file stands at ``address``, or where one of its folders would have to be; also
        one whose name differs in letter case, where the disk takes that for the same.
        """
        parts = address.casefold().split("/")
        if not any("/".join(parts[:size]) in self._folded for size in range(1, len(parts) + 1)):
            return False
        path = self.site / address
        return path.exists() or any(up.is_file() for up in path.parents if up != self.site)

    def save(self, folder: Path) -> None:
        """Note in ``folder``, the release's, what each file was made of. Files that stand in folders
        without any that was put here are noted as well: what harms them is seen, but they are
        never taken over.
        """
        ours = {address.partition("/")[0] for address in self._notes}
        for top in sorted(path.name for path in self.site.iterdir()):
            if top not in ours:
                for path in [self.site / top, *(self.site / top).rglob("*")]:
                    if path.is_file():
                        self._note(path.relative_to(self.site).as_posix(), "")
        data = {"format": _FORMAT, "files": self._notes}
        text = json.dumps(data, separators=(",", ":"), sort_keys=True)
        (folder / NOTES).write_text(text, encoding="utf-8")

    def _place(self, address: str) -> str:
        """The path of a file to be made; its folder is there, and no file. A file is never written
        over: other releases have the same one under their names.
        """
        inside = address.rpartition("/")[0]
        if inside not in self._folders:
            (self.site / inside).mkdir(parents=True, exist_ok=True)
            self._folders.add(inside)
        if address in self._here:
            (self.site / address).unlink()
            del self._here[address]
        return f"{self.site}/{address}"

    def _note(self, address: str, key: str) -> None:
        self._hold(address, (key, *_size_and_time(f"{self.site}/{address}")))

    def _hold(self, address: str, note: _Note) -> None:
        self._notes[address] = note
        self._folded.add(address.casefold())


def is_untouched(release: Path) -> bool:
    """Whether every file that the release's notes name is as it was written."""
    known, site = _read_notes(release), release / "site"
    try:
        return bool(known) and all(
            _size_and_time(f"{site}/{address}") == note[1:] for address, note in known.items()
        )
    except OSError:
        return False


def _prune(
    folder: str,
    inside: str,
    notes: Mapping[str, _Note],
    wanted: Set[str],
    kept: dict[str, _Note],
) -> bool:
    """Remove from ``folder``, at the address ``inside``, what cannot be taken over; what stays is put
    into ``kept``. Whether nothing stayed.
    """
    with os.scandir(folder) as found:
        entries = list(found)
    left = 0
    for entry in entries:
        address = inside + entry.name
        if entry.is_dir(follow_symlinks=False):
            if _prune(entry.path, f"{address}/", notes, wanted, kept):
                Path(entry.path).rmdir()
                continue
        else:
            note = notes.get(address, ("", 0, 0))
            is_good = note[0] and address in wanted and _size_and_time(entry.path) == note[1:]
            if not is_good:
                Path(entry.path).unlink()
                continue
            kept[address] = note
        left += 1
    return not left


def _size_and_time(path: str) -> tuple[int, int]:
    status = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - a Path a file costs more
    return status.st_size, status.st_mtime_ns


def _link(source: str, place: str) -> None:
    """A second name of the file; a copy where the disk has no such thing."""
    try:
        os.link(source, place, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, place)


def _read_notes(release: Path) -> dict[str, _Note]:
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
