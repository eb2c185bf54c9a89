"""Checks of articles before they reach a reader: pure, each finding with its file and line."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from kbtool.addresses import address_book
from kbtool.articles.draft.questions import PersonalData
from kbtool.articles.draft.render import CONFLICT
from kbtool.articles.store import DRAFTS, line_of
from kbtool.config import Settings
from kbtool.model import PUBLIC, Article, Finding
from kbtool.text import slugify
from kbtool.urls import tidy

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_EXPLICIT_ID = re.compile(r"\{[^}]*#([\w-]+)[^}]*\}")
_NO_ADDRESS = re.compile(r"[#?%\\\x00-\x1f\x7f]")
"""What a file name cannot hold, because its page's address would end or change there."""
_PERMALINK = re.compile(r"/?a/([^/]+)/?(?:index\.html)?")


class Target(Protocol):
    """A link as written and where it starts in the body."""

    @property
    def url(self) -> str: ...  # noqa: D102 - a field
    @property
    def start(self) -> int: ...  # noqa: D102 - a field


LinksOf = Callable[[str], Iterable[Target]]


def check_articles(
    articles: Sequence[Article],
    settings: Settings,
    personal_data: PersonalData,
    *,
    today: date,
    links: LinksOf | None = None,
) -> tuple[Finding, ...]:
    """All findings about readable articles, by file and line.

    ``links`` finds the links of a Markdown body; without it links are not checked. What cannot be
    read at all, and ids used twice, are found by ``read_articles``.
    """
    checks = _Checks(articles, settings)
    findings = [
        *checks.languages(),
        *checks.categories(),
        *checks.places(),
        *checks.translations(),
        *checks.former(),
        *checks.overdue(today),
    ]
    for article in articles:
        if article.status in PUBLIC:
            findings += conflict_findings(article)
            findings += personal_findings(article, personal_data)
        if links and article.status != "rejected":
            findings += link_findings(article, articles, settings.content_dir, links)
    return tuple(sorted(findings, key=lambda f: (f.file, f.line, f.code, f.message)))


def conflict_findings(article: Article) -> Iterator[Finding]:
    """Places where agents disagree and nobody has decided yet."""
    for number, line in enumerate(article.body.split("\n")):
        if CONFLICT in line:
            yield Finding(
                "error", "conflict", article.path, article.body_line + number,
                "agents disagree here and nobody has decided",
                "keep what is true and delete the block with its two markers",
            )  # fmt: skip


def personal_findings(article: Article, personal_data: PersonalData) -> Iterator[Finding]:
    """What looks like personal data in the title, the other wordings and the body."""
    hint = "take it out; if it is your own, add it to extra.kbtool.tickets.product_words"
    for line, what in personal_data(article.body):
        at = article.body_line + line - 1
        yield Finding("error", "personal-data", article.path, at, f"looks like {what}", hint)
    for text in (article.title, *article.also_asked):
        for _, what in personal_data(text):
            message = f"the front matter holds what looks like {what}"
            yield Finding("error", "personal-data", article.path, 1, message, hint)


def link_findings(
    article: Article,
    articles: Sequence[Article],
    content_dir: Path,
    links: LinksOf,
    live: Sequence[str] | None = None,
) -> Iterator[Finding]:
    """Links to articles, headings and files that are not there.

    ``live`` asks whether the article could be published now, together with these ids: then a link
    to an unpublished article is a finding too, as it is for every published one.
    """
    published = article.status in PUBLIC or live is not None
    hidden = {
        other.id
        for other in articles
        if published and other.status not in PUBLIC and other.id not in (*(live or ()), article.id)
    }
    for target in links(article.body):
        problem = _problem(target.url, article, articles, hidden, content_dir)
        if problem:
            line = article.body_line + article.body.count("\n", 0, target.start)
            level, code, message = problem
            hint = "mend or remove the link"
            yield Finding(level, code, article.path, line, message, hint)  # type: ignore[arg-type]  # both levels are literals


def reference_findings(article: Article, settings: Settings) -> Iterator[Finding]:
    """A language or category that the settings do not know."""
    alone = _Checks([article], settings)
    yield from alone.languages()
    yield from alone.categories()


class _Checks:
    """Checks of the front matter against the settings and the other articles."""

    def __init__(self, articles: Sequence[Article], settings: Settings) -> None:
        self.articles = articles
        self.settings = settings
        self.by_id = {article.id.lower(): article for article in articles}

    def finding(self, article: Article, key: str, code: str, message: str, hint: str) -> Finding:
        line = line_of(self.settings.content_dir, article, key)
        return Finding("error", code, article.path, line, message, hint)

    def languages(self) -> Iterator[Finding]:
        known = self.settings.languages
        for article in self.articles:
            if article.lang not in known:
                message = f"the language {article.lang} is not configured"
                hint = f"use one of {', '.join(known)}, or add it to extra.kbtool.languages"
                yield self.finding(article, "lang", "unknown-language", message, hint)

    def categories(self) -> Iterator[Finding]:
        known = [category.slug for category in self.settings.categories]
        for article in self.articles:
            if article.category is not None and article.category not in known:
                message = f"the category {article.category} is not configured"
                hint = f"use one of {', '.join(known) or '(none yet)'}, or add it to mkdocs.yml"
                yield self.finding(article, "category", "unknown-category", message, hint)

    def places(self) -> Iterator[Finding]:
        for article in self.articles:
            in_drafts = article.path.startswith(f"{DRAFTS}/")
            if article.status in ("draft", "review", "rejected") and not in_drafts:
                message = f"the status is {article.status}, but the file is not in {DRAFTS}/"
                hint = f"move it to content/{DRAFTS}/; kbtool publish moves it back"
                yield self.finding(article, "status", "misplaced", message, hint)
            elif article.status in PUBLIC and in_drafts:
                message = f"the status is {article.status}, but the file is in {DRAFTS}/"
                hint = "set the status back to review and run kbtool publish"
                yield self.finding(article, "status", "misplaced", message, hint)
            if odd := _NO_ADDRESS.search(article.path):
                message = f"the file's name holds {odd[0]!r}, which no address of a page can"
                hint = "rename it: letters, digits and hyphens are best"
                yield Finding("error", "bad-name", article.path, 1, message, hint)

    def translations(self) -> Iterator[Finding]:
        counted = Counter(
            (article.translation_of or article.id, article.lang)
            for article in self.articles
            if article.status not in ("rejected", "archived")
        )
        for article in self.articles:
            original = article.translation_of
            if original is None:
                continue
            if original.lower() not in self.by_id:
                message = f"there is no article {original} that this could translate"
                hint = "correct the id or take translation_of out"
                yield self.finding(article, "translation_of", "no-original", message, hint)
            elif counted[original, article.lang] > 1:
                message = f"{original} has another translation in {article.lang}, or is in it"
                hint = "keep one of them"
                yield self.finding(article, "translation_of", "two-translations", message, hint)

    def former(self) -> Iterator[Finding]:
        """Former addresses that cannot lead to the article because something else is there."""
        book = address_book(self.articles, self.settings)
        for article in self.articles:
            if article.status not in PUBLIC or article.lang not in self.settings.languages:
                continue
            for address in article.former:
                heir = book.article(tidy(address))
                if heir == article.id:
                    continue
                place = f"article {heir}" if heir else "another page"
                yield Finding(
                    "warning", "former-in-use", article.path,
                    line_of(self.settings.content_dir, article, "former"),
                    f"the former address {address} belongs to {place}",
                    "take it out here or there",
                )  # fmt: skip

    def overdue(self, today: date) -> Iterator[Finding]:
        for article in self.articles:
            if article.status == "published" and article.review_by and article.review_by < today:
                yield Finding(
                    "warning", "overdue-review", article.path,
                    line_of(self.settings.content_dir, article, "review_by"),
                    f"was to be reviewed by {article.review_by}",
                    "read it again, then set review_by to a new date",
                )  # fmt: skip


def _problem(
    url: str,
    article: Article,
    articles: Sequence[Article],
    hidden: set[str],
    content_dir: Path,
) -> tuple[str, str, str] | None:
    """(level, code, message) of a link that leads nowhere."""
    path, _, anchor = url.partition("#")
    path = unquote(path.partition("?")[0])
    if _SCHEME.match(url):
        return None
    target: Article | None = article
    if path:
        target = _article_at(path, article, articles)
        if target is None:
            return _missing(path, url, article, content_dir)
    if target and target.id in hidden:
        return "error", "broken-link", f"the link {url} leads to an article that is not published"
    if target and anchor and unquote(anchor) not in _anchors(target):
        return "warning", "broken-anchor", f"the link {url} leads to a heading that is not there"
    return None


def _article_at(path: str, article: Article, articles: Sequence[Article]) -> Article | None:
    permalink = _PERMALINK.fullmatch(path) if path.startswith("/") else None
    if permalink:
        return next((a for a in articles if a.id.lower() == permalink[1].lower()), None)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path))
    return next((a for a in articles if a.path == joined), None)


def _missing(
    path: str, url: str, article: Article, content_dir: Path
) -> tuple[str, str, str] | None:
    if path.startswith("/"):
        if not _PERMALINK.fullmatch(path):
            return None  # a page of the site; the build knows which there are
    else:
        file = (content_dir / posixpath.dirname(article.path) / path).resolve()
        inside = file.is_relative_to(content_dir.resolve())
        if inside and file.is_file() and file.suffix != ".md":
            return None
    return "error", "broken-link", f"the link {url} leads nowhere"


def _anchors(article: Article) -> frozenset[str]:
    """Ids of an article's headings, as the site makes them."""
    found: set[str] = set()
    for heading in _HEADING.findall(article.body):
        explicit = _EXPLICIT_ID.search(heading)
        plain = re.sub(r"[*_`]|\]\([^)]*\)|\[", "", heading)
        name = explicit[1] if explicit else slugify(plain, article.lang)
        unique, count = name, 0
        while unique in found:
            count += 1
            unique = f"{name}_{count}"
        found.add(unique)
    return frozenset(found)
