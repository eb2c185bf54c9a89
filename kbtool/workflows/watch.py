"""Serve the help centre while it is written: build when a file is saved, tell open pages.

A build that fails changes nothing: the last good release stays, and pages say why.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
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
from kbtool.site.engines.mkdocs import read_facts
from kbtool.site.releases.release import last_release
from kbtool.workflows.build import BuildResult, build
from kbtool.workflows.served_report import measure_now

QUIET_SECONDS = 0.2
"""A build starts when nothing was saved for so long: editors write a file in several steps."""
POLL_SECONDS = 1.0
STOP_SECONDS = 10.0
"""How long a build under way may take to stop; one that is killed leaves nothing half done."""
MOST_TOLD = 20
"""Lines that pages show of a failed build; the terminal has all."""
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})  # others tell of reading
_BESIDE = re.compile(r"\..*|#.*#|.*(~|\.sw[nopx]|\.tmp|___jb_(tmp|old)___)")
"""Names of hidden files and of what editors keep beside a file: swap files, copies, locks."""


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
    with watching(settings.root, lambda: places(settings)) as changes:
        builds = _Builds(settings.root, live, clock, told, changes)
        builds.once()
        while last_release(settings) is None:
            changes.wait()
            builds.once()
        thread = threading.Thread(target=builds.forever, daemon=True)
        thread.start()
        try:
            serve(
                settings,
                host=host,
                port=port,
                on_ready=told.ready,
                live=live,
                measure=partial(measure_now, settings),
            )
        finally:
            changes.stop()
            thread.join(STOP_SECONDS)


def places(settings: Settings) -> tuple[Path, ...]:
    """What a site is made of: the articles, the settings file and the themes, there or not yet."""
    found = [settings.content_dir, settings.config_file, bundled("theme")]
    try:
        name = read_facts(settings.config_file).theme.get("custom_dir")
    except KbError:  # settings that cannot be read now are told by the build
        name = None
    if name:
        own = settings.root / str(name)
        if not _is_built(settings, own.resolve()):
            found.append(own)
    return tuple(found)


def _is_built(settings: Settings, folder: Path) -> bool:
    """Whether builds write in ``folder``: each would start the next."""
    root = settings.root.resolve()
    made = (root / settings.site_dir.name, root / settings.state_dir.name)
    return root.is_relative_to(folder) or any(folder.is_relative_to(one) for one in made)


class Changes:
    """Whether something was saved; every method may be called from any thread.

    ``settled`` is called at the end of each wait, before whoever waits goes on.
    """

    def __init__(self, settled: Callable[[], object] = lambda: None) -> None:
        self._something = threading.Event()
        self._settled = settled
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
        if not self.is_over:
            self._settled()

    def stop(self) -> None:
        """Nobody waits from now on."""
        self.is_over = True
        self._something.set()


@contextmanager
def watching(
    root: Path, places: Callable[[], Sequence[Path]], *, polling: bool = False
) -> Iterator[Changes]:
    """Notes what is saved in these folders and files, and when one of them comes or goes.

    After each wait it asks for the places again: a folder that was made anew is another one for
    the system. Where that cannot tell (no inotify, or too many watches), it looks itself, once a
    second.
    """
    lookout = _Lookout(root, places, polling=polling)
    try:
        yield lookout.changes
    finally:
        lookout.close()


class _Lookout:
    """Looks at the places as they are now, until it is told to look anew."""

    def __init__(self, root: Path, places: Callable[[], Sequence[Path]], *, polling: bool) -> None:
        self.changes = Changes(self._look_anew)
        self._root = root
        self._places = places
        self._polling = polling
        self._lock = threading.Lock()
        self._observer: BaseObserver | None = self._looking()

    def close(self) -> None:
        """Look no more."""
        with self._lock:
            self._stop()

    def _look_anew(self) -> None:
        # What is saved between the two observers is in the build that comes now.
        with self._lock:
            if self._observer:
                self._stop()
                self._observer = self._looking()

    def _stop(self) -> None:
        if self._observer:
            self._observer.stop()
            self._observer.join()
            self._observer = None

    def _looking(self) -> BaseObserver:
        while True:
            try:
                if self._polling:
                    return self._started(PollingObserver(timeout=POLL_SECONDS))
                return self._started(Observer())
            except (FileNotFoundError, NotADirectoryError):
                continue  # a folder went while we turned to it
            except OSError:
                if self._polling:
                    raise
                self._polling = True

    def _started(self, observer: BaseObserver) -> BaseObserver:
        """``observer`` at work. Raises OSError when the system does not let it."""
        roots = _spelled(self._root, [self._root])
        try:
            for path in _spelled(self._root, self._places()):
                handler = _Handler(path, self.changes)
                if path.is_dir():
                    observer.schedule(handler, str(path), recursive=True)
                for folder in _above(path, roots):
                    observer.schedule(handler, str(folder))
            observer.start()
        except OSError:
            observer.stop()
            raise
        return observer


def _spelled(root: Path, paths: Sequence[Path]) -> list[Path]:
    """Absolute paths: each as it is named and, where that is a link, what it leads to."""
    named = [Path(os.path.normpath(root.absolute() / path)) for path in paths]
    return list(dict.fromkeys(one for path in named for one in (path, path.resolve())))


def _above(path: Path, roots: Sequence[Path]) -> Iterator[Path]:
    """The folders that see ``path`` come and go: the nearest, and all up to the root."""
    for number, folder in enumerate(one for one in path.parents if one.is_dir()):
        if number == 0 or any(folder.is_relative_to(root) for root in roots):
            yield folder


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
        if self._path.is_relative_to(path):  # itself, or a folder above it
            return True
        if not path.is_relative_to(self._path):
            return False
        return not any(_BESIDE.fullmatch(part) for part in path.relative_to(self._path).parts)


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
