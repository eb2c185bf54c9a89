"""``kbtool reject`` as a writer types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.articles.kb import knowledge_base
from tests.cli.writers import ID, kbtool


def test_a_draft_is_rejected_with_its_reason(tmp_path: Path) -> None:
    """It says when the topic comes back; it is no longer listed."""
    knowledge_base(tmp_path)
    kbtool(tmp_path, "draft", "t-tea")
    done = kbtool(tmp_path, "reject", ID, "--reason", "wrong [question]")
    assert done.returncode == 0
    assert f"Draft {ID} is rejected: wrong [question]" in done.stdout
    assert "12 tickets" in done.stderr
    assert json.loads(kbtool(tmp_path, "review", "--json").stdout)["articles"] == []


def test_a_topic_is_rejected(tmp_path: Path) -> None:
    """By its id, before there is a draft."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "reject", "t-tea", "--reason", "no", "--json")
    assert json.loads(done.stdout) == {
        "format": 1, "rejected": "t-tea", "file": None, "tickets": 6,
    }  # fmt: skip


def test_a_rejection_without_reason_or_of_nothing_is_refused(tmp_path: Path) -> None:
    """A missing option is exit 2; an unknown id exit 3."""
    knowledge_base(tmp_path)
    assert kbtool(tmp_path, "reject", "t-tea").returncode == 2
    assert kbtool(tmp_path, "reject", "nothing", "--reason", "x").returncode == 3
