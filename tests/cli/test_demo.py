"""``kbtool demo``: the whole loop, end to end, as `make demo` runs it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kbtool.demo.readers import READERS
from kbtool.demo.visits import WEEKS
from kbtool.errors import InputError
from kbtool.workflows.demo import MARKER, prepare_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's folder and what it printed."""
    root = tmp_path_factory.mktemp("demo") / "velmo"
    done = subprocess.run(
        [sys.executable, "-m", "kbtool", "demo", str(root)],
        capture_output=True, text=True, check=False, timeout=150,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return root, done.stdout


def told(root: Path, *words: str) -> dict[str, Any]:
    """What a command says with --json in the demo's folder, by the clock that the demo had."""
    done = subprocess.run(
        [sys.executable, "-m", "kbtool", *words, "--json"],
        cwd=root, capture_output=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_it_ends_by_saying_what_was_made_and_what_to_type(demo: tuple[Path, str]) -> None:
    """Everything it names exists."""
    root, said = demo
    assert "The whole loop ran in" in said
    assert re.search(r"kbtool serve\s+# look at it", said)
    assert list((root / "content" / "drafts").glob("*.md"))
    assert (root / "site" / "index.html").is_file()


def test_what_readers_did_is_what_metrics_count(demo: tuple[Path, str]) -> None:
    """Today's votes are exactly those of the readers; the crawler is kept apart."""
    root, _ = demo
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    today = told(root, "metrics", "--since", day)
    votes = sum(reader.count for reader in READERS if reader.vote)
    assert today["helpful"]["denominator"] == votes
    assert today["excluded"] == {"bot": 1}


def test_the_log_is_in_the_report(demo: tuple[Path, str]) -> None:
    """Half a year of weeks, the contact page step by step, no line rejected; and the page is there."""
    root, said = demo
    report = told(root, "metrics")
    assert len(report["series"]) >= WEEKS
    assert "rejected           0" in said
    assert all(count > 0 for count in report["contact"]["steps"].values())
    assert "<svg" in (root / "report.html").read_text("utf-8")


def test_the_loop_closes(demo: tuple[Path, str]) -> None:
    """What came back is in the reasons of what to do next."""
    root, _ = demo
    suggestions = told(root, "suggest")["suggestions"]
    reasons = {s["question"]: " ".join(s["reasons"]) for s in suggestions}
    every = " ".join(reasons.values())
    assert "“naastrehvid”" in every
    assert re.search(r"votes on kb-1005 say that it did not help \(outdated \d+", every)
    kinds = {s["kind"] for s in suggestions}
    assert kinds >= {"write", "fix", "translate", "retire"}


def test_the_published_article_has_all_the_facts(demo: tuple[Path, str]) -> None:
    """The draft of the most frequent question holds what agents tell: steps in order, then notes."""
    root, _ = demo
    (path,) = [
        p for p in (root / "content" / "en").rglob("*.md") if "topic: t-" in p.read_text("utf-8")
    ]
    body = path.read_text("utf-8").split("\n---\n", 1)[1]
    steps, notes = ("Bluetooth", "2 metres", "Ride > Unlock"), ("10 seconds", "5 %", "Backup code")
    places = [body.find(fact) for fact in (*steps, *notes)]
    assert -1 not in places
    assert places[: len(steps)] == sorted(places[: len(steps)])
    assert min(places[len(steps) :]) > max(places[: len(steps)])


def test_a_second_demo_starts_afresh(tmp_path: Path) -> None:
    """An earlier demo is replaced; anything else is left alone."""
    base = prepare_demo(tmp_path / "velmo")
    (base.root / "left-over").touch()
    prepare_demo(base.root)
    assert not (base.root / "left-over").exists()
    (base.root / MARKER).unlink()
    with pytest.raises(InputError):
        prepare_demo(base.root)
    assert (base.root / "mkdocs.yml").is_file()
