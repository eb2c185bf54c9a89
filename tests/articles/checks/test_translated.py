"""Translations whose original changed: which section, and where to mend it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kbtool.articles.files.sections import fingerprint
from kbtool.model import Article
from tests.articles.checks.shop import article, findings

ENGLISH = article(
    "kb-1", "Change a box", "Open the app.\n\n## Steps\n\nTap it.\n\n## Not solved?\n\nWrite.\n"
)
TURKISH = article(
    "kb-2", "Kutuyu değiştirmek", "Uygulamayı açın.\n\n## Adımlar\n\nDokunun.\n\n## Olmadı mı?\n\nYazın.\n",
    lang="tr", translation_of="kb-1", translated=fingerprint(ENGLISH),
)  # fmt: skip


def _stale(root: Path, *articles: Article) -> list[tuple[str, int, str]]:
    found = findings(root, *articles)
    return [(f.file, f.line, f.message) for f in found if f.code == "stale-translation"]


def test_a_translation_of_what_is_there_is_fine(tmp_path: Path) -> None:
    """So is one that never said what it was made from; line breaks are no change."""
    wrapped = replace(ENGLISH, body=ENGLISH.body.replace("Open the app.", "Open\nthe  app."))
    assert _stale(tmp_path / "1", wrapped, TURKISH) == []
    changed = replace(ENGLISH, body="New.\n")
    assert _stale(tmp_path / "2", changed, replace(TURKISH, translated=())) == []


def test_a_changed_section_is_named_with_both_lines(tmp_path: Path) -> None:
    """The finding stands at the translation's own section in the same place."""
    changed = replace(ENGLISH, body=ENGLISH.body.replace("Tap it.", "Tap it twice."))
    ((file, line, message),) = _stale(tmp_path, changed, TURKISH)
    text = (tmp_path / "content" / file).read_text("utf-8").split("\n")
    assert text[line - 1] == "## Adımlar"
    theirs = (tmp_path / "content/en/boxes/kb-1.md").read_text("utf-8").split("\n")
    place = message.rpartition("en/boxes/kb-1.md:")[2].rstrip(")")
    assert theirs[int(place) - 1] == "## Steps"
    assert message.startswith("the section “Steps” of kb-1 changed since this was translated")


def test_title_and_top_and_what_came_and_went_are_told(tmp_path: Path) -> None:
    """Where sections do not pair up, at the line that names the original."""
    changed = replace(
        ENGLISH, title="Change your box",
        body="Open the new app.\n\n## Steps\n\nTap it.\n\n## Prices\n\nFree.\n\n## Why?\n\nSo.\n",
    )  # fmt: skip
    found = _stale(tmp_path, changed, TURKISH)
    told = [message.partition(" since")[0] for _, _, message in found]
    assert sorted(told) == [
        "the section “Prices” is new in kb-1",
        "the section “Why?” is new in kb-1",
        "the section “not-solved” is gone from kb-1",
        "the text before the first heading of kb-1 changed",
        "the title of kb-1 changed",
    ]
    text = (tmp_path / "content/en/boxes/kb-2.md").read_text("utf-8").split("\n")
    lines = {text[line - 1].partition(":")[0] for _, line, _ in found}
    assert lines == {"title", "translation_of"}
