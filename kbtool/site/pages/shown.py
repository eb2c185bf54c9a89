"""What a template finds of a page in ``page.meta.kb``: plain texts, numbers, lists and maps.

Only what customers may see: evidence, ticket ids and reviewers stay in ``content/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kbtool.config import Settings
from kbtool.permalink import permalink_address
from kbtool.site.pages.counted import Counting, counted
from kbtool.site.pages.strings import Strings, count, day
from kbtool.site.plan.manifest import Page
from kbtool.site.plan.shelves import Link, Section, Shelf, anchor

ICONS = {
    "account": "account-outline", "book": "book-open-variant", "box": "package-variant-closed",
    "card": "credit-card-outline", "chat": "chat-outline", "gear": "cog-outline",
    "help": "help-circle-outline", "lock": "lock-outline", "mail": "email-outline",
    "phone": "cellphone", "rocket": "rocket-launch-outline", "shield": "shield-check-outline",
    "truck": "truck-outline",
}  # fmt: skip
"""Short names for the most used icons; any other name is one of Material Design's own."""
DENSE = 25
"""A category with more articles than this and no sections lists titles only, in columns."""


def root_of(page: Page, settings: Settings) -> str:
    """The way from a page to the site root. The page of missing addresses is shown at any depth,
    so its way is absolute.
    """
    if page.kind == "missing":
        return urlsplit(settings.site_url).path or "/"
    return "../" * page.address.count("/")


def shown(
    page: Page, root: str, strings: Mapping[str, Strings], counting: Counting
) -> dict[str, Any]:
    """The data of ``page``; ``root`` leads from it to the site root."""
    words, article = strings[page.lang], page.article
    data: dict[str, Any] = {
        "kind": page.kind,
        "lang": page.lang,
        "root": root,
        "summary": page.summary,
        "crumbs": [_link(link, strings) for link in page.crumbs],
        "languages": [_language(lang, page, strings) for lang in strings],
        "shelves": [_shelf(shelf, words) for shelf in page.shelves],
        "links": [_link(link, strings) for link in page.links],
    }
    if page.kind in ("home", "search"):
        data |= {"popular": page.popular, "examples": list(page.examples)}
    if page.kind == "category":
        data |= _sections(page.shelves[0], strings)
    if page.kind == "counted":
        data["counted"] = counted(counting, words)
    if page.section:
        data["section"] = _link(page.section, strings)
    if article:
        data |= {"article": article.id, "permalink": permalink_address(article.id)}
    if article and page.fallback_of:
        data["text"] = {"lang": article.lang, **_tongue(article.lang, strings)}
    if page.updated:
        data |= {"updated": page.updated.isoformat(), "updated_text": day(page.updated, words)}
    return data


def _link(link: Link, strings: Mapping[str, Strings]) -> dict[str, str]:
    found = {"title": link.title, "url": link.url, "summary": link.summary}
    return found | ({"lang": link.lang, **_tongue(link.lang, strings)} if link.lang else {})


def _tongue(lang: str, strings: Mapping[str, Strings]) -> dict[str, str]:
    """A language's name for itself and the direction it is written in."""
    return {"language": strings[lang]["language"], "dir": strings[lang]["direction"]}


def _shelf(shelf: Shelf, words: Strings) -> dict[str, Any]:
    return {
        "title": shelf.title,
        "description": shelf.description,
        "icon": ICONS.get(shelf.icon, shelf.icon),
        "url": shelf.url,
        "count": count(len(shelf.links), words),
    }


def _sections(shelf: Shelf, strings: Mapping[str, Strings]) -> dict[str, Any]:
    """What a category's page lists."""
    return {
        "sections": [_section(section, strings) for section in shelf.sections],
        "dense": is_dense(shelf),
    }


def is_dense(shelf: Shelf) -> bool:
    """Whether the category's page lists titles only."""
    return len(shelf.sections) == 1 and len(shelf.links) > DENSE


def _section(section: Section, strings: Mapping[str, Strings]) -> dict[str, Any]:
    return {
        "title": section.title,
        "id": anchor(section.slug),
        "links": [_link(link, strings) for link in section.links],
    }


def _language(lang: str, page: Page, strings: Mapping[str, Strings]) -> dict[str, Any]:
    """A language of the switch: the same page where there is one, else that language's home."""
    address = dict(page.switch).get(lang)
    return {
        "lang": lang,
        "name": strings[lang]["language"],
        "url": address or f"{lang}/",
        "current": lang == page.lang,
    }
