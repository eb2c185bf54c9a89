"""The checks of a whole knowledge base."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from kbtool.config import Contact
from kbtool.errors import ContentError
from kbtool.workflows.check import MEMORY, check
from tests.articles.kb import knowledge_base

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_ones_own_contact_address_is_no_personal_data(tmp_path: Path) -> None:
    """An article may name the address in contact.email; any other one is found."""
    settings = knowledge_base(tmp_path)
    file = tmp_path / "content/en/boxes/tea-box.md"
    file.write_text(file.read_text("utf-8") + "\nWrite to post@tea.example.\n", "utf-8")
    ours = replace(settings, contact=Contact(email="post@tea.example"))
    theirs = replace(settings, contact=Contact(email="post@other.example"))

    assert [found.code for found in check(theirs, now=NOW).findings] == ["personal-data"]
    assert check(ours, now=NOW).findings == ()


def test_content_that_is_gone_is_no_empty_help_centre(tmp_path: Path) -> None:
    """A deleted or unmounted folder stops check and build; the old site stays."""
    settings = knowledge_base(tmp_path)
    settings.content_dir.rename(tmp_path / "elsewhere")
    with pytest.raises(ContentError, match="no such folder"):
        check(settings, now=NOW)


def test_synonyms_are_checked_with_the_articles(tmp_path: Path) -> None:
    """A word that nobody can search is told with its file and line; the folder holds no article."""
    settings = knowledge_base(tmp_path)
    folder = settings.content_dir / "synonyms"
    folder.mkdir()
    (folder / "en.yaml").write_text("- [box, crate]\n- [one]\n")

    found = check(settings, now=NOW)
    assert [(one.file, one.line, one.code) for one in found.findings] == [
        ("synonyms/en.yaml", 2, "bad-synonym")
    ]
    assert not [one for one in found.articles if one.path.startswith("synonyms/")]


def test_each_article_has_the_digest_of_its_file(tmp_path: Path) -> None:
    """Of its bytes, also where the file is as an earlier run read it; of no other file."""
    settings = knowledge_base(tmp_path)
    (settings.content_dir / "en" / "unread.md").write_text("no front matter\n")
    first = check(settings, now=NOW)
    assert (settings.cache_dir / MEMORY).exists()
    assert first.digests == {
        article.path: sha256((settings.content_dir / article.path).read_bytes()).hexdigest()
        for article in first.articles
    }
    assert check(settings, now=NOW) == first


def test_what_is_remembered_yields_to_settings_synonyms_and_days(tmp_path: Path) -> None:
    """A second run says what one that remembers nothing says."""
    settings = knowledge_base(tmp_path)
    file = settings.content_dir / "en/boxes/tea-box.md"
    text = file.read_text("utf-8").replace("status:", "review_by: 2027-01-01\nstatus:", 1)
    file.write_text(text + "\nWrite to post@tea.example.\n", "utf-8")
    check(settings, now=NOW)
    synonyms = settings.content_dir / "synonyms"
    synonyms.mkdir()
    (synonyms / "en.yaml").write_text("- [one]\n")
    changes = (
        (settings, NOW),
        (replace(settings, contact=Contact(email="post@tea.example")), NOW),
        (replace(settings, languages=("tr",)), NOW),
        (replace(settings, categories=()), NOW),
        (settings, NOW + timedelta(days=4000)),
    )
    told = [check(changed, now=now).findings for changed, now in changes]
    fresh = []
    for changed, now in changes:
        (settings.cache_dir / MEMORY).unlink()
        fresh.append(check(changed, now=now).findings)
    assert told == fresh
    assert len({*told}) == len(changes)
