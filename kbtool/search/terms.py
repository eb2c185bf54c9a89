"""The one text analysis of search: the words of articles and queries, and their terms.

A word stands for several *terms* with shares of 16, which together tell how alike two words are:
its Snowball stem and its first letters where there is a stemmer, else its first 4, 6 and 8 letters
(Turkish, Estonian). Two forms of a word share most of them, neighbours some.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from kbtool.text import get_language, is_stop_word, term, typed_keys, words

MAX_QUERY_LENGTH = 500
"""Characters of a query that are read."""
MAX_QUERY_WORDS = 48
LONGEST_WORD = 64  # longer "words" are tokens and encoded data that nobody types
_LONGEST_TITLE = 100
_STEM = (("s", 8), ("5", 8))
_LETTERS = ((4, 6), (6, 5), (8, 5))

Family: TypeAlias = tuple[tuple[str, int], ...]
"""The terms of a word, each with its share of 16."""


@lru_cache(maxsize=200_000)
def family(word: str, lang: str) -> Family:
    """The terms of one lower-case word of ``lang``, the widest first."""
    key = typed_keys(word)[0]
    if word.isdigit():
        return ((f"{key}/n", 16),)
    if get_language(lang).stemmer:
        stem, start = f"{term(word, lang)}/s", f"{key[:5]}/5"
        return ((stem, 8), (start, 8)) if len(key) >= 5 else ((stem, 16),)
    shares: dict[str, int] = {}
    size = 0
    for letters, share in _LETTERS:
        if size <= len(key):  # a longer beginning of a shorter word would say nothing new
            size = letters
        name = f"{key[:size]}/{size}"
        shares[name] = shares.get(name, 0) + share
    return tuple(shares.items())


@lru_cache(maxsize=200_000)
def word_keys(word: str, lang: str) -> tuple[str, ...]:
    """Every folded key under which a lower-case word may be typed; see ``typed_keys``."""
    return typed_keys(word, lang)


def indexed_words(text: str, lang: str) -> list[str]:
    """The words of ``text`` that carry meaning, in order; all of them when none does."""
    short = [word for word in words(text, lang) if is_indexed(word)]
    return [word for word in short if not _is_stop_word(word, lang)] or short


def folded_title(text: str, lang: str) -> str:
    """The folded words of ``text``, stop words included, joined by spaces; at most 100 letters
    and as many words as a query has.
    """
    kept = [word for word in words(text, lang) if is_indexed(word)][:MAX_QUERY_WORDS]
    return " ".join(typed_keys(word)[0] for word in kept)[:_LONGEST_TITLE]


def is_indexed(word: str) -> bool:
    """Whether articles and queries are read with the word, or as if it were not there."""
    # beyond the basic plane the browser counts and orders letters in another way than Python
    return len(word) <= LONGEST_WORD and max(word) <= "\uffff"


_is_stop_word = lru_cache(maxsize=100_000)(is_stop_word)
