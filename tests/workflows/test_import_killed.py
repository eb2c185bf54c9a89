"""An import that is killed at any moment leaves the store as before or as after, never between."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.db import reading
from kbtool.tickets.staging import FILE
from kbtool.tickets.store import read_tickets, ticket_to_json
from kbtool.workflows.import_tickets import import_tickets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CONFIG = "site_name: T\nsite_url: https://x.example/\n"
POINTS = 24


def written(base: Path, subjects: dict[int, str]) -> Path:
    """A Zendesk export with these tickets."""
    comment = {"id": 1, "author_id": 7, "public": True, "plain_body": "How do I lock my bike?"}
    rows = [
        {
            "id": n, "subject": subject, "status": "closed", "requester_id": 7,
            "created_at": "2026-01-05T10:00:00Z", "comments": [comment],
        }
        for n, subject in subjects.items()
    ]  # fmt: skip
    path = base / f"{len(subjects)}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def stored(base: Path) -> list[str]:
    """Every record in the store of a knowledge base."""
    with reading(base / ".kbtool" / "kb.db") as connection:
        return [ticket_to_json(ticket) for ticket in read_tickets(connection)]


def size(base: Path) -> int:
    """Bytes of everything the import keeps."""
    return sum(file.stat().st_size for file in (base / ".kbtool").iterdir())


def run(base: Path, path: Path) -> None:
    """Import, pruning what is gone."""
    import_tickets(load_settings(base), [path], now=NOW, fresh_key=b"k" * 32, prune=True)


def in_child(task: Callable[[], None]) -> int:
    """Run a task in a process of its own; how it ended (0, or the negative signal)."""
    child = os.fork()
    if child == 0:
        try:
            task()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(point: int, task: Callable[[], None]) -> None:
    """Run a task and kill this very process, with no chance to tidy up, at its n-th call."""
    left = point

    def count(_frame: object, _event: str, _arg: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    task()


def calls_of(task: Callable[[], None], told: Path) -> int:
    """How many calls a task makes from beginning to end."""

    def counting() -> None:
        made = 0

        def count(_frame: object, _event: str, _arg: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count)
        task()
        sys.setprofile(None)
        told.write_text(str(made), encoding="utf-8")

    assert in_child(counting) == 0
    return int(told.read_text(encoding="utf-8"))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A knowledge base in which twelve tickets are stored."""
    base = tmp_path / "base"
    base.mkdir()
    (base / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    run(base, written(base, {n: f"Lock {n}" for n in range(12)}))
    return base


def test_the_store_is_as_before_or_as_after(base: Path, tmp_path: Path) -> None:
    """Killed at 24 points, half of them in the last twentieth, where tickets are moved."""
    second = written(base, {n: f"Lock {n if n % 2 else 'changed'}" for n in range(6, 20)})
    before = stored(base)
    whole = shutil.copytree(base, tmp_path / "whole")
    calls = calls_of(partial(run, whole, second), tmp_path / "calls")
    after = stored(whole)
    assert before != after
    rng = random.Random(3)  # noqa: S311 - where to kill is no secret
    points = [rng.randrange(1, calls) for _ in range(POINTS // 2)]
    points += [calls - rng.randrange(1, calls // 20) for _ in range(POINTS // 2)]
    seen = set()
    for number, point in enumerate(points):
        trial = shutil.copytree(base, tmp_path / f"trial-{number}")
        ended = in_child(partial(killed_at, point, partial(run, trial, second)))
        found = stored(trial)
        assert found in (before, after), f"killed at call {point} of {calls}"
        seen.add((ended, found == after))
        run(trial, second)
        assert stored(trial) == after
        assert not (trial / ".kbtool" / FILE).exists()
    assert {(-signal.SIGKILL, False), (-signal.SIGKILL, True)} <= seen


def test_killed_imports_do_not_make_the_store_grow(base: Path, tmp_path: Path) -> None:
    """What they leave behind is gone after the next import."""
    second = written(base, {n: f"Key {n}" for n in range(14)})
    whole = shutil.copytree(base, tmp_path / "whole")
    calls = calls_of(partial(run, whole, second), tmp_path / "calls")
    for share in (0.3, 0.6, 0.9, 0.99, 0.995):
        in_child(partial(killed_at, int(calls * share), partial(run, base, second)))
    run(base, second)
    assert stored(base) == stored(whole)
    assert size(base) <= size(whole) * 1.5
