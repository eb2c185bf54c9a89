"""Build the help centre: articles → checks → pages → index → one release, shown in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kbtool.addresses import page_address
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import ContentError
from kbtool.model import Article, BrokenLink, Document, Finding, PublishedAddress
from kbtool.permalink import permalink_address
from kbtool.plural import many
from kbtool.progress import Progress
from kbtool.resources import bundled
from kbtool.search.documents import to_document
from kbtool.search.index import SEARCH, Index, build_index, export
from kbtool.search.synonyms import read_synonyms
from kbtool.site import engine, post
from kbtool.site.links import MEDIA
from kbtool.site.manifest import Manifest, build_manifest
from kbtool.site.release import Release, new_release
from kbtool.site.stage import stage
from kbtool.site.store import read_published, remember_published
from kbtool.site.strings import Strings, load_strings
from kbtool.workflows.check import check
from kbtool.workflows.replay import Replay, replay, stop_a_drop


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built and where."""

    release: str
    site: Path
    articles: tuple[tuple[str, int], ...]
    """(language, articles), in the order of the settings."""
    pages: tuple[tuple[str, int], ...]
    """(language, pages), articles included."""
    findings: tuple[Finding, ...]
    """Warnings that did not stop the build."""
    broken_links: tuple[BrokenLink, ...]
    """Addresses sent in replies that lead nowhere in this site. They never stop a build: what was
    sent cannot be taken back."""
    replay: Replay | None
    """What customers' questions find in the new index; asked with ``strict`` only."""


def build(
    settings: Settings, *, strict: bool, now: datetime, progress: Progress | None = None
) -> BuildResult:
    """Build and show a new release of ``settings.root``.

    Addresses that earlier builds published and that moved or went lead on. Raises ContentError
    with all findings when content/ has errors (with ``strict``: warnings as well, and a search that
    answers fewer of the customers' questions than the last build's), BuildError when rendering or writing failed, StoreError when the database cannot be used; the old release is
    then untouched.
    """
    told = progress or _silent
    theme, facts = bundled("theme"), engine.read_facts(settings.config_file)
    checked = check(settings, now=now)
    articles = checked.articles
    documents = {article.id: _document(article) for article in articles}
    published = _published(settings)
    manifest, collisions = build_manifest(
        articles, settings, lambda a: documents[a.id].summary, published
    )
    findings = _passed((*facts.findings, *checked.of_site, *collisions), strict)
    strings = {lang: load_strings(theme, lang) for lang in settings.languages}
    with new_release(settings, now) as release:
        staged = stage(manifest, articles, settings, strings, release.staged)
        findings = _passed((*findings, *staged.findings), strict)
        release.site.mkdir()
        post.write_assets(theme, release.site)
        post.write_media(settings.content_dir, (*staged.media, *facts.media), release.site)
        rendered = _render(release, manifest, settings, strings, facts, theme, told)
        findings = _passed((*findings, *rendered), strict)
        post.write_extras(manifest, settings, strings, theme, release.site)
        told("index", 0, None)
        shown = [documents[page.article.id] for page in manifest.pages if page.article]
        synonyms, _ = read_synonyms(settings.content_dir, settings.languages)
        build_index(shown, release.index, synonyms)
        export(release.index, release.site / SEARCH, settings.languages)
        replayed = _replayed(settings, articles, release.index, told) if strict else None
        _remember(manifest, settings, now)  # before: what was shown is never forgotten
        release.publish(post.expected_files(manifest), _open_index)
    return _result(release, manifest, settings, findings, checked.broken_links, replayed)


def _replayed(
    settings: Settings, articles: Sequence[Article], index: Path, told: Progress
) -> Replay:
    """What the new index answers; raises ContentError when that is less than before."""
    replayed = replay(settings, articles, index, told)
    stop_a_drop(replayed)
    return replayed


def _published(settings: Settings) -> tuple[PublishedAddress, ...]:
    with reading(settings.database) as connection:
        return read_published(connection)


def _remember(manifest: Manifest, settings: Settings, now: datetime) -> None:
    """Keep the addresses of all articles shown, for the day when one of them moves."""
    shown = [(page.article, page.address) for page in manifest.pages if page.article]
    rows = [
        (address, article.id, article.lang)
        for article, page in shown
        for address in (page, permalink_address(article.id))
    ]
    with writing(settings.database) as connection:
        remember_published(connection, rows, now.date())


def _told(findings: Sequence[Finding], level: str) -> str:
    count = sum(finding.level == level for finding in findings)
    return many(count, level) if count else ""


def _passed(findings: Sequence[Finding], strict: bool) -> tuple[Finding, ...]:
    """``findings`` in order when none of them stops the build; otherwise raises ContentError."""
    ordered = tuple(sorted(set(findings), key=lambda f: (f.file, f.line, f.code, f.message)))
    errors = sum(finding.level == "error" for finding in ordered)
    stopping = len(ordered) if strict else errors
    if errors or stopping:
        raise ContentError(
            "nothing was built: "
            + " and ".join(filter(None, (_told(ordered, "error"), _told(ordered, "warning")))),
            findings=ordered,
            hint="mend them and build again" + ("" if errors else ", or build without --strict"),
        )
    return ordered


def _document(article: Article) -> Document:
    return to_document(article, page_address(article), permalink_address(article.id))


def _render(
    release: Release,
    manifest: Manifest,
    settings: Settings,
    strings: Mapping[str, Strings],
    facts: engine.Facts,
    theme: Path,
    told: Progress,
) -> tuple[Finding, ...]:
    """Render each language; the engine's warnings come back."""
    findings: list[Finding] = []
    done = Counter[str]()

    def count() -> None:
        done["pages"] += 1
        told("pages", done["pages"], len(manifest.pages))

    for lang in manifest.languages:
        job = engine.Job(
            lang=lang,
            name=settings.site_name,
            url=f"{settings.site_url}{lang}/",
            docs_dir=release.staged / lang,
            site_dir=release.site / lang,
            theme_dir=theme,
            root=settings.root,
            context=_context(lang, manifest, settings, strings[lang], facts, theme),
        )
        findings += engine.render(job, facts, count)
    return tuple(findings)


def _context(
    lang: str,
    manifest: Manifest,
    settings: Settings,
    strings: Strings,
    facts: engine.Facts,
    theme: Path,
) -> dict[str, Any]:
    """What every page of a language shows."""
    home = next(page for page in manifest.of(lang) if page.kind == "home")
    logo, favicon = facts.theme.get("logo"), facts.theme.get("favicon")
    email = settings.contact.email
    return {
        "t": strings,
        "name": settings.site_name,
        "url": settings.site_url,
        "version": post.assets_version(theme),
        "stylesheets": [MEDIA + path for path in facts.stylesheets],
        "logo": MEDIA + str(logo) if logo else None,
        "favicon": MEDIA + str(favicon) if favicon else "assets/favicon.svg",
        "copyright": facts.copyright,
        "contact": settings.contact.url or (f"mailto:{email}" if email else None),
        "email": email,
        "categories": {shelf.slug: shelf.title for shelf in home.shelves},
    }


def _result(
    release: Release,
    manifest: Manifest,
    settings: Settings,
    findings: tuple[Finding, ...],
    broken: tuple[BrokenLink, ...],
    replayed: Replay | None,
) -> BuildResult:
    pages = Counter(page.lang for page in manifest.pages)
    articles = Counter(page.lang for page in manifest.pages if page.article)
    return BuildResult(
        release=release.id,
        site=settings.site_dir,
        articles=tuple((lang, articles[lang]) for lang in settings.languages),
        pages=tuple((lang, pages[lang]) for lang in settings.languages),
        findings=findings,
        broken_links=broken,
        replay=replayed,
    )


def _open_index(directory: Path) -> None:
    Index.open(directory).close()


def _silent(stage: str, done: int, total: int | None) -> None:
    """Say nothing."""
