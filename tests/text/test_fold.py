"""Folding: the same word typed in any way meets itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.text import lower, match_key


@pytest.mark.parametrize(
    ("typed", "lang", "expected"),
    [
        ("İPTAL", "tr", "iptal"),
        ("FATURASI", "tr", "faturası"),
        ("IŞIK", "tr", "ışık"),
        ("İPTAL", None, "iptal"),
        ("ÕÄÖÜ", "et", "õäöü"),
        ("I", "en", "i"),
    ],
)
def test_lower_follows_the_language(typed: str, lang: str | None, expected: str) -> None:
    """Turkish capitals become the right small letters, without stray combining dots."""
    assert lower(typed, lang) == expected


@pytest.mark.parametrize("typed", ["ŞİFRE", "SIFRE", "şifre", "Sifre", "s\u0327ifre"])
def test_match_key_is_the_same_however_it_is_typed(typed: str) -> None:
    """Capitals, missing diacritics and decomposed letters give one key."""
    assert match_key(typed) == "sifre"


@given(st.text())
def test_match_key_is_stable(text: str) -> None:
    """A key's key is itself."""
    assert match_key(match_key(text)) == match_key(text)
