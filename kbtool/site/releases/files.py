"""The files of a site being made: what was made of the same things is taken over from the last one.

A file is known by its key, a digest of everything that decides its bytes. The last release's file of
the same address and key is linked, not copied; that is sound because a release is never changed. A
file that somebody did change has another size or time than was noted, and is made anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

NOTES = "files.json"
"""Beside the site: key, size and time of change of every file, time of change of every folder."""
_FORMAT = 2
_Note: TypeAlias = tuple[str, int, int]
"""Key, size in bytes, time of change in ns."""


@dataclass(frozen=True, slots=True)
class _Notes:
    """What a release notes of its site."""

    files: dict[str, _Note]
    folders: dict[str, int]
    """Time of change in ns of each folder: it tells whether anybody added or removed a file there,
    without looking through thousands of them."""


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
        self._known = _read_notes(before).files if before else {}
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
        try:
            self._here = _prune(self.site, notes, frozenset(wanted))
        except OSError:  # nobody noted what is there, or somebody has been there
            shutil.rmtree(self.site)
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
        for address in self._here.keys() - self._notes.keys():
            (self.site / address).unlink()
        ours = {address.partition("/")[0] for address in self._notes}
        for top in sorted(path.name for path in self.site.iterdir()):
            if top not in ours:
                for path in [self.site / top, *(self.site / top).rglob("*")]:
                    if path.is_file():
                        self._note(path.relative_to(self.site).as_posix(), "")
        folders = {up for address in self._notes for up in _ups(address)}
        times = {up: _size_and_time(f"{self.site}/{up}")[1] for up in folders}
        data = {"format": _FORMAT, "files": self._notes, "folders": times}
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
    """Whether the site of a release is as it was made: every file and folder that its notes name, and
    no other.
    """
    notes, site = _read_notes(release), release / "site"
    try:
        return (
            bool(notes.files)
            and all(_size_and_time(f"{site}/{at}") == note[1:] for at, note in notes.files.items())
            and all(_size_and_time(f"{site}/{at}")[1] == time for at, time in notes.folders.items())
        )
    except OSError:
        return False


def _ups(address: str) -> Iterator[str]:
    """The folders that a file stands in, the innermost first; the site itself is the empty one."""
    while address:
        address = address.rpartition("/")[0]
        yield address


def _prune(site: Path, notes: _Notes, wanted: Set[str]) -> dict[str, _Note]:
    """Remove from ``site`` what cannot be taken over; the notes of what stays. Raises OSError when
    the folders are not those that were noted.
    """
    if not notes.folders:
        raise FileNotFoundError(site)
    for folder, time in notes.folders.items():
        if _size_and_time(f"{site}/{folder}")[1] != time:
            _remove_strays(site / folder, folder, notes)
    kept: dict[str, _Note] = {}
    for address, note in notes.files.items():
        path = site / address
        if note[0] and address in wanted and _is_as_noted(f"{site}/{address}", note):
            kept[address] = note
            continue
        path.unlink(missing_ok=True)
        with suppress(OSError):  # the first that is not empty
            for up in _ups(address):
                (site / up).rmdir()
    return kept


def _remove_strays(folder: Path, inside: str, notes: _Notes) -> None:
    for path in list(folder.iterdir()):
        address = f"{inside}/{path.name}" if inside else path.name
        if path.is_dir() and not path.is_symlink():
            if address not in notes.folders:
                shutil.rmtree(path)
        elif address not in notes.files:
            path.unlink()


def _is_as_noted(path: str, note: _Note) -> bool:
    try:
        return _size_and_time(path) == note[1:]
    except OSError:
        return False


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


def _read_notes(release: Path) -> _Notes:
    try:
        data: Any = json.loads((release / NOTES).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return _Notes({}, {})
        files = {
            str(address): (str(key), int(size), int(changed))
            for address, (key, size, changed) in data["files"].items()
        }
        return _Notes(files, {str(up): int(time) for up, time in data["folders"].items()})
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return _Notes({}, {})
