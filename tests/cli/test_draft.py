"""``kbtool draft`` as a writer types it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.articles.kb import knowledge_base
from tests.cli.writers import ID, kbtool


def test_a_draft_is_written_and_told(tmp_path: Path) -> None:
    """The table is on stdout, what to do next on stderr; the file is there."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "draft", "t-tea")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert ID in done.stdout
    assert "How do I change my tea box?" in done.stdout
    assert "Next: kbtool review" in done.stderr
    assert (tmp_path / f"content/drafts/{ID}.md").is_file()


def test_a_narrow_terminal_shows_the_whole_id(tmp_path: Path) -> None:
    """It is what kbtool review is given next."""
    knowledge_base(tmp_path)
    assert ID in kbtool(tmp_path, "draft", "t-tea", columns=50).stdout


def test_json_and_dry_run(tmp_path: Path) -> None:
    """--json says what would be made; --dry-run makes nothing."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "draft", "t-tea", "--dry-run", "--json")
    data = json.loads(done.stdout)
    assert data["format"] == 1
    (draft,) = data["drafts"]
    assert (draft["id"], draft["outcome"], draft["tickets"]) == (ID, "new", 6)
    assert not (tmp_path / "content/drafts").exists()


def test_nothing_drafted_is_exit_1_with_the_reason(tmp_path: Path) -> None:
    """No draft in Turkish: there are no Turkish tickets."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "draft", "t-tea", "--lang", "tr")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing was drafted" in done.stderr


def test_without_topics_it_is_a_usage_error(tmp_path: Path) -> None:
    """Exit 2 names both ways; a floor below three requesters is refused by the option."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "draft")
    assert done.returncode == 2
    assert "--top" in done.stderr
    assert kbtool(tmp_path, "draft", "t-tea", "--min-requesters", "2").returncode == 2


def test_an_unknown_topic_is_exit_3_with_a_hint(tmp_path: Path) -> None:
    """The message is one line, no traceback."""
    knowledge_base(tmp_path)
    done = kbtool(tmp_path, "draft", "t-unknown")
    assert done.returncode == 3
    assert "Hint: " in done.stderr
    assert "Traceback" not in done.stderr
