"""``kbtool explain`` as a reviewer types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.articles.kb import knowledge_base
from tests.articles.tickets import MACRO, ticket
from tests.cli.writers import ID, kbtool
from tests.dom import parse


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tea shop's knowledge base with its draft."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    return tmp_path


def _edit(root: Path, old: str, new: str) -> None:
    file = root / f"content/drafts/{ID}.md"
    head, body = file.read_text("utf-8").rsplit("---\n", 1)
    assert old in body
    file.write_text(f"{head}---\n{body.replace(old, new)}", "utf-8")


def test_each_sentence_with_its_sources(root: Path) -> None:
    """Line, text, state, backing; three tickets, or all of them."""
    done = kbtool(root, "explain", ID)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.endswith("1. Open Account > Boxes."))
    assert lines[at + 1].strip() == (
        "drafted from evidence 1: 6 tickets, 2 agents, 2026-01-06 to 2026-01-11"
    )
    assert lines[at + 2].split("  ")[4:] == ["2026-01-11", "desk:6", "Open Account > Boxes"]
    assert lines[at + 5].strip() == "… and 3 more (--all)"
    assert done.stdout.startswith("How do I change my tea box?")
    assert "drafted\n" in done.stderr
    assert kbtool(root, "explain", ID, "--all").stdout.count("desk:6  Open Account > Boxes") == 1
    assert "--all" not in kbtool(root, "explain", ID, "--all").stdout


def test_edits_are_told_with_what_stood_there(root: Path) -> None:
    """What it was drafted as, new numbers, a person's own sentence, what was taken out."""
    _edit(root, "2. Tap Change box.", "2. Tap Change box 2 times.\n\nWe like tea.")
    _edit(root, "1. Open **Account > Boxes**.\n", "")
    shown = kbtool(root, "explain", ID).stdout
    assert "2 is not in the evidence\n      drafted as: Tap Change box.\n" in shown
    assert "edited from evidence 2: 6 tickets" in shown
    assert "We like tea.\n      written by a person, no evidence\n" in shown
    after = shown.partition("Taken out by a person")[2]
    assert "Open Account > Boxes\n      rested on evidence 1: 6 tickets" in after


def test_json_has_everything(root: Path) -> None:
    """Sentences by line with numbers of their evidence, from 1; every source of each."""
    _edit(root, "2. Tap Change box.", "2. Tap Change box 2 times.")
    data = json.loads(kbtool(root, "explain", ID, "--json").stdout)
    assert (data["format"], data["article"]["id"], data["stored"]) == (1, ID, True)
    assert data["counts"]["edited"] == 1
    second = data["sentences"][1]
    assert (second["state"], second["evidence"], second["new_numbers"]) == ("edited", [2], ["2"])
    assert (second["kind"], second["conflict"]) == ("item", None)
    first = data["evidence"][0]
    assert (first["number"], first["removed"], len(first["tickets"])) == (1, False, 6)
    assert first["sources"][0] == {
        "ref": "desk:6/m1/s3", "ticket": "desk:6", "date": "2026-01-11",
        "text": "Open Account > Boxes", "missing": None,
    }  # fmt: skip
    assert data["title"]["text"] == "How do I change my tea box?"
    assert "desk:1" in data["title"]["tickets"]


def test_an_open_conflict_is_shown_as_one(tmp_path: Path) -> None:
    """Both sides below one heading, each with its own evidence."""
    rule = "You can change the box until {} days before the next delivery date."
    knowledge_base(
        tmp_path,
        [
            ticket(n, f"{MACRO}\n\n{rule.format(5 if n > 3 else 14)}", agent=f"a{n % 2}")
            for n in range(1, 7)
        ],
    )
    kbtool(tmp_path, "draft", "t-tea")
    done = kbtool(tmp_path, "explain", ID)
    sides = done.stdout.partition("Conflict 1: agents disagree")[2]
    assert sides.index("until 5 days") < sides.index("until 14 days")
    assert "1 open conflict" in done.stderr


def test_the_page_is_written_like_a_report(root: Path) -> None:
    """To a file, to stdout, never over anything but a page."""
    done = kbtool(root, "explain", ID[:6], "--html", "review.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Page: review.html\n")
    written = (root / "review.html").read_text("utf-8")
    assert "Open Account > Boxes" in parse(written).text
    assert kbtool(root, "explain", ID, "--html", "-").stdout == written
    assert kbtool(root, "explain", ID, "--html", "-", "--json").returncode == 2
    assert kbtool(root, "explain", ID, "--html", "mkdocs.yml").returncode == 3
    both = kbtool(root, "explain", ID, "--html", "review.html", "--json")
    assert json.loads(both.stdout)["article"]["id"] == ID


def test_hostile_text_cannot_speak_to_the_terminal(root: Path) -> None:
    """Escape sequences and rich's markup in an article are shown, not obeyed."""
    _edit(root, "2. Tap Change box.", "2. Tap [bold]x[/bold] \x1b]0;owned\x07 Change box.")
    shown = kbtool(root, "explain", ID).stdout
    assert "\x1b" not in shown
    assert "[bold]x[/bold]" in shown


def test_without_tickets_and_without_an_article(root: Path) -> None:
    """The front matter's evidence and why there are no words; an unknown id is an error."""
    (root / ".kbtool/kb.db").unlink()
    done = kbtool(root, "explain", ID)
    assert "desk:1  (no tickets are stored here)" in done.stdout
    assert "references only" in done.stderr
    missing = kbtool(root, "explain", "kb-nope")
    assert missing.returncode == 3
    assert "there is no article 'kb-nope'" in missing.stderr
