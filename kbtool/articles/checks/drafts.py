"""Drafts that wait for nothing any more, and those that have waited too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kbtool.articles.checks.shelf import Shelf
from kbtool.model import Finding
from kbtool.plural import many


def orphan_findings(shelf: Shelf, fates: Mapping[str, str]) -> Iterator[Finding]:
    """Drafts whose topic is not what it was; ``fates`` say what became of it, by draft id."""
    for article in shelf.articles:
        fate = fates.get(article.id)
        if article.status in ("draft", "review") and fate:
            yield shelf.in_front_matter(
                "orphaned-draft", article, "topic", fate,
                f"kbtool reject {article.id}, or publish it if readers need it all the same",
            )  # fmt: skip


def old_findings(shelf: Shelf, today: date) -> Iterator[Finding]:
    """Drafts that nobody took up for longer than the settings say; those with a day are."""
    most = shelf.settings.checks.draft_days
    for article in shelf.articles:
        if not most or article.status not in ("draft", "review") or article.updated is None:
            continue
        if article.release and article.release >= today:
            continue
        days = (today - article.updated).days
        if days > most:
            yield shelf.in_front_matter(
                "old-draft", article, "updated",
                f"has waited for {many(days, 'day')}",
                f"kbtool review {article.id}, then kbtool publish or kbtool reject",
            )  # fmt: skip
