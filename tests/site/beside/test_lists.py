"""Lists for machines: sitemap, robots.txt, llms.txt, articles.json."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from kbtool.config import Settings
from kbtool.site.beside.lists import articles_json, llms_txt, robots_txt, sitemaps
from tests.site.manifests import HOSTILE, STRINGS, manifest_of

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
URL = "https://help.velmo.example/"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - ours


def locations(text: str) -> list[str]:
    return [str(entry.findtext("s:loc", namespaces=NS)) for entry in parsed(text)]


def test_the_sitemap_has_true_dates_and_translations(settings: Settings) -> None:
    """No page is said to have changed on the day of the build."""
    (text,) = sitemaps(manifest_of(settings).pages, settings).values()
    entry = next(
        u for u in parsed(text) if u.findtext("s:loc", namespaces=NS) == f"{URL}en/bike/tyre/"
    )
    assert entry.findtext("s:lastmod", namespaces=NS) == "2026-06-03"
    links = {e.get("hreflang"): e.get("href") for e in entry.findall("x:link", NS)}
    assert links == {
        "en": f"{URL}en/bike/tyre/",
        "tr": f"{URL}tr/bike/lastik/",
        "x-default": f"{URL}en/bike/tyre/",
    }


def test_the_sitemap_holds_what_is_to_be_found(settings: Settings) -> None:
    """No search page, no page of missing addresses, no fallback page; addresses are encoded."""
    manifest = manifest_of(settings, path="en/bike/çok güzel.md")
    (text,) = sitemaps(manifest.pages, settings).values()
    found = locations(text)
    assert f"{URL}en/bike/%C3%A7ok%20g%C3%BCzel/" in found
    assert f"{URL}en/contact/" in found
    assert not [url for url in found if "search" in url or "404" in url]
    assert "tr/bike/theft/" in {page.address for page in manifest.pages}
    assert f"{URL}tr/bike/theft/" not in found


@pytest.mark.parametrize("limit", [{"most_urls": 3}, {"most_bytes": 1200}])
def test_a_long_sitemap_comes_in_parts(settings: Settings, limit: dict[str, int]) -> None:
    """Each within the limits; together they hold every page once, in order."""
    pages = manifest_of(settings).pages
    (whole,) = sitemaps(pages, settings).values()
    parts = sitemaps(pages, settings, **limit)
    index = parts.pop("sitemap.xml")
    assert len(parts) > 2
    assert locations(index) == [URL + name for name in parts]
    assert [url for text in parts.values() for url in locations(text)] == locations(whole)
    for text in parts.values():
        assert len(locations(text)) <= limit.get("most_urls", 99)
        assert len(text.encode()) <= limit.get("most_bytes", 99_999)
    days = [entry.findtext("s:lastmod", namespaces=NS) for entry in parsed(index)]
    assert max(filter(None, days)) == "2026-08-01"


def test_robots_may_read_pages_and_nothing_else(settings: Settings) -> None:
    """Below a sub-path too, where the host's own file has to hold the lines."""
    for base in (URL, f"{URL}help/"):
        robots = RobotFileParser()
        text = robots_txt(replace(settings, site_url=base))
        robots.parse(text.splitlines())
        assert robots.can_fetch("*", f"{base}en/bike/tyre/index.md")
        assert not robots.can_fetch("*", f"{base}api/view.gif?lang=en")
        assert not robots.can_fetch("*", f"{base}agent/")
        assert not robots.can_fetch("*", f"{base}report/")
        assert robots.site_maps() == [f"{base}sitemap.xml"]


def test_articles_json_tells_ids_and_addresses_and_nothing_private(settings: Settings) -> None:
    """Exactly these keys; drafts, archived articles and fallback pages are not in it."""
    data = json.loads(articles_json(manifest_of(settings, section="tyres"), settings))
    assert (data["format"], data["site"]) == (1, URL)
    assert [entry["id"] for entry in data["articles"]] == ["kb-2", "kb-1", "kb-3", "kb-1t"]
    assert data["articles"][1] == {
        "id": "kb-1",
        "title": "My tyre is flat",
        "summary": "About My tyre is flat",
        "lang": "en",
        "category": "bike",
        "section": "tyres",
        "url": "en/bike/tyre/",
        "permalink": "a/kb-1/",
        "twin": "en/bike/tyre/index.md",
        "updated": "2026-06-03",
        "translations": {"en": "en/bike/tyre/", "tr": "tr/bike/lastik/"},
    }


def test_llms_txt_lists_the_markdown_of_every_article_once(settings: Settings) -> None:
    """One H1, a quote, then lists by language and category, also of those without a category."""
    text = llms_txt(manifest_of(settings, category=None), settings, STRINGS)
    lines = [line for line in text.splitlines() if line]
    assert lines[0] == "# Velmo Help"
    assert lines[1].startswith("> ")
    assert all(line.startswith(("## ", "- [")) for line in lines[2:])
    heads = [line for line in lines if line.startswith("## ")]
    assert heads[0] == "## English: Your bike"
    assert "## English: Other articles" in heads
    assert "## Türkçe: Bisiklet" in heads
    assert heads[-1] == "## Optional"
    for place in ("en/tyre/", "en/bike/theft/", "en/billing/refund/", "tr/bike/lastik/"):
        assert text.count(f"({URL}{place}index.md)") == 1
    assert "kb-old" not in text
    assert "tr/bike/theft" not in text


def test_hostile_titles_stay_titles(settings: Settings) -> None:
    """In XML and Markdown: no tag, no link of their own, one line."""
    manifest = manifest_of(settings, title=HOSTILE)
    for text in sitemaps(manifest.pages, settings).values():
        parsed(text)
    text = llms_txt(manifest, settings, STRINGS)
    line = next(line for line in text.splitlines() if "en/bike/tyre/" in line)
    assert line.startswith(
        '- [&lt;/title>&lt;script>x&lt;/script>\\](http://evil) # "&](https://help.velmo'
    )
