"""All rules together: over all articles, and over one that is to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kbtool.articles.checks import front, links, text
from kbtool.articles.checks.alike import alike_findings
from kbtool.articles.checks.drafts import old_findings, orphan_findings
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.checks.translated import stale_translations
from kbtool.articles.draft.questions import PersonalData
from kbtool.articles.files.moving import LinksOf
from kbtool.config import Settings
from kbtool.model import PUBLIC, Article, Finding


@dataclass(frozen=True, slots=True)
class Given:
    """What the rules must be told, because articles alone do not say it."""

    personal_data: PersonalData
    links: LinksOf
    """The links of a Markdown body."""
    fates: Mapping[str, str] = field(default_factory=dict)
    """What became of a draft's topic, by the draft's id, where it is not what it was."""


def check_articles(
    articles: Sequence[Article], settings: Settings, given: Given, *, today: date
) -> tuple[Finding, ...]:
    """All findings about readable articles, by file and line.

    What cannot be read at all, and ids used twice, are found by ``read_articles``.
    """
    shelf = Shelf(articles, settings)
    findings = [*_alone(shelf, given)]
    findings += [
        *front.reference_findings(shelf),
        *front.place_findings(shelf),
        *front.translation_findings(shelf),
        *front.reviewer_findings(shelf),
        *front.former_findings(shelf),
        *front.successor_findings(shelf),
        *front.overdue_findings(shelf, today),
        *orphan_findings(shelf, given.fates),
        *old_findings(shelf, today),
        *stale_translations(shelf),
        *alike_findings(shelf),
    ]
    return order(findings)


def _alone(shelf: Shelf, given: Given) -> Iterator[Finding]:
    """Article by article, what each one's own text gives."""
    for article in shelf.articles:
        if article.status not in ("rejected", "archived"):
            shelf.facts(article)  # now, while its sentences are at hand
        if article.status in PUBLIC:
            yield from text.conflict_findings(article)
            yield from text.personal_findings(article, given.personal_data)
        if article.status != "rejected":
            yield from links.link_findings(article, shelf, given.links)
        if article.status in PUBLIC or article.status == "review":
            yield from _reading(article, shelf)


def in_the_way(
    article: Article, shelf: Shelf, given: Given, together: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """What the rules say about publishing ``article`` now, together with these ids.

    Errors stand in the way; warnings are for the reviewer to weigh. How like other articles it is,
    is asked of ``alike_findings`` once for all.
    """
    alone = Shelf([article], shelf.settings)
    return order(
        [
            *text.conflict_findings(article),
            *text.personal_findings(article, given.personal_data),
            *links.link_findings(article, shelf, given.links, live=together),
            *front.reference_findings(alone),
            *text.placeholder_findings(article),
            *_reading(article, shelf),
        ]
    )


def order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, line, code and message."""
    return tuple(sorted(findings, key=lambda f: (f.file, f.line, f.code, f.message)))


def _reading(article: Article, shelf: Shelf) -> Iterator[Finding]:
    """What makes an article hard to read, or to read for some."""
    yield from text.image_findings(article)
    yield from text.reading_findings(article, shelf)
    yield from text.heading_findings(article, shelf)
    yield from links.word_findings(article)
