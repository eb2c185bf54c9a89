"""Permanent links and the lists for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.site import post
from kbtool.site.manifest import Manifest, build_manifest
from kbtool.site.strings import load_strings
from tests.site.conftest import SAMPLE

STRINGS = {lang: load_strings(bundled("theme"), lang) for lang in ("en", "tr")}
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def manifest_of(settings: Settings, title: str = "My tyre is flat") -> Manifest:
    articles = (replace(SAMPLE[0], title=title), *SAMPLE[1:])
    return build_manifest(articles, settings, lambda a: f"About {a.title}")[0]


def written(settings: Settings, site: Path, title: str = "My tyre is flat") -> Path:
    """The extras of the sample site, the engine's part made by hand."""
    return filled(manifest_of(settings, title), settings, site)


def filled(manifest: Manifest, settings: Settings, site: Path) -> Path:
    """The extras of a site, the engine's part made by hand."""
    for lang in manifest.languages:
        folder = site / lang / "404"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(f"missing {lang}")
    post.write_extras(manifest, settings, STRINGS, bundled("theme"), site)
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
    """Also one that names a file; a page that stands there already stays."""
    former = ("old/deep/er/tyre/", "en/tyre.html", "EN/Bike/Tyre/")
    articles = (replace(SAMPLE[0], former=former), *SAMPLE[1:])
    manifest = build_manifest(articles, settings, lambda a: a.title)[0]
    (tmp_path / "EN/Bike/Tyre").mkdir(parents=True)
    (tmp_path / "EN/Bike/Tyre/index.html").write_text("the page")
    site = filled(manifest, settings, tmp_path)
    deep = (site / "old/deep/er/tyre/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../../../en/bike/tyre/"' in deep
    assert 'content="0; url=../en/bike/tyre/"' in (site / "en/tyre.html").read_text("utf-8")
    assert (site / "EN/Bike/Tyre/index.html").read_text() == "the page"
    assert {"old/deep/er/tyre/index.html", "en/tyre.html"} <= set(post.expected_files(manifest))


def test_hostile_titles_are_escaped_everywhere(settings: Settings, tmp_path: Path) -> None:
    """In HTML, XML and Markdown."""
    site = written(settings, tmp_path, title='</title><script>x</script>](http://evil) \n# "&')
    for path in site.rglob("*.html"):
        assert "<script>" not in path.read_text(encoding="utf-8")
    ET.parse(site / "sitemap.xml")  # noqa: S314 - our own file
    line = next(x for x in (site / "llms.txt").read_text("utf-8").splitlines() if "kb-1/" in x)
    assert line.startswith('- [</title><script>x</script>)(http://evil) # "&](https://help.')


def test_the_sitemap_has_true_dates_and_translations(settings: Settings) -> None:
    """No page is said to have changed on the day of the build."""
    pages = manifest_of(settings).pages
    root = ET.fromstring(post.sitemap(pages, "https://h.example/"))  # noqa: S314 - ours
    entry = next(
        u for u in root if u.findtext("s:loc", namespaces=NS) == "https://h.example/en/bike/tyre/"
    )
    assert entry.findtext("s:lastmod", namespaces=NS) == "2026-06-03"
    links = {e.get("hreflang"): e.get("href") for e in entry.findall("x:link", NS)}
    assert links == {
        "en": "https://h.example/en/bike/tyre/",
        "tr": "https://h.example/tr/bike/lastik/",
    }


def test_articles_json_tells_ids_and_addresses_and_nothing_private(settings: Settings) -> None:
    """Exactly these keys; drafts and archived articles are not in it."""
    data = json.loads(post.articles_json(manifest_of(settings), settings))
    assert data["format"] == 1
    assert {entry["id"] for entry in data["articles"]} == {"kb-1", "kb-2", "kb-3", "kb-1t"}
    for entry in data["articles"]:
        assert entry.keys() == {
            "id", "title", "lang", "category", "url", "permalink", "updated", "translations",
        }  # fmt: skip


def test_llms_txt_lists_every_article_once_by_permanent_link(settings: Settings) -> None:
    """By language and category, also those without a category."""
    text = post.llms(manifest_of(settings), settings, STRINGS)
    for id_ in ("kb-1", "kb-2", "kb-3", "kb-1t"):
        assert text.count(f"https://help.velmo.example/a/{id_}/)") == 1
    assert "## English: Your bike" in text
    assert "## Türkçe: Bisiklet" in text
    assert "kb-old" not in text


def test_missing_pages_are_where_servers_look(settings: Settings, tmp_path: Path) -> None:
    """One a language, and the default language's at the root."""
    site = written(settings, tmp_path)
    assert (site / "404.html").read_text() == (site / "en/404.html").read_text() == "missing en"
    assert (site / "tr/404.html").read_text() == "missing tr"
    assert not (site / "en/404").exists()


def test_the_root_page_offers_every_language(settings: Settings, tmp_path: Path) -> None:
    """With one language it leads straight on."""
    html = (written(settings, tmp_path / "two") / "index.html").read_text(encoding="utf-8")
    assert '<a href="tr/" lang="tr" hreflang="tr" data-kb-language>Türkçe</a>' in html
    assert "refresh" not in html
    one = replace(settings, languages=("en",))
    html = (written(one, tmp_path / "one") / "index.html").read_text(encoding="utf-8")
    assert 'content="0; url=en/"' in html
