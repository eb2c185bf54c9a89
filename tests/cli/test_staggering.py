"""``kbtool publish --staggered`` and ``--due`` as a writer types them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.articles.files.store import read_articles, write_article
from tests.articles.kb import knowledge_base
from tests.cli.writers import kbtool
from tests.workflows.test_staggered import add

TODAY = "2026-11-21"


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A knowledge base with three drafts in review."""
    settings = knowledge_base(tmp_path)
    for id_ in ("kb-a", "kb-b", "kb-c"):
        add(settings, id_)
    return tmp_path


def test_a_lot_is_drawn_shown_and_cancelled(kb: Path) -> None:
    """The seed is told and kept, the days are shown; cancelled, nothing is drawn any more."""
    done = kbtool(kb, "publish", "--staggered", "--by", "Anu")
    assert done.returncode == 0, done.stderr
    assert "2026-11-23" in done.stdout
    assert "Only 3 topics" in done.stderr
    seed = re.search(r"seed ([0-9a-f]{16}),", done.stderr)
    assert seed
    plan = json.loads(kbtool(kb, "publish", "--staggered", "--show", "--json").stdout)
    assert {one["lot"] for one in plan["drafts"]} == {seed[1]}
    assert {one["state"] for one in plan["drafts"]} == {"waits"}
    assert "planned for 2026-11-23" in kbtool(kb, "review").stdout
    assert "brings it out on" in kbtool(kb, "review", "kb-a").stderr
    assert "3 drafts wait" in kbtool(kb, "publish", "--staggered", "--cancel").stderr
    assert "Nothing is drawn" in kbtool(kb, "publish", "--staggered", "--show").stderr


def test_two_lots_of_the_same_drafts_have_their_own_seeds(kb: Path) -> None:
    """Nobody can know the order before it is drawn."""
    said = ("publish", "--staggered", "--by", "Anu", "--dry-run", "--json")
    first, second = (json.loads(kbtool(kb, *said).stdout) for _ in range(2))
    assert first["lot"] != second["lot"]
    assert [one["release"] for one in first["drafts"]] == ["2026-11-23", "2026-11-30", "2026-12-07"]


def test_due_publishes_and_says_what_came_of_the_lot(kb: Path) -> None:
    """What is due today comes out; a day that was missed by more than its week is told as late."""
    kbtool(kb, "publish", "--staggered", "--by", "Anu")
    articles, _ = read_articles(kb / "content")
    for one in articles:
        if one.release:  # as if the lot had been drawn three weeks ago, on the same seed
            earlier = one.release.fromordinal(one.release.toordinal() - 21)
            write_article(kb / "content", replace(one, release=earlier))
    done = kbtool(kb, "publish", "--due")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("→ content/en/boxes/") == 3
    assert "Nothing is due" in kbtool(kb, "publish", "--due").stderr
    shown = kbtool(kb, "publish", "--staggered", "--show").stdout
    assert shown.count(f"came out {TODAY}, late: not by lot") == 2
    assert shown.count(f"came out {TODAY}, by lot") == 1


def test_a_draft_that_cannot_come_out_is_told_with_its_line(kb: Path) -> None:
    """Exit 1, in JSON too, so that a scheduled run shows it."""
    kbtool(kb, "publish", "--staggered", "--by", "Anu")
    articles, _ = read_articles(kb / "content")
    spoilt = next(one for one in articles if one.id == "kb-b")
    day = spoilt.updated
    write_article(
        kb / "content", replace(spoilt, release=day, body="Ask kaja.tamm@mail.example.\n")
    )
    done = kbtool(kb, "publish", "--due")
    assert done.returncode == 1
    assert "drafts/kb-b.md" in done.stderr
    assert "looks like a mail address" in done.stderr
    held = json.loads(kbtool(kb, "publish", "--due", "--json").stdout)["held"]
    assert [(one["id"], one["problems"][0]["code"]) for one in held] == [("kb-b", "personal-data")]


def test_days_that_were_changed_by_hand_are_told(kb: Path) -> None:
    """Two drafts changed places: the lot proves nothing any more."""
    kbtool(kb, "publish", "--staggered", "--by", "Anu")
    articles, _ = read_articles(kb / "content")
    first, second, _ = sorted((a for a in articles if a.release), key=lambda a: str(a.release))
    write_article(kb / "content", replace(first, release=second.release))
    write_article(kb / "content", replace(second, release=first.release))
    shown = kbtool(kb, "publish", "--staggered", "--show")
    assert "do not follow its draw" in shown.stderr


def test_by_hand_before_the_day_is_told(kb: Path) -> None:
    """Allowed, with what it costs."""
    kbtool(kb, "publish", "--staggered", "--by", "Anu")
    done = kbtool(kb, "publish", "kb-a", "--by", "Anu")
    assert done.returncode == 0
    assert "no part of the experiment any more" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--weeks", "4"),
        ("--show",),
        ("kb-a", "--due"),
        ("--staggered", "--due"),
        ("--staggered", "--show", "--cancel"),
        ("kb-a", "--staggered", "--show"),
        ("--staggered", "--weeks", "1"),
    ],
)
def test_options_that_do_not_go_together_are_refused(kb: Path, words: tuple[str, ...]) -> None:
    """Exit 2, as for every wrong usage."""
    assert kbtool(kb, "publish", *words).returncode == 2
