"""Lists of the site's pages for machines: sitemap, robots.txt, llms.txt, articles.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from kbtool.addresses import url_of
from kbtool.config import Settings
from kbtool.permalink import permalink_address
from kbtool.site.beside.twins import list_item, one_line
from kbtool.site.pages.head import TWIN, alternates, is_listed
from kbtool.site.pages.strings import Strings
from kbtool.site.plan.manifest import Manifest, Page

FORMAT = 1
MOST_URLS = 50_000
MOST_BYTES = 50_000_000
"""Of one sitemap; sitemaps.org allows no more."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OPENING = f'{_XML}<urlset {_SITEMAPS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_CLOSING = "</urlset>\n"


def sitemaps(
    pages: Iterable[Page],
    settings: Settings,
    *,
    most_urls: int = MOST_URLS,
    most_bytes: int = MOST_BYTES,
) -> dict[str, str]:
    """``sitemap.xml`` with the day on which each page really changed and its translations. More
    than one sitemap may hold are parts, ``sitemap-1.xml`` …, that ``sitemap.xml`` lists.
    """
    room = most_bytes - len(_OPENING) - len(_CLOSING)
    parts: list[list[tuple[str, date | None]]] = [[]]
    size = 0
    for page in pages:
        if not is_listed(page):
            continue
        entry = _sitemap_entry(page, settings)
        length = len(entry.encode())
        if parts[-1] and (len(parts[-1]) == most_urls or size + length > room):
            parts.append([])
            size = 0
        parts[-1].append((entry, page.updated))
        size += length
    texts = [_OPENING + "".join(entry for entry, _ in part) + _CLOSING for part in parts]
    if len(parts) == 1:
        return {"sitemap.xml": texts[0]}
    named = {f"sitemap-{number}.xml": text for number, text in enumerate(texts, start=1)}
    newest = [max((day for _, day in part if day), default=None) for part in parts]
    listed = "".join(
        f"<sitemap><loc>{escape(url_of(name, settings))}</loc>{_lastmod(day)}</sitemap>\n"
        for name, day in zip(named, newest, strict=True)
    )
    index = f"{_XML}<sitemapindex {_SITEMAPS}>\n{listed}</sitemapindex>\n"
    return {"sitemap.xml": index} | named


def robots_txt(settings: Settings) -> str:
    """``robots.txt``: everything may be read but what is no page. Below a sub-path it counts when
    the host's own file holds these lines.
    """
    base = urlsplit(settings.site_url).path
    closed = "".join(f"Disallow: {base}{folder}/\n" for folder in ("api", "agent", "report"))
    return f"User-agent: *\n{closed}Sitemap: {url_of('sitemap.xml', settings)}\n"


def llms_txt(manifest: Manifest, settings: Settings, strings: Mapping[str, Strings]) -> str:
    """``llms.txt`` (llmstxt.org): the Markdown of each article by language and category."""
    lines = [
        f"# {one_line(settings.site_name)}",
        "",
        "> The help centre's articles. Each link leads to an article as Markdown; its permanent "
        "address, the one to cite, stands at its top.",
        "",
    ]
    for lang in manifest.languages:
        for title, pages in _shelved(manifest, lang, strings[lang]):
            lines += [f"## {one_line(strings[lang]['language'])}: {one_line(title)}", ""]
            lines += [_entry(page, settings) for page in pages] + [""]
    data = list_item("All articles as data", url_of("articles.json", settings))
    return "\n".join([*lines, "## Optional", "", data, ""])


def articles_json(manifest: Manifest, settings: Settings) -> str:
    """``articles.json``: what is published, article by article, and nothing else."""
    articles = [
        {
            "id": page.article.id,
            "title": page.title,
            "summary": page.summary,
            "lang": page.lang,
            "category": page.article.category,
            "section": page.article.section,
            "url": page.address,
            "permalink": permalink_address(page.article.id),
            "twin": page.address + TWIN,
            "updated": page.updated.isoformat() if page.updated else None,
            "translations": dict(page.alternates),
        }
        for page in manifest.pages
        if page.article and not page.fallback_of
    ]
    data = {"format": FORMAT, "site": settings.site_url, "articles": articles}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _shelved(manifest: Manifest, lang: str, words: Strings) -> Iterator[tuple[str, list[Page]]]:
    """(title, articles) of each category that has some, then of those without a category."""
    own = [page for page in manifest.of(lang) if page.article and not page.fallback_of]
    home = next(page for page in manifest.of(lang) if page.kind == "home")
    shelves: list[tuple[str | None, str]] = [(shelf.slug, shelf.title) for shelf in home.shelves]
    for slug, title in [*shelves, (None, str(words["other"]))]:
        pages = [page for page in own if page.article and (page.article.category or None) == slug]
        if pages:
            yield title, pages


def _entry(page: Page, settings: Settings) -> str:
    return list_item(page.title, url_of(page.address + TWIN, settings), page.summary)


def _sitemap_entry(page: Page, settings: Settings) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(lang)} href={quoteattr(url)}/>'
        for lang, url in alternates(page, settings)
    )
    location = escape(url_of(page.address, settings))
    return f"<url><loc>{location}</loc>{_lastmod(page.updated)}{others}</url>\n"


def _lastmod(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
