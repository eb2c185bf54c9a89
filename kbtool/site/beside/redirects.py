"""Pages that need no engine: the root page, and a page at each permanent and former address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, Template

from kbtool.config import Settings
from kbtool.site.beside.assets import assets_version
from kbtool.site.pages.strings import Strings
from kbtool.site.plan.manifest import Manifest
from kbtool.site.releases.files import digest

Made: TypeAlias = tuple[str, str, Callable[[], bytes]]
"""A file, the key of what it is made of, and how its bytes are made."""


def file_of(address: str) -> str:
    """The file of a page, relative to the site."""
    return address if address.endswith(".html") else f"{address}index.html"


def standalone_pages(
    manifest: Manifest, settings: Settings, strings: Mapping[str, Strings], theme_dir: Path
) -> Iterator[Made]:
    """The root page and every redirect. A redirect leads on by itself, without a script and below
    any path; that of a withdrawn article says that it is gone. The keys leave the theme and the
    strings out.
    """
    environment = Environment(
        loader=FileSystemLoader(theme_dir / "standalone"), autoescape=True, trim_blocks=True
    )
    version = assets_version(theme_dir)
    common = {"site_name": settings.site_name, "site_url": settings.site_url, "version": version}
    ground = digest(*common.values())
    root = environment.get_template("root.html")
    languages = [(lang, strings[lang]) for lang in manifest.languages]
    yield (
        "index.html",
        digest(ground, *manifest.languages),
        partial(_render, root, common, languages=languages),
    )
    moved = environment.get_template("redirect.html")
    for link in manifest.redirects:
        lang = link.lang if link.lang in strings else manifest.languages[0]
        up = "../" * link.address.count("/")
        html = partial(_render, moved, common, link=link, t=strings[lang], lang=lang, root=up)
        yield file_of(link.address), digest(ground, repr(link), lang), html


def _render(template: Template, *common: Mapping[str, str], **fields: Any) -> bytes:
    return template.render(*common, **fields).encode("utf-8")
