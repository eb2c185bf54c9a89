"""What all pages of a site share: theme, words, facts of mkdocs.yml, and the engine that renders."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kbtool.config import Settings
from kbtool.model import Finding
from kbtool.resources import bundled, code_digest
from kbtool.site.beside.assets import assets_version
from kbtool.site.engines import mkdocs, zensical
from kbtool.site.engines.job import Facts, Job, own_theme
from kbtool.site.pages.contact import shown_contact
from kbtool.site.pages.head import is_raster
from kbtool.site.pages.links import MEDIA
from kbtool.site.pages.strings import Strings, load_words
from kbtool.site.plan.manifest import Manifest
from kbtool.site.releases.files import digest, tree_digest


class Engine(Protocol):
    """What renders pages: a module of kbtool/site/engines."""

    def version(self) -> str:
        """What renders, with all that has a say in the HTML."""

    def render(self, job: Job, facts: Facts, rendered: Callable[[], None]) -> tuple[Finding, ...]:
        """Render the staged pages of a job; what the engine warned of comes back."""


ENGINES: Mapping[str, Engine] = {"mkdocs": mkdocs, "zensical": zensical}
"""What can render, by the name a user gives; the first unless he gives one."""
ENGINE = next(iter(ENGINES))


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything beside the articles that decides how pages look."""

    settings: Settings
    renderer: Engine
    theme: Path
    facts: Facts
    strings: Mapping[str, Strings]
    findings: tuple[Finding, ...]
    key: str
    """Of kbtool's code, the engine, ``mkdocs.yml`` and the themes: whatever every page may show."""

    def context(self, lang: str, manifest: Manifest) -> dict[str, Any]:
        """What every page of a language shows: ``config.extra.kb`` in templates."""
        settings, facts = self.settings, self.facts
        home = next(page for page in manifest.of(lang) if page.kind == "home")
        logo, favicon = facts.theme.get("logo"), facts.theme.get("favicon")
        return {
            "t": self.strings[lang],
            "name": settings.site_name,
            "url": settings.site_url,
            "version": assets_version(self.theme),
            "stylesheets": [MEDIA + path for path in facts.stylesheets],
            "logo": MEDIA + str(logo) if logo else None,
            "picture": MEDIA + str(logo) if logo and is_raster(str(logo)) else None,
            "favicon": MEDIA + str(favicon) if favicon else None,
            "copyright": facts.copyright,
            "contact": shown_contact(settings.contact, settings.metrics.holdout_percent),
            "log_hits": settings.metrics.log_hits,
            "slugs": [shelf.slug for shelf in home.shelves],  # a map keeps its order in MkDocs only
            "categories": {shelf.slug: shelf.title for shelf in home.shelves},
        }

    def ground(self, lang: str, manifest: Manifest) -> str:
        """The key of what all pages of a language share."""
        context = json.dumps(self.context(lang, manifest), ensure_ascii=False)
        return digest(self.key, lang, context)

    def render(
        self, manifest: Manifest, lang: str, docs: Path, made: Path, count: Callable[[], None]
    ) -> tuple[Finding, ...]:
        """Have the engine render the pages staged in ``docs`` into ``made``."""
        job = Job(
            lang=lang,
            name=self.settings.site_name,
            url=f"{self.settings.site_url}{lang}/",
            docs_dir=docs,
            site_dir=made,
            theme_dir=self.theme,
            root=self.settings.root,
            context=self.context(lang, manifest),
        )
        return self.renderer.render(job, self.facts, count)


def read_frame(settings: Settings, engine_name: str = ENGINE) -> Frame:
    """The frame of a knowledge base, its pages rendered by one of ``ENGINES``. Raises BuildError
    when ``mkdocs.yml`` cannot be read or the engine is not installed.
    """
    theme, facts = bundled("theme"), mkdocs.read_facts(settings.config_file)
    own = own_theme(settings.root, facts, theme)
    key = digest(
        code_digest(),
        ENGINES[engine_name].version(),
        settings.config_file.read_bytes(),
        tree_digest([theme, *([own] if own else [])]),
    )
    strings, odd = load_words(theme, settings)
    return Frame(
        settings, ENGINES[engine_name], theme, facts, strings, (*facts.findings, *odd), key
    )
