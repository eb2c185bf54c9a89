"""Addresses of pages and articles, today's and former ones: where a link of ours leads.

A page's address is ``<lang>/[<category>/]<slug>/`` (site-relative, no leading slash); the slug is
the article's file name. An article that a language lacks has a fallback page there, at the same
address but for the language. An article's permanent address is ``a/<id>/``, for ever. An address
once published never leads nowhere: when its page moves or goes, it becomes a former address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal, TypeAlias
from urllib.parse import quote

from kbtool.config import Settings
from kbtool.model import PUBLIC, Article, Message, PublishedAddress
from kbtool.permalink import permalink_address
from kbtool.urls import address_below, host_pattern, tidy

ARTICLE_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", re.IGNORECASE)
_PERMALINK = re.compile(r"a/([^/]+)/")
_GUIDE = re.compile(r"(?:^|/)articles/(\d{3,20})(?:-[^/]*)?/")
"""Zendesk Guide's addresses: the number names the article, the title behind it changes."""
_FILES = ("sitemap.xml/", "llms.txt/", "articles.json/", "robots.txt/", "404.html")
_FOLDERS = ("assets/", "api/")
RESERVED = ("assets", "media", "api", *(name.strip("/") for name in _FILES))
"""First parts of addresses that the site itself needs."""
MAX_ADDRESS = 300
REMEMBERED = 1 << 15
"""Addresses that are worked out once: a build asks for each many times."""

Lead: TypeAlias = Literal["article", "withdrawn", "page", "nowhere"]
"""What a reader meets: an article, a page that says it is gone, another page, nothing."""


def page_address(article: Article, lang: str | None = None) -> str:
    """The site-relative address of an article's page, or of its fallback page in ``lang``."""
    return _page_address(lang or article.lang, article.category or "", article.path)


@lru_cache(maxsize=REMEMBERED)
def _page_address(lang: str, category: str, path: str) -> str:
    return "/".join(part for part in (lang, category, PurePosixPath(path).stem) if part) + "/"


def url_of(address: str, settings: Settings) -> str:
    """The URL of a site-relative address, encoded."""
    return settings.site_url + quote(address)


def guide_number(address: str) -> str | None:
    """The article's number in an address of Zendesk Guide's form; None in any other."""
    found = _GUIDE.search(address)
    return found[1] if found else None


def group_of(article: Article) -> str:
    """What an article and its translations have in common: the original's id."""
    return article.translation_of or article.id


def former_problem(address: str) -> str | None:
    """Why ``address`` cannot be a former address of an article; None when it can."""
    parts = address.strip("/").split("/")
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        return "it must not hold the host, only what comes after the help centre's address"
    if re.search(r"[?#\\\x00-\x1f\x7f]", address) or "%00" in address:
        return "it must not hold ? # or a backslash"
    if "" in parts or "." in parts or ".." in parts:
        return "it must be a path such as en/orders/old-name/"
    if len(address) > MAX_ADDRESS or any(len(part.encode()) > 200 for part in parts):
        return "it is too long"
    if parts[0] in RESERVED or any(part.endswith(".html") for part in parts[:-1]):
        return "the site itself needs that address"
    return None


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address without a page of its own, and where it leads."""

    address: str
    article: str
    lang: str
    target: str | None
    """Address of the article's page; None when the article was withdrawn."""
    title: str
    """Of the article; empty when it is not in ``content/`` any more."""


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Where each address of the help centre leads today. All addresses are in ``tidy`` form."""

    bases: tuple[str, ...]
    """The help centre's own address and its former ones."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Page address → id of a published article; fallback pages are among them."""
    fallbacks: Mapping[str, str] = field(default_factory=dict)
    """Address of a fallback page → its language."""
    redirects: Mapping[str, Redirect] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    """Addresses of all other pages."""
    media: Path | None = None
    """The folder whose files stand below ``media/``."""
    guide: Mapping[str, Redirect] = field(default_factory=dict)
    """By Zendesk Guide's article number, from former addresses of that form."""

    def address(self, url: str) -> str | None:
        """The address below the help centre that ``url`` points at; None when it is elsewhere."""
        found = (address_below(url, base) for base in self.bases)
        return next((address[:MAX_ADDRESS] for address in found if address is not None), None)

    def article(self, address: str) -> str | None:
        """The id of the article, published or withdrawn, that an address leads to."""
        if address in self.pages:
            return self.pages[address]
        redirect = self._redirect(address)
        return redirect.article if redirect else None

    def lead(self, address: str) -> Lead:
        """What a reader meets who opens an address."""
        if address in self.pages:
            return "article"
        if redirect := self._redirect(address):
            return "article" if redirect.target else "withdrawn"
        if address in self.others or address.startswith(_FOLDERS):
            return "page"
        if address.startswith("media/") and self.media is not None:
            return "page" if (self.media / address[6:].rstrip("/")).is_file() else "nowhere"
        return "nowhere"

    def _redirect(self, address: str) -> Redirect | None:
        if address in self.redirects:
            return self.redirects[address]
        number = _GUIDE.search(address)
        return self.guide.get(number[1]) if number else None

    def article_from_url(self, url: str) -> str | None:
        """The id of the article that ``url`` leads to; None when it is none of ours."""
        address = self.address(url)
        return None if address is None else self.article(address)

    def sent(self, message: Message) -> tuple[str, ...]:
        """The addresses of the help centre in a message, each once, in order."""
        urls = (*message.links, *self._bare_urls(message.text))
        found = (self.address(url) for url in urls)
        return tuple(dict.fromkeys(address for address in found if address is not None))

    def _bare_urls(self, text: str) -> Iterator[str]:
        """Those that stand in ``text`` without ``https://``."""
        bare = _bare_pattern(self.bases)
        if bare is not None:
            yield from (match[0] for match in bare.finditer(text))


@lru_cache(maxsize=16)
def _bare_pattern(bases: tuple[str, ...]) -> re.Pattern[str] | None:
    hosts = "|".join(filter(None, map(host_pattern, bases)))
    if not hosts:
        return None
    bare = rf"(?<![\w@./:%#?=&-])(?:www\.)?(?:{hosts})/[^\s<>\"'`)\]}}|\\]{{1,500}}"
    return re.compile(bare, re.IGNORECASE)


def address_book(
    articles: Sequence[Article],
    settings: Settings,
    published: Iterable[PublishedAddress] = (),
) -> AddressBook:
    """Where every address leads: those of today's pages, those that articles name as former, and
    those that were ``published`` before.

    A page of today comes before a former address, and what an article names comes before what was
    remembered.
    """
    known = [a for a in articles if a.lang in settings.languages]
    pages = {tidy(page_address(a)): a.id for a in known if a.status in PUBLIC}
    others = _others(known, settings)
    redirects = {r.address: r for r in reversed(list(_redirects(known, published)))}
    fallbacks = _fallbacks(known, settings, pages.keys() | others, redirects)
    pages |= {address: article.id for address, (_, article) in fallbacks.items()}
    others |= {f"{lang}/{a.category}/" for lang, a in fallbacks.values() if a.category}
    taken = pages.keys() | others
    kept = {address: r for address, r in sorted(redirects.items()) if address not in taken}
    numbers = {
        found[1]: redirect
        for address, redirect in sorted(kept.items(), reverse=True)
        if (found := _GUIDE.search(address))
    }
    bases = (settings.site_url, *settings.tickets.help_centre_urls)
    shown_in = {address: lang for address, (lang, _) in fallbacks.items()}
    return AddressBook(bases, pages, shown_in, kept, others, settings.content_dir, numbers)


def _fallbacks(
    known: Sequence[Article],
    settings: Settings,
    taken: Set[str],
    redirects: Mapping[str, Redirect],
) -> dict[str, tuple[str, Article]]:
    """(language, article) of each fallback page by its address. Pages that are ``taken`` and
    former addresses that lead to another article come first.
    """
    if settings.untranslated == "hide":
        return {}
    shown = sorted((a for a in known if a.status in PUBLIC), key=lambda a: a.id)
    there = {(group_of(a), a.lang) for a in shown}
    folded = {address.casefold() for address in taken}
    found: dict[str, tuple[str, Article]] = {}
    for article in shown:
        if article.lang != settings.default_language:
            continue
        for lang in settings.languages:
            address = page_address(article, lang)
            former = redirects.get(tidy(address))
            leads_on = former is not None and former.target and former.article != article.id
            if (group_of(article), lang) in there or address.casefold() in folded or leads_on:
                continue
            folded.add(address.casefold())
            found[tidy(address)] = (lang, article)
    return found


def _redirects(
    known: Sequence[Article], published: Iterable[PublishedAddress]
) -> Iterator[Redirect]:
    """Those that count most first."""
    shown = [a for a in known if a.status in PUBLIC or a.status == "archived"]
    ordered = sorted(shown, key=lambda a: (a.status not in PUBLIC, a.id))
    by_id = {a.id.lower(): a for a in ordered}
    heirs = {a.id: _heir(a, by_id) for a in ordered}
    public = {(group_of(a), a.lang): a for a in ordered if a.status in PUBLIC}
    for article in ordered:
        yield _redirect(permalink_address(article.id), heirs[article.id])
    for article in ordered:
        yield from (_redirect(address, heirs[article.id]) for address in article.former)
        if article.status not in PUBLIC:
            yield _redirect(page_address(article), heirs[article.id])
    for old in sorted(published, key=lambda p: p.address):
        article_now = heirs.get(old.article)
        if article_now is not None:  # of a fallback page: to the translation there is now
            same = article_now.lang == old.lang
            here = article_now if same else public.get((group_of(article_now), old.lang))
            yield _redirect(old.address, here or article_now)
        else:
            yield Redirect(tidy(old.address), old.article, old.lang, None, "")


def _heir(article: Article, by_id: Mapping[str, Article]) -> Article:
    """The article that readers are led to; the article itself when it has no published heir."""
    seen: set[str] = set()
    found: Article | None = article
    while found is not None and found.status not in PUBLIC and found.id not in seen:
        seen.add(found.id)
        found = by_id.get((found.replaced_by or "").lower())
    return found if found is not None and found.status in PUBLIC else article


def _redirect(address: str, article: Article) -> Redirect:
    target = page_address(article) if article.status in PUBLIC else None
    return Redirect(tidy(address), article.id, article.lang, target, article.title)


def _others(known: Sequence[Article], settings: Settings) -> frozenset[str]:
    """Pages without an article, and the files beside them."""
    shelves = {f"{a.lang}/{a.category}/" for a in known if a.category and a.status in PUBLIC}
    names = ("", "search/", "contact/", "counted/", "404.html")
    fixed = {f"{lang}/{name}" for lang in settings.languages for name in names}
    return frozenset({"", *_FILES, *shelves, *fixed})
