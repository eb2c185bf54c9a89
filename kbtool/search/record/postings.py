"""What Whoosh wrote of one language, read back: who has a term, how often, where, how long.

The parts of a language are one behind the other: to who asks they are one index.

Whoosh's query objects step from posting to posting through a tree of matchers: 165 ms for two
words that nearly all of 10,000 articles have, 12 s for a query of 26 prefixes. Its lists are read
here block by block instead, and joined in ``matching``: 53 ms and 0.2 s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from heapq import merge
from itertools import groupby, islice
from math import log
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.reading import TermNotFound

from kbtool.search.record.write import WORDS, schema

K1 = 1.2
_B = {"title": 0.3, "questions": 0.3}  # a title of many words is hardly a worse one
_OTHER_B = 0.75
_KNOWN_TERMS = 10_000
"""Terms whose place in a part's files is kept in mind."""


class _Mapped(StructFile):  # type: ignore[misc] # Whoosh has no types
    """A file in memory, read by Whoosh in many small pieces: half the time of asking the system."""

    def get(self, position: int, length: int) -> bytes:
        """The bytes at a place."""
        found: bytes = self.file[position : position + length]
        return found


class _Files(FileStorage):  # type: ignore[misc] # Whoosh has no types
    def open_file(self, name: str, **_: Any) -> StructFile:
        """A file of the folder."""
        with Path(self.folder, name).open("rb") as file:
            return _Mapped(mmap(file.fileno(), 0, access=ACCESS_READ), name=name)


class _Part:
    """The Whoosh index of some articles, the first of which has the number ``first``."""

    def __init__(self, folder: Path, articles: int, first: int) -> None:
        self.first = first
        # with our own schema: the one in the index would be unpickled
        self._index = FileIndex(_Files(str(folder), readonly=True), schema=schema())
        self.reader: Any = self._index.reader()
        if self.reader.doc_count_all() != articles:
            raise ValueError(f"{folder}: not the {articles} articles that were written")
        self._schema = self.reader.schema
        self.info = lru_cache(maxsize=_KNOWN_TERMS)(self._info)
        """What the part says of a term, if it has it."""
        self.record(0)  # opens the files that Whoosh opens when it must: they may go later on
        for name in WORDS:
            self.length(name, 0)

    def close(self) -> None:
        """Let the files go."""
        self.reader.close()
        self._index.close()

    def length(self, field: str, number: int) -> int:
        """How many words a field has; Whoosh rounds long ones."""
        return int(self.reader.doc_field_length(number, field) or 0)

    def record(self, number: int) -> bytes:
        """What was stored of an article: its line of JSON."""
        stored: bytes = self.reader.stored_fields(number)["record"]
        return stored

    def _info(self, field: str, text: str) -> Any:
        try:
            return self.reader.term_info(field, text)
        except TermNotFound:
            return None

    def blocks(self, field: str, text: str) -> Iterator[Any]:
        """Whoosh's matcher at each block of a term's list; the block's articles and times are read.

        Whoosh has no public way to a block, nor to a list without looking up its term thrice; the
        names below are those of 2.7.4 and 2.7.5, and the tests run on both.
        """
        info = self.info(field, text)
        if info is None:
            return
        terms = self.reader._terms
        matcher = terms._codec.postings_reader(terms._postfile, info, self._schema[field].format)
        while matcher.is_active():
            matcher.id(), matcher.weight()  # reads the block's
            yield matcher
            matcher._next_block()


class Postings:
    """One language's Whoosh indexes. They belong to one thread. Articles are numbers, by id.

    Whoosh meets damage with any exception there is, at any moment.
    """

    def __init__(self, parts: Sequence[tuple[Path, int]]) -> None:
        """``parts`` are folders and how many articles each has."""
        self._parts: list[_Part] = []
        self.articles = 0
        try:
            for folder, articles in parts:
                self._parts.append(_Part(folder, articles, self.articles))
                self.articles += articles
        except BaseException:
            self.close()
            raise
        self._norms: dict[str, dict[int, float]] = {}

    def close(self) -> None:
        """Let the files go."""
        for part in self._parts:
            part.close()

    def having(self, field: str, text: str) -> int:
        """How many articles have a term in a field."""
        found = (part.info(field, text) for part in self._parts)
        return sum(int(info.doc_frequency()) for info in found if info is not None)

    def scores(self, field: str, text: str) -> dict[int, float]:
        """Article → BM25 of a term in a field (Robertson & Zaragoza 2009, Whoosh's idf)."""
        idf = (log(self.articles / (self.having(field, text) + 1)) + 1) * (K1 + 1)
        norms = self._norms.setdefault(field, {})
        found = {}
        for part in self._parts:
            for block in part.blocks(field, text):
                for number, times in zip(block._ids, block._weights, strict=True):
                    article = part.first + number
                    norm = norms.get(article)
                    if norm is None:
                        norm = norms[article] = self._norm(field, part, number)
                    found[article] = idf * times / (times + norm)
        return found

    def articles_with(self, field: str, text: str) -> set[int]:
        """The articles that have a term in a field."""
        return {
            part.first + number
            for part in self._parts
            for block in part.blocks(field, text)
            for number in block._ids
        }

    def places(
        self, field: str, text: str, articles: Collection[int]
    ) -> Iterator[tuple[int, Collection[int]]]:
        """(article, places of a term in a field), for those of ``articles`` that have it."""
        for part in self._parts:
            decode = part.reader.schema[field].format.decode_positions
            for block in part.blocks(field, text):
                found = ((at, part.first + number) for at, number in enumerate(block._ids))
                wanted = [(at, article) for at, article in found if article in articles]
                if wanted:
                    block.value()  # reads the block's
                    yield from ((article, decode(block._values[at])) for at, article in wanted)

    def beginning(self, field: str, start: str, most: int) -> list[str]:
        """The first ``most`` terms of a field that begin so."""
        found = merge(*(part.reader.expand_prefix(field, start) for part in self._parts))
        return [text.decode("utf-8") for text, _ in islice(groupby(found), most)]

    def record(self, article: int) -> bytes:
        """What was stored of an article: its line of JSON."""
        part = next(part for part in reversed(self._parts) if part.first <= article)
        return part.record(article - part.first)

    @cached_property
    def _lengths(self) -> dict[str, float]:
        """Field → how long it is on the average."""
        return {
            name: sum(part.reader.field_length(name) for part in self._parts) / self.articles or 1.0
            for name in schema().names()
        }

    def _norm(self, field: str, part: _Part, number: int) -> float:
        """BM25's length normalisation."""
        b = _B.get(field, _OTHER_B)
        return K1 * (1 - b + b * part.length(field, number) / self._lengths[field])
