"""The page on counting says what the code does: every event, field and rule, and its numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from kbtool.config import Settings
from kbtool.events.parse import AUTOMATED, FIELDS, SHAPES, Shape
from kbtool.events.reading import DWELLS, SCROLLS
from kbtool.events.rules import AGENT, Exclusion
from kbtool.resources import bundled
from kbtool.site.pages.counted import counted
from kbtool.site.pages.strings import Strings, load_strings
from kbtool.workflows.counted import counting
from tests.site.conftest import make_settings


class Asked(dict[str, Any]):
    """Words that note which of them were asked for."""

    def __init__(self, words: Strings) -> None:
        super().__init__(words)
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.keys_asked.add(key)
        return super().__getitem__(key)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_settings(tmp_path)


def everything(settings: Settings) -> Settings:
    """With all that may be switched on."""
    metrics = replace(settings.metrics, log_hits=True, holdout_percent=10, keep_months=13)
    return replace(settings, metrics=metrics)


def sections(settings: Settings, words: Strings) -> dict[str, dict[str, Any]]:
    found = counted(counting(settings), words)
    return {section["id"].removeprefix("counted-"): section for section in found}


@pytest.mark.parametrize("lang", ["en", "tr", "et"])
def test_every_event_field_and_rule_is_on_the_page(settings: Settings, lang: str) -> None:
    """Nothing that a page may send, and nothing that is left out, is without words; no word is left
    over, and no brace.
    """
    words = Asked(load_strings(bundled("theme"), lang))
    page = sections(everything(settings), words)
    named = [f"{kind} {value}".strip() for kind, value in _events()]
    assert [fact["name"] for fact in page["events"]["facts"]] == named
    assert {fact["name"] for fact in page["fields"]["facts"]} == set(FIELDS)
    left_out = {fact["name"] for fact in page["out"]["facts"]}
    assert left_out == {*get_args(Exclusion), AGENT, AUTOMATED}
    shown = {key for key in words if key.startswith("counted_")} - {"counted_title", "counted_lead"}
    assert words.keys_asked == shown
    assert "{" not in str([(one["title"], one["texts"], one["points"]) for one in page.values()])
    texts = [fact["text"] for one in page.values() for fact in one["facts"]]
    assert not [text for text in texts if "{" in text]


def _events() -> list[tuple[str, str]]:
    return [
        (kind, value)
        for kind, shape in SHAPES.items()
        for value in ([""] if isinstance(shape, Shape) else shape)
    ]


def test_its_numbers_are_those_of_the_code_and_the_settings(settings: Settings) -> None:
    """Buckets, months, and which fields an event has."""
    page = sections(everything(settings), load_strings(bundled("theme"), "en"))
    assert page["keep"]["texts"] == ["After 13 months what readers did is deleted."]
    meaning = {fact["name"]: fact["text"] for fact in page["fields"]["facts"]}
    assert ", ".join(map(str, DWELLS)) in meaning["dwell"]
    assert ", ".join(map(str, SCROLLS)) in meaning["scroll"]
    fields = {fact["name"]: fact["fields"] for fact in page["events"]["facts"]}
    assert fields["view"] == ["dwell", "scroll"]
    assert fields["vote no"] == ["reason", "text"]
    assert fields["contact handoff"] == ["token", "arm"]


def test_only_what_is_switched_on_is_said(settings: Settings) -> None:
    """Without a holdout there is no arm, without log_hits no log."""
    words = load_strings(bundled("theme"), "en")
    plain, full = sections(settings, words), sections(everything(settings), words)
    assert "arm" not in {fact["name"] for fact in plain["fields"]["facts"]}
    assert [len(plain[one]["texts"]) for one in ("events", "visits")] == [1, 1]
    assert [len(full[one]["texts"]) for one in ("events", "visits")] == [2, 2]
