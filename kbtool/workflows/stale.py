"""``kbtool review --compare``: published articles that agents by now answer otherwise than they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kbtool.articles import review as steps
from kbtool.articles.files.store import find_article, read_articles, write_article
from kbtool.articles.update.basis import basis
from kbtool.articles.update.passages import read_body
from kbtool.articles.update.stale import Staleness, staleness
from kbtool.config import Settings
from kbtool.errors import StateError
from kbtool.model import Article, Finding
from kbtool.progress import Progress
from kbtool.workflows.answers import Reader, reading_answers


@dataclass(frozen=True, slots=True)
class WentStale:
    """An article that is stale from now on, and why."""

    article: Article
    why: Staleness


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of comparing published articles with the tickets."""

    stale: tuple[WentStale, ...]
    compared: int
    """Articles whose topics are known."""
    unknown: int
    """Published articles that nothing can be compared with: no topic, or no date."""
    findings: tuple[Finding, ...]
    """Files that could not be read."""


def compare(
    settings: Settings,
    ids: Sequence[str] = (),
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Compared:
    """Set published articles (``ids``, else all) stale that newer answers contradict or outnumber.

    Readers go on seeing them. An article that is stale already stays as it is; what a person was
    told of once makes no article stale again. Raises NotFoundError, StateError for an article
    that readers do not see, and StoreError.
    """
    articles, unread = read_articles(settings.content_dir)
    named = [find_article(articles, id_, unread, beginning=True) for id_ in ids]
    for article in named:
        if article.status not in ("published", "stale"):
            raise StateError(
                f"{article.id} is not published", hint="only what readers see can become stale"
            )
    wanted = [a for a in named or articles if a.status == "published"]
    found: list[WentStale] = []
    compared = 0
    with reading_answers(settings, articles) as reader:
        for number, article in enumerate(wanted, start=1):
            why, known = _why(article, reader)
            compared += known
            if why is not None:
                found.append(WentStale(_stale(article, why), why))
            if progress is not None:
                progress("Comparing with replies", number, len(wanted))
    if not dry_run:
        for one in found:
            write_article(settings.content_dir, one.article)
    return Compared(tuple(found), compared, len(wanted) - compared, unread)


def _why(article: Article, reader: Reader) -> tuple[Staleness | None, bool]:
    """Why an article is stale, and whether there was anything to compare it with."""
    if basis(article) is None:
        return None, False
    answers = reader.read(article, by_words=False)
    if not answers.topics:
        return None, False
    body = read_body(article.body, article.lang, reader.article_of)
    return staleness(article, body, answers.replies), True


def _stale(article: Article, why: Staleness) -> Article:
    return replace(steps.go_stale(article, why.reason), heard_until=why.heard_until)
