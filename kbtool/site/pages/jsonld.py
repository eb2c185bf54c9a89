"""What a page is in the words of schema.org, for search engines: ``kb.head.jsonld`` of a template.

Google's rules hold: what is said here can be seen on the page.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from kbtool.addresses import url_of
from kbtool.config import Settings
from kbtool.site.pages.shown import is_dense
from kbtool.site.plan.manifest import Page
from kbtool.site.plan.shelves import Link

Thing: TypeAlias = dict[str, Any]
_QUESTION_MARKS = ("?", "？", "؟", ";")


def jsonld(page: Page, settings: Settings) -> Thing | None:
    """The page's things as one graph; None for a page that has nothing to say."""
    if page.kind == "home":
        things = [_web_site(page, settings)]
    elif page.kind == "category":
        things = [_breadcrumbs(page, settings), *_questions(page, settings)]
    elif page.article is not None:
        things = [_article(page, settings), _breadcrumbs(page, settings)]
    else:
        return None
    return {"@context": "https://schema.org", "@graph": things}


def _web_site(page: Page, settings: Settings) -> Thing:
    search = f"{url_of(page.address, settings)}search/?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "name": settings.site_name,
        "url": url_of(page.address, settings),
        "inLanguage": page.lang,
        "publisher": _publisher(settings),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def _article(page: Page, settings: Settings) -> Thing:
    url = url_of(page.address, settings)
    found: Thing = {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.lang,
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "author": _publisher(settings),
        "publisher": _publisher(settings),
    }
    if page.updated:
        found["dateModified"] = page.updated.isoformat()
    return found


def _breadcrumbs(page: Page, settings: Settings) -> Thing:
    """The way to the page: the language's home, its parents, the page itself."""
    way = [Link(settings.site_name, f"{page.lang}/"), *page.crumbs, Link(page.title, page.address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": link.title,
                "item": url_of(link.url, settings),
            }
            for place, link in enumerate(way, start=1)
        ],
    }


def _questions(page: Page, settings: Settings) -> list[Thing]:
    """Titles that are questions, with the lines that the page shows below them."""
    if is_dense(page.shelves[0]):
        return []
    asked = [
        {
            "@type": "Question",
            "name": link.title,
            "acceptedAnswer": {
                "@type": "Answer",
                "text": link.summary,
                "url": url_of(link.url, settings),
            },
        }
        for link in page.links
        if link.summary and not link.lang and link.title.rstrip().endswith(_QUESTION_MARKS)
    ]
    if not asked:
        return []
    url = url_of(page.address, settings)
    return [{"@type": "FAQPage", "url": url, "inLanguage": page.lang, "mainEntity": asked}]


def _publisher(settings: Settings) -> Thing:
    return {"@type": "Organization", "name": settings.site_name, "url": settings.site_url}
