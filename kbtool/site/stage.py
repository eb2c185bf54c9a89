"""Pages become Markdown files with everything a template shows in their front matter.

Only what customers may see is written: evidence, ticket ids and reviewers stay in ``content/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kbtool.config import Settings
from kbtool.model import Article, Finding
from kbtool.site.links import Places, rewrite
from kbtool.site.manifest import Manifest, Page
from kbtool.site.shown import root_of, shown
from kbtool.site.strings import Strings


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging left beside the files: media that pages show, and broken links."""

    media: tuple[str, ...]
    """Paths relative to content/."""
    findings: tuple[Finding, ...]


def stage(
    manifest: Manifest,
    articles: tuple[Article, ...],
    settings: Settings,
    strings: Mapping[str, Strings],
    directory: Path,
) -> Staged:
    """Write ``<directory>/<lang>/…`` for every page.

    ``articles`` are all that were read, so that a link to a draft is told from a link to nothing.
    """
    places = _places(manifest, articles, settings.content_dir)
    media: set[str] = set()
    findings: list[Finding] = []
    for page in manifest.pages:
        root = root_of(page, settings)
        body = ""
        if page.article:
            rewritten = rewrite(page.article, root, places)
            body, media = rewritten.body, media | rewritten.media
            findings.extend(rewritten.findings)
        _write(directory / staged_path(page), _text(page, body, root, strings))
    return Staged(tuple(sorted(media)), tuple(findings))


def staged_path(page: Page) -> str:
    """Where a page is staged: always an ``index.md``, so that the engine's address is ours."""
    return page.address.removesuffix(".html").rstrip("/") + "/index.md"


def _places(manifest: Manifest, articles: tuple[Article, ...], content_dir: Path) -> Places:
    pages = {page.article.path: page.address for page in manifest.pages if page.article}
    return Places(
        pages=pages,
        addresses=frozenset(page.address for page in manifest.pages)
        | {redirect.address for redirect in manifest.redirects if redirect.target},
        content_dir=content_dir,
        hidden=frozenset(article.path for article in articles) - pages.keys(),
    )


def _text(page: Page, body: str, root: str, strings: Mapping[str, Strings]) -> str:
    words = strings[page.lang]
    header: dict[str, Any] = {
        "title": page.title or words[f"{page.kind}_title"],
        "template": f"{page.kind}.html",
        "kb": shown(page, root, strings),
    }
    dumped = yaml.dump(
        header, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False
    )
    return f"---\n{dumped}---\n\n{body}"


class _Dumper(yaml.CSafeDumper):
    """No anchors: the same link may stand in a page twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
