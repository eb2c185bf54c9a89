"""The interface's words: ours, and those of a knowledge base's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.resources import bundled
from kbtool.site.pages.strings import Strings, load_strings, load_words

THEME = bundled("theme")


def read(
    settings: Settings, lang: str, text: str
) -> tuple[Strings, list[tuple[str, str, int, str]]]:
    """The words in ``lang`` with this file of one's own, and (code, file, line, message)."""
    folder = settings.root / "mine" / "strings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{lang}.yaml").write_text(text, encoding="utf-8")
    own = replace(settings, custom_dir=settings.root / "mine", languages=("en", lang))
    words, findings = load_words(THEME, own)
    return words[lang], [(f.code, f.file, f.line, f.message) for f in findings]


def test_a_file_of_ones_own_adds_a_language(settings: Settings) -> None:
    """Words that it lacks are English; its direction is right-to-left without saying so."""
    words, findings = read(settings, "ar", "language: العربية\nhero: كيف يمكننا مساعدتك؟\n")
    assert findings == []
    assert (words["language"], words["direction"]) == ("العربية", "rtl")
    assert words["contact_us"] == "Contact us"
    assert words.keys() == load_strings(THEME, "en").keys()


def test_single_words_can_be_replaced(settings: Settings) -> None:
    """All others stay ours, also where YAML would read yes and no as truth."""
    words, findings = read(settings, "tr", "hero: Sorun mu var?\nvote_yes: Yes\n")
    assert findings == []
    assert (words["hero"], words["vote_yes"], words["vote_no"]) == ("Sorun mu var?", "Yes", "Hayır")
    base, _ = read(settings, "pt-BR", "")
    assert base["hero"] == "How can we help?"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("heroo: x", "unknown-word", "the interface has no word 'heroo'"),
        ("hero: [x]", "bad-strings", "hero must be a text"),
        ("hero: ''", "bad-strings", "hero must be a text"),
        ("direction: up", "bad-strings", "direction must be ltr or rtl"),
        ("months: [January]", "bad-strings", "months must be a list of twelve names"),
        ("date: '{day.__class__}'", "bad-strings", "date may hold {day} and {month} and {year}, not {day.__class__}"),
        ("many_articles: '{'", "bad-strings", "many_articles may hold {n}, not {"),
        ("hero: *x", "bad-strings", "the file uses YAML anchors or aliases (& and *)"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_line(
    settings: Settings, line: str, code: str, told: str
) -> None:
    """The word keeps its own text; nothing that a file says can break a page."""
    words, findings = read(settings, "en", f"skip: Weiter\n{line}\n")
    assert findings == [(code, "mine/strings/en.yaml", 2, told)]
    ours = load_strings(THEME, "en")
    assert {k: v for k, v in words.items() if k != "skip"} == {
        k: v for k, v in ours.items() if k != "skip"
    }


def test_the_nearest_word_is_named(settings: Settings) -> None:
    """A slip is one look away from being mended."""
    folder = settings.root / "mine" / "strings"
    folder.mkdir(parents=True)
    (folder / "en.yaml").write_text("heroo: x\n", encoding="utf-8")
    _, (finding,) = load_words(THEME, replace(settings, custom_dir=settings.root / "mine"))
    assert "hero" in (finding.hint or "")


def test_a_file_that_is_no_mapping_is_told(settings: Settings, tmp_path: Path) -> None:
    """Ours are used."""
    words, findings = read(settings, "tr", "- hero\n")
    assert [code for code, *_ in findings] == ["bad-strings"]
    assert words == load_strings(THEME, "tr")
