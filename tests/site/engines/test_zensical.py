"""Zensical as the engine: the same pages as MkDocs makes, as clean and as escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest

from kbtool.config import load_settings
from kbtool.errors import BuildError
from kbtool.resources import bundled
from kbtool.site.engines import mkdocs, zensical
from kbtool.workflows.build import build
from tests.site.conftest import NOW
from tests.site.engine_room import KB, facts_of, job, render_body, render_page, stage_one
from tests.site.engines.test_sanitize import PAYLOADS
from tests.site.subset import FILTERS, OTHERS, TESTS

EVIL = '"><img src=x onerror=alert(1)>'
needs_zensical = pytest.mark.skipif(
    find_spec("zensical") is None,
    reason='ZENSICAL IS NOT INSTALLED: the second engine was NOT TESTED; pip install -e ".[zensical]"',
)


class Shape(HTMLParser):
    """A page as a list of tags and texts, white space and the way of quoting left out."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []
        self._text = ""
        self.feed(html)
        self.close()
        self._flush()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        self.parts.append((tag, sorted((name, _plain(value or "")) for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_comment(self, data: str) -> None:
        self._flush()
        self.parts.append(f"!{data.strip()}")

    def _flush(self) -> None:
        if text := _plain(self._text):
            self.parts.append(text)
        self._text = ""


def _plain(text: str) -> str:
    """Text without needless white space; JSON as its data."""
    text = " ".join(text.split())
    if text.startswith(("{", "[")):
        try:
            return json.dumps(json.loads(text), sort_keys=True)
        except ValueError:
            return text
    return text


@needs_zensical
def test_the_sample_is_the_same_by_both_engines(tmp_path: Path) -> None:
    """Every page of all languages, up to white space; and nothing but pages."""
    pages: dict[str, dict[str, str]] = {}
    for name in ("mkdocs", "zensical"):
        root = tmp_path / name
        root.mkdir()
        (root / "content").symlink_to(bundled("content"))
        (root / "mkdocs.yml").write_bytes(bundled("mkdocs.yml").read_bytes())
        site = build(load_settings(root), strict=False, now=NOW, engine=name).site.resolve()
        pages[name] = {
            path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
            if path.suffix == ".html"
            else ""
            for path in site.rglob("*")
            if path.is_file()
        }
    theirs, ours = pages["zensical"], pages["mkdocs"]
    assert theirs.keys() == ours.keys()
    assert sum(map(bool, ours.values())) > 30
    for address, html in ours.items():
        assert Shape(theirs[address]).parts == Shape(html).parts, address


@needs_zensical
def test_what_the_subset_allows_both_engines_print_alike(tmp_path: Path) -> None:
    """The list that templates are held to is measured, not believed."""
    examples = [*FILTERS.values(), *TESTS.values(), *OTHERS]
    (tmp_path / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "mine" / "parts" / "one.html").write_text("one {{ page.title }}")
    (tmp_path / "mine" / "try.html").write_text("\n@@".join(examples))
    kb = {"text": "a A/<b> ç", "list": [3, 1, 2, 1], "empty": None, "links": [
        {"title": "<x>", "on": True}, {"title": "y & z", "on": False},
    ]}  # fmt: skip
    shapes = []
    for name, render in (("m", mkdocs.render), ("z", zensical.render)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "mine").symlink_to(tmp_path / "mine")
        html = render_page(
            folder, "## A & `<b>`\n\nText\n", "theme: {custom_dir: mine}\n",
            engine=render, title=EVIL, template="try.html", kb=kb,
        )  # fmt: skip
        shapes.append([Shape(one).parts for one in html.split("@@")])
    for example, ours, theirs in zip(examples, *shapes, strict=True):
        assert ours == theirs, example


@needs_zensical
def test_hostile_articles_are_as_clean_as_with_mkdocs(tmp_path: Path) -> None:
    """All payloads in one article become the same harmless HTML."""
    (tmp_path / "m").mkdir()
    (tmp_path / "z").mkdir()
    body = "\n\n".join(PAYLOADS)
    theirs = render_body(tmp_path / "z", body, engine=zensical.render)
    assert theirs == render_body(tmp_path / "m", body)
    assert "<script" not in theirs
    assert "onerror" not in re.sub(r"&lt;.*?&gt;|<code>.*?</code>", "", theirs, flags=re.DOTALL)


@needs_zensical
def test_texts_are_escaped_wherever_a_template_prints_them(tmp_path: Path) -> None:
    """Titles, summaries and names are text also in templates and parts of the user's own."""
    (tmp_path / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "mine" / "parts" / "vote.html").write_text("<p>{{ kb.summary }}</p>")
    link = {"title": EVIL, "url": "en/y/", "summary": EVIL}
    html = render_page(
        tmp_path, "## A `<img onerror=1>`\n\n## B\n\n## C\n", "theme: {custom_dir: mine}\n",
        engine=zensical.render, title=EVIL,
        kb=KB | {"summary": EVIL, "crumbs": [link], "links": [link], "updated_text": EVIL},
    )  # fmt: skip
    assert "<img src=x" not in html
    assert "<img onerror" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") >= 6
    assert "<p>&quot;&gt;&lt;img src=x" in html


@needs_zensical
def test_texts_that_yaml_reads_in_two_ways_stay_texts(tmp_path: Path) -> None:
    """A title of digits is no number to Zensical's reader of YAML 1.2."""
    texts = ["1e3", "0o14", "no", "~", "a: b # c", "\u2028\x85\ufeff😀", "'\"\\", "2026-01-02"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "try.html").write_text("{{ page.meta.kb.texts | tojson }}")
    html = render_page(
        tmp_path, "x", "theme: {custom_dir: mine}\n",
        engine=zensical.render, template="try.html", kb={"texts": texts},
    )  # fmt: skip
    assert json.loads(html) == texts


@needs_zensical
def test_any_pages_in_any_number_of_calls(tmp_path: Path) -> None:
    """A page rendered with others is the page rendered alone; nothing stays of the work."""
    stage_one(tmp_path, "## Işık\n\n[y](../y/)\n")
    alone = tmp_path / "staged" / "en"
    for name in ("y", "templates"):
        (alone / name).mkdir()
        (alone / name / "index.md").write_text((alone / "x" / "index.md").read_text())
    seen: list[int] = []
    zensical.render(job(tmp_path), facts_of(tmp_path), lambda: seen.append(1))
    made = tmp_path / "out" / "en"
    assert sorted(p.relative_to(made).as_posix() for p in made.rglob("*.*")) == [
        "templates/index.html", "x/index.html", "y/index.html",
    ]  # fmt: skip
    assert len(seen) == 3
    together = (made / "x" / "index.html").read_text()
    assert 'id="isik"' in together
    for name in ("y", "templates"):
        (alone / name / "index.md").unlink()
    zensical.render(job(tmp_path), facts_of(tmp_path), lambda: None)
    assert (made / "x" / "index.html").read_text() == together
    assert [path.name for path in alone.parent.iterdir()] == ["en"]


@needs_zensical
@pytest.mark.parametrize(
    ("config", "changes", "told"),
    [
        ("site_name: X\n", {"template": "gone.html"}, "gone.html"),
        ("theme: {custom_dir: mine}\n", {"template": "bad.html"}, "bad.html"),
        ("markdown_extensions: [no_such_extension]\n", {}, "no_such_extension"),
    ],
)
def test_what_zensical_refuses_is_a_build_error_in_its_words(
    tmp_path: Path, config: str, changes: dict[str, str], told: str
) -> None:
    """One message of ours with its reason; nothing is printed, nothing stays."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "bad.html").write_text("{{ page.title.upper() }}")
    stage_one(tmp_path, "x", **changes)
    with pytest.raises(BuildError, match=told):
        zensical.render(job(tmp_path), facts_of(tmp_path, config), lambda: None)
    assert [path.name for path in (tmp_path / "staged").iterdir()] == ["en"]


@needs_zensical
def test_own_extensions_and_icons_count(tmp_path: Path) -> None:
    """A knowledge base may add Markdown extensions, their functions, and icons of its own."""
    icons = tmp_path / "mine" / ".icons"
    (icons / "octicons").mkdir(parents=True)  # the smallest of Material's folders
    (icons / "octicons" / "check-16.svg").write_text("<svg><title>our own</title></svg>")
    (icons / "ours.svg").write_text("<svg><title>ours</title></svg>")
    (tmp_path / "mine" / "try.html").write_text(
        "{% for name in ['octicons/check-16', 'ours', 'octicons/search-16'] %}"
        "{% include '.icons/' ~ name ~ '.svg' %}{% endfor %}{{ page.content | safe }}"
    )
    emoji = "!!python/name:material.extensions.emoji.twemoji"
    html = render_page(
        tmp_path,
        "word\n:   meaning :smile:\n",
        "theme: {custom_dir: mine}\nmarkdown_extensions:\n- def_list\n"
        f"- pymdownx.emoji:\n    emoji_index: {emoji}\n",
        engine=zensical.render,
        template="try.html",
    )
    assert "our own" in html
    assert "ours</title>" in html
    assert html.count("<svg") == 3
    assert "<dd>meaning" in html


def test_without_zensical_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A BuildError with the command to type, before anything is built."""

    def nothing(_name: str) -> None:
        return None

    missing: Callable[[str], None] = nothing
    monkeypatch.setattr(zensical, "find_spec", missing)
    with pytest.raises(BuildError) as caught:
        zensical.version()
    assert caught.value.hint == 'run: pip install "kbtool[zensical]"'
