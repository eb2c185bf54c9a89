"""``kbtool draft --update`` and ``kbtool review --compare`` as a writer types them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.articles.update.shop import NEW, OLD, file_of, grow, open_shop, tickets
from tests.cli.writers import kbtool

BEFORE = tickets(OLD, range(1, 7))
AFTER = tickets(NEW, range(60, 66))


def test_what_is_stale_is_told_and_marked(tmp_path: Path) -> None:
    """With the reason and what to do next; --dry-run marks nothing."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    dry = kbtool(tmp_path, "review", "--compare", "--dry-run")
    assert (dry.returncode, "status: stale" in file_of(settings, id_).read_text("utf-8")) == (
        0,
        False,
    )
    done = kbtool(tmp_path, "review", "--compare", id_)
    assert done.returncode == 0
    assert "agents now say 30 days, 14 here (6 tickets since 2026-03-06, 3 agents)" in done.stdout
    assert f"kbtool draft --update {id_}" in done.stderr
    assert "status: stale" in file_of(settings, id_).read_text("utf-8")
    assert "30 days, 14 here" in kbtool(tmp_path, "review").stdout
    again = json.loads(kbtool(tmp_path, "review", "--compare", "--json").stdout)
    assert (again["format"], again["stale"], again["not_compared"]) == (1, [], 1)


def test_json_of_what_is_stale(tmp_path: Path) -> None:
    """Reasons and the sentences behind them."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    done = kbtool(tmp_path, "review", "--compare", "--dry-run", "--json")
    (one,) = json.loads(done.stdout)["stale"]
    assert (one["id"], one["heard_until"]) == (id_, "2026-03-11")
    assert len(one["sources"]) == 6
    assert one["sources"][0]["ticket"] == "desk:60"


def test_the_diff_is_piped_into_git(tmp_path: Path) -> None:
    """Its evidence stands before it, in lines that git skips; then there is nothing to propose."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    done = kbtool(tmp_path, "draft", "--update", id_)
    assert done.returncode == 0
    head, diff = done.stdout.split("--- a/content/")
    assert all(line.startswith("#") for line in head.splitlines())
    assert "# 1. line" in head
    assert "change “You can return a box within 14 days of delivery.”" in head
    assert "#    65 2026-03-11: “You can return a box within 30 days of delivery.”" in head
    assert "\n+You can return a box within 30 days of delivery.\n" in diff
    subprocess.run(["git", "apply"], cwd=tmp_path, input=done.stdout.encode(), check=True)
    assert "within 30 days" in file_of(settings, id_).read_text("utf-8")
    again = kbtool(tmp_path, "draft", "--update", id_)
    assert (again.returncode, again.stdout) == (1, "")
    assert "Nothing to propose" in again.stderr


def test_out_and_json(tmp_path: Path) -> None:
    """The diff in a file, everything as JSON."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    grow(settings, [*BEFORE, *AFTER])
    done = kbtool(tmp_path, "draft", "--update", id_, "--out", "change.diff")
    assert (done.returncode, done.stdout) == (0, "")
    assert "git apply change.diff" in done.stderr
    subprocess.run(["git", "apply", "--check", "change.diff"], cwd=tmp_path, check=True)
    data = json.loads(kbtool(tmp_path, "draft", "--update", id_, "--json").stdout)
    (change,) = data["changes"]
    assert (change["kind"], change["tickets"], change["agents"]) == ("replace", 6, 3)
    assert change["new"] == "You can return a box within 30 days of delivery."
    assert len(change["evidence"]) == 6
    assert (tmp_path / "change.diff").read_text("utf-8").endswith(data["diff"])
    assert kbtool(tmp_path, "draft", "--update", id_, "--out", "content/x.md").returncode == 1


def test_hostile_sentences_in_the_comments(tmp_path: Path) -> None:
    """Nothing of a ticket becomes a line of the diff, or an order to the terminal."""
    settings, id_ = open_shop(tmp_path, BEFORE)
    nasty = f"{OLD}\nReturns from islands cost 4 euros \x1b[31m each <script>x</script>.\n"
    grow(settings, [*BEFORE, *tickets(nasty, range(60, 66))])
    done = kbtool(tmp_path, "draft", "--update", id_)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    added = [line for line in done.stdout.splitlines() if line.startswith("+") and "island" in line]
    assert any("&lt;script>" in line for line in added)
    subprocess.run(
        ["git", "apply", "--check"], cwd=tmp_path, input=done.stdout.encode(), check=True
    )


@pytest.mark.parametrize(
    "words",
    [
        ("draft", "--update", "kb-7", "t-tea"),
        ("draft", "--update", "kb-7", "--dry-run"),
        ("draft", "t-tea", "--out", "x.diff"),
        ("review", "--dry-run"),
        ("review", "kb-7", "--compare", "--stale", "old"),
    ],
)
def test_what_does_not_go_together(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A usage error, exit 2."""
    open_shop(tmp_path, BEFORE)
    assert kbtool(tmp_path, *words).returncode == 2
