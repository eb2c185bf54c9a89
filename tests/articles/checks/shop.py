"""A help centre of a tea shop to check: articles as records, findings as (code, file, line)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool.articles.checks import Given, check_articles
from kbtool.articles.files.store import read_articles, write_article
from kbtool.config import Category, Settings
from kbtool.model import Article, Finding
from kbtool.site.pages.links import targets

TODAY = date(2026, 11, 21)
GOOD = Article(
    "kb-1", "Change a box", "en", "published", "boxes",
    "# Steps\n\nOpen the app.\n\n## Not solved?\n\nSee [the end](#not-solved).\n",
    "en/boxes/change.md", reviewed_by="Anu", review_by=date(2027, 1, 1),
)  # fmt: skip


def article(id_: str, title: str, body: str, **changes: object) -> Article:
    """A published English article of its own."""
    made = replace(GOOD, id=id_, title=title, body=body, path=f"en/boxes/{id_}.md")
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of Article


def settings_in(root: Path) -> Settings:
    """The shop's settings."""
    shelf = Category("boxes", {"en": "Boxes"}, {"en": "About boxes"})
    return Settings(
        root=root, config_file=root / "mkdocs.yml", site_name="Tea", site_url="https://h.example/",
        languages=("en", "tr", "et"), categories=(shelf,),
    )  # fmt: skip


def gate(text: str) -> list[tuple[int, str]]:
    """Mail addresses, as far as an @ makes one."""
    lines = enumerate(text.split("\n"), start=1)
    return [(number, "a mail address: 'x'") for number, line in lines if "@" in line]


def given(fates: Mapping[str, str] | None = None) -> Given:
    """What the rules are told."""
    return Given(gate, targets, fates or {})


def findings(
    root: Path,
    *articles: Article,
    fates: Mapping[str, str] | None = None,
    settings: Settings | None = None,
) -> tuple[Finding, ...]:
    """What is found about articles that were written to a folder and read again."""
    for one in articles:
        write_article(root / "content", one)
    read, unread = read_articles(root / "content")
    assert unread == ()
    found = check_articles(read, settings or settings_in(root), given(fates), today=TODAY)
    assert all(finding.hint for finding in found)
    return found


def check(root: Path, *articles: Article) -> list[tuple[str, str, int]]:
    """The same in short: (code, file, line)."""
    return [(f.code, f.file, f.line) for f in findings(root, *articles)]
