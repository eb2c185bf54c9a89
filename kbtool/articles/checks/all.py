"""All rules together: over all articles, and over one that is to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kbtool.articles.checks import front, links, text
from kbtool.articles.checks.alike import alike_findings
from kbtool.articles.checks.alone import Alone
from kbtool.articles.checks.drafts import old_findings, orphan_findings
from kbtool.articles.checks.memory import Memory
from kbtool.articles.checks.shelf import Shelf, is_alive
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
    articles: Sequence[Article],
    settings: Settings,
    given: Given,
    *,
    today: date,
    memory: Memory | None = None,
) -> tuple[Finding, ...]:
    """All findings about readable articles, by file and line; ``memory`` saves work, and nothing
    else changes.

    What cannot be read at all, and ids used twice, are found by ``read_articles``.
    """
    shelf = Shelf(articles, settings, memory)
    findings: list[Finding] = []
    for article in articles:
        own = memory.alone(article) if memory else None
        if own is None:
            own = alone(article, shelf, given)
            if memory:
                memory.learn(article, own, shelf)
        findings += own.findings
        if article.status != "rejected":
            findings += links.link_findings(article, shelf, own.leads)
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
        *(memory.alike(shelf) if memory else alike_findings(shelf)),
    ]
    return order(findings)


def alone(article: Article, shelf: Shelf, given: Given) -> Alone:
    """What the rules say about an article's own text, whatever else there is."""
    findings: list[Finding] = []
    if article.status in PUBLIC:
        findings += text.conflict_findings(article)
        findings += text.personal_findings(article, given.personal_data)
    if article.status in PUBLIC or article.status == "review":
        findings += _reading(article, shelf)
    if is_alive(article):
        shelf.facts(article)  # now, while its sentences are at hand
    return Alone(tuple(findings), tuple(links.leads_of(article, given.links)))


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
            *links.link_findings(
                article, shelf, links.leads_of(article, given.links), live=together
            ),
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
