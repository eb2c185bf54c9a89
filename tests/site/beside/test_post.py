"""What stands beside the pages: permanent and former addresses, and where servers look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.site.beside import post
from kbtool.site.plan.manifest import Manifest
from kbtool.site.releases.files import SiteFiles
from tests.site.manifests import HOSTILE, STRINGS, manifest_of


def written(settings: Settings, site: Path, title: str = "My tyre is flat") -> Path:
    """The extras of the sample site."""
    return filled(manifest_of(settings, title), settings, site)


def filled(manifest: Manifest, settings: Settings, site: Path) -> Path:
    """The extras of a site, the engine's part made by hand."""
    for lang in manifest.languages:
        (site / lang).mkdir(parents=True)
        (site / lang / "404.html").write_text(f"missing {lang}")
    post.write_extras(manifest, settings, STRINGS, bundled("theme"), SiteFiles(site, None), "key")
    return site


def test_a_permanent_link_leads_to_the_page(settings: Settings, tmp_path: Path) -> None:
    """By refresh, canonical link and a link to click, relative so that it works below a sub-path."""
    html = (written(settings, tmp_path) / "a/kb-1/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../en/bike/tyre/">' in html
    assert '<link rel="canonical" href="https://help.velmo.example/en/bike/tyre/">' in html
    assert '<a href="../../en/bike/tyre/">My tyre is flat</a>' in html


def test_the_link_of_a_withdrawn_article_says_so(settings: Settings, tmp_path: Path) -> None:
    """It stays, does not redirect, and asks search engines to forget it."""
    html = (written(settings, tmp_path) / "a/kb-old/index.html").read_text(encoding="utf-8")
    assert "no longer available" in html
    assert "refresh" not in html
    assert "noindex" in html


def test_a_former_address_leads_to_the_page_from_any_depth(
    settings: Settings, tmp_path: Path
) -> None:
    """Also one that names a file; a file that stands there, or on the way, already stays."""
    former = ("old/deep/er/tyre/", "en/tyre.html", "OLD/Tyre/", "en/bike/tyre/index.md/")
    manifest = manifest_of(settings, former=former)
    files, standing = SiteFiles(tmp_path, None), ("OLD/Tyre/index.html", "en/bike/tyre/index.md")
    for name in standing:
        files.put(name, "", lambda: b"the page")
    for lang in manifest.languages:
        (tmp_path / lang).mkdir(exist_ok=True)
        (tmp_path / lang / "404.html").write_text("missing")
    post.write_extras(manifest, settings, STRINGS, bundled("theme"), files, "key")
    deep = (tmp_path / "old/deep/er/tyre/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../../../en/bike/tyre/"' in deep
    assert 'content="0; url=../en/bike/tyre/"' in (tmp_path / "en/tyre.html").read_text("utf-8")
    for name in standing:
        assert (tmp_path / name).read_text() == "the page"
    assert {"old/deep/er/tyre/index.html", "en/tyre.html"} <= set(post.expected_files(manifest))


def test_hostile_titles_are_escaped_in_html(settings: Settings, tmp_path: Path) -> None:
    """A redirect shows its article's title."""
    for path in written(settings, tmp_path, title=HOSTILE).rglob("*.html"):
        assert "<script>" not in path.read_text(encoding="utf-8")


def test_missing_pages_are_where_servers_look(settings: Settings, tmp_path: Path) -> None:
    """One a language, and the default language's at the root."""
    site = written(settings, tmp_path)
    assert (site / "404.html").read_text() == (site / "en/404.html").read_text() == "missing en"


def test_the_root_page_offers_every_language(settings: Settings, tmp_path: Path) -> None:
    """With one language it leads straight on."""
    html = (written(settings, tmp_path / "two") / "index.html").read_text(encoding="utf-8")
    assert '<a href="tr/" lang="tr" hreflang="tr" data-kb-language>Türkçe</a>' in html
    assert "refresh" not in html
    one = replace(settings, languages=("en",))
    html = (written(one, tmp_path / "one") / "index.html").read_text(encoding="utf-8")
    assert 'content="0; url=en/"' in html


def test_a_site_lacks_a_twin_only_where_there_is_none(settings: Settings) -> None:
    """Home pages, categories and articles have one; fallback pages and tools have none."""
    expected = set(post.expected_files(manifest_of(settings)))
    assert {"en/index.md", "en/bike/index.md", "en/bike/tyre/index.md"} <= expected
    assert "tr/bike/theft/index.html" in expected
    assert not {"tr/bike/theft/index.md", "en/search/index.md", "en/contact/index.md"} & expected
