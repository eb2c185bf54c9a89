"""Review and publish: a person's decisions about drafts, kept in their front matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kbtool.articles import review as steps
from kbtool.articles.checks import (
    conflict_findings,
    link_findings,
    personal_findings,
    reference_findings,
)
from kbtool.articles.frontmatter import is_edited
from kbtool.articles.store import find_article, move_article, read_articles, write_article
from kbtool.articles.trace import mark_edits
from kbtool.config import Settings
from kbtool.errors import ContentError
from kbtool.model import Article, Finding
from kbtool.site.links import targets
from kbtool.workflows.check import gate


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for a person."""

    article: Article
    age_days: int | None
    """Days since it was drafted; None when unknown."""
    tickets: int
    edited: bool
    findings: tuple[Finding, ...]
    """What stands in the way of publishing."""


def waiting(
    settings: Settings, *, now: datetime
) -> tuple[tuple[Waiting, ...], tuple[Finding, ...]]:
    """Drafts and articles in review (in review first, then those that could be published,
    then those with most tickets), and unreadable files."""
    articles, findings = read_articles(settings.content_dir)
    found = [
        _waiting(article, articles, settings, now.date())
        for article in articles
        if article.status in ("draft", "review")
    ]
    found.sort(
        key=lambda w: (w.article.status != "review", bool(w.findings), -w.tickets, w.article.id)
    )
    return tuple(found), findings


def start_review(settings: Settings, id_: str, *, now: datetime) -> Waiting:
    """Put a draft into review (its body is not touched), mark the evidence whose sentences a
    person changed, and show what stands in the way of publishing.

    Raises NotFoundError and StateError, and ContentError when a file cannot be read.
    """
    articles, unread = read_articles(settings.content_dir)
    old = find_article(articles, id_, unread)
    article = mark_edits(steps.start_review(old))
    if article != old:
        write_article(settings.content_dir, article)
    return _waiting(article, articles, settings, now.date())


def publish(
    settings: Settings, ids: Sequence[str], *, by: str, now: datetime, dry_run: bool = False
) -> tuple[Article, ...]:
    """Publish reviewed articles: all of them, or none when one is refused.

    Raises NotFoundError, StateError, and ContentError with what must be mended first, also when a
    file cannot be read.
    """
    articles, unread = read_articles(settings.content_dir)
    found = (find_article(articles, id_, unread) for id_ in ids)
    wanted = {article.id: article for article in found}
    moves: list[tuple[Article, Article]] = []
    for old in wanted.values():
        findings = _in_the_way(old, articles, settings, tuple(wanted))
        new = steps.publish(
            old,
            by=by,
            today=now.date(),
            review_days=settings.drafts.review_days,
            findings=findings,
        )
        moves.append((old, mark_edits(new)))
    _refuse_taken_places(settings, moves)
    if not dry_run:
        for old, new in moves:
            move_article(settings.content_dir, old, new)
    return tuple(new for _, new in moves)


def _refuse_taken_places(settings: Settings, moves: Sequence[tuple[Article, Article]]) -> None:
    """Raise ContentError before anything is written when two files would get one name."""
    taken: set[str] = set()
    for old, new in moves:
        there = (settings.content_dir / new.path).exists() and new.path != old.path
        if there or new.path in taken:
            finding = Finding(
                "error", "place-taken", old.path, 1, f"{new.path} is already there",
                "give one of them another title",
            )  # fmt: skip
            raise ContentError(f"{new.id} was not published", findings=[finding])
        taken.add(new.path)


def _waiting(
    article: Article, articles: Sequence[Article], settings: Settings, today: date
) -> Waiting:
    return Waiting(
        article=article,
        age_days=(today - article.updated).days if article.updated else None,
        tickets=len(steps.tickets_of(article.evidence)),
        edited=is_edited(article),
        findings=tuple(_in_the_way(article, articles, settings)),
    )


def _in_the_way(
    article: Article, articles: Sequence[Article], settings: Settings, together: Sequence[str] = ()
) -> list[Finding]:
    """What stands in the way of publishing ``article``; ``together`` are ids published with it."""
    return [
        *conflict_findings(article),
        *personal_findings(article, gate(settings)),
        *link_findings(article, articles, settings.content_dir, targets, live=together),
        *reference_findings(article, settings),
    ]
