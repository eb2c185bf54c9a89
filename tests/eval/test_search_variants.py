"""Variants of queries: as people mistype and shorten them, the same ones every time."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.search_sets import Query
from tests.eval.search_variants import (
    KEYBOARDS,
    as_typed_so_far,
    mistyped,
    neighbours,
    upper,
    variants,
    without_diacritics,
)

LANGUAGES = sorted(KEYBOARDS)


def query(text: str, lang: str | None = "en", qid: str = "1") -> Query:
    """A query of this text."""
    return Query(qid, text, frozenset("a"), lang)


def edits(one: str, other: str) -> int:
    """The Damerau-Levenshtein distance (adjacent swaps count one), the plain way."""
    table = [[max(i, j) for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(
    st.text("abcdeğışüõzIİ 1.@'", max_size=30), st.sampled_from(LANGUAGES), st.integers(0, 10**6)
)
def test_a_typo_is_one_edit_in_one_long_word(text: str, lang: str, seed: int) -> None:
    """Nothing else changes, and a text without long words stays."""
    typed = mistyped(text, lang, random.Random(seed))
    assert edits(text, typed) <= 1
    assert not {c for c in text if c in " 1.@'"} - set(typed)
    if typed != text:
        assert any(len(word) >= 4 for word in text.replace("'", " ").split())


def test_every_kind_of_typo_is_made() -> None:
    """Replaced, left out, added and swapped letters, each in a fair share of 400."""
    word = "formular"
    kinds = {"shorter": 0, "longer": 0, "replaced": 0, "swapped": 0}
    for seed in range(400):
        typed = mistyped(word, "en", random.Random(seed))
        same = sorted(typed) == sorted(word)
        longer = len(typed) - len(word)
        kinds[{-1: "shorter", 1: "longer"}.get(longer) or ("swapped" if same else "replaced")] += 1
    assert min(kinds.values()) > 60


@pytest.mark.parametrize(
    "text", ["", "v 2.0", "ab cd", "abc123 x9999", "shop.example", "you@mail.example", "a/bcde"]
)
def test_codes_addresses_and_short_words_are_not_mistyped(text: str) -> None:
    """What a typo would make another thing of has no variant."""
    assert mistyped(text, "en", random.Random(3)) == text


@pytest.mark.parametrize(
    ("lang", "letter", "near"),
    [
        ("en", "s", "adwezx"), ("de", "t", "rzfg"), ("de", "p", "oüöl"), ("tr", "i", "şğü"),
        ("tr", "ş", "li"), ("et", "õ", "üä"), ("fi", "q", "wa"),
    ],
)  # fmt: skip
def test_neighbours_on_the_keyboard(lang: str, letter: str, near: str) -> None:
    """Each language's own keys, the English ones where a language has none here."""
    assert set(near) <= set(neighbours(lang)[letter])
    assert letter not in neighbours(lang)[letter]


def test_every_neighbour_knows_its_neighbour() -> None:
    """Being beside each other goes both ways."""
    for lang in LANGUAGES:
        keys = neighbours(lang)
        assert all(letter in keys[other] for letter, near in keys.items() for other in near)


@pytest.mark.parametrize(
    ("text", "shortest", "longest"),
    [
        ("Reset password", "Reset pass", "Reset passwor"),
        ("Kuidas tellin?", "Kuidas tel", "Kuidas telli"),
        ("where is it", "where is it", "where is it"),
        ("error 404", "error 404", "error 404"),
    ],
)
def test_as_typed_so_far(text: str, shortest: str, longest: str) -> None:
    """Half of the last word or more, never all of it; what stands behind it is not typed yet."""
    made = {as_typed_so_far(text, "en", random.Random(seed)) for seed in range(60)}
    assert {len(min(made, key=len)), len(max(made, key=len))} == {len(shortest), len(longest)}
    assert all(text.startswith(one) and one.startswith(shortest) for one in made)


def test_turkish_capitals_keep_their_dots() -> None:
    """i is İ and ı is I; elsewhere i is I and ß is SS."""
    assert upper("iki ılık", "tr") == "İKİ ILIK"
    assert upper("straße mit", "de") == "STRASSE MIT"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Eşitlenmiş kullanıcı", "Esitlenmis kullanici"),
        ("Größe für Öl", "Grosse fur Ol"),
        ("sõnum õhtul", "sonum ohtul"),
        ("plain", "plain"),
    ],
)
def test_without_diacritics(text: str, bare: str) -> None:
    """As typed on a keyboard without marked letters."""
    assert without_diacritics(text, "tr", random.Random(1)) == bare


def test_letters_taken_apart_are_no_change() -> None:
    """A text in NFD whose marks stay the same text has the variant; one without marks none."""
    assert without_diacritics("u\u0308ber", "de", random.Random(1)) == "uber"
    assert "no marks" not in variants(query("uber", "de"), 1)


def test_variants_that_change_nothing_are_left_out() -> None:
    """A code in capitals has none at all."""
    assert variants(query("E 404"), 1) == {}
    assert variants(query("Zurücksetzen", "de"), 1).keys() == {
        "one typo", "as typed", "capitals", "no marks",
    }  # fmt: skip


def test_the_same_seed_makes_the_same_variants() -> None:
    """In another process with another hash seed, too; another seed or id makes other ones."""
    texts = [f"{word} kirjutamine" for word in ("arve", "tellimuse", "konto", "parooli", "lepingu")]
    made = [[v.text for v in variants(query(t, "et", t), 5).values()] for t in texts]
    code = (
        "from tests.eval.search_variants import variants; from tests.eval.search_sets import Query\n"
        f"print([[v.text for v in variants(Query(t, t, frozenset('a'), 'et'), 5).values()] for t in {texts!r}])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stdout.strip() == str(made)
    assert made != [[v.text for v in variants(query(t, "et", t), 6).values()] for t in texts]
    assert made != [[v.text for v in variants(query(t, "et", "x"), 5).values()] for t in texts]
