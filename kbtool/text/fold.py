"""Case and diacritics: the same word typed in any way must meet itself.

``str.lower`` turns Turkish ``İ`` into two code points and ``I`` into the wrong letter, and
``casefold`` does not help; people also type Turkish and Estonian without diacritics.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DOTTED = frozenset({"tr", "az"})
_DOTTED_CASE = str.maketrans({"İ": "i", "I": "ı"})
_LETTERS = str.maketrans(
    {"ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)


def lower(text: str, lang: str | None = None) -> str:
    """``text`` in lower case by the rules of ``lang``, composed (NFC), without stray dots."""
    if text.isascii() and lang not in DOTTED:
        return text.lower()
    text = unicodedata.normalize("NFC", text)
    if lang in DOTTED:
        text = text.translate(_DOTTED_CASE)
    return unicodedata.normalize("NFC", text.lower().replace("i\u0307", "i"))


def match_key(text: str) -> str:
    """The diacritic-free key: ``ŞİFRE``, ``Şifre`` and ``sifre`` all give ``sifre``."""
    text = lower(text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text.translate(_LETTERS)).translate(_UNMARKED)


class _Unmarked(dict[int, int | None]):
    """Code point → itself, or ``None`` for marks that combine with a letter; found as asked for."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_UNMARKED = _Unmarked()


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def typed_keys(word: str, lang: str | None = None) -> tuple[str, ...]:
    """Every diacritic-free key under which a lower-case ``word`` of ``lang`` may be typed.

    The first is its ``match_key`` without apostrophes; German words with umlauts have a second
    (``zürich``: ``zurich``, ``zuerich``).
    """
    key = match_key(word).replace("'", "")
    if lang == "de":
        second = match_key(word.translate(_UMLAUTS)).replace("'", "")
        return (key, second) if second != key else (key,)
    return (key,)


@lru_cache(maxsize=65_536)
def word_key(word: str) -> str:
    """``match_key`` of a single word, remembered: the same words come again in every ticket."""
    return match_key(word)
