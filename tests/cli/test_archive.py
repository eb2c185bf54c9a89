"""``kbtool archive`` as a writer types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.articles.kb import knowledge_base
from tests.cli.writers import kbtool


def _second(root: Path, body: str) -> None:
    text = (root / "content/en/boxes/tea-box.md").read_text("utf-8")
    head = text.replace("kb-7", "kb-8").replace("What is in", "Who packs").rpartition("---\n")[0]
    (root / "content/en/boxes/second.md").write_text(f"{head}---\n{body}\n", "utf-8")


def test_an_article_is_archived_with_its_reason(tmp_path: Path) -> None:
    """--dry-run writes nothing; then the file says it, and review brings it back."""
    knowledge_base(tmp_path)
    file = tmp_path / "content/en/boxes/tea-box.md"
    tried = kbtool(tmp_path, "archive", "kb-7", "--reason", "over [red]", "--dry-run")
    assert (tried.returncode, "archived" in file.read_text("utf-8")) == (0, False)
    done = kbtool(tmp_path, "archive", "kb-7", "--reason", "over [red]", "--json")
    assert json.loads(done.stdout) == {
        "format": 1, "archived": "kb-7", "file": "en/boxes/tea-box.md", "reason": "over [red]",
        "replaced_by": None,
    }  # fmt: skip
    assert "status: archived\n" in file.read_text("utf-8")
    assert kbtool(tmp_path, "review", "kb-7").returncode == 0
    assert (tmp_path / "content/drafts/kb-7.md").exists()
    assert not file.exists()


def test_its_addresses_lead_to_the_article_that_took_its_place(tmp_path: Path) -> None:
    """After a build the permanent one does; without --instead it says that the article is gone."""
    knowledge_base(tmp_path)
    _second(tmp_path, "We do.")
    done = kbtool(tmp_path, "archive", "kb-7", "--reason", "merged", "--instead", "kb-8")
    assert "lead to kb-8" in done.stdout
    assert kbtool(tmp_path, "build").returncode == 0
    page = (tmp_path / "site/a/kb-7/index.html").read_text("utf-8")
    assert "en/boxes/second/" in page
    assert "Who packs a tea box?" in page


def test_a_link_that_would_break_refuses_it(tmp_path: Path) -> None:
    """Exit 1 with file and line; a reason is needed, exit 2; a draft cannot go, exit 3."""
    knowledge_base(tmp_path)
    _second(tmp_path, "See [the box](tea-box.md).")
    done = kbtool(tmp_path, "archive", "kb-7", "--reason", "over")
    assert done.returncode == 1
    assert "content/en/boxes/second.md:9: error: the link tea-box.md leads to kb-7" in done.stderr
    assert kbtool(tmp_path, "archive", "kb-7").returncode == 2
    assert kbtool(tmp_path, "archive", "kb-7", "--reason", " ").returncode == 3
    kbtool(tmp_path, "draft", "t-tea")
    assert kbtool(tmp_path, "archive", "kb-8", "--reason", "x", "--instead", "kb-8").returncode == 3
