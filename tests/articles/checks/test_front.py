"""Rules about front matter: who answers for an article, who follows it, what became of a topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.articles.checks.codes import RULES
from kbtool.config.settings import CheckSettings
from tests.articles.checks.shop import GOOD, article, check, findings, settings_in

DRAFT = article(
    "kb-2", "Pause a box", "Text.\n", status="draft", path="drafts/kb-2.md", topic="t-1",
    updated=date(2026, 11, 1), reviewed_by=None,
)  # fmt: skip


@pytest.mark.parametrize("name", [None, "", "  "])
def test_an_article_published_by_hand_needs_a_reviewer(tmp_path: Path, name: str | None) -> None:
    """A pull request that only sets the status is no review; it is an error."""
    assert check(tmp_path, replace(GOOD, reviewed_by=name)) == [
        ("no-reviewer", "en/boxes/change.md", 5)
    ]
    assert RULES["no-reviewer"].level == "error"
    stale = replace(GOOD, reviewed_by=name, status="stale")
    assert check(tmp_path / "2", stale)[0][0] == "no-reviewer"
    assert check(tmp_path / "3", replace(DRAFT, reviewed_by=name)) == []


@pytest.mark.parametrize(("heir", "found"), [("KB-1", 0), ("kb-2", 1), ("kb-9", 1), ("kb-3", 1)])
def test_readers_are_led_to_what_they_can_see(tmp_path: Path, heir: str, found: int) -> None:
    """Not to a draft, to nothing, or in a circle."""
    gone = article("kb-3", "Old", "Text.\n", status="archived", replaced_by=heir)
    codes = [(code, file) for code, file, _ in check(tmp_path, GOOD, DRAFT, gone)]
    assert codes == [("no-successor", "en/boxes/kb-3.md")] * found


def test_a_permanent_link_to_an_archived_article_leads_to_its_successor(tmp_path: Path) -> None:
    """A link to its file does not, for the file has no page."""
    gone = article("kb-3", "Old", "Text.\n", status="archived", replaced_by="kb-1")
    linking = article("kb-4", "See", "[old box](/a/kb-3/)\n\n[old box](kb-3.md)\n")
    (found,) = findings(tmp_path, GOOD, gone, linking)
    assert (found.code, found.line) == ("broken-link", linking.body.count("\n") + 9)


def test_a_draft_whose_topic_is_not_what_it_was_is_told(tmp_path: Path) -> None:
    """With what became of it, at the line that names it; published articles are no orphans."""
    fates = {"kb-2": "its topic t-1 is part of t-7 now", "kb-1": "x"}
    (found,) = findings(tmp_path, GOOD, DRAFT, fates=fates)
    assert (found.code, found.file, found.line) == ("orphaned-draft", "drafts/kb-2.md", 7)
    assert found.message == fates["kb-2"]


def test_a_draft_that_has_waited_long_is_told(tmp_path: Path) -> None:
    """Longer than the setting says; 0 turns the rule off."""
    old = replace(DRAFT, updated=date(2026, 8, 22))  # 91 days before
    assert check(tmp_path, old) == [("old-draft", "drafts/kb-2.md", 8)]
    assert check(tmp_path / "2", replace(old, updated=date(2026, 8, 23))) == []
    off = replace(settings_in(tmp_path), checks=CheckSettings(draft_days=0))
    assert findings(tmp_path, old, settings=off) == ()
