"""Build the help centre: articles → checks → pages → index → one release, shown in one step.

What did not change since the last release is taken over from it, and the result is, byte for byte,
that of a build from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.addresses import page_address
from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.errors import ContentError, IndexMissingError
from kbtool.kept import Kept, forget_kept
from kbtool.model import PUBLIC, Article, BrokenLink, Document, Finding, PublishedAddress
from kbtool.permalink import permalink_address
from kbtool.plural import many
from kbtool.progress import Progress
from kbtool.resources import code_digest
from kbtool.search.documents import to_document
from kbtool.search.index import SEARCH, Index, build_index, export
from kbtool.search.synonyms import read_synonyms
from kbtool.site.beside import assets, post
from kbtool.site.beside.hosting import write_hosting
from kbtool.site.beside.twins import write_twins
from kbtool.site.engines.rendering import Rendered, Shop, render_pages
from kbtool.site.pages.stage import Staged, stage
from kbtool.site.plan.manifest import Manifest, build_manifest
from kbtool.site.plan.store import read_published, remember_published
from kbtool.site.releases.files import SiteFiles, digest, is_untouched
from kbtool.site.releases.note import Note, marks_beside, media_digests, read_note, write_note
from kbtool.site.releases.release import Release, last_release, new_release
from kbtool.workflows.check import CheckResult, check
from kbtool.workflows.counted import counting
from kbtool.workflows.frame import ENGINE, Frame, read_frame
from kbtool.workflows.popular import popular

if TYPE_CHECKING:
    from kbtool.workflows.replay import Replay


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built and where."""

    release: str
    site: Path
    articles: tuple[tuple[str, int], ...]
    """(language, articles), in the order of the settings."""
    pages: tuple[tuple[str, int], ...]
    """(language, pages), articles included."""
    rendered: int
    """Pages that were rendered; the others are the last release's."""
    findings: tuple[Finding, ...]
    """Warnings that did not stop the build."""
    broken_links: tuple[BrokenLink, ...]
    """Addresses sent in replies that lead nowhere in this site. They never stop a build: what was
    sent cannot be taken back."""
    replay: Replay | None = None
    """What customers' questions find in the new index; asked with ``strict`` only."""
    is_new: bool = True
    """Whether a release was made; False when the last one was made of the same."""


def build(
    settings: Settings,
    *,
    strict: bool,
    now: datetime,
    progress: Progress | None = None,
    clean: bool = False,
    engine: str = ENGINE,
) -> BuildResult:
    """Build and show a new release of ``settings.root``; when nothing changed since the last, that
    one stays. ``clean`` takes nothing over and forgets all that was kept; ``engine`` is one of ``frame.ENGINES``.

    Addresses that earlier builds published and that moved or went lead on. Raises ContentError
    with all findings when content/ has errors (with ``strict``: warnings as well, and a search that
    answers fewer of the customers' questions than the last build's), BuildError when rendering or
    writing failed, StoreError when the database cannot be used; the old release is then untouched.
    """
    told = progress or _silent
    if clean:
        forget_kept(settings.cache_dir)
    frame = read_frame(settings, engine)
    checked = check(settings, now=now)
    before = None if clean else last_release(settings)
    known = _Known(_published(settings), popular(settings, now))
    if before and not strict and (same := _same(before, settings, frame, checked, known)):
        return same
    work = _Work(settings, frame, checked, known, before, told, now)
    with new_release(settings, now) as release:
        return work.into(release, strict)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says of former builds and of readers."""

    published: tuple[PublishedAddress, ...]
    popular: tuple[str, ...]
    """Ids of articles, those read most first."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A build under way."""

    settings: Settings
    frame: Frame
    checked: CheckResult
    known: _Known
    before: Path | None
    told: Progress
    now: datetime

    def into(self, release: Release, strict: bool) -> BuildResult:
        """Fill ``release`` and publish it."""
        settings, frame, checked = self.settings, self.frame, self.checked
        kept = Kept(settings.cache_dir / "documents.json", code_digest())
        public = [article for article in checked.articles if article.status in PUBLIC]
        documents = {article.id: _document(article, kept) for article in public}
        manifest, collisions = build_manifest(
            checked.articles,
            settings,
            lambda a: documents[a.id].summary,
            self.known.published,
            self.known.popular,
        )
        findings = _passed((*frame.findings, *checked.of_site, *collisions), strict)
        staged = stage(manifest, checked.articles, settings, frame.strings, counting(settings))
        findings = _passed((*findings, *staged.findings), strict)
        files = SiteFiles(release.folder / "site", self.before)
        rendered = self._fill(release, manifest, staged, files)
        findings = _passed((*findings, *rendered.findings), strict)
        self._index([documents[article.id] for article in _own(manifest)], release)
        kept.save()
        replayed = self._replayed(release.index) if strict else None
        _remember(manifest, settings, self.now)  # before: what was shown is never forgotten
        note = self._note(release.folder, manifest, staged, findings, again=not rendered.findings)
        files.save(release.folder)
        write_note(release.folder, note)
        release.publish(post.expected_files(manifest), _open_index)
        return _result(settings, release.id, note, checked, rendered.pages, replayed)

    def _fill(
        self, release: Release, manifest: Manifest, staged: Staged, files: SiteFiles
    ) -> Rendered:
        """All of the site but its search."""
        settings, frame = self.settings, self.frame
        old = release.take_oldest() if self.before else None
        if old:
            files.begin_with(old, post.expected_files(manifest))
        release.site.mkdir(exist_ok=True)
        assets.write_assets(frame.theme, release.site)
        media = (*staged.media, *frame.facts.media)
        assets.write_media(settings.content_dir, media, release.site)
        grounds = {lang: frame.ground(lang, manifest) for lang in manifest.languages}
        shop = Shop(release.staged, grounds, partial(frame.render, manifest))
        rendered = render_pages(staged.pages, shop, files, self.told)
        write_twins(staged.pages, settings, files, frame.key)
        post.write_extras(manifest, settings, frame.strings, frame.theme, files, frame.key)
        write_hosting(manifest, settings, release.folder / "hosting")
        return rendered

    def _index(self, documents: Sequence[Document], release: Release) -> None:
        self.told("index", 0, None)
        languages = self.settings.languages
        synonyms, _ = read_synonyms(self.settings.content_dir, languages)
        cache = self.settings.cache_dir / "index"
        # publishing brings it to the disk
        build_index(documents, release.index, synonyms, cache, durable=False)
        export(release.index, release.site / SEARCH, languages)

    def _replayed(self, index: Path) -> Replay:
        """What the new index answers; raises ContentError when that is less than before."""
        from kbtool.workflows.replay import replay, stop_a_drop

        replayed = replay(self.settings, self.checked.articles, index, self.told)
        stop_a_drop(replayed)
        return replayed

    def _note(
        self,
        release: Path,
        manifest: Manifest,
        staged: Staged,
        findings: tuple[Finding, ...],
        *,
        again: bool,
    ) -> Note:
        """What to leave in the release. An engine that warned is asked ``again`` next time."""
        settings = self.settings
        known = replace(self.known, published=_published(settings))
        made_of = _made_of(settings, self.frame, self.checked, known)
        media = (*staged.media, *self.frame.facts.media)
        return Note(
            made_of=made_of if again else "",
            media=media_digests(settings.content_dir, media),
            beside=marks_beside(release),
            pages=dict(Counter(page.lang for page in manifest.pages)),
            articles=dict(Counter(article.lang for article in _own(manifest))),
            findings=findings,
        )


def _same(
    before: Path,
    settings: Settings,
    frame: Frame,
    checked: CheckResult,
    known: _Known,
) -> BuildResult | None:
    """The last build's result when all that it was made of is as it was, and it is whole."""
    note = read_note(before)
    if (
        note is None
        or note.made_of != _made_of(settings, frame, checked, known)
        or note.media != media_digests(settings.content_dir, note.media)
        or not is_untouched(before)
        or note.beside != marks_beside(before)
    ):
        return None
    try:
        _open_index(before / "index")
    except IndexMissingError:
        return None
    return _result(settings, before.name, note, checked, 0, None, is_new=False)


def _made_of(
    settings: Settings,
    frame: Frame,
    checked: CheckResult,
    known: _Known,
) -> str:
    """The key of everything that a site follows from, but for the media it shows."""
    synonyms, _ = read_synonyms(settings.content_dir, settings.languages)
    parts = (settings, *checked.articles, *checked.findings, known, sorted(synonyms.items()))
    return digest(frame.key, *map(repr, parts))


def _published(settings: Settings) -> tuple[PublishedAddress, ...]:
    with reading(settings.database) as connection:
        return read_published(connection)


def _remember(manifest: Manifest, settings: Settings, now: datetime) -> None:
    """Keep the addresses of all articles shown, for the day when one of them moves or a fallback
    page gives way to a translation.
    """
    pages = [(p.address, p.article.id, p.lang) for p in manifest.pages if p.article]
    links = [(permalink_address(a.id), a.id, a.lang) for a in _own(manifest)]
    with writing(settings.database) as connection:
        remember_published(connection, [*pages, *links], now.date())


def _own(manifest: Manifest) -> list[Article]:
    """The articles that have a page in their language: all that are shown, each once."""
    return [p.article for p in manifest.pages if p.article and not p.fallback_of]


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


def _document(article: Article, kept: Kept) -> Document:
    """The document of an article; its Markdown is read only when it changed."""

    def make() -> dict[str, Any]:
        found = to_document(article, page_address(article), permalink_address(article.id))
        return {name: getattr(found, name) for name in Document.__slots__}

    values: dict[str, Any] = kept.get(digest(repr(article)), make)
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return Document(**fields)


def _result(
    settings: Settings,
    release: str,
    note: Note,
    checked: CheckResult,
    rendered: int,
    replayed: Replay | None,
    *,
    is_new: bool = True,
) -> BuildResult:
    return BuildResult(
        release=release,
        site=settings.site_dir,
        articles=tuple((lang, note.articles.get(lang, 0)) for lang in settings.languages),
        pages=tuple((lang, note.pages.get(lang, 0)) for lang in settings.languages),
        rendered=rendered,
        findings=note.findings,
        broken_links=checked.broken_links,
        replay=replayed,
        is_new=is_new,
    )


def _open_index(directory: Path) -> None:
    Index.open(directory).close()


def _silent(stage: str, done: int, total: int | None) -> None:
    """Say nothing."""
