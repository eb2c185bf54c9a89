"""What Whoosh wrote of one language, read back: who has a term, how often, where, how long.

Whoosh's query objects step from posting to posting through a tree of matchers: 165 ms for two
words that nearly all of 10,000 articles have, 12 s for a query of 26 prefixes. Its lists are read
here block by block instead, and joined in ``matching``: 53 ms and 0.2 s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from math import log
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from kbtool.search.record.write import schema

K1 = 1.2
_B = {"title": 0.3, "questions": 0.3}  # a title of many words is hardly a worse one
_OTHER_B = 0.75


class Postings:
    """One language's Whoosh index. It belongs to one thread. Articles are numbers, by id.

    Whoosh meets damage with any exception there is, at any moment.
    """

    def __init__(self, folder: Path, articles: int) -> None:
        self.articles = articles
        # with our own schema: the one in the index would be unpickled
        self._index = FileIndex(FileStorage(str(folder), readonly=True), schema=schema())
        self._reader: Any = self._index.reader()
        if self._reader.doc_count_all() != articles:
            raise ValueError(f"{folder}: not the {articles} articles that were written")
        self._norms: dict[str, dict[int, float]] = {}

    def close(self) -> None:
        """Let the files go."""
        self._reader.close()
        self._index.close()

    def having(self, field: str, text: str) -> int:
        """How many articles have a term in a field."""
        return int(self._reader.doc_frequency(field, text))

    def scores(self, field: str, text: str) -> dict[int, float]:
        """Article → BM25 of a term in a field (Robertson & Zaragoza 2009, Whoosh's idf)."""
        having = self.having(field, text)
        idf = (log(self.articles / (having + 1)) + 1) * (K1 + 1)
        norms = self._norms.setdefault(field, {})
        found = {}
        for ids, weights, _ in self._blocks(field, text):
            for article, times in zip(ids, weights, strict=True):
                norm = norms.get(article)
                if norm is None:
                    norm = norms[article] = self._norm(field, article)
                found[article] = idf * times / (times + norm)
        return found

    def articles_with(self, field: str, text: str) -> set[int]:
        """The articles that have a term in a field."""
        return {article for ids, _, _ in self._blocks(field, text) for article in ids}

    def places(
        self, field: str, text: str, articles: Collection[int]
    ) -> Iterator[tuple[int, Collection[int]]]:
        """(article, places of a term in a field), for those of ``articles`` that have it."""
        decode = self._reader.schema[field].format.decode_positions
        for ids, _, matcher in self._blocks(field, text):
            wanted = [number for number, article in enumerate(ids) if article in articles]
            if wanted:
                matcher.value()  # reads the block's
                yield from ((ids[number], decode(matcher._values[number])) for number in wanted)

    def beginning(self, field: str, start: str, most: int) -> list[str]:
        """The first ``most`` terms of a field that begin so."""
        found = islice(self._reader.expand_prefix(field, start), most)
        return [text.decode("utf-8") for text in found]

    def record(self, article: int) -> Mapping[str, Any]:
        """What was stored of an article."""
        stored: Mapping[str, Any] = self._reader.stored_fields(article)["record"]
        return stored

    def _blocks(
        self, field: str, text: str
    ) -> Iterator[tuple[Sequence[int], Sequence[float], Any]]:
        """(articles, times) of each block of a term's list, and Whoosh's matcher that stands there.

        Whoosh has no public way to a block; the names below are those of 2.7.4 and 2.7.5, and the
        tests run on both.
        """
        if (field, text) not in self._reader:
            return
        matcher = self._reader.postings(field, text)
        while matcher.is_active():
            matcher.id(), matcher.weight()  # reads the block's
            yield matcher._ids, matcher._weights, matcher
            matcher._next_block()

    def _norm(self, field: str, article: int) -> float:
        """BM25's length normalisation; Whoosh rounds long fields' lengths."""
        average = self._reader.field_length(field) / self.articles or 1.0
        length = self._reader.doc_field_length(article, field) or 0
        b = _B.get(field, _OTHER_B)
        return float(K1 * (1 - b + b * length / average))
