"""Which sentences can stand for a topic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.mining.describing.wordings import LONGEST, clearness, may_be_shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("How do I renew a loan?", True),
        ("Hello Anna, how are you?", False),
        ("Good afternoon, I would like to renew my loan.", False),
        ("why?", False),
        ("what is this?", False),
        ("x" * 121, False),
        ("How do I renew\na loan?", False),
    ],
)
def test_what_may_be_shown(text: str, shown: bool) -> None:
    """Greetings, scraps and long sentences never stand for a topic."""
    assert may_be_shown(text, "en") is shown


@pytest.mark.parametrize(
    ("better", "worse", "lang"),
    [
        ("How long does a refund take?", "And how long does a refund take?", "en"),
        ("How long does a refund take?", "How long does it normally take?", "en"),
        ("When do I see the refund money?", "Return - when do I see the money?", "en"),
        ("How do I renew my loan?", "How do I renew my loan? Is it free then?", "en"),
        ("How do I renew my loan?", "Loan of my book", "en"),
        ("The renew button stays grey, cannot press", "Renewing a loan this week", "en"),
        ("Can I ship from Spain to home?", "Can I ship from Porto to home?", "en"),
        ("Can I return the parcel late?", "Can I return parcel 4711 late?", "en"),
        ("Can I return the parcel late?", "CAN I RETURN THE PARCEL LATE?", "en"),
        ("I cannot log in since Monday again", "Log in, code, welcome, log in again", "en"),
        ("How do I return a parcel", "How do I return a parcel:", "en"),
        ("Süreyi nasıl uzatabilirim acaba?", "Ama süreyi nasıl uzatabilirim?", "tr"),
        ("Kuidas saan laenutust pikendada?", "Aga kuidas saan laenutust pikendada?", "et"),
    ],
)
def test_clear_sentences_are_shown_rather(better: str, worse: str, lang: str) -> None:
    """Whole questions that need nothing before them, and nobody's case in particular."""
    telling = {"spain", "loan", "renew"}
    assert clearness(better, lang, telling) > clearness(worse, lang, telling)


@given(st.text(min_size=1, max_size=LONGEST), st.sampled_from(["en", "de", "tr", "et", "ru", None]))
def test_clearness_is_a_share(text: str, lang: str | None) -> None:
    """Between 0 and 1 for whatever may be shown."""
    if may_be_shown(text, lang):
        assert 0 <= clearness(text, lang, frozenset()) <= 1
