"""What the site holds: every page with its address, neighbours and translations. Pure.

Everything a template shows is decided here; the engine only renders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from kbtool.addresses import AddressBook, Redirect, address_book, group_of, page_address
from kbtool.config import Settings
from kbtool.model import PUBLIC, Article, Finding, PublishedAddress
from kbtool.site.plan import first
from kbtool.site.plan.related import related
from kbtool.site.plan.shelves import Link, Shelf, shelves
from kbtool.text import match_key

PageKind: TypeAlias = Literal[
    "home", "category", "article", "search", "contact", "counted", "missing"
]

Summarise: TypeAlias = Callable[[Article], str]
"""The first lines of an article as plain text."""
Addresses: TypeAlias = tuple[tuple[str, str], ...]
"""(language, address) of one thing in several languages, by language."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    kind: PageKind
    lang: str
    """Of the interface, and of the text too unless it is a fallback page."""
    address: str
    """Site-relative; ends with ``/`` except for the page of missing addresses."""
    title: str = ""
    """Empty where the interface's own words name the page."""
    summary: str = ""
    crumbs: tuple[Link, ...] = ()
    """Parents, outermost first, without the home page and the page itself."""
    section: Link | None = None
    """article: its section on the category's page."""
    alternates: Addresses = ()
    """The same page in each language that has it, itself included; none of a fallback page."""
    switch: Addresses = ()
    """Where the language switch leads: the alternates, and fallback pages where one is missing."""
    shelves: tuple[Shelf, ...] = ()
    links: tuple[Link, ...] = ()
    """home: first articles; category: its articles; article: related ones."""
    popular: bool = False
    """home: the first articles are pinned or read most."""
    examples: tuple[str, ...] = ()
    """home: what to search for."""
    article: Article | None = None
    """The article shown; on a fallback page it is one of another language."""
    fallback_of: str = ""
    """Of a fallback page: the address of the article's own page; empty of all others. Machines are
    not told of fallback pages."""
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
    popular: Sequence[str] = (),
) -> tuple[Manifest, tuple[Finding, ...]]:
    """The site of ``articles``, an error for each two pages with one address, and a warning for
    each pinned article that is none. Drafts, rejected articles and languages that the settings do
    not name are left out.

    Addresses that were ``published`` before and have no page any more lead to where their article
    is now. ``popular`` are ids of articles, those read most first.
    """
    known = [article for article in articles if article.lang in settings.languages]
    shown = sorted((a for a in known if a.status in PUBLIC), key=_reading_order)
    book = address_book(articles, settings, published)
    makers = _Makers(shown, settings, summarise, book, popular)
    pages = _with_alternates([page for lang in settings.languages for page in makers.pages(lang)])
    findings = [
        *_collisions(pages),
        *first.pin_findings({a.id.lower(): a for a in articles}, settings),
    ]
    order = {lang: place for place, lang in enumerate(settings.languages)}
    ordered = sorted(pages, key=lambda page: (order[page.lang], page.address))
    redirects = tuple(redirect for _, redirect in sorted(book.redirects.items()))
    manifest = Manifest(settings.languages, tuple(ordered), redirects)
    return manifest, tuple(sorted(findings, key=lambda f: (f.file, f.line, f.code)))


def _reading_order(article: Article) -> tuple[str, str]:
    return match_key(article.title), article.id


class _Makers:
    """Makes the pages of one language after the other, from what all of them share."""

    def __init__(
        self,
        shown: Sequence[Article],
        settings: Settings,
        summarise: Summarise,
        book: AddressBook,
        popular: Sequence[str],
    ) -> None:
        self._shown, self._settings, self._popular = shown, settings, popular
        self._links = {a.id: Link(a.title, page_address(a), summarise(a)) for a in shown}
        self._neighbours = related(shown)
        self._alternates = _translations(shown)
        self._there = {(group_of(a), a.lang): a for a in reversed(shown)}
        self._fallbacks = {
            (book.pages[address], lang): address for address, lang in book.fallbacks.items()
        }

    def pages(self, lang: str) -> list[Page]:
        """All pages of ``lang``."""
        own = [article for article in self._shown if article.lang == lang]
        borrowed = [a for a in self._shown if (a.id, lang) in self._fallbacks]
        listed = [*own, *borrowed]
        held = shelves(listed, lambda article: self._link(article, lang), lang, self._settings)
        by_slug = {shelf.slug: shelf for shelf in held}
        home = self._home(listed, held, lang)
        tried = replace(home, links=home.links[: first.MOST], title="", updated=None, examples=())
        return [
            home,
            replace(tried, kind="search", address=f"{lang}/search/"),
            Page("contact", lang, f"{lang}/contact/", shelves=held),
            Page("counted", lang, f"{lang}/counted/"),
            Page("missing", lang, f"{lang}/404.html", shelves=held),
            *(
                _category_page(shelf, listed, lang, self._settings.default_language)
                for shelf in held
            ),
            *(self._article(article, by_slug.get(article.category or "")) for article in own),
            *(self._fallback(a, lang, by_slug.get(a.category or "")) for a in borrowed),
        ]

    def _link(self, article: Article, lang: str) -> Link:
        """``article`` as a page in ``lang`` names it."""
        link = self._links[article.id]
        address = self._fallbacks.get((article.id, lang))
        return replace(link, url=address, lang=article.lang) if address else link

    def _home(self, listed: Sequence[Article], held: tuple[Shelf, ...], lang: str) -> Page:
        """Popular articles, then a few in turn from each category; articles without category are
        listed nowhere else, so all of them are here.
        """
        by_group = {group_of(article): article for article in reversed(listed)}
        groups = first.wanted(self._shown, self._popular, lang, self._settings)
        best = [by_group[group] for group in groups if group in by_group][: first.MOST]
        by_address = {self._link(article, lang).url: article for article in listed}
        others = [by_address[url] for url in first.in_turn(held)]
        told = list(dict.fromkeys(a.id for a in (*best, *others)))[: first.MOST]
        loose = [article.id for article in listed if not article.category]
        by_id = {article.id: article for article in listed}
        shown = [by_id[id_] for id_ in dict.fromkeys((*told, *loose))]
        return Page(
            "home", lang, f"{lang}/", self._settings.site_name,
            shelves=held,
            links=tuple(self._link(article, lang) for article in shown),
            popular=bool(best),
            examples=first.examples(shown, lang, self._settings),
            updated=max((a.updated for a in listed if a.lang == lang and a.updated), default=None),
        )  # fmt: skip

    def _article(self, article: Article, shelf: Shelf | None) -> Page:
        link, alternates = self._links[article.id], self._alternates[group_of(article)]
        near = self._neighbours[article.id]
        return Page(
            kind="article",
            lang=article.lang,
            address=link.url,
            title=article.title,
            summary=link.summary or article.title,
            crumbs=(Link(shelf.title, shelf.url),) if shelf else (),
            section=shelf.section(article) if shelf else None,
            alternates=alternates,
            switch=self._switch(article),
            links=tuple(self._links[other.id] for other in near),
            article=article,
            updated=article.updated,
        )

    def _fallback(self, article: Article, lang: str, shelf: Shelf | None) -> Page:
        """The page of an untranslated article: everything around the text is in ``lang``, and
        related articles are shown in that language where they are translated.
        """
        page = self._article(article, shelf)
        near = [self._nearest(other, lang) for other in self._neighbours[article.id]]
        return replace(
            page,
            lang=lang,
            address=self._fallbacks[article.id, lang],
            alternates=(),
            links=tuple(near),
            fallback_of=page.address,
        )

    def _nearest(self, article: Article, lang: str) -> Link:
        """``article`` in ``lang``, or its fallback page there."""
        return self._link(self._there.get((group_of(article), lang), article), lang)

    def _switch(self, article: Article) -> Addresses:
        """Where an article can be read, in its language or in another."""
        group = group_of(article)
        found = dict(self._alternates[group])
        default = self._there.get((group, self._settings.default_language))
        for lang in self._settings.languages if default else ():
            if default and (address := self._fallbacks.get((default.id, lang))):
                found.setdefault(lang, address)
        return tuple(sorted(found.items()))


def _translations(shown: Iterable[Article]) -> dict[str, Addresses]:
    """(language, address) of every article of a group of translations, by the group's id."""
    groups: dict[str, dict[str, str]] = {}
    for article in shown:
        group = groups.setdefault(group_of(article), {})
        group.setdefault(article.lang, page_address(article))
    return {id_: tuple(sorted(group.items())) for id_, group in groups.items()}


def _category_page(shelf: Shelf, listed: Sequence[Article], lang: str, default: str) -> Page:
    """One that holds nothing in its own language is a fallback page itself."""
    dates = [a.updated for a in listed if a.category == shelf.slug and a.updated]
    return Page(
        "category", lang, shelf.url, shelf.title, shelf.description,
        shelves=(shelf,), links=shelf.links, updated=max(dates, default=None),
        fallback_of=f"{default}/{shelf.slug}/" if all(link.lang for link in shelf.links) else "",
    )  # fmt: skip


def _with_alternates(pages: Sequence[Page]) -> list[Page]:
    """Pages that every language has under the same name point at each other."""
    named: dict[str, list[Page]] = {}
    for page in pages:
        if page.kind != "article":
            named.setdefault(page.address.removeprefix(page.lang), []).append(page)
    found = [page for page in pages if page.kind == "article"]
    for same in named.values():
        switch = tuple(sorted((page.lang, page.address) for page in same))
        true = tuple(sorted((p.lang, p.address) for p in same if not p.fallback_of))
        found += [
            replace(page, alternates=() if page.fallback_of else true, switch=switch)
            for page in same
        ]
    return found


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
