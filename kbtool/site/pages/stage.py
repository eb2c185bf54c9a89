"""Pages become Markdown texts with everything a template shows in their front matter.

Only what customers may see is in them: evidence, ticket ids and reviewers stay in ``content/``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from kbtool.config import Settings
from kbtool.model import Article, Finding
from kbtool.site.pages.counted import Counting
from kbtool.site.pages.head import head
from kbtool.site.pages.links import Places, rewrite
from kbtool.site.pages.shown import root_of, shown
from kbtool.site.pages.strings import Strings
from kbtool.site.plan.manifest import Manifest, Page
from kbtool.site.releases.files import digest


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A page as an engine takes it. Nothing else of a page decides its HTML."""

    page: Page
    header: Mapping[str, Any]
    """The front matter: title, template and ``kb``, plain data."""
    body: str
    """Markdown, its links page-relative."""

    @property
    def path(self) -> str:
        """Where it is staged: always an ``index.md``, so that the engine's address is ours."""
        return self.page.address.removesuffix(".html").rstrip("/") + "/index.md"

    def key(self, ground: str) -> str:
        """What its HTML is made of; ``ground`` is the key of what all pages share."""
        header = json.dumps(self.header, ensure_ascii=False, separators=(",", ":"))
        return digest(ground, header, self.body)

    def text(self) -> str:
        """The Markdown file."""
        dumped = yaml.dump(
            dict(self.header),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
        )
        return f"---\n{dumped}---\n\n{self.body}"


@dataclass(frozen=True, slots=True)
class Staged:
    """All pages, the media that they show, and the links that lead nowhere."""

    pages: tuple[StagedPage, ...]
    media: tuple[str, ...]
    """Paths relative to content/."""
    findings: tuple[Finding, ...]


def stage(
    manifest: Manifest,
    articles: tuple[Article, ...],
    settings: Settings,
    strings: Mapping[str, Strings],
    counting: Counting,
) -> Staged:
    """Every page of ``manifest`` in its order.

    ``articles`` are all that were read, so that a link to a draft is told from a link to nothing;
    ``counting`` is what the page on counting says.
    """
    places = _places(manifest, articles, settings)
    borrowed = {lang: _in(lang, places, manifest) for lang in manifest.languages}
    pages: list[StagedPage] = []
    media: set[str] = set()
    findings: list[Finding] = []
    for page in manifest.pages:
        root = root_of(page, settings)
        body = ""
        if page.article:
            here = borrowed[page.lang] if page.fallback_of else places
            rewritten = rewrite(page.article, root, here)
            body, media = rewritten.body, media | rewritten.media
            findings.extend(() if page.fallback_of else rewritten.findings)
        pages.append(StagedPage(page, _header(page, root, settings, strings, counting), body))
    return Staged(tuple(pages), tuple(sorted(media)), tuple(findings))


def _places(manifest: Manifest, articles: tuple[Article, ...], settings: Settings) -> Places:
    pages = {
        page.article.path: page.address
        for page in manifest.pages
        if page.article and not page.fallback_of
    }
    return Places(
        pages=pages,
        addresses=frozenset(page.address for page in manifest.pages)
        | {redirect.address for redirect in manifest.redirects if redirect.target},
        content_dir=settings.content_dir,
        hidden=frozenset(article.path for article in articles) - pages.keys(),
    )


def _in(lang: str, places: Places, manifest: Manifest) -> Places:
    """What links on a fallback page lead to: readers stay in their language where they can."""
    switched = {
        page.article.path: dict(page.switch).get(lang, page.address)
        for page in manifest.pages
        if page.article and not page.fallback_of
    }
    return replace(places, pages=switched)


def _header(
    page: Page,
    root: str,
    settings: Settings,
    strings: Mapping[str, Strings],
    counting: Counting,
) -> dict[str, Any]:
    words = strings[page.lang]
    return {
        "title": page.title or words[f"{page.kind}_title"],
        "template": f"{page.kind}.html",
        "kb": shown(page, root, strings, counting) | {"head": head(page, settings)},
    }


class _Dumper(yaml.CSafeDumper):
    """No anchors: the same link may stand in a page twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
