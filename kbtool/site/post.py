"""What stands beside the pages: permanent and former addresses, the root page, lists for machines."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment, FileSystemLoader

from kbtool.config import Settings
from kbtool.permalink import permalink_address
from kbtool.site.links import MEDIA
from kbtool.site.manifest import Manifest, Page
from kbtool.site.strings import Strings

ASSETS = ("kb.css", "kb.js", "search.js", "favicon.svg")
NO_SERVER = "api/search"
"""Where the script asks whether there is a server. On a static host this file answers that there is
none; an address that does not exist would leave an error in the reader's console."""
FORMAT = 1
_COMMENT = re.compile(rb"^ */\*(?:[^*]|\*(?!/))*\*/\n+", re.MULTILINE)


def write_assets(theme_dir: Path, site: Path) -> None:
    """Copy the theme's stylesheet, scripts and icon to ``assets/``, the scripts without the comments
    that have lines of their own: those are for us, and readers would load them.
    """
    (site / "assets").mkdir(parents=True)
    for name in ASSETS:
        data = (theme_dir / "assets" / name).read_bytes()
        data = _COMMENT.sub(b"", data) if name.endswith(".js") else data
        (site / "assets" / name).write_bytes(data)


def assets_version(theme_dir: Path) -> str:
    """Eight characters that change when a file of the theme's assets does."""
    content = b"".join((theme_dir / "assets" / name).read_bytes() for name in ASSETS)
    return sha256(content).hexdigest()[:8]


def write_media(content_dir: Path, paths: Iterable[str], site: Path) -> None:
    """Copy files that pages show to ``media/``."""
    for path in sorted(set(paths)):
        target = site / MEDIA / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content_dir / path, target)


def write_extras(
    manifest: Manifest,
    settings: Settings,
    strings: Mapping[str, Strings],
    theme_dir: Path,
    site: Path,
) -> None:
    """Everything that is neither a page nor an asset, into ``site``."""
    _move_missing_pages(manifest, site)
    _write_standalone(manifest, settings, strings, theme_dir, site)
    shown = [page for page in manifest.pages if page.kind not in ("missing", "search")]
    _write(site / "sitemap.xml", sitemap(shown, settings.site_url))
    _write(site / "llms.txt", llms(manifest, settings, strings))
    _write(site / "articles.json", articles_json(manifest, settings))
    robots = f"User-agent: *\nDisallow: /api/\nSitemap: {settings.site_url}sitemap.xml\n"
    _write(site / "robots.txt", robots)
    _write(site / NO_SERVER, json.dumps({"format": FORMAT, "server": False}) + "\n")


def expected_files(manifest: Manifest) -> tuple[str, ...]:
    """Every file a complete site holds, relative to its root."""
    pages = [page.address for page in manifest.pages] + [r.address for r in manifest.redirects]
    files = [_file_of(address) for address in pages]
    fixed = ("index.html", "404.html", "sitemap.xml", "llms.txt", "articles.json", "robots.txt")
    return (*files, *fixed, NO_SERVER, *(f"assets/{name}" for name in ASSETS))


def sitemap(pages: Iterable[Page], base: str) -> str:
    """``sitemap.xml`` with the day an article really changed and its translations."""
    entries = "".join(_sitemap_entry(page, base) for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    )


def llms(manifest: Manifest, settings: Settings, strings: Mapping[str, Strings]) -> str:
    """``llms.txt``: what is here, for language models, by language and category."""
    lines = [f"# {_line(settings.site_name)}", "", "> Help articles. Each link is permanent.", ""]
    for lang in manifest.languages:
        home = next(page for page in manifest.of(lang) if page.kind == "home")
        pages = {page.address: page for page in manifest.of(lang) if page.article}
        shelved = {link.url for shelf in home.shelves for link in shelf.links}
        groups = [(shelf.title, [link.url for link in shelf.links]) for shelf in home.shelves]
        groups.append((str(strings[lang]["other"]), [url for url in pages if url not in shelved]))
        for title, urls in groups:
            if urls:
                lines += [f"## {strings[lang]['language']}: {_line(title)}", ""]
                lines += [_llms_line(pages[url], settings.site_url) for url in urls] + [""]
    return "\n".join(lines)


def articles_json(manifest: Manifest, settings: Settings) -> str:
    """``articles.json``: ids, titles and addresses of what is published, and nothing else."""
    articles = [
        {
            "id": page.article.id,
            "title": page.title,
            "lang": page.lang,
            "category": page.article.category,
            "url": page.address,
            "permalink": permalink_address(page.article.id),
            "updated": _iso(page.updated),
            "translations": dict(page.alternates),
        }
        for page in manifest.pages
        if page.article
    ]
    data = {"format": FORMAT, "site": settings.site_url, "articles": articles}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _move_missing_pages(manifest: Manifest, site: Path) -> None:
    """The engine writes ``404/index.html``; servers look for ``404.html``."""
    for page in manifest.pages:
        if page.kind == "missing":
            written = site / page.address.removesuffix(".html") / "index.html"
            written.replace(site / page.address)
            written.parent.rmdir()
    shutil.copyfile(site / manifest.languages[0] / "404.html", site / "404.html")


def _write_standalone(
    manifest: Manifest,
    settings: Settings,
    strings: Mapping[str, Strings],
    theme_dir: Path,
    site: Path,
) -> None:
    """The root page and the redirects, from templates that need no engine.

    Where letter case does not count, a page may stand at a former address already; it stays.
    """
    environment = Environment(
        loader=FileSystemLoader(theme_dir / "standalone"), autoescape=True, trim_blocks=True
    )
    version = assets_version(theme_dir)
    common = {"site_name": settings.site_name, "site_url": settings.site_url, "version": version}
    root = environment.get_template("root.html")
    languages = [(lang, strings[lang]) for lang in manifest.languages]
    _write(site / "index.html", root.render(common, languages=languages))
    moved = environment.get_template("redirect.html")
    for link in manifest.redirects:
        lang = link.lang if link.lang in strings else manifest.languages[0]
        file = site / _file_of(link.address)
        if not file.exists():
            up = "../" * link.address.count("/")
            _write(file, moved.render(common, link=link, t=strings[lang], lang=lang, root=up))


def _file_of(address: str) -> str:
    return address if address.endswith(".html") else f"{address}index.html"


def _sitemap_entry(page: Page, base: str) -> str:
    changed = f"<lastmod>{_iso(page.updated)}</lastmod>" if page.updated else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(lang)} href={quoteattr(base + url)}/>'
        for lang, url in page.alternates
        if len(page.alternates) > 1
    )
    return f"<url><loc>{escape(base + page.address)}</loc>{changed}{others}</url>\n"


def _llms_line(page: Page, base: str) -> str:
    assert page.article  # noqa: S101 - the caller lists articles only
    title = _line(page.title).replace("[", "(").replace("]", ")")
    return f"- [{title}]({base}{permalink_address(page.article.id)}): {_line(page.summary)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _iso(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
