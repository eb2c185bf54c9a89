"""One page through the real engine, without the rest of the build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from kbtool.config import Contact
from kbtool.resources import bundled
from kbtool.site.engines.job import Facts, Job
from kbtool.site.engines.mkdocs import read_facts, render
from kbtool.site.pages.contact import shown_contact
from kbtool.site.pages.strings import load_strings

KB: dict[str, Any] = {
    "kind": "article", "lang": "en", "root": "../", "summary": "A & B",
    "crumbs": [], "languages": [], "shelves": [], "links": [], "article": "kb-1",
    "permalink": "a/kb-1/", "updated": "2026-06-03", "updated_text": "3 June 2026", "head": {},
}  # fmt: skip


def facts_of(root: Path, config: str = "site_name: X\n") -> Facts:
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    return read_facts(root / "mkdocs.yml")


def job(root: Path, lang: str = "en") -> Job:
    return Job(
        lang=lang,
        name="Help",
        url=f"https://h.example/{lang}/",
        docs_dir=root / "staged" / lang,
        site_dir=root / "out" / lang,
        theme_dir=bundled("theme"),
        root=root,
        context={
            "t": load_strings(bundled("theme"), lang), "name": "Help <1>", "version": "1",
            "url": "https://h.example/", "stylesheets": [], "logo": None, "copyright": None,
            "favicon": None, "contact": shown_contact(Contact()), "categories": {},
        },
    )  # fmt: skip


def stage_one(root: Path, body: str, **changes: Any) -> None:
    header = {"title": "T", "template": "article.html", "kb": KB} | changes
    file = root / "staged" / "en" / "x" / "index.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"---\n{yaml.safe_dump(header)}---\n\n{body}", encoding="utf-8")


def render_page(
    root: Path,
    body: str,
    config: str = "site_name: X\n",
    engine: Callable[..., object] = render,
    **changes: Any,
) -> str:
    """The HTML of one article page."""
    stage_one(root, body, **changes)
    assert engine(job(root), facts_of(root, config), lambda: None) == ()
    return (root / "out" / "en" / "x" / "index.html").read_text(encoding="utf-8")


def render_body(root: Path, body: str, engine: Callable[..., object] = render) -> str:
    """The HTML that an article's Markdown became, without the page's frame."""
    html = render_page(root, body, engine=engine)
    return html.partition('<div class="kb-body">')[2].partition("</article>")[0]
