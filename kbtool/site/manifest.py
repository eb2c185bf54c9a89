"""What the site holds: every page with its address, neighbours and translations. Pure.

Everything a template shows is decided here; the engine only renders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from kbtool.addresses import Redirect, address_book, page_address
from kbtool.config import Category, Settings
from kbtool.model import PUBLIC, Article, Finding, PublishedAddress
from kbtool.site.related import related
from kbtool.text import match_key

PageKind: TypeAlias = Literal["home", "category", "article", "search", "contact", "missing"]
FIRST_ARTICLES = 6

Summarise: TypeAlias = Callable[[Article], str]
"""The first lines of an article as plain text."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page as another page names it; ``url`` is site-relative."""

    title: str
    url: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in one language with its articles in order."""

    slug: str
    title: str
    description: str
    icon: str
    url: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    kind: PageKind
    lang: str
    address: str
    """Site-relative; ends with ``/`` except for the page of missing addresses."""
    title: str = ""
    """Empty where the interface's own words name the page."""
    summary: str = ""
    crumbs: tuple[Link, ...] = ()
    """Parents, outermost first, without the home page and the page itself."""
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, address) of the same page in each language that has it, itself included."""
    shelves: tuple[Shelf, ...] = ()
    links: tuple[Link, ...] = ()
    """home: first articles; category: its articles; article: related ones."""
    article: Article | None = None
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """All pages, by language in the order of the settings and then by address."""

    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    redirects: tuple[Redirect, ...]
    """Permanent and former addresses, by address."""

    def of(self, lang: str) -> tuple[Page, ...]:
        """The pages of one language."""
        return tuple(page for page in self.pages if page.lang == lang)


def build_manifest(
    articles: Sequence[Article],
    settings: Settings,
    summarise: Summarise,
    published: Iterable[PublishedAddress] = (),
) -> tuple[Manifest, tuple[Finding, ...]]:
    """The site of ``articles``, and an error for each two pages with one address. Drafts, rejected
    articles and languages that the settings do not name are left out.

    Addresses that were ``published`` before and have no page any more lead to where their article
    is now.
    """
    known = [article for article in articles if article.lang in settings.languages]
    shown = sorted((a for a in known if a.status in PUBLIC), key=_reading_order)
    links = {a.id: Link(a.title, page_address(a), summarise(a)) for a in shown}
    neighbours, groups = related(shown), _translations(shown)
    pages: list[Page] = []
    for lang in settings.languages:
        own = [article for article in shown if article.lang == lang]
        shelves = _shelves(own, links, lang, settings)
        loose = tuple(links[article.id] for article in own if not article.category)
        pages.extend(_fixed_pages(own, shelves, loose, lang, settings))
        for article in own:
            near = tuple(links[other.id] for other in neighbours[article.id])
            group = groups[article.translation_of or article.id]
            pages.append(_article_page(article, links[article.id], shelves, near, group))
    findings = _collisions(pages)
    ordered = sorted(_with_alternates(pages), key=lambda p: (_rank(p.lang, settings), p.address))
    leads = address_book(articles, settings, published).redirects
    redirects = tuple(redirect for _, redirect in sorted(leads.items()))
    manifest = Manifest(settings.languages, tuple(ordered), redirects)
    return manifest, tuple(sorted(findings, key=lambda f: (f.file, f.line, f.code)))


def _reading_order(article: Article) -> tuple[str, str]:
    return match_key(article.title), article.id


def _rank(lang: str, settings: Settings) -> int:
    return settings.languages.index(lang)


def _translations(shown: Iterable[Article]) -> dict[str, tuple[tuple[str, str], ...]]:
    """(language, address) of every article of a group of translations, by the group's id."""
    groups: dict[str, dict[str, str]] = {}
    for article in shown:
        group = groups.setdefault(article.translation_of or article.id, {})
        group.setdefault(article.lang, page_address(article))
    return {id_: tuple(sorted(group.items())) for id_, group in groups.items()}


def _shelves(
    own: Sequence[Article], links: Mapping[str, Link], lang: str, settings: Settings
) -> tuple[Shelf, ...]:
    """The categories that hold articles in ``lang``: as set, then those only found in content/."""
    configured = {category.slug: category for category in settings.categories}
    used = {article.category for article in own if article.category}
    extra = [Category(slug, {}, {}) for slug in sorted(used - configured.keys())]
    return tuple(
        _shelf(
            category,
            tuple(links[a.id] for a in own if a.category == category.slug),
            lang,
            settings.default_language,
        )
        for category in (*configured.values(), *extra)
        if category.slug in used
    )


def _shelf(category: Category, links: tuple[Link, ...], lang: str, default: str) -> Shelf:
    plain = category.slug.replace("-", " ").capitalize()
    return Shelf(
        slug=category.slug,
        title=category.title.get(lang) or category.title.get(default) or plain,
        description=category.description.get(lang) or category.description.get(default, ""),
        icon=category.icon,
        url=f"{lang}/{category.slug}/",
        links=links,
    )


def _fixed_pages(
    own: Sequence[Article],
    shelves: tuple[Shelf, ...],
    loose: tuple[Link, ...],
    lang: str,
    settings: Settings,
) -> list[Page]:
    newest = max((a.updated for a in own if a.updated), default=None)
    home = Page(
        "home", lang, f"{lang}/", settings.site_name,
        shelves=shelves, links=_first_articles(shelves, loose), updated=newest,
    )  # fmt: skip
    pages = [
        home,
        Page("search", lang, f"{lang}/search/", shelves=shelves),
        Page("contact", lang, f"{lang}/contact/", shelves=shelves),
        Page("missing", lang, f"{lang}/404.html", shelves=shelves),
    ]
    for shelf in shelves:
        dates = [a.updated for a in own if a.category == shelf.slug and a.updated]
        pages.append(
            Page(
                "category", lang, shelf.url, shelf.title, shelf.description,
                shelves=(shelf,), links=shelf.links, updated=max(dates, default=None),
            )
        )  # fmt: skip
    return pages


def _first_articles(shelves: Sequence[Shelf], loose: tuple[Link, ...]) -> tuple[Link, ...]:
    """A few articles in turn from each category; those without one are listed nowhere else, so
    the home page holds them all.
    """
    columns = [shelf.links for shelf in shelves]
    longest = max(map(len, columns), default=0)
    turns = [column[i] for i in range(longest) for column in columns if i < len(column)]
    return (*turns[:FIRST_ARTICLES], *loose)


def _article_page(
    article: Article,
    link: Link,
    shelves: Sequence[Shelf],
    near: tuple[Link, ...],
    group: tuple[tuple[str, str], ...],
) -> Page:
    shelf = next((shelf for shelf in shelves if shelf.slug == article.category), None)
    return Page(
        kind="article",
        lang=article.lang,
        address=link.url,
        title=article.title,
        summary=link.summary or article.title,
        crumbs=(Link(shelf.title, shelf.url),) if shelf else (),
        alternates=group,
        links=near,
        article=article,
        updated=article.updated,
    )


def _with_alternates(pages: Sequence[Page]) -> list[Page]:
    """Pages that every language has under the same name point at each other."""
    langs_of: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        if page.kind != "article":
            tail = page.address.removeprefix(page.lang)
            langs_of.setdefault(tail, []).append((page.lang, page.address))
    return [
        page
        if page.kind == "article"
        else replace(page, alternates=tuple(sorted(langs_of[page.address.removeprefix(page.lang)])))
        for page in pages
    ]


def _collisions(pages: Iterable[Page]) -> list[Finding]:
    """Two pages that want one address: fixed pages and categories come first and win."""
    owners: dict[str, Page] = {}
    findings: list[Finding] = []
    for page in sorted(
        pages, key=lambda p: (p.kind == "article", p.article.id if p.article else "")
    ):
        owner = owners.setdefault(page.address.casefold(), page)
        if owner is page:
            continue
        file = page.article.path if page.article else f"{page.address} ({page.kind})"
        other = owner.article.path if owner.article else f"the {owner.kind} page"
        message = f"has the same address as {other}: {page.address}"
        hint = "rename the file: its name is the last part of the address"
        findings.append(Finding("error", "same-address", file, 1, message, hint))
    return findings
