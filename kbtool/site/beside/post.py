"""What stands beside the pages: redirects, the root page, and lists for machines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from kbtool.config import Settings
from kbtool.site.beside.assets import ASSETS
from kbtool.site.beside.lists import FORMAT, articles_json, llms_txt, robots_txt, sitemaps
from kbtool.site.beside.redirects import file_of, standalone_pages
from kbtool.site.beside.widget import widget_files, widget_names
from kbtool.site.pages.head import TWIN, has_twin
from kbtool.site.pages.strings import Strings
from kbtool.site.plan.manifest import Manifest
from kbtool.site.releases.files import SiteFiles, digest

NO_SERVER = "api/search"
"""Where the script asks whether there is a server. On a static host this file answers that there is
none; an address that does not exist would leave an error in the reader's console."""


def write_extras(
    manifest: Manifest,
    settings: Settings,
    strings: Mapping[str, Strings],
    theme_dir: Path,
    files: SiteFiles,
    ground: str,
) -> None:
    """Everything that is neither a page, a twin nor an asset, into ``files``; ``ground`` is the key
    of the theme and its words.

    Where letter case does not count, a page may stand at a former address already; it stays.
    """
    site = files.site
    shutil.copyfile(site / manifest.languages[0] / "404.html", site / "404.html")
    for name, text in lists(manifest, settings, strings):
        _write(site / name, text)
    for name, text in widget_files(manifest, settings, strings, theme_dir):
        _write(site / name, text)
    for name, key, make in standalone_pages(manifest, settings, strings, theme_dir):
        if not files.stands(name):
            files.put(name, digest(ground, key), make)


def lists(
    manifest: Manifest, settings: Settings, strings: Mapping[str, Strings]
) -> Iterator[tuple[str, str]]:
    """(file, text) of every list for machines."""
    yield from sitemaps(manifest.pages, settings).items()
    yield "llms.txt", llms_txt(manifest, settings, strings)
    yield "articles.json", articles_json(manifest, settings)
    yield "robots.txt", robots_txt(settings)
    yield NO_SERVER, json.dumps({"format": FORMAT, "server": False}) + "\n"


def expected_files(manifest: Manifest) -> tuple[str, ...]:
    """Every file a complete site holds, relative to its root."""
    pages = [page.address for page in manifest.pages] + [r.address for r in manifest.redirects]
    files = [file_of(address) for address in pages]
    twins = [page.address + TWIN for page in manifest.pages if has_twin(page)]
    fixed = ("index.html", "404.html", "sitemap.xml", "llms.txt", "articles.json", "robots.txt")
    assets = [f"assets/{name}" for name in ASSETS]
    return (*files, *twins, *fixed, NO_SERVER, *assets, *widget_names(manifest.languages))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
