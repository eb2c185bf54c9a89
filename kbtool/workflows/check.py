"""Check content/: everything that could go wrong on the way to a reader, with file and line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from kbtool.articles.checks import check_articles
from kbtool.articles.store import read_articles
from kbtool.config import Settings
from kbtool.db import reading
from kbtool.errors import ContentError
from kbtool.model import Article, BrokenLink, Finding
from kbtool.privacy.gate import personal_data
from kbtool.site.links import targets
from kbtool.workflows.links import book_of, broken_since


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The articles that can be read and everything found, by file and line."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]
    broken_links: tuple[BrokenLink, ...]
    """Addresses sent in replies that lead nowhere. They are no findings: nobody can take back
    what was sent, so they never stop a strict check."""

    @property
    def errors(self) -> int:
        """How many findings block a build."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings block a strict build only."""
        return len(self.findings) - self.errors


def check(settings: Settings, *, now: datetime) -> CheckResult:
    """Read and check all of ``content/``; nothing is written.

    Raises ContentError when the folder is gone: an empty site must not replace a good one unseen;
    StoreError when there is a database that cannot be read.
    """
    if not settings.content_dir.is_dir():
        raise ContentError(
            f"{settings.content_dir}: no such folder", hint="bring it back; it holds the articles"
        )
    articles, unread = read_articles(settings.content_dir)
    found = check_articles(articles, settings, gate(settings), today=now.date(), links=targets)
    findings = sorted((*unread, *found), key=lambda f: (f.file, f.line, f.code, f.message))
    return CheckResult(articles, tuple(findings), _broken(settings, articles))


def _broken(settings: Settings, articles: Sequence[Article]) -> tuple[BrokenLink, ...]:
    """From the links recorded so far; without a database none was."""
    if not settings.database.exists():
        return ()
    with reading(settings.database) as connection:
        return broken_since(connection, book_of(connection, settings, articles))


def gate(settings: Settings) -> Callable[[str], Sequence[tuple[int, str]]]:
    """The privacy gate that knows one's own words: text → (line, what looks personal)."""
    return partial(personal_data, product_words=settings.own_words)
