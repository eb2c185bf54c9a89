"""Rules about an article's front matter: against the settings, the calendar and other articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from kbtool.addresses import address_book
from kbtool.articles.checks.codes import finding
from kbtool.articles.checks.shelf import Shelf
from kbtool.articles.files.store import DRAFTS
from kbtool.model import PUBLIC, Finding
from kbtool.urls import tidy

_NO_ADDRESS = re.compile(r"[#?%\\\x00-\x1f\x7f]")
"""What a file name cannot hold, because its page's address would end or change there."""


def reference_findings(shelf: Shelf) -> Iterator[Finding]:
    """Languages and categories that the settings do not know."""
    langs = shelf.settings.languages
    slugs = [category.slug for category in shelf.settings.categories]
    for article in shelf.articles:
        if article.lang not in langs:
            yield shelf.in_front_matter(
                "unknown-language", article, "lang",
                f"the language {article.lang} is not configured",
                f"use one of {', '.join(langs)}, or add it to extra.kbtool.languages",
            )  # fmt: skip
        if article.category is not None and article.category not in slugs:
            yield shelf.in_front_matter(
                "unknown-category", article, "category",
                f"the category {article.category} is not configured",
                f"use one of {', '.join(slugs) or '(none yet)'}, or add it to mkdocs.yml",
            )  # fmt: skip


def place_findings(shelf: Shelf) -> Iterator[Finding]:
    """Files that do not stand where their status says, or whose name cannot be an address."""
    for article in shelf.articles:
        in_drafts = article.path.startswith(f"{DRAFTS}/")
        if article.status in ("draft", "review", "rejected") and not in_drafts:
            yield shelf.in_front_matter(
                "misplaced", article, "status",
                f"the status is {article.status}, but the file is not in {DRAFTS}/",
                f"move it to content/{DRAFTS}/; kbtool publish moves it back",
            )  # fmt: skip
        elif article.status in PUBLIC and in_drafts:
            yield shelf.in_front_matter(
                "misplaced", article, "status",
                f"the status is {article.status}, but the file is in {DRAFTS}/",
                "set the status back to review and run kbtool publish",
            )  # fmt: skip
        if odd := _NO_ADDRESS.search(article.path):
            message = f"the file's name holds {odd[0]!r}, which no address of a page can"
            hint = "rename it: letters, digits and hyphens are best"
            yield finding("bad-name", article.path, 1, message, hint)


def translation_findings(shelf: Shelf) -> Iterator[Finding]:
    """Translations of nothing, and two in one language."""
    translations = [(a, a.translation_of) for a in shelf.articles if a.translation_of is not None]
    counted = Counter((a.translation_of or a.id, a.lang) for a in shelf.alive if translations)
    for article, original in translations:
        if original.lower() not in shelf.by_id:
            message = f"there is no article {original} that this could translate"
            hint = "correct the id or take translation_of out"
            yield shelf.in_front_matter("no-original", article, "translation_of", message, hint)
        elif counted[original, article.lang] > 1:
            message = f"{original} has another translation in {article.lang}, or is in it"
            yield shelf.in_front_matter(
                "two-translations", article, "translation_of", message, "keep one of them"
            )


def reviewer_findings(shelf: Shelf) -> Iterator[Finding]:
    """Articles that were published by hand, without a person who answers for them."""
    for article in shelf.articles:
        if article.status in PUBLIC and not (article.reviewed_by or "").strip():
            yield shelf.in_front_matter(
                "no-reviewer", article, "status",
                f"the status is {article.status}, but nobody is named who reviewed it",
                f'read it, then kbtool publish {article.id} --by "Your Name", '
                "or add reviewed_by: to the front matter",
            )  # fmt: skip


def former_findings(shelf: Shelf) -> Iterator[Finding]:
    """Former addresses that cannot lead to the article because something else is there."""
    if not any(article.former for article in shelf.articles):
        return
    book = address_book(shelf.articles, shelf.settings)
    for article in shelf.articles:
        if article.status not in PUBLIC or article.lang not in shelf.settings.languages:
            continue
        for address in article.former:
            heir = book.article(tidy(address))
            if heir == article.id:
                continue
            place = f"article {heir}" if heir else "another page"
            message = f"the former address {address} belongs to {place}"
            hint = "take it out here or there"
            yield shelf.in_front_matter("former-in-use", article, "former", message, hint)


def successor_findings(shelf: Shelf) -> Iterator[Finding]:
    """Archived articles that lead readers to one that is not there for them."""
    for article in shelf.articles:
        if article.status != "archived" or article.replaced_by is None:
            continue
        heir = shelf.by_id.get(article.replaced_by.lower())
        if heir is None or shelf.heir(article).status not in PUBLIC:
            why = "there is no such article" if heir is None else f"it is {heir.status}"
            yield shelf.in_front_matter(
                "no-successor", article, "replaced_by",
                f"readers cannot be led to {article.replaced_by}: {why}",
                "name a published article, or take replaced_by out: then they are told it is gone",
            )  # fmt: skip


def overdue_findings(shelf: Shelf, today: date) -> Iterator[Finding]:
    """Published articles whose next review is due."""
    for article in shelf.articles:
        if article.status == "published" and article.review_by and article.review_by < today:
            yield shelf.in_front_matter(
                "overdue-review", article, "review_by",
                f"was to be reviewed by {article.review_by}",
                f"read it again (kbtool review {article.id}), then kbtool publish {article.id}, "
                f"or kbtool archive {article.id}",
            )  # fmt: skip
