"""Corrections: only what an agent took back in a later message of the ticket."""

from __future__ import annotations

import pytest

from kbtool.articles.agreeing.corrections import corrected
from tests.articles.saying.sentences import told

OLD = {
    "en": "A box can be returned within 14 days.",
    "tr": "Kutu 14 gün içinde iade edilir.",
    "et": "Karbi saab tagastada 14 päeva jooksul.",
    "de": "Die Box kann 14 Tage lang umgetauscht werden.",
}


@pytest.mark.parametrize("lang", sorted(OLD))
def test_ones_own_later_number_replaces_the_first(lang: str) -> None:
    """Said again with another number in a later message of the ticket."""
    said = [
        told(OLD[lang], lang),
        told(OLD[lang].replace("14", "30"), lang, message=2),
    ]
    assert corrected(said) == (said[1],)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (OLD["en"].replace("14", "30"), {"message": 2, "agent": "a9"}),
        (OLD["en"].replace("14", "30"), {"number": 2}),
        (OLD["en"], {"message": 2}),
        ("A box can be returned within 336 hours.", {"message": 2}),
        ("A box costs 30 euros if returned.", {"message": 2}),
        ("The courier comes in 30 days.", {"message": 2}),
    ],
    ids=["colleague", "same message", "same number", "same span", "other unit", "other thing"],
)
def test_everything_else_stays(text: str, more: dict[str, object]) -> None:
    """Another agent's word, the same message, the same amount, another thing."""
    said = (told(OLD["en"], agent="a1"), told(text, **{"agent": "a1", **more}))  # type: ignore[arg-type]  # keywords of the helper
    assert corrected(said) == said


def test_the_earlier_message_takes_nothing_back() -> None:
    """Only what comes later is right, and it may be corrected itself."""
    said = [told(OLD["en"].replace("14", str(days)), message=n) for n, days in enumerate((5, 9, 7))]
    assert corrected(said) == (said[2],)
