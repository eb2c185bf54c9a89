"""MkDocs in process: what it makes of a page, and what becomes of its troubles."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from kbtool.errors import BuildError
from kbtool.site.engines.mkdocs import read_facts, render
from tests.site.engine_room import KB, facts_of, job, render_body, render_page, stage_one

EVIL = '"><script>alert(1)</script>'


def test_texts_are_escaped_wherever_a_template_prints_them(tmp_path: Path) -> None:
    """Titles, summaries, names and headings come from people and are never HTML."""
    link = {"title": EVIL, "url": "en/y/", "summary": EVIL}
    html = render_page(
        tmp_path,
        "\n\n".join(f"## {n} `<script>alert(1)</script>`" for n in range(4)),
        title=EVIL,
        kb=KB | {"summary": EVIL, "crumbs": [link], "links": [link], "updated_text": EVIL},
    )
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 10
    assert "<title>&#34;&gt;&lt;script&gt;" in html


def test_contents_are_shown_from_three_headings_on(tmp_path: Path) -> None:
    """Two headings are seen at a glance."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert 'class="kb-toc"' not in render_page(tmp_path / "a", "## A\n\n## B\n")
    assert '<a href="#c-d">C &amp; D</a>' in render_page(
        tmp_path / "b", "## A\n\n## B\n\n## C & D\n"
    )


def test_pages_carry_no_inline_script_style_or_handler(tmp_path: Path) -> None:
    """A policy without 'unsafe-inline' must hold for every page."""
    html = render_page(tmp_path, "| a | b |\n|---|--:|\n| 1 | 2 |\n\n!!! note\n    x\n")
    assert html.count("<script") == 1
    assert "<style" not in html
    assert " style=" not in html
    assert 'align="right"' in html


def test_headings_of_any_script_get_readable_anchors(tmp_path: Path) -> None:
    """Our slugs: Turkish ı is not lost, Cyrillic is not a bare number."""
    html = render_body(tmp_path, "## Işık yanmıyor\n\n## Как вернуть\n")
    assert 'id="isik-yanmiyor"' in html
    assert 'id="kak-vernut"' in html


def test_the_engine_leaves_only_pages_behind(tmp_path: Path) -> None:
    """Nothing of Material's scripts, styles, sitemap or search reaches the site."""
    render_page(tmp_path, "x")
    files = [p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*")]
    assert files == ["en/x/index.html"]


def test_settings_that_mean_nothing_here_are_named(tmp_path: Path) -> None:
    """Plugins and hooks are not run, and an extension that reads files is not loaded."""
    facts = facts_of(
        tmp_path,
        "plugins: [search]\nhooks: [x.py]\nmarkdown_extensions: [pymdownx.snippets, def_list]\n",
    )
    assert [f.message.partition(" ")[0] for f in facts.findings] == [
        "plugins", "hooks", "pymdownx.snippets",
    ]  # fmt: skip
    assert {finding.level for finding in facts.findings} == {"warning"}
    assert facts.extensions == ({"def_list": {}},)


def test_own_extensions_templates_and_theme_folder_count(tmp_path: Path) -> None:
    """A knowledge base may add extensions and put templates of its own before ours."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "article.html").write_text("mine: {{ page.content | safe }}")
    config = "theme: {name: material, custom_dir: mine}\nmarkdown_extensions: [def_list]\n"
    html = render_page(tmp_path, "word\n:   meaning\n", config)
    assert html.startswith("mine: <dl>")


def test_a_broken_template_is_a_build_error_and_nothing_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The user sees one message of ours, not MkDocs' log."""
    stage_one(tmp_path, "x", template="gone.html")
    with pytest.raises(BuildError, match=r"pages in en .*gone\.html"):
        render(job(tmp_path), facts_of(tmp_path), lambda: None)
    assert capfd.readouterr() == ("", "")


def test_a_bad_extension_is_a_build_error(tmp_path: Path) -> None:
    """MkDocs gives up with SystemExit inside; ours says which setting."""
    stage_one(tmp_path, "x")
    facts = facts_of(tmp_path, "markdown_extensions: [no_such_extension]\n")
    with pytest.raises(BuildError, match=r"markdown_extensions.*no_such_extension"):
        render(job(tmp_path), facts, lambda: None)


def test_each_page_is_counted_and_the_log_is_left_as_it_was(tmp_path: Path) -> None:
    """Progress is called once a page; no handler stays behind."""
    stage_one(tmp_path, "x")
    before = list(logging.getLogger("mkdocs").handlers)
    seen: list[int] = []
    render(job(tmp_path), facts_of(tmp_path), lambda: seen.append(1))
    assert seen == [1]
    assert logging.getLogger("mkdocs").handlers == before


def test_settings_run_no_code(tmp_path: Path) -> None:
    """A call in mkdocs.yml is refused, not made; Material's own functions may be named."""
    file, made = tmp_path / "mkdocs.yml", tmp_path / "made"
    call = (
        f'!!python/object/apply:pathlib.Path.mkdir [!!python/object/apply:pathlib.Path ["{made}"]]'
    )
    file.write_text(f"markdown_extensions: [toc: {{slugify: {call}}}]\n", encoding="utf-8")
    with pytest.raises(BuildError):
        read_facts(file)
    assert not made.exists()
    emoji = "!!python/name:material.extensions.emoji.twemoji"
    file.write_text(f"markdown_extensions:\n- pymdownx.emoji:\n    emoji_index: {emoji}\n")
    (extension,) = read_facts(file).extensions
    assert callable(extension["pymdownx.emoji"]["emoji_index"])
