"""A query as people type it: with one typo, not yet whole, in capitals, without diacritics.

Made from a seed and the query's id, so one set always makes the same variants. A query that a
variant would not change has none.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from tests.eval.search_sets import FALLBACK, Query

Change: TypeAlias = Callable[[str, str, random.Random], str]

KEYBOARDS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    "tr": ("qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"),
    "et": ("qwertyuiopüõ", "asdfghjklöä", "zxcvbnm"),
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
}
"""The rows of letters of each language's usual keyboard; other languages take the English one."""
LEAST = 4
"""Letters of a word that is mistyped or cut; nobody corrects "the"."""
_WORD = re.compile(rf"(?<![\w.@/])[^\W\d_]{{{LEAST},}}(?!\w|[.@/]\w)")
_LAST = re.compile(r"([^\W\d_]+)\W*\Z")
_OWN_LETTERS = str.maketrans({
    "ı": "i", "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
})  # fmt: skip
"""Letters with a mark that Unicode does not take apart."""


def variants(query: Query, seed: int) -> dict[str, Query]:
    """The query's variants by name, without those that would be the query itself."""
    lang = query.lang or FALLBACK
    made = {
        name: change(query.text, lang, random.Random(f"{seed} {name} {query.qid} {query.text}"))
        for name, change in VARIANTS.items()
    }
    return {name: replace(query, text=text) for name, text in made.items() if text != query.text}


def mistyped(text: str, lang: str, rng: random.Random) -> str:
    """``text`` with one typo in one word: a letter replaced by its neighbour on the keyboard, left
    out, added, or swapped with the next. Words with digits, addresses and short words stay.
    """
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    changes = rng.sample((_replaced, _left_out, _added, _swapped), 4)
    for change in changes:
        typed = change(word[0], lang, rng)
        if typed != word[0]:
            return text[: word.start()] + typed + text[word.end() :]
    return text


def as_typed_so_far(text: str, _lang: str, rng: random.Random) -> str:
    """``text`` cut in its last word, of which half the letters or more are there and not all."""
    last = _LAST.search(text)
    if not last or len(last[1]) < LEAST:
        return text
    length = len(last[1])
    return text[: last.start() + rng.randint((length + 1) // 2, length - 1)]


def in_capitals(text: str, lang: str, _rng: random.Random) -> str:
    """``text`` in capitals as its language writes them."""
    return upper(text, lang)


def without_diacritics(text: str, _lang: str, _rng: random.Random) -> str:
    """``text`` as typed on a keyboard that has no marked letters: ``für`` is ``fur``."""
    apart = unicodedata.normalize("NFD", text.translate(_OWN_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    # A text whose letters only were in another form (NFD) has no marks to lose.
    return bare if bare != unicodedata.normalize("NFC", text) else text


VARIANTS: Mapping[str, Change] = {
    "one typo": mistyped,
    "as typed": as_typed_so_far,
    "capitals": in_capitals,
    "no marks": without_diacritics,
}
"""Each variant's name and how it is made."""


def upper(text: str, lang: str) -> str:
    """Capitals; the Turkish i keeps its dot."""
    return (text.replace("i", "İ") if lang in ("tr", "az") else text).upper()


def lower(letter: str, lang: str) -> str:
    """One small letter of a capital or small one."""
    if lang in ("tr", "az"):
        letter = letter.replace("İ", "i").replace("I", "ı")
    return letter.lower()


@cache
def neighbours(lang: str) -> Mapping[str, str]:
    """The letters around each letter of a language's keyboard, in a fixed order."""
    rows = KEYBOARDS.get(lang, KEYBOARDS[FALLBACK])
    found = {}
    for y, row in enumerate(rows):
        for x, letter in enumerate(row):
            # A row stands half a key to the right of the one above it.
            places = (
                (y, x - 1),
                (y, x + 1),
                (y - 1, x),
                (y - 1, x + 1),
                (y + 1, x - 1),
                (y + 1, x),
            )
            found[letter] = "".join(
                rows[v][u] for v, u in places if 0 <= v < len(rows) and 0 <= u < len(rows[v])
            )
    return found


def _near(letter: str, lang: str, rng: random.Random) -> str:
    """A neighbour of a letter, as large as it; the letter itself when the keyboard has it not."""
    small = lower(letter, lang)
    near = neighbours(lang).get(small)
    if not near:
        return letter
    return rng.choice(near) if letter == small else upper(rng.choice(near), lang)


def _replaced(word: str, lang: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + _near(word[at], lang, rng) + word[at + 1 :]


def _left_out(word: str, _lang: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _added(word: str, lang: str, rng: random.Random) -> str:
    """A letter twice, or with its neighbour after it."""
    at = rng.randrange(len(word))
    extra = word[at] if rng.random() < 0.5 else _near(word[at], lang, rng)
    return word[: at + 1] + extra + word[at + 1 :]


def _swapped(word: str, _lang: str, rng: random.Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
