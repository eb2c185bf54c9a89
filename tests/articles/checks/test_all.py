"""Checks: each rule finds what it is for, at its line, and leaves good articles alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbtool.articles.checks import check_articles
from kbtool.articles.draft.render import CONFLICT
from kbtool.model import Finding
from tests.articles.checks.shop import GOOD, TODAY, check, given, settings_in


def test_good_articles_have_no_findings(tmp_path: Path) -> None:
    """Links to headings, articles, permalinks, files and other sites are fine."""
    (tmp_path / "content/en/boxes").mkdir(parents=True)
    (tmp_path / "content/en/boxes/box.png").write_bytes(b"png")
    links = (
        "[a box](../boxes/change.md#steps) [b](/a/kb-1/) [c](https://x.example) ![d](box.png) "
        "[e](mailto:a.b)\n\n    [code](nowhere.md)\n\n`[code](nowhere.md)`\n"
    )
    other = replace(
        GOOD,
        id="kb-2",
        title="Send a box back",
        path="en/boxes/other.md",
        body=links.replace("    [code]", "[e]").replace("[e](nowhere.md)", ""),
    )
    turkish = replace(GOOD, id="kb-3", lang="tr", path="tr/boxes/x.md", translation_of="kb-1")
    assert check(tmp_path, GOOD, other, turkish) == []


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ({"lang": "de"}, "unknown-language", 4),
        ({"category": "shop"}, "unknown-category", 6),
        ({"translation_of": "kb-9"}, "no-original", 5),
        ({"status": "draft"}, "misplaced", 5),
        ({"path": "drafts/kb-1.md"}, "misplaced", 5),
        ({"review_by": date(2026, 11, 20)}, "overdue-review", 8),
        ({"body": "Hi\n\n" + CONFLICT + "\n"}, "conflict", 12),
        ({"body": "Hi\n\nWrite to a@b.example\n"}, "personal-data", 12),
        ({"also_asked": ("who is a@b.example",)}, "personal-data", 1),
        ({"body": "Hi\n[x](../gone.md)\n"}, "broken-link", 11),
        ({"body": "Hi\n[x](/a/kb-9/)\n"}, "broken-link", 11),
        ({"body": "Hi\n[x](../../../etc/passwd)\n"}, "broken-link", 11),
        ({"body": "Hi\n[x](#gone)\n"}, "broken-anchor", 11),
    ],
)
def test_each_rule_names_its_line(
    tmp_path: Path, change: dict[str, object], code: str, line: int
) -> None:
    """One thing wrong gives one finding with the line of the file where it is."""
    broken = replace(GOOD, **change)  # type: ignore[arg-type]  # fields of Article
    assert check(tmp_path, broken) == [(code, broken.path, line)]


def test_two_translations_into_one_language_are_named(tmp_path: Path) -> None:
    """Also when the translation is in its original's own language."""
    one = replace(GOOD, id="kb-2", lang="tr", path="tr/boxes/a.md", translation_of="kb-1")
    two = replace(one, id="kb-3", path="tr/boxes/b.md")
    codes = [code for code, _, _ in check(tmp_path, GOOD, one, two)]
    assert codes == ["two-translations", "two-translations"]
    same = replace(GOOD, id="kb-4", path="en/boxes/b.md", translation_of="kb-1")
    assert ("two-translations", "en/boxes/b.md", 5) in check(tmp_path / "2", GOOD, same)


def test_a_published_article_may_not_link_to_a_draft(tmp_path: Path) -> None:
    """The reader would find nothing; a draft may link to another draft."""
    draft = replace(
        GOOD,
        id="kb-2",
        title="Pause",
        status="draft",
        path="drafts/kb-2.md",
        body="[x](/a/kb-3/)\n",
    )
    other = replace(draft, id="kb-3", title="Cancel", path="drafts/kb-3.md", body="Text.\n")
    article = replace(GOOD, body="[x](/a/kb-2/)\n")
    found = check(tmp_path, article, draft, other)
    assert [(code, file) for code, file, _ in found] == [("broken-link", article.path)]


def test_drafts_are_not_held_to_what_only_readers_meet(tmp_path: Path) -> None:
    """An open conflict or a mail address in a draft is no finding of the check."""
    draft = replace(GOOD, status="draft", path="drafts/kb-1.md", body=CONFLICT + " a@b.example\n")
    assert check(tmp_path, draft) == []


def test_findings_are_in_order_of_file_and_line(tmp_path: Path) -> None:
    """The same articles in another order give the same list."""
    bad = [
        replace(GOOD, id=f"kb-{n}", path=f"en/{n}.md", body="[x](y.md)\n\n[z](w.md)\n")
        for n in (1, 2)
    ]
    content = settings_in(tmp_path)
    expected: list[Finding] | None = None
    for order in (bad, bad[::-1]):
        found = list(check_articles(order, content, given(), today=TODAY))
        assert found == sorted(found, key=lambda f: (f.file, f.line))
        assert expected in (None, found)
        expected = found


@pytest.mark.parametrize("name", ["what#now.md", "why?.md", "100%25.md", "a\\b.md", "a\x1b[2J.md"])
def test_a_file_name_that_cannot_be_an_address_is_told(tmp_path: Path, name: str) -> None:
    """A page whose address would end or change in a link is named, not built."""
    odd = replace(GOOD, path=f"en/boxes/{name}")
    assert check(tmp_path, odd) == [("bad-name", odd.path, 1)]


def test_a_former_address_that_is_in_use_is_told(tmp_path: Path) -> None:
    """By another article's page, another article's claim, or a page of the site; a free one is
    fine, and so is one that its own article has again.
    """
    other = replace(
        GOOD, id="kb-2", title="Pause", path="en/boxes/other.md", former=("en/boxes/free/",)
    )
    taken = ("en/boxes/other/", "en/boxes/free/", "en/boxes/", "a/kb-2/")
    fine = ("en/boxes/change/", "en/boxes/was/", "a/kb-0/")
    assert check(tmp_path, replace(GOOD, former=(*fine, *taken)), other) == [
        ("former-in-use", "en/boxes/change.md", 7),
    ] * 3 + [("former-in-use", "en/boxes/other.md", 7)]
