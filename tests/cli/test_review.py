"""``kbtool review`` as a writer types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.articles.kb import knowledge_base
from tests.cli.writers import ID, kbtool


def test_the_list_says_what_waits(tmp_path: Path) -> None:
    """First nothing; then the draft with its status, tickets and age."""
    knowledge_base(tmp_path)
    empty = kbtool(tmp_path, "review")
    assert (empty.returncode, empty.stdout) == (0, "")
    assert "kbtool draft" in empty.stderr
    kbtool(tmp_path, "draft", "t-tea")
    (row,) = json.loads(kbtool(tmp_path, "review", "--json").stdout)["articles"]
    assert (row["id"], row["status"], row["tickets"], row["age_days"]) == (ID, "draft", 6, 0)
    assert (row["conflicts"], row["problems"], row["edited"]) == (0, [], False)
    assert ID in kbtool(tmp_path, "review").stdout


def test_a_narrow_terminal_shows_whole_ids(tmp_path: Path) -> None:
    """What is to be typed next stands there in full, the title below it."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    lines = kbtool(tmp_path, "review", columns=60).stdout.splitlines()
    row = next(number for number, line in enumerate(lines) if ID in line)
    assert "draft" in lines[row]
    assert "box" in " ".join(lines[row + 1 :]).lower()


def test_the_beginning_of_an_id_will_do(tmp_path: Path) -> None:
    """As for explain, for all that only shows or proposes; publish wants the whole id."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    assert ID in kbtool(tmp_path, "review", ID[:8]).stdout
    assert kbtool(tmp_path, "publish", ID[:8], "--by", "Ida").returncode == 3


def test_one_draft_is_shown_with_its_evidence(tmp_path: Path) -> None:
    """Each sentence with tickets, agents and the last date; the draft is in review afterwards."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    shown = kbtool(tmp_path, "review", ID)
    assert shown.returncode == 0
    assert "1. Open **Account > Boxes**." in shown.stdout
    assert "2 agents, last 2026-01-11: desk:1, desk:2" in shown.stdout
    assert f"kbtool publish {ID}" in shown.stderr
    data = json.loads(kbtool(tmp_path, "review", ID, "--json").stdout)
    assert data["article"]["status"] == "review"
    assert data["article"]["evidence"][0]["sources"][0] == "desk:1/m1/s3"


def test_what_a_person_changed_is_marked(tmp_path: Path) -> None:
    """At the evidence: edited with numbers that are not in it, taken out; and a person's own lines."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    assert "(edited" not in kbtool(tmp_path, "review", ID).stdout
    file = tmp_path / f"content/drafts/{ID}.md"
    text = file.read_text("utf-8").replace("Tap Change box.", "Tap Change box 2 times.")
    file.write_text(
        text.replace("1. Open **Account > Boxes**.\n", "") + "\nWe like tea.\n", "utf-8"
    )
    shown = kbtool(tmp_path, "review", ID).stdout
    assert "1. Open Account > Boxes  (taken out)" in shown
    assert "2. Tap Change box  (edited; 2 not in it)" in shown
    line = file.read_text("utf-8").count("\n")
    assert f"Written by a person, without evidence: line {line}" in shown
    data = json.loads(kbtool(tmp_path, "review", ID, "--json").stdout)["article"]
    marks = [(one["edited"], one["removed"]) for one in data["evidence"]]
    assert marks[:3] == [(True, True), (True, False), (False, False)]
    assert data["written"] == [line]


def test_hostile_text_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    """Escape sequences and rich's markup in a draft are shown, not obeyed."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    file = tmp_path / f"content/drafts/{ID}.md"
    file.write_text(file.read_text("utf-8") + "\n[bold]x[/bold] \x1b]0;owned\x07\n", "utf-8")
    shown = kbtool(tmp_path, "review", ID)
    assert "\x1b" not in shown.stdout
    assert "[bold]x[/bold]" in shown.stdout


def test_a_published_article_is_shown_and_stays_as_it_is(tmp_path: Path) -> None:
    """With what can be done about it; --stale marks it, with the reason, and it waits."""
    knowledge_base(tmp_path)
    file = tmp_path / "content/en/boxes/tea-box.md"
    before = file.read_bytes()
    done = kbtool(tmp_path, "review", "kb-7")
    assert (done.returncode, file.read_bytes()) == (0, before)
    assert "kbtool archive kb-7" in done.stderr
    shown = kbtool(tmp_path, "review", "kb-7", "--stale", "the [red]lid changed")
    assert "stale: the [red]lid changed" in shown.stdout
    assert b"status: stale" in file.read_bytes()
    assert "the [red]lid changed" in kbtool(tmp_path, "review").stdout
    (row,) = json.loads(kbtool(tmp_path, "review", "--json").stdout)["articles"]
    assert (row["why"], row["reason"]) == ("stale", "the [red]lid changed")


def test_a_reason_without_an_article_is_wrong_usage(tmp_path: Path) -> None:
    """Exit 2; a draft cannot be stale, which is exit 3."""
    knowledge_base(tmp_path)
    assert kbtool(tmp_path, "review", "--stale", "why").returncode == 2
    kbtool(tmp_path, "draft", "t-tea")
    assert kbtool(tmp_path, "review", ID, "--stale", "why").returncode == 3


def test_a_line_number_is_no_emoji(tmp_path: Path) -> None:
    """``file:100: error`` names line 100, whatever rich makes of ``:100:``."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    file = tmp_path / f"content/drafts/{ID}.md"
    kbtool(tmp_path, "review", ID)
    text = file.read_text("utf-8")
    lines = text.count("\n")
    file.write_text(text + "\n" * (99 - lines) + "[dead](../nowhere.md) :smile:\n", "utf-8")
    shown = kbtool(tmp_path, "review", ID)
    assert f"content/drafts/{ID}.md:100: error" in shown.stderr
    assert ":smile:" in shown.stdout
