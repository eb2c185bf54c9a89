"""What of a document and of a query is looked at: terms, words, exact titles.

Index terms come from ``kbtool.text``. The *word list* maps every folded word of the articles to
its terms; at query time it does what a stemmer would do, whatever letters the reader has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kbtool.model import Document
from kbtool.text import is_stop_word, term, typed_keys, words

MAX_QUERY_LENGTH = 200
"""Characters of a query that are read."""
MAX_QUERY_WORDS = 32
_LONGEST_WORD = 64  # longer "words" are tokens and encoded data that nobody types
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the index keeps of one document, beside what it shows."""

    fields: dict[str, list[str]]
    """Terms per scored field, in order, repeated as they occur."""
    titles: list[str]
    """Folded title and questions, for exact matches; the title comes first."""
    words: list[tuple[str, str]]
    """(folded word, term), sorted, each once."""


@dataclass(frozen=True, slots=True)
class QueryWords:
    """A query read as words of one language."""

    words: tuple[str, ...]
    """Lower-case words that carry meaning, each once; all of them when none does."""
    typing: bool
    """Whether the last word may be unfinished."""
    title: str
    """The whole query, folded as exact titles are."""


def analyse(document: Document) -> Analysis:
    """The terms of ``document`` by its own language's rules."""
    lang = document.lang
    texts = {
        "title": document.title,
        "questions": "\n".join(document.questions),
        "headings": "\n".join(document.headings),
        "tags": "\n".join(document.tags),
        "body": document.body,
    }
    pairs: set[tuple[str, str]] = set()
    fields: dict[str, list[str]] = {}
    for name, text in texts.items():
        kept = _meaningful(words(text, lang), lang)
        fields[name] = [term(word, lang) for word in kept]
        for word in set(kept):
            pairs.update((key, term(word, lang)) for key in _typed_keys(word, lang))
    titles = [folded_title(text, lang) for text in (document.title, *document.questions)]
    return Analysis(fields, [title for title in titles if title], sorted(pairs))


def read_query(text: str, lang: str) -> QueryWords:
    """``text`` as words of ``lang``; nothing in it is an operator, whatever it looks like."""
    text = _clean(text)
    found = [word for word in words(text, lang) if len(word) <= _LONGEST_WORD][:MAX_QUERY_WORDS]
    kept = tuple(dict.fromkeys(_meaningful(found, lang)))
    unfinished = text.rstrip("*")[-1:].isalnum()  # some type cance* to say so
    typing = unfinished and bool(kept) and kept[-1] == found[-1]
    return QueryWords(kept, typing, folded_title(text, lang))


def content_words(text: str, lang: str) -> list[str]:
    """The words of ``text`` that carry meaning, in order, repeated as they occur."""
    found = (word for word in words(text, lang) if len(word) <= _LONGEST_WORD)
    return [word for word in found if not _is_stop_word(word, lang)]


def folded_title(text: str, lang: str) -> str:
    """The folded words of ``text``, stop words included, joined by spaces."""
    return " ".join(typed_keys(word, lang)[0] for word in words(text[:_LONGEST_TITLE], lang))


def _clean(text: str) -> str:
    """The readable start of a query: control and format characters are spaces."""
    start = text[:MAX_QUERY_LENGTH]
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in start)


def _meaningful(found: Iterable[str], lang: str) -> list[str]:
    short = [word for word in found if len(word) <= _LONGEST_WORD]
    return [word for word in short if not _is_stop_word(word, lang)] or short


_is_stop_word = lru_cache(maxsize=100_000)(is_stop_word)
_typed_keys = lru_cache(maxsize=100_000)(typed_keys)
