"""Good spelling is how most write it."""

from __future__ import annotations

import pytest

from kbtool.articles.saying.spelling import BARE, MISTYPED, Spelling


@pytest.mark.parametrize(
    ("lang", "usual", "text", "quality"),
    [
        ("tr", "Kutuyu değiştirin", "Kutuyu değiştirin", 1.0),
        ("tr", "Kutuyu değiştirin", "Kutuyu degistirin", BARE),
        ("et", "Vajutage õiget nuppu", "Vajutage oiget nuppu", BARE),
        ("de", "Wählen Sie zurück", "Wahlen Sie zuruck", BARE),
        ("en", "Choose another strainer", "Choose another strianer", MISTYPED),
        ("en", "Choose another strainer", "Choose another strainers", 1.0),
        ("en", "Choose another strainer", "Choose a kettle", 1.0),
    ],
)
def test_mistakes_and_missing_marks_cost(lang: str, usual: str, text: str, quality: float) -> None:
    """A word without its marks, and a rare one that differs inside from a usual one; another
    ending and another word cost nothing.
    """
    assert Spelling([usual] * 5 + [text], lang).quality(text) == quality


def test_one_good_mark_shows_that_the_writer_has_them() -> None:
    """Only texts without any marks are bare."""
    texts = ["Kutuyu değiştirin", "Çayı degistirin"]
    assert Spelling(texts * 3, "tr").quality(texts[1]) == 1.0


def test_few_texts_teach_nothing() -> None:
    """A word that stands thrice is not usual, and no text is no mistake."""
    assert Spelling(["another strainer"] * 3, "en").quality("another strianer") == 1.0
    assert Spelling([], "en").quality("") == 1.0
