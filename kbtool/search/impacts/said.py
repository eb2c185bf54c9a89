"""What the articles of a part say: words, pairs of words and meanings, counted per field.

Nothing here depends on other articles, so that it can be kept until one of the part changes.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from kbtool.model import Document
from kbtool.search.cache import Cache, name_of
from kbtool.search.parts import Part
from kbtool.search.terms import folded_title, indexed_words, is_indexed, word_keys
from kbtool.text import concepts, is_stop_word, words

FIELDS = ("title", "headings", "tags", "body")
"""The scored fields; ``title`` holds the other wordings, too: both are questions that it answers."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")

Name = TypeVar("Name", bound=Hashable)
Table: TypeAlias = NDArray[np.uint32]
"""Columns of numbers."""
KINDS = ("words", "pairs", "meanings")
"""What is counted in every field of every article."""
_WIDTHS = dict.fromkeys(KINDS, 2) | {
    "ends": len(KINDS), "beside": 2, "titles": 2, "lengths": len(FIELDS),
}  # fmt: skip
"""Table → its columns."""


@dataclass(frozen=True, slots=True)
class Said:
    """Counts of one part. Articles, fields and names are numbers."""

    names: dict[str, list[str]]
    """``words``, ``keys`` (folded words) and ``groups`` (of the thesaurus), as they came up."""
    asked: list[list[str]]
    """The keys of each article's title and wordings, the title's first; empty without words."""
    tables: dict[str, Table]
    """``words``, ``pairs``, ``meanings``: which one, times; by article, then field. ``ends``: where
    the rows of each article's each field end in these three. ``beside``: the two keys of each pair.
    ``titles``: article, word of its title. ``lengths``: the words of each field, a column a field.
    """

    def __bytes__(self) -> bytes:
        rows = {name: table.shape[1] for name, table in self.tables.items()}
        head = json.dumps([self.names, self.asked, rows]).encode()
        return b"\n".join((head, b"".join(table.tobytes() for table in self.tables.values())))

    @classmethod
    def of_bytes(cls, data: bytes) -> Said:
        """What ``bytes`` gave as ``data``."""
        head, _, rest = data.partition(b"\n")
        names, asked, rows = json.loads(head)
        tables: dict[str, Table] = {}
        at = 0
        for name, count in rows.items():
            table = np.frombuffer(rest, np.uint32, _WIDTHS[name] * count, at)
            tables[name] = table.reshape(_WIDTHS[name], count)
            at += table.nbytes
        return cls(names, asked, tables)


def read_part(part: Part, cache: Cache) -> Said:
    """What the articles of ``part`` say, worked out or as it was kept."""
    name = name_of(b"said", part.lines)
    kept = cache.get(name)
    if kept is not None:
        return Said.of_bytes(kept)
    reading = _Reading(part.lang)
    for number, document in enumerate(part.documents):
        reading.read(number, document)
    said = reading.said()
    cache.put(name, bytes(said))
    return said


class _Numbers(dict[Name, int]):
    """Names → numbers in the order in which they come up."""

    def __missing__(self, name: Name) -> int:
        number = self[name] = len(self)
        return number


class _Kinds(dict[str, int]):
    """Word → 0 when it is not indexed, 1 for a stop word, 2 when it carries meaning."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def __missing__(self, word: str) -> int:
        kind = self[word] = is_indexed(word) * (2 - is_stop_word(word, self._lang))
        return kind


@dataclass(slots=True)
class _Reading:
    """Grows article by article."""

    lang: str
    names: dict[str, _Numbers[str]] = field(
        default_factory=lambda: {name: _Numbers() for name in ("words", "keys", "groups")}
    )
    beside: _Numbers[tuple[int, int]] = field(default_factory=_Numbers)
    asked: list[list[str]] = field(default_factory=list)
    columns: dict[str, list[array[int]]] = field(
        default_factory=lambda: {n: [array("I") for _ in range(w)] for n, w in _WIDTHS.items()}
    )
    kinds: _Kinds = field(init=False)
    keys: dict[str, int] = field(default_factory=dict)
    """Word → the number of its key."""

    def __post_init__(self) -> None:
        self.kinds = _Kinds(self.lang)

    def read(self, number: int, document: Document) -> None:
        """Count an article."""
        for at, name in enumerate(FIELDS):
            texts = [self._text(text) for text in _parts(document, name)]
            if name == "title":
                self._titles(number, document, texts)
            kept = [word for found in texts for word in found]
            self.columns["lengths"][at].append(len(kept))
            self._count("words", Counter(map(self.names["words"].__getitem__, kept)))
            for kind, ends in zip(KINDS, self.columns["ends"], strict=True):
                ends.append(len(self.columns[kind][0]))

    def said(self) -> Said:
        """All that was read."""
        for column, keys in zip(
            self.columns["beside"], zip(*self.beside, strict=True), strict=False
        ):
            column.extend(keys)
        return Said(
            {name: list(numbers) for name, numbers in self.names.items()},
            self.asked,
            {
                name: np.array([np.array(column, np.uint32) for column in columns])
                for name, columns in self.columns.items()
            },
        )

    def _text(self, text: str) -> list[str]:
        """The words of a text that carry meaning, or all; its sentences are counted."""
        kinds, indexed, carrying = self.kinds, list[str](), list[str]()
        pairs, meant = list[tuple[int, int]](), list[str]()
        for sentence in _SENTENCE.split(text):
            said = words(sentence, self.lang)
            meant += concepts(said, self.lang)
            short = [word for word in said if kinds[word]]
            kept = [word for word in short if kinds[word] == 2]
            indexed += short
            carrying += kept
            pairs += pairwise(map(self._key, kept or short))
        self._count("meanings", Counter(map(self.names["groups"].__getitem__, meant)))
        self._count("pairs", Counter(map(self.beside.__getitem__, pairs)))
        return carrying or indexed

    def _key(self, word: str) -> int:
        found = self.keys.get(word)
        if found is None:
            found = self.keys[word] = self.names["keys"][word_keys(word, self.lang)[0]]
        return found

    def _count(self, kind: str, counted: Mapping[int, int]) -> None:
        found, times = self.columns[kind]
        found.extend(counted)
        times.extend(counted.values())

    def _titles(self, number: int, document: Document, texts: Sequence[Sequence[str]]) -> None:
        """Remember the words of the title alone, and the keys of all wordings."""
        of_title = dict.fromkeys(texts[0])
        articles, found = self.columns["titles"]
        articles.extend(repeat(number, len(of_title)))
        found.extend(map(self.names["words"].__getitem__, of_title))
        wordings = zip(_parts(document, "title"), texts, strict=True)
        self.asked.append([_wording_key(text, kept, self.lang) for text, kept in wordings])


def title_key(text: str, lang: str) -> str:
    """The key of a whole title or wording; empty when it has no words."""
    return _wording_key(text, indexed_words(text, lang), lang)


def _wording_key(text: str, kept: Sequence[str], lang: str) -> str:
    return f"{word_keys(kept[0], lang)[0]}={folded_title(text, lang)}" if kept else ""


def _parts(document: Document, name: str) -> tuple[str, ...]:
    return {
        "title": (document.title, *document.questions),
        "headings": document.headings,
        "tags": document.tags,
        "body": (document.body,),
    }[name]
