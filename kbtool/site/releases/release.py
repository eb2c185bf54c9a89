"""Releases: a site and its index are built aside, checked, and shown in one step.

``.kbtool/releases/<id>/{site,index}`` is complete or absent; ``.kbtool/current`` is a symbolic link
to the newest. Replacing a link is atomic: a reader sees the old release or the new one.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kbtool.config import Settings
from kbtool.disk import locked, sync
from kbtool.errors import BuildError, KbError

KEEP = 5
"""Releases kept, the current one included: pages that readers have open find their files."""
_UNFINISHED = ".tmp"


class Release:
    """A release being made. Fill ``site``, ``index`` and, for what is thrown away, ``staged``."""

    def __init__(self, settings: Settings, id_: str) -> None:
        self.id = id_
        self._settings = settings
        self.folder = settings.releases_dir / (id_ + _UNFINISHED)
        self._final = settings.releases_dir / id_
        self.site = self.folder / "site"
        self.index = self.folder / "index"
        self.staged = self.folder / "staged"

    def publish(self, expected: Sequence[str], check_index: Callable[[Path], None]) -> None:
        """Check that every expected file of the site is there and the index opens, bring all to
        the disk, and make this the current release. Raises BuildError, and nothing is changed.
        """
        missing = [name for name in expected if not _is_filled(f"{self.site}/{name}")]
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            raise BuildError(
                f"the site lacks {', '.join(missing[:3])}{more}",
                hint="a template may have printed nothing; undo changes to templates",
            )
        check_index(self.index)
        shutil.rmtree(self.staged)
        os.sync()
        self.folder.rename(self._final)
        sync(self._settings.releases_dir)
        _replace_link(self._settings.current_release, Path("releases", self.id))
        _link_site(self._settings)
        _remove_old(self._settings)

    def take_oldest(self) -> Path | None:
        """The folder of the release that would be removed for this one, moved in here; None when
        there is room for one more. Nobody else sees it from now on.
        """
        others = _others(self._settings)
        if len(others) < KEEP - 1:
            return None
        place = self.folder / "old"
        others[KEEP - 2].rename(place)
        return place

    def discard(self) -> None:
        """Remove what was made of a release that was not published."""
        shutil.rmtree(self.folder, ignore_errors=True)


def last_release(settings: Settings) -> Path | None:
    """The folder of the release that is shown now, links resolved; None when there is none."""
    try:
        return settings.current_release.resolve(strict=True)
    except (OSError, RuntimeError):
        return None


@contextmanager
def new_release(settings: Settings, now: datetime) -> Iterator[Release]:
    """A release to fill and publish; whatever goes wrong, what was half made is removed and the
    old release stays.

    Raises BuildError when another build runs, when ``site`` is a real folder, and when the disk
    refuses.
    """
    try:
        _check_site_link(settings)
        settings.releases_dir.mkdir(parents=True, exist_ok=True)
        with _lock(settings.state_dir / "build.lock"):
            for half in settings.releases_dir.glob("*" + _UNFINISHED):
                shutil.rmtree(half, ignore_errors=True)
            release = Release(settings, _new_id(settings.releases_dir, now))
            try:
                release.staged.mkdir(parents=True)
                yield release
            finally:
                release.discard()
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> KbError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    where = f" ({error.filename})" if error.filename else ""
    return BuildError(
        f"the site could not be written: {error.strerror or error}{where}; the old one stays",
        hint="free some space and build again" if full else "check the permissions, build again",
    )


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold the build lock."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(path, wait=False))
        except BlockingIOError:
            raise BuildError(
                "another build of this knowledge base is running", hint="wait until it is done"
            ) from None
        yield


def _new_id(folder: Path, now: datetime) -> str:
    """``20261121-231500-1``: the time, and a number that makes it new."""
    stamp = now.strftime("%Y%m%d-%H%M%S")
    taken = {path.name for path in folder.iterdir()}
    number = 1
    while f"{stamp}-{number}" in taken:
        number += 1
    return f"{stamp}-{number}"


def _is_filled(path: str) -> bool:
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path a file costs more than asking
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > 0


def _check_site_link(settings: Settings) -> None:
    link = settings.site_dir
    is_ours = link.is_symlink() and link.readlink() == _site_target(settings)
    if not is_ours and (link.exists() or link.is_symlink()):
        raise BuildError(
            f"{link} is of your own; kbtool keeps a link to the built site there",
            hint="move it away and build again",
        )


def _site_target(settings: Settings) -> Path:
    return settings.current_release.relative_to(settings.root) / "site"


def _link_site(settings: Settings) -> None:
    if not settings.site_dir.is_symlink():
        _replace_link(settings.site_dir, _site_target(settings))


def _replace_link(link: Path, target: Path) -> None:
    """Point ``link`` (relative) at ``target`` in one step."""
    temporary = link.with_name(f".{link.name}.new")
    with suppress(FileNotFoundError):
        temporary.unlink()
    temporary.symlink_to(target)
    temporary.replace(link)
    sync(link.parent)


def _remove_old(settings: Settings) -> None:
    """Keep the newest releases by the time they were made, and the current one always."""
    for path in _others(settings)[KEEP - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _others(settings: Settings) -> list[Path]:
    """The finished releases but the current one, the newest first."""
    current = settings.current_release.resolve()
    found = [
        path
        for path in settings.releases_dir.iterdir()
        if path.is_dir() and path.resolve() != current and path.suffix != _UNFINISHED
    ]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
