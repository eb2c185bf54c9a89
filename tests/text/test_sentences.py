"""Splitting into sentences, and slugs."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text import sentences, slugify

CASES = [
    ("Hello. Is it on? Yes!", ["Hello.", "Is it on?", "Yes!"]),
    ("1. Tap Ride\n2. Hold it\n   for 10 s", ["Tap Ride", "Hold it for 10 s"]),
    ("Open e.g. the app. Then wait.", ["Open e.g. the app.", "Then wait."]),
    ("It costs 3.50 a month. Ärge oodake! Şimdi açın. İptal edin.",
     ["It costs 3.50 a month.", "Ärge oodake!", "Şimdi açın.", "İptal edin."]),
    ("First line\nwraps here.\n\nNew block", ["First line wraps here.", "New block"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    """Lists, wraps, abbreviations, decimals and capitals with diacritics are read right."""
    assert sentences(text) == expected


@given(st.text())
def test_sentences_lose_no_word_characters(text: str) -> None:
    """What is not a list marker or white space is in some sentence; none is empty."""
    found = sentences(text)
    assert all(s.strip() for s in found)
    if not re.search(r"(?m)^\s*(?:[-*•–]|\(?\d|\w\))", text):
        assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("title", "lang", "expected"),
    [
        ("İPTAL nasıl yapılır?", "tr", "iptal-nasil-yapilir"),
        ("Kuidas õli vahetada?", "et", "kuidas-oli-vahetada"),
        ("Как сбросить пароль?", "ru", "kak-sbrosit-parol"),
        ("I can't log in", "en", "i-cant-log-in"),
        ("???", "en", "article"),
    ],
)
def test_slugs(title: str, lang: str, expected: str) -> None:
    """Slugs are ASCII and readable."""
    assert slugify(title, lang) == expected


@given(st.text())
def test_any_slug_is_safe_in_a_path(title: str) -> None:
    """1 to 80 of a-z, 0-9 and inner hyphens, whatever the title."""
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", slugify(title))


def test_many_abbreviations_in_a_row_stay_quick() -> None:
    """Text in which no sentence ever ends takes no longer than other text of its length."""
    start = time.process_time()
    assert len(sentences("Mr. Aaa " * 8000)) == 1
    assert time.process_time() - start < 2
