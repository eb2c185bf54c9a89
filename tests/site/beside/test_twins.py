"""Markdown beside pages: everything a reader sees, and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from kbtool.config import Category, Settings
from kbtool.site.beside.twins import plain, twin, write_twins
from kbtool.site.pages.stage import stage
from kbtool.site.plan.manifest import Manifest
from kbtool.site.releases.files import SiteFiles
from kbtool.workflows.counted import counting
from tests.site.conftest import SAMPLE, make_settings
from tests.site.manifests import HOSTILE, STRINGS, manifest_of, page_at

URL = "https://help.velmo.example/"


def of_article(settings: Settings, body: str, title: str = "My tyre is flat") -> str:
    page = page_at(manifest_of(settings, title=title), "en/bike/tyre/")
    return twin(page, body, settings)


def test_an_article_with_its_facts(settings: Settings) -> None:
    """Title, day, permanent address, language, category, then the text with full addresses."""
    body = (
        "See [theft](../../../en/bike/theft/#now) and <https://velmo.example>.\n\n"
        "![A tube](../../../media/en/bike/a.png)\n\n[below](#steps)\n\n"
        "    [code](../x) <b>stays</b>\n"
    )
    assert of_article(settings, body) == (
        "# My tyre is flat\n\n"
        "- Updated: 2026-06-03\n"
        f"- Permalink: <{URL}a/kb-1/>\n"
        "- Language: en\n"
        "- Category: Your bike\n\n"
        f"See [theft]({URL}en/bike/theft/#now) and <https://velmo.example>.\n\n"
        f"![A tube]({URL}media/en/bike/a.png)\n\n[below]({URL}en/bike/tyre/#steps)\n\n"
        f"    [code]({URL}en/bike/x) stays\n"
    )


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("a <b class='x'>bold</b> word", "a bold word"),
        ("<script>alert(1)</script>text", "text"),
        ("<STYLE>p {}</style >text", "text"),
        ("<div hidden onclick=\"x('>')\">text</div>", "text"),
        ("seen<!-- ticket 51436, ask Anu -->", "seen"),
        ("before <!-- never ends", "before "),
        ("<scr<b>ipt>x", "&lt;script>x"),
        ("<<!-- -->script>x", "&lt;script>x"),
        ("<img src=x onerror=y", "&lt;img src=x onerror=y"),
        ("a < b, 1 <2, <- and <https://x.example>", "a < b, 1 <2, <- and <https://x.example>"),
        ("`<b>` and\n\n```\n<script>x</script>\n```\n", "`<b>` and\n\n```\n<script>x</script>\n```\n"),
    ],
)  # fmt: skip
def test_raw_html_leaves_its_text(body: str, left: str) -> None:
    """Comments, scripts and styles leave nothing; code is text and stays."""
    assert plain(body) == left


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "http://["]
)
def test_a_link_that_no_browser_may_follow_leads_nowhere(settings: Settings, url: str) -> None:
    """And a picture of another host is not loaded."""
    assert "[x]()" in of_article(settings, f"[x]({url})")
    assert "![x]()" in of_article(settings, "![x](https://evil.example/a.png)")


def test_a_hostile_title_is_a_title(settings: Settings) -> None:
    """One line, no tag."""
    first = of_article(settings, "Text.", HOSTILE).splitlines()[0]
    assert first == '# &lt;/title>&lt;script>x&lt;/script>](http://evil) # "&'


def test_nothing_hidden_is_in_it(settings: Settings) -> None:
    """No reviewer, no topic, no evidence: only what the page shows."""
    page = page_at(manifest_of(settings, topic="SECRET", reviewed_by="SECRET"), "en/bike/tyre/")
    assert "SECRET" not in twin(page, "Text.", settings)


def test_lists_lead_to_twins(tmp_path: Path) -> None:
    """The home page lists categories and first articles, a category its sections; what is shown
    for want of a translation is listed in its own language alone.
    """
    bike = Category(
        "bike", {"en": "Your [bike]"}, {"en": "Repairs"}, sections={"tyres": {"en": "Tyres"}}
    )
    settings = make_settings(tmp_path, categories=(bike,))
    manifest = manifest_of(settings, section="tyres")
    assert twin(page_at(manifest, "en/bike/"), "", settings) == (
        "# Your [bike]\n\nRepairs\n\n"
        f"- [My bike was stolen]({URL}en/bike/theft/index.md): About My bike was stolen\n\n"
        "## Tyres\n\n"
        f"- [My tyre is flat]({URL}en/bike/tyre/index.md): About My tyre is flat\n"
    )
    home = twin(page_at(manifest, "en/"), "", settings)
    assert f"- [Your \\[bike\\]]({URL}en/bike/index.md): Repairs\n" in home
    assert "index.md)" in home
    turkish = twin(page_at(manifest, "tr/"), "", settings)
    assert "tr/bike/lastik/index.md" in turkish
    assert "theft" not in turkish
    assert "tr/billing" not in turkish


def made(settings: Settings, manifest: Manifest, folder: Path) -> dict[str, str]:
    pages = stage(manifest, SAMPLE, settings, STRINGS, counting(settings)).pages
    files = SiteFiles(folder, None)
    write_twins(pages, settings, files, "ground")
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.md")
    }


def test_every_page_to_read_has_a_twin_and_every_link_between_them_holds(
    settings: Settings, tmp_path: Path
) -> None:
    """No twin links a twin that is not there."""
    found = made(settings, manifest_of(settings), tmp_path)
    assert {
        "en/index.md",
        "en/bike/index.md",
        "en/bike/tyre/index.md",
        "tr/index.md",
    } <= found.keys()
    for text in found.values():
        for piece in text.split(f"]({URL}")[1:]:
            target = piece.partition(")")[0]
            assert target in found or not target.endswith(".md"), target


class Tags(HTMLParser):
    """Names of the elements that a browser would make."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)


PIECES = st.sampled_from(
    ["<", ">", "</", "<!--", "-->", "script", "img src=x onerror=y", "b", " ", "\n", '"', "'", "x", "style", "a@b.c", "\\"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_element_comes_out_of_what_is_left(text: str) -> None:
    """Whatever stands in an article: rendered again as Markdown, no raw element is in it."""
    made = Tags(markdown(plain(text))).names
    assert made <= {
        "p",
        "br",
        "a",
        "blockquote",
        "pre",
        "code",
        "h1",
        "h2",
        "ul",
        "ol",
        "li",
        "hr",
        "em",
    }
