"""What is saved is noticed once it is whole; what is only read is not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kbtool.workflows.watch import QUIET_SECONDS, Changes, watching

LONG = 20.0
"""Seconds in which even a busy machine has noticed."""


@dataclass
class Waiter:
    """A thread that waits for changes and counts how often it was let go."""

    changes: Changes
    woken: threading.Semaphore

    def was_woken(self, seconds: float = LONG) -> bool:
        return self.woken.acquire(timeout=seconds)


@pytest.fixture(params=["the system tells", "we look ourselves"])
def waiter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Waiter]:
    (tmp_path / "content" / "en").mkdir(parents=True)
    (tmp_path / "content" / "en" / "a.md").write_text("a")
    (tmp_path / "mkdocs.yml").write_text("a: 1")
    (tmp_path / "other.yml").write_text("a: 1")
    paths = (tmp_path / "content", tmp_path / "mkdocs.yml")
    with watching(paths, polling=request.param == "we look ourselves") as changes:
        found = Waiter(changes, threading.Semaphore(0))

        def wait() -> None:
            while not changes.is_over:
                changes.wait()
                found.woken.release()

        thread = threading.Thread(target=wait)
        thread.start()
        yield found
        changes.stop()
        thread.join(LONG)
        assert not thread.is_alive()


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


def test_what_does_not_matter_is_not_noticed(waiter: Waiter, tmp_path: Path) -> None:
    """Reading, hidden files, editors' copies, and what stands beside the settings."""
    (tmp_path / "content" / "en" / "a.md").read_text()
    (tmp_path / "content" / ".git").mkdir()
    (tmp_path / "content" / ".git" / "index").write_text("x")
    (tmp_path / "content" / "en" / ".a.md.swp").write_text("x")
    (tmp_path / "content" / "en" / "a.md~").write_text("x")
    (tmp_path / "other.yml").write_text("a: 3")
    assert not waiter.was_woken(1.5)


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
