"""Read an index of impacts: each shard when it is first needed, then kept."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from kbtool.search.impacts.layout import FORMAT, TEXTS, key_order
from kbtool.search.impacts.scale import SCORES

_KEPT_LISTS = 20_000
"""Lists kept ready: those of the words that are asked for most."""
_GZIP = 31
"""How zlib is told that data are gzip."""

Terms = tuple[tuple[int, int], ...]


class Reading(NamedTuple):
    """One way to read a word: (number of a term, its share of 16) and a scale."""

    scale: int
    terms: Terms


class Entry(NamedTuple):
    """What a key of the lexicon stands for; see ``lexicon.Entry``."""

    having: int
    """Articles that have the word; 0 for what only the thesaurus knows."""
    shown: str
    readings: tuple[Reading, ...]
    spellings: tuple[tuple[str, tuple[Reading, ...]], ...]
    titled: tuple[int, ...]
    asked: tuple[int, ...]


class Postings(NamedTuple):
    """The articles of a term with their scores, and what a word weighs by it."""

    articles: tuple[int, ...]
    scores: tuple[int, ...]
    weight: int


class Shelf:
    """The index of one language. ``read`` gives a file's bytes by its name.

    Not for several threads at once. Raises ValueError when the files are not of this format.
    """

    def __init__(self, lang: str, read: Callable[[str], bytes]) -> None:
        self.lang = lang
        self._read = read
        head, _, rest = zlib.decompress(read(f"{lang}.kb"), _GZIP).partition(b"\n")
        self._manifest: dict[str, Any] = json.loads(head)
        if self._manifest["format"] != FORMAT:
            raise ValueError(f"{lang}.kb: another format")
        self.articles: int = self._manifest["articles"]
        self.unknown_weight: int = self._manifest["unknown"]
        """What a word weighs that no article has."""
        self.stop_words = frozenset(self._manifest["stop"])
        self.categories = tuple((c, at, size) for c, at, size in self._manifest["categories"])
        self._starts = [key_order(start) for start, _ in self._manifest["words"]]
        self._first_terms = [first for _, first in self._manifest["words"]]
        self._backwards = [key_order(start) for start in self._manifest["backwards"]]
        self._inside: dict[str, bytes] = {}
        at = 0
        for name, size in self._manifest["inside"]:
            self._inside[name] = rest[at : at + size]
            at += size
        self._words: dict[int, _Words] = {}
        self._ends: dict[int, list[tuple[str, int]]] = {}
        self._short: dict[str, int] | None = None
        self._rows: dict[str, list[Any]] = {}
        self.postings = lru_cache(maxsize=_KEPT_LISTS)(self._postings)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, if it has one."""
        shard = self.shard_of(key)
        return None if shard is None else self.words(shard).entry(key)

    def shard_of(self, key: str) -> int | None:
        """The shard in which a key, or what begins with it, would stand first; None of none."""
        at = bisect_right(self._starts, key_order(key)) - 1
        return max(0, at) if self._starts else None

    def words(self, shard: int) -> _Words:
        """A shard of the lexicon."""
        if shard not in self._words:
            self._words[shard] = _Words(self._shard(f"w{shard}"))
        return self._words[shard]

    @property
    def shards(self) -> int:
        """Shards of the lexicon."""
        return len(self._starts)

    def ending(self, end: str) -> Iterator[tuple[str, int]]:
        """(word, articles that have it) of the known words with this ending."""
        start = end[::-1]
        at = max(0, bisect_right(self._backwards, key_order(start)) - 1)
        for shard in range(at, len(self._backwards)):
            if self._backwards[shard] > key_order(start + "\uffff"):
                return
            if shard not in self._ends:
                self._ends[shard] = _backwards(self._shard(f"r{shard}"))
            ends = self._ends[shard]
            for place in range(bisect_left(ends, (start, 0)), len(ends)):
                key, count = ends[place]
                if not key.startswith(start):
                    break
                yield key[::-1], count

    def short_words(self) -> dict[str, int]:
        """The short words with the number of articles that have them."""
        if self._short is None:
            self._short = {key[::-1]: count for key, count in _backwards(self._shard("s0"))}
        return self._short

    def shown(self, article: int) -> list[Any]:
        """What is shown of an article: id, title, category, address, summary."""
        size = self._manifest["shown"]
        row: list[Any] = self._row(f"d{article // size}", article % size)
        return row

    def text(self, article: int) -> str:
        """The text of an article."""
        return str(self._row(f"t{article // TEXTS}", article % TEXTS))

    def _row(self, name: str, number: int) -> Any:
        if name not in self._rows:
            self._rows[name] = json.loads(self._shard(name))
        return self._rows[name][number]

    def _postings(self, term: int) -> Postings:
        shard = bisect_right(self._first_terms, term) - 1
        return self.words(shard).postings(term - self._first_terms[shard])

    def _shard(self, name: str) -> bytes:
        if name in self._inside:
            return self._inside[name]
        folder = f"{self.lang}.{self._manifest['generation']}"
        return zlib.decompress(self._read(f"{folder}/{name}"), _GZIP)


class _Words:
    """A shard of the lexicon: its keys are read at once, the rest as it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        cursor = _Cursor(data)
        self._places: dict[str, int] = {}
        self._entries: dict[str, Entry] = {}
        key = ""
        for _ in range(cursor.number()):
            shared = cursor.number()
            key = key[:shared] + cursor.text()
            size = cursor.number()
            self._places[key] = cursor.at
            cursor.at += size
        self._lists: list[int] = []
        for _ in range(cursor.number()):
            size = cursor.number()
            self._lists.append(cursor.at)
            cursor.at += size

    def entry(self, key: str) -> Entry | None:
        """The entry of a key."""
        found = self._entries.get(key)
        if found is None and key in self._places:
            cursor = _Cursor(self._data)
            cursor.at = self._places[key]
            found = self._entries[key] = cursor.entry()
        return found

    def starting(self, start: str) -> Iterator[tuple[str, Entry]]:
        """The words that begin with ``start``, also those that no article has, in order."""
        for key in self._places:
            if key.startswith(start) and key.isalnum():
                entry = self.entry(key)
                if entry is not None:
                    yield key, entry

    def postings(self, place: int) -> Postings:
        """The list at a place of the shard."""
        cursor = _Cursor(self._data)
        cursor.at = self._lists[place]
        weight, count = cursor.number(), cursor.number()
        gaps = self._data[cursor.at : cursor.at + count]
        if gaps.isascii():  # every gap is one byte: the usual case, and much the faster
            cursor.at += count
        else:
            gaps = [cursor.number() for _ in range(count)]  # type: ignore[assignment] # numbers, too
        articles = tuple(accumulate(gaps, lambda before, gap: before + gap + 1, initial=-1))[1:]
        levels = self._data[cursor.at : cursor.at + count]
        return Postings(articles, tuple(map(SCORES.__getitem__, levels)), weight)


class _Cursor:
    """A place in a shard."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def number(self) -> int:
        """The varint here."""
        found = shift = 0
        while True:
            byte = self._data[self.at]
            self.at += 1
            found |= (byte & 127) << shift
            if byte < 128:
                return found
            shift += 7

    def text(self) -> str:
        """The text here."""
        size = self.number()
        self.at += size
        return self._data[self.at - size : self.at].decode("utf-8", "surrogatepass")

    def entry(self) -> Entry:
        """The entry here."""
        return Entry(
            self.number(),
            self.text(),
            self._readings(),
            tuple((self.text(), self._readings()) for _ in range(self.number())),
            tuple(self.number() for _ in range(self.number())),
            tuple(self.number() for _ in range(self.number())),
        )

    def _readings(self) -> tuple[Reading, ...]:
        return tuple(self._reading() for _ in range(self.number()))

    def _reading(self) -> Reading:
        scale, size = self._data[self.at], self._data[self.at + 1]
        self.at += 2
        return Reading(scale, tuple((self.number(), self._byte()) for _ in range(size)))

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]


def _backwards(data: bytes) -> list[tuple[str, int]]:
    cursor = _Cursor(data)
    found: list[tuple[str, int]] = []
    key = ""
    for _ in range(cursor.number()):
        shared = cursor.number()
        key = key[:shared] + cursor.text()
        found.append((key, cursor.number()))
    return found
