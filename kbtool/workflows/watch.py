"""Serve the help centre while it is written: build when a file is saved, tell open pages.

A build that fails changes nothing: the last good release stays, and pages say why.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from kbtool.config import Settings, load_settings
from kbtool.errors import KbError, trace_of
from kbtool.resources import bundled
from kbtool.server.pages.live import Live
from kbtool.server.run import Serving, serve
from kbtool.site.engines.job import own_theme
from kbtool.site.engines.mkdocs import read_facts
from kbtool.site.releases.release import last_release
from kbtool.workflows.build import BuildResult, build

QUIET_SECONDS = 0.2
"""A build starts when nothing was saved for so long: editors write a file in several steps."""
POLL_SECONDS = 1.0
STOP_SECONDS = 10.0
"""How long a build under way may take to stop; one that is killed leaves nothing half done."""
MOST_TOLD = 20
"""Lines that pages show of a failed build; the terminal has all."""
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})  # others tell of reading


class Told(Protocol):
    """What the terminal is told."""

    def ready(self, serving: Serving, /) -> None:
        """Requests are answered."""

    def begun(self) -> None:
        """A build begins."""

    def built(self, built: BuildResult, /) -> None:
        """It is done."""

    def failed(self, error: KbError, /) -> None:
        """It failed, and the old release stays."""


def watch(
    settings: Settings, *, host: str, port: int, clock: Callable[[], datetime], told: Told
) -> None:
    """Build, serve, and build again whenever a file is saved; returns after SIGTERM or Ctrl-C.

    Without any release it serves from the first build that succeeds. The settings of the server
    itself are those of the start. Raises what ``serve`` raises.
    """
    live = Live(settings.current_release)
    with watching(places(settings)) as changes:
        builds = _Builds(settings.root, live, clock, told, changes)
        builds.once()
        while last_release(settings) is None:
            changes.wait()
            builds.once()
        thread = threading.Thread(target=builds.forever, daemon=True)
        thread.start()
        try:
            serve(settings, host=host, port=port, on_ready=told.ready, live=live)
        finally:
            changes.stop()
            thread.join(STOP_SECONDS)


def places(settings: Settings) -> tuple[Path, ...]:
    """What a site is made of: the articles, the settings file and the themes."""
    theme = bundled("theme")
    try:
        own = own_theme(settings.root, read_facts(settings.config_file), theme)
    except KbError:  # settings that cannot be read now are told by the build
        own = None
    return (settings.content_dir, settings.config_file, theme, *((own,) if own else ()))


class Changes:
    """Whether something was saved; every method may be called from any thread."""

    def __init__(self) -> None:
        self._something = threading.Event()
        self.is_over = False

    def note(self) -> None:
        """Something was saved."""
        self._something.set()

    def wait(self) -> None:
        """Return when something was saved and then nothing for a moment, or when all is over."""
        self._something.wait()
        while self._something.is_set() and not self.is_over:
            self._something.clear()
            self._something.wait(QUIET_SECONDS)

    def stop(self) -> None:
        """Nobody waits from now on."""
        self.is_over = True
        self._something.set()


@contextmanager
def watching(paths: Sequence[Path], *, polling: bool = False) -> Iterator[Changes]:
    """Notes what is saved in these folders and files.

    Where the system cannot tell (no inotify, or too many watches), it looks itself, once a second.
    """
    changes = Changes()
    observer = _started(PollingObserver(timeout=POLL_SECONDS), paths, changes) if polling else None
    if observer is None:
        try:
            observer = _started(Observer(), paths, changes)
        except OSError:
            observer = _started(PollingObserver(timeout=POLL_SECONDS), paths, changes)
    try:
        yield changes
    finally:
        observer.stop()
        observer.join()


def _started(observer: BaseObserver, paths: Sequence[Path], changes: Changes) -> BaseObserver:
    """``observer`` at work. Raises OSError when the system does not let it."""
    for path in dict.fromkeys(one.resolve() for one in paths):
        if path.is_dir():
            observer.schedule(_Handler(path, changes), str(path), recursive=True)
        else:  # a file that is saved may be another one: its folder is what stays
            observer.schedule(_Handler(path, changes), str(path.parent))
    observer.start()
    return observer


class _Handler(FileSystemEventHandler):
    """Takes what happens at one path; hidden files and what editors keep beside are nothing."""

    def __init__(self, path: Path, changes: Changes) -> None:
        self._path = path
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change of ours."""
        says_nothing = event.is_directory and event.event_type == "modified"  # its files do
        if event.event_type in _CHANGES and not says_nothing:
            paths = (Path(str(name)) for name in (event.src_path, event.dest_path) if name)
            if any(self._is_ours(path) for path in paths):
                self._changes.note()

    def _is_ours(self, path: Path) -> bool:
        if not path.is_relative_to(self._path):
            return False
        parts = path.relative_to(self._path).parts
        return not any(part.startswith(".") or part.endswith("~") for part in parts)


class _Builds:
    """Builds one after the other, and tells the terminal and the pages."""

    def __init__(
        self,
        root: Path,
        live: Live,
        clock: Callable[[], datetime],
        told: Told,
        changes: Changes,
    ) -> None:
        self._root = root
        self._live = live
        self._clock = clock
        self._told = told
        self._changes = changes

    def forever(self) -> None:
        """Build after each change until all is over."""
        while True:
            self._changes.wait()
            if self._changes.is_over:
                return
            try:
                self.once()
            except _StoppedError:
                return

    def once(self) -> None:
        """Build as things are now. A failure is told; the next change is another chance."""
        self._told.begun()
        try:
            built = build(
                load_settings(self._root), strict=False, now=self._clock(), progress=self._go_on
            )
        except KbError as error:
            self._told.failed(error)
            self._live.tell(_lines(error))
        except Exception as error:
            bug = KbError(
                "a bug in kbtool stopped the build; please report it:\n" + trace_of(error)
            )
            self._told.failed(bug)
            self._live.tell(_lines(bug))
        else:
            self._told.built(built)
            self._live.tell(())

    def _go_on(self, stage: str, done: int, total: int | None) -> None:
        """Break off between two pages when all is over."""
        if self._changes.is_over:
            raise _StoppedError


class _StoppedError(BaseException):
    """Ctrl-C in the middle of a build: no error, and nothing that an engine may catch."""


def _lines(error: KbError) -> tuple[str, ...]:
    """What failed, a line each: findings as ``file:line: what``, then the error itself."""
    found = [one for one in getattr(error, "findings", ()) if one.level == "error"]
    told = [
        f"{'content/' if one.file.endswith('.md') else ''}{one.file}:{one.line}: {one.message}"
        for one in found[:MOST_TOLD]
    ]
    if len(found) > MOST_TOLD:
        told.append(f"… and {len(found) - MOST_TOLD} more")
    return tuple(told) or tuple(filter(None, (error.message, error.hint)))
