"""What is written for the engine: everything a template shows, nothing private."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kbtool.config import Settings
from kbtool.model import Article, Evidence
from kbtool.resources import bundled
from kbtool.site.pages.shown import root_of
from kbtool.site.pages.stage import Staged, stage
from kbtool.site.pages.strings import load_strings
from kbtool.site.plan.manifest import build_manifest
from kbtool.workflows.counted import counting
from tests.site.conftest import SAMPLE

STRINGS = {lang: load_strings(bundled("theme"), lang) for lang in ("en", "tr")}


def staged(settings: Settings, directory: Path, *articles: Article) -> Staged:
    manifest, _ = build_manifest(articles or SAMPLE, settings, lambda a: "Short.")
    found = stage(manifest, articles or SAMPLE, settings, STRINGS, counting(settings))
    for one in found.pages:
        path = directory / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text(), encoding="utf-8")
    return found


def kb(directory: Path, path: str) -> dict[str, Any]:
    text = (directory / path).read_text(encoding="utf-8")
    header = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(header["kb"], dict)
    return header["kb"]


def test_evidence_and_reviewers_never_reach_a_staged_file(
    settings: Settings, tmp_path: Path
) -> None:
    """Ticket ids, counts, hashes, reviewers and unknown front matter stay in content/."""
    secret = "zendesk:4711"
    private = replace(
        SAMPLE[0],
        evidence=(Evidence("One sentence.", (f"{secret}/2/s1",), 31337, 3, date(2026, 1, 1)),),
        topic="topic-4711",
        reviewed_by="Reviewer Person",
        reason="private reason",
        drafted_sha256="feedface",
        extra=(("internal_note", "note-4711"),),
    )
    staged(settings, tmp_path / "out", private, *SAMPLE[1:])
    everything = "".join(p.read_text("utf-8") for p in (tmp_path / "out").rglob("*.md"))
    for word in ("4711", "31337", "Reviewer", "private reason", "feedface", "evidence"):
        assert word not in everything


def test_a_fallback_page_keeps_readers_in_their_language(
    settings: Settings, tmp_path: Path
) -> None:
    """Its text says which language it is in; its links lead to translations and fallback pages; a
    broken link is told once.
    """
    body = "[a](tyre.md) [b](../billing/refund.md) [c](nowhere.md)\n"
    theft = replace(SAMPLE[1], body=body)
    found = staged(settings, tmp_path, SAMPLE[0], theft, *SAMPLE[2:])
    assert len(found.findings) == 1
    page = next(one for one in found.pages if one.page.address == "tr/bike/theft/")
    assert "[a](../../../tr/bike/lastik/) [b](../../../tr/billing/refund/)" in page.body
    data = kb(tmp_path, "tr/bike/theft/index.md")
    assert data["text"] == {"lang": "en", "language": "English", "dir": "ltr"}
    assert (data["article"], data["lang"]) == ("kb-2", "tr")
    assert "text" not in kb(tmp_path, "en/bike/theft/index.md")


def test_a_page_gets_its_way_to_the_root_its_date_and_its_languages(
    settings: Settings, tmp_path: Path
) -> None:
    """Relative addresses work at any depth and below any sub-path; dates are in the language."""
    staged(settings, tmp_path)
    found = kb(tmp_path, "tr/bike/lastik/index.md")
    assert found["root"] == "../../../"
    assert found["updated_text"] == "3 Haziran 2026"
    assert found["permalink"] == "a/kb-1t/"
    assert [(entry["name"], entry["url"]) for entry in found["languages"]] == [
        ("English", "en/bike/tyre/"), ("Türkçe", "tr/bike/lastik/"),
    ]  # fmt: skip


def test_a_missing_translation_leads_to_the_other_languages_home(
    settings: Settings, tmp_path: Path
) -> None:
    """The switch always leads somewhere: where untranslated articles are hidden, too."""
    staged(replace(settings, untranslated="hide"), tmp_path)
    assert kb(tmp_path, "en/bike/theft/index.md")["languages"][1]["url"] == "tr/"


def test_counts_are_words_of_the_language(settings: Settings, tmp_path: Path) -> None:
    """One article is not "1 articles"."""
    staged(settings, tmp_path)
    assert [s["count"] for s in kb(tmp_path, "en/index.md")["shelves"]] == [
        "2 articles", "1 article",
    ]  # fmt: skip


def test_the_page_of_missing_addresses_finds_its_files_from_anywhere(settings: Settings) -> None:
    """It is shown at any depth, so its way to the root is absolute, with the site's sub-path."""
    below = replace(settings, site_url="https://x.example/help/")
    manifest, _ = build_manifest((), below, lambda a: "")
    missing = next(page for page in manifest.pages if page.kind == "missing")
    assert root_of(missing, below) == "/help/"


def test_staging_twice_gives_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    """Same articles, same files."""
    for name in ("one", "two"):
        staged(settings, tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.md")}
        for name in ("one", "two")
    )
    assert one == two


def test_hostile_titles_stay_one_yaml_text(settings: Settings, tmp_path: Path) -> None:
    """A title cannot add front matter of its own."""
    title = 'a\n---\ntemplate: evil.html\n"{{ 7*7 }}": - [x'
    staged(settings, tmp_path, replace(SAMPLE[0], title=title))
    text = (tmp_path / "en/bike/tyre/index.md").read_text(encoding="utf-8")
    header = yaml.safe_load(text.removeprefix("---\n").partition("\n---\n\n")[0])
    assert header["title"] == title
    assert header["template"] == "article.html"


def test_broken_links_come_back_as_findings(settings: Settings, tmp_path: Path) -> None:
    """A link to a draft is told from a link to nothing."""
    body = "[a](../../drafts/en/new.md)\n[b](gone.md)\n"
    found = staged(settings, tmp_path, replace(SAMPLE[0], body=body), *SAMPLE[1:])
    assert [(f.file, f.line) for f in found.findings] == [
        ("en/bike/tyre.md", 10),
        ("en/bike/tyre.md", 11),
    ]
    assert "not published" in found.findings[0].message
