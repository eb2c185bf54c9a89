"""``kbtool publish`` as a writer types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.articles.kb import knowledge_base
from tests.cli.writers import ID, kbtool


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """A knowledge base with one draft."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    return tmp_path


def test_a_draft_nobody_looked_at_is_refused(kb: Path) -> None:
    """Exit 3; the hint is the command to type."""
    done = kbtool(kb, "publish", ID, "--by", "Anu")
    assert done.returncode == 3
    assert f"kbtool review {ID}" in done.stderr


def test_a_reviewed_draft_is_published(kb: Path) -> None:
    """--dry-run first says where; then the file is there with its reviewer."""
    kbtool(kb, "review", ID)
    tried = json.loads(kbtool(kb, "publish", ID, "--by", "Anu", "--dry-run", "--json").stdout)
    (row,) = tried["published"]
    assert row["file"] == "en/boxes/how-do-i-change-my-tea-box.md"
    assert (kb / f"content/drafts/{ID}.md").exists()
    done = kbtool(kb, "publish", ID, "--by", "Anu")
    assert done.returncode == 0
    assert "Next: kbtool build" in done.stderr
    assert "reviewed_by: Anu\n" in (kb / "content" / row["file"]).read_text("utf-8")


def test_what_must_be_mended_is_named_with_its_line(kb: Path) -> None:
    """Exit 1: the answer is no; file and line on stderr."""
    kbtool(kb, "review", ID)
    file = kb / f"content/drafts/{ID}.md"
    text = file.read_text("utf-8") + "\nAsk kaja.tamm@mail.example.\n"
    file.write_text(text, "utf-8")
    done = kbtool(kb, "publish", ID, "--by", "Anu")
    assert done.returncode == 1
    assert f"drafts/{ID}.md:{text.count(chr(10))}: error: looks like a mail address" in done.stderr
    assert file.exists()


def test_the_reviewer_must_have_a_name(kb: Path) -> None:
    """An empty --by is not taken for git's name."""
    kbtool(kb, "review", ID)
    assert kbtool(kb, "publish", ID, "--by", "").returncode == 3


@pytest.mark.parametrize("verb", [("publish",), ("review",), ("reject", "--reason", "x")])
def test_a_draft_whose_front_matter_is_broken_is_told_with_its_line(
    kb: Path, verb: tuple[str, ...]
) -> None:
    """Not "there is no article": exit 1 with the file and the line."""
    file = kb / f"content/drafts/{ID}.md"
    text = file.read_text("utf-8")
    line = text.splitlines().index("status: draft") + 1
    file.write_text(text.replace("status: draft", "status: a: b"), "utf-8")
    done = kbtool(kb, *verb, ID)
    assert done.returncode == 1
    assert f"content/drafts/{ID}.md:{line}: error" in done.stderr
