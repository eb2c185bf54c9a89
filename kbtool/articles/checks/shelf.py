"""The articles that are checked, looked up in every way that a rule asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.facts import Facts, facts_of
from kbtool.articles.checks.prose import Sentence, prose
from kbtool.articles.files.sections import (
    Heading,
    Section,
    fingerprint,
    headings,
    mark_of,
    sections,
)
from kbtool.articles.files.store import line_of
from kbtool.config import Settings
from kbtool.model import Article, Finding


class Kept(Protocol):
    """What an earlier run kept of articles whose files are as they were; None of any other."""

    def mark(self, article: Article) -> str | None:
        """One short text for all that a translation is made from."""

    def sections(self, article: Article) -> Sequence[Section] | None:
        """Its sections."""

    def facts(self, article: Article) -> Facts | None:
        """What it says."""


def is_alive(article: Article) -> bool:
    """Whether readers see it or may see it one day."""
    return article.status not in ("rejected", "archived")


class Shelf:
    """Articles by id and by path, with what is in them; made once for all rules."""

    def __init__(
        self, articles: Sequence[Article], settings: Settings, kept: Kept | None = None
    ) -> None:
        self.articles = articles
        self.settings = settings
        self.by_id = {article.id.lower(): article for article in articles}
        self.by_path = {article.path: article for article in articles}
        self._kept = kept
        self._headings: tuple[str, tuple[Heading, ...]] = ("", ())
        self._sections: dict[str, Sequence[Section]] = {}
        self._prose: tuple[str, tuple[Sentence, ...]] = ("", ())
        self._facts: dict[str, Facts] = {}

    @cached_property
    def alive(self) -> tuple[Article, ...]:
        """All that readers see or may see one day."""
        return tuple(article for article in self.articles if is_alive(article))

    def headings(self, article: Article) -> tuple[Heading, ...]:
        """The headings of an article's body; those of the last one asked for are at hand."""
        if article.id != self._headings[0]:
            self._headings = (article.id, headings(article.body, article.lang))
        return self._headings[1]

    def sections(self, article: Article) -> Sequence[Section]:
        """The sections of an article."""
        if article.id not in self._sections:
            known = self._kept.sections(article) if self._kept else None
            found = sections(article, self.headings(article)) if known is None else known
            self._sections[article.id] = found
        return self._sections[article.id]

    def has_anchor(self, article: Article, anchor: str) -> bool:
        """Whether a link can lead to this place of an article's page."""
        return any(section.name == anchor for section in self.sections(article)[1:])

    def mark(self, article: Article) -> str:
        """One short text for all that a translation of an article is made from."""
        known = self._kept.mark(article) if self._kept else None
        return known or mark_of(fingerprint(article, self.sections(article)))

    def prose(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of an article's body; those of the last one asked for are at hand."""
        if article.id != self._prose[0]:
            self._prose = (article.id, prose(article))
        return self._prose[1]

    def facts(self, article: Article) -> Facts:
        """What an article's body says that another's could say as well, or deny."""
        if article.id not in self._facts:
            known = self._kept.facts(article) if self._kept else None
            ours = " ".join(self.settings.tickets.product_words)
            found = facts_of(article, self.prose(article), ours) if known is None else known
            self._facts[article.id] = found
        return self._facts[article.id]

    def heir(self, article: Article) -> Article:
        """The article that an archived one's readers are led to; itself when there is none."""
        seen = {article.id}
        found = article
        while found.status == "archived" and found.replaced_by:
            following = self.by_id.get(found.replaced_by.lower())
            if following is None or following.id in seen:
                return article
            seen.add(following.id)
            found = following
        return found

    def line(self, article: Article, key: str) -> int:
        """The line of a front matter key in its file."""
        return line_of(self.settings.content_dir, article, key)

    def in_front_matter(
        self, code: str, article: Article, key: str, message: str, hint: str
    ) -> Finding:
        """A finding about a front matter key."""
        return finding(code, article.path, self.line(article, key), message, hint)
