"""The articles that are checked, looked up in every way that a rule asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.facts import Facts, facts_of
from kbtool.articles.checks.prose import Sentence, prose
from kbtool.articles.files.sections import Heading, headings
from kbtool.articles.files.store import line_of
from kbtool.config import Settings
from kbtool.model import Article, Finding


class Shelf:
    """Articles by id and by path, with their headings; made once for all rules."""

    def __init__(self, articles: Sequence[Article], settings: Settings) -> None:
        self.articles = articles
        self.settings = settings
        self.by_id = {article.id.lower(): article for article in articles}
        self.by_path = {article.path: article for article in articles}
        self._headings: dict[str, tuple[Heading, ...]] = {}
        self._prose: tuple[str, tuple[Sentence, ...]] = ("", ())
        self._facts: dict[str, Facts] = {}

    @cached_property
    def alive(self) -> tuple[Article, ...]:
        """All that readers see or may see one day."""
        return tuple(a for a in self.articles if a.status not in ("rejected", "archived"))

    def headings(self, article: Article) -> tuple[Heading, ...]:
        """The headings of an article's body."""
        if article.id not in self._headings:
            self._headings[article.id] = headings(article.body, article.lang)
        return self._headings[article.id]

    def prose(self, article: Article) -> tuple[Sentence, ...]:
        """The sentences of an article's body; those of the last one asked for are at hand."""
        if article.id != self._prose[0]:
            self._prose = (article.id, prose(article))
        return self._prose[1]

    def facts(self, article: Article) -> Facts:
        """What an article's body says that another's could say as well, or deny."""
        if article.id not in self._facts:
            ours = " ".join(self.settings.tickets.product_words)
            self._facts[article.id] = facts_of(article, self.prose(article), ours)
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
