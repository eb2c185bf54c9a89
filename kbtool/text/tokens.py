"""Words and index terms: what every index, mining and matching in kbtool counts."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Protocol

from kbtool.text.fold import lower, match_key
from kbtool.text.languages import get_language

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’].*")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - Snowball's name


@cache
def _stemmer(algorithm: str) -> _Stemmer:
    import snowballstemmer  # here, because it loads 36 languages

    found: _Stemmer = snowballstemmer.stemmer(algorithm)
    return found


def words(text: str, lang: str | None = None) -> list[str]:
    """The words of ``text`` in lower case, in order; endings after an apostrophe fall in tr, et."""
    found = _WORD.findall(lower(text, lang))
    if get_language(lang).drop_after_apostrophe:
        return [_APOSTROPHE.sub("", word) for word in found]
    return [word.replace("’", "'") for word in found]


@lru_cache(maxsize=200_000)
def term(word: str, lang: str | None = None) -> str:
    """The index term of one lower-case word: its stem (or first letters) without diacritics."""
    language = get_language(lang)
    if word.isdigit():
        return word
    if language.stemmer:
        return match_key(_stemmer(language.stemmer).stemWord(word))
    return match_key(word)[: language.prefix]


@cache
def _stop_keys(lang: str | None) -> frozenset[str]:
    return frozenset(match_key(word) for word in get_language(lang).stop_words)


@lru_cache(maxsize=100_000)
def is_stop_word(word: str, lang: str | None = None) -> bool:
    """Whether ``word`` (lower case, with or without diacritics) carries no meaning of its own."""
    return match_key(word) in _stop_keys(lang)


def plain_terms(text: str, lang: str | None = None) -> list[str]:
    """The index terms of ``text`` in order, without stop words and numbers; perhaps none."""
    return [
        term(word, lang)
        for word in words(text, lang)
        if not word.isdigit() and not is_stop_word(word, lang)
    ]


def terms(text: str, lang: str | None = None) -> list[str]:
    """The index terms of ``text`` in order; stop words fall unless nothing else is left."""
    found = words(text, lang)
    kept = [word for word in found if not is_stop_word(word, lang)]
    return [term(word, lang) for word in kept or found]
