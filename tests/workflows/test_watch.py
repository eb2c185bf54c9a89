"""What is saved is noticed once it is whole; what is only read is not."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.workflows.watch import QUIET_SECONDS, Changes, places, watching
from tests.site.conftest import make_knowledge_base

LONG = 20.0
"""Seconds in which even a busy machine has noticed."""
QUIET = 1.5
"""Seconds in which all that one change tells has been told, also when we look ourselves."""


@dataclass
class Waiter:
    """A thread that waits for changes and counts how often it was let go."""

    changes: Changes
    woken: threading.Semaphore

    def was_woken(self, seconds: float = LONG) -> bool:
        return self.woken.acquire(timeout=seconds)

    def was_settled(self) -> bool:
        """Whether it was woken; returns when nothing more is told of that change."""
        was_woken = self.was_woken()
        while self.was_woken(QUIET):
            pass
        return was_woken


@contextmanager
def waiting(changes: Changes) -> Iterator[Waiter]:
    found = Waiter(changes, threading.Semaphore(0))

    def wait() -> None:
        while not changes.is_over:
            changes.wait()
            found.woken.release()

    thread = threading.Thread(target=wait)
    thread.start()
    try:
        yield found
    finally:
        changes.stop()
        thread.join(LONG)
    assert not thread.is_alive()


@pytest.fixture(params=["the system tells", "we look ourselves"])
def waiter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Waiter]:
    (tmp_path / "content" / "en").mkdir(parents=True)
    (tmp_path / "content" / "en" / "a.md").write_text("a")
    (tmp_path / "mkdocs.yml").write_text("a: 1")
    (tmp_path / "other.yml").write_text("a: 1")
    paths = [tmp_path / name for name in ("content", "mkdocs.yml", "own/theme")]
    polling = request.param == "we look ourselves"
    with watching(tmp_path, lambda: paths, polling=polling) as changes, waiting(changes) as found:
        yield found


def _replace(root: Path) -> None:
    """As many editors save: another file takes the name."""
    new = root / ".mkdocs.yml.swp"
    new.write_text("a: 2")
    new.replace(root / "mkdocs.yml")


SAVES: dict[str, Callable[[Path], object]] = {
    "a file is written": lambda root: (root / "content" / "en" / "a.md").write_text("other"),
    "a file is made": lambda root: (root / "content" / "en" / "b.md").write_text("b"),
    "a file is removed": lambda root: (root / "content" / "en" / "a.md").unlink(),
    "a folder is renamed": lambda root: (root / "content" / "en").rename(root / "content" / "et"),
    "the settings are replaced": _replace,
}


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_what_is_saved_is_noticed(
    waiter: Waiter, tmp_path: Path, save: Callable[[Path], object]
) -> None:
    """Whichever way an editor saves."""
    save(tmp_path)
    assert waiter.was_woken()


def test_a_folder_that_is_made_anew_is_watched(waiter: Waiter, tmp_path: Path) -> None:
    """As a branch is checked out: content/ goes, another one takes its name, articles are saved."""
    content, copy = tmp_path / "content", tmp_path / "copy"
    shutil.copytree(content, copy)
    shutil.rmtree(content)
    assert waiter.was_settled()
    copy.rename(content)
    assert waiter.was_settled()
    (content / "en" / "a.md").write_text("other")
    assert waiter.was_woken()


def test_a_folder_that_is_renamed_away_is_told(waiter: Waiter, tmp_path: Path) -> None:
    """And what is saved in it under its new name is not ours."""
    away = tmp_path / "away"
    (tmp_path / "content").rename(away)
    assert waiter.was_settled()
    (away / "en" / "a.md").write_text("other")
    assert not waiter.was_woken(QUIET)


def test_a_folder_that_was_not_there_is_watched(waiter: Waiter, tmp_path: Path) -> None:
    """A theme folder is named in the settings before it is made, and with a folder above it."""
    (tmp_path / "own" / "theme").mkdir(parents=True)
    assert waiter.was_settled()
    (tmp_path / "own" / "theme" / "home.html").write_text("x")
    assert waiter.was_settled()
    (tmp_path / "own").rename(tmp_path / "other")
    assert waiter.was_woken()


def test_a_link_that_leads_elsewhere_is_followed(tmp_path: Path) -> None:
    """content/ may be a link: where it leads is watched, also after it leads somewhere else."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    content, root = tmp_path / "kb" / "content", tmp_path / "kb"
    root.mkdir()
    content.symlink_to(tmp_path / "one")
    with watching(root, lambda: [content]) as changes, waiting(changes) as waiter:
        (tmp_path / "one" / "a.md").write_text("a")
        assert waiter.was_settled()
        content.unlink()
        content.symlink_to(tmp_path / "two")
        assert waiter.was_settled()
        (tmp_path / "two" / "a.md").write_text("a")
        assert waiter.was_woken()


@pytest.mark.parametrize(
    ("custom_dir", "is_watched"),
    [("theme/own", True), (".", False), ("..", False), (".kbtool/own", False), ("site/own", False)],
)
def test_a_theme_folder_is_a_place_unless_builds_write_there(
    tmp_path: Path, custom_dir: str, is_watched: bool
) -> None:
    """It need not be there yet; one that holds what a build makes would have no end."""
    root = make_knowledge_base(tmp_path)
    config = root / "mkdocs.yml"
    before = places(load_settings(root))
    config.write_text(config.read_text() + f"\ntheme:\n  name: null\n  custom_dir: {custom_dir}\n")
    own = (root / custom_dir,) if is_watched else ()
    assert places(load_settings(root)) == before + own


def test_what_does_not_matter_is_not_noticed(waiter: Waiter, tmp_path: Path) -> None:
    """Reading, hidden files, editors' copies, what builds make, what is beside the settings."""
    (tmp_path / "content" / "en" / "a.md").read_text()
    (tmp_path / "content" / ".git").mkdir()
    (tmp_path / "content" / ".git" / "index").write_text("x")
    (tmp_path / "content" / "en" / ".a.md.swp").write_text("x")
    for name in ("a.md~", "a.md.swp", "#a.md#", ".#a.md", "a.md.tmp", "a.md___jb_tmp___"):
        (tmp_path / "content" / "en" / name).write_text("x")
    for made in (".kbtool", "site"):
        (tmp_path / made).mkdir()
        (tmp_path / made / "a.md").write_text("x")
    (tmp_path / "other.yml").write_text("a: 3")
    assert not waiter.was_woken(QUIET)


def test_many_steps_are_one_change() -> None:
    """Nobody is let go while files are still being written; then once."""
    changes, woken = Changes(), threading.Semaphore(0)
    changes.note()

    def wait() -> None:
        changes.wait()
        woken.release()

    thread = threading.Thread(target=wait)
    thread.start()
    for _ in range(10):
        changes.note()
        assert not woken.acquire(timeout=QUIET_SECONDS / 8)
    assert woken.acquire(timeout=LONG)
    thread.join(LONG)
