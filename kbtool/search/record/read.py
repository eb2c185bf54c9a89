"""Find in the record: an agent's query → the articles that match it, best first."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from kbtool.model import Document
from kbtool.search.record.files import read_manifest, translated
from kbtool.search.record.kept import document_of
from kbtool.search.record.matching import Matching
from kbtool.search.record.postings import Postings
from kbtool.search.record.query import AllOf, Filter, Node, parse_query
from kbtool.search.record.tokens import WordList, article_words
from kbtool.search.record.write import searched_texts


@dataclass(frozen=True, slots=True)
class RecordHit:
    """An article that matches."""

    document: Document
    score: float
    """A sum of BM25 over words and fields, as Whoosh's BM25F; four decimals."""
    words: tuple[frozenset[str], ...]
    """For each word of the query that the article has: the folded words in it that stand for it."""

    @property
    def lang(self) -> str:
        """The article's language."""
        return self.document.lang

    @property
    def id(self) -> str:
        """The article's permanent id."""
        return self.document.id


@dataclass(frozen=True, slots=True)
class RecordFound:
    """The answer to a query."""

    hits: tuple[RecordHit, ...]
    """Best first; equal ones by id, then language."""
    total: int
    """Articles that match, shown or not."""
    notes: tuple[str, ...]
    """What was not understood or is in no article, in sentences without a full stop."""


class Record:
    """An open record. It belongs to one thread: Whoosh's readers must not be shared.

    It keeps its files and its view even when a newer release replaces the folder. Opening one
    unpickles parts of it: only open folders that kbtool built.
    """

    def __init__(self, shelves: Sequence[_Shelf]) -> None:
        self._shelves = {shelf.lang: shelf for shelf in shelves}

    @classmethod
    def open(cls, directory: Path) -> Record:
        """The record in ``directory``; a link is followed once, so a later swap does not matter.

        Raises IndexMissingError when there is none, or a damaged one, or one of another format.
        """
        directory = directory.resolve()
        languages = read_manifest(directory)
        with translated(directory), ExitStack() as opened:
            shelves = []
            for lang, written in sorted(languages.items()):
                shelf = _Shelf(lang, directory / written["folder"], written)
                opened.callback(shelf.close)
                shelves.append(shelf)
            opened.pop_all()
            return cls(shelves)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have articles, sorted."""
        return tuple(self._shelves)

    def close(self) -> None:
        """Let the files go; the record cannot be used afterwards."""
        for shelf in self._shelves.values():
            shelf.close()

    def find(
        self,
        query_text: str,
        *,
        lang: str | None = None,
        category: str | None = None,
        tag: str | None = None,
        limit: int = 10,
    ) -> RecordFound:
        """The best ``limit`` articles for a query of ``parse_query``'s language, and how many match.

        ``lang``, ``category`` and ``tag`` are strict filters. A query that leaves nothing to look
        for finds nothing. Raises IndexMissingError when damage comes to light.
        """
        parsed = parse_query(query_text)
        if parsed.node is None:
            return RecordFound((), 0, (*parsed.notes, "there is nothing to look for"))
        filters = [Filter(n, v) for n, v in (("category", category), ("tag", tag)) if v is not None]
        shelves = [shelf for shelf in self._shelves.values() if lang in (None, shelf.lang)]
        found = [shelf.find(parsed.node, filters) for shelf in shelves]
        best = heapq.nsmallest(
            max(0, limit), (hit for one in found for hit in one.best(limit)), key=_by_score
        )
        hits = tuple(hit.shelf.show(hit) for hit in best)
        notes = [*parsed.notes, *(note for one in found for note in one.matching.notes)]
        total = sum(len(one.scores) for one in found)
        return RecordFound(hits, total, tuple(dict.fromkeys([*notes, *_missing(found)])))


@dataclass(frozen=True, slots=True)
class _Hit:
    shelf: _Shelf
    article: int
    score: float
    groups: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What matches in one language."""

    shelf: _Shelf
    scores: Mapping[int, float]
    matching: Matching

    def best(self, limit: int) -> Iterator[_Hit]:
        """The best articles; their numbers are in the order of their ids."""
        ranked = heapq.nsmallest(max(0, limit), self.scores.items(), key=lambda hit: (-hit[1], hit))
        groups = tuple(dict.fromkeys(self.matching.groups))
        return (_Hit(self.shelf, article, score, groups) for article, score in ranked)


def _by_score(hit: _Hit) -> tuple[float, str, str]:
    return -hit.score, hit.shelf.article(hit.article).id, hit.shelf.lang


def _missing(found: Sequence[_Found]) -> list[str]:
    """What was looked for and is in no article of any language that was searched."""
    each = [one.matching.missing for one in found]
    return [f"no article has {text}" for text in sorted(set.intersection(*each))] if each else []


class _Shelf:
    """One language's Whoosh index and word list."""

    def __init__(self, lang: str, folder: Path, written: Mapping[str, Any]) -> None:
        self.lang = lang
        self._folder = folder
        self._words_listed = written["words"]
        parts = enumerate(written["articles"])
        self._postings = Postings([(folder / str(n), articles) for n, articles in parts])
        self._articles: dict[int, Document] = {}

    def close(self) -> None:
        """Let the files go."""
        self._postings.close()

    @cached_property
    def _listed(self) -> WordList:
        text = self._folder.with_name(self._folder.name + ".words").read_text(encoding="utf-8")
        listed = WordList.parse(self.lang, text)
        if len(listed) != self._words_listed:
            raise ValueError(f"{self._folder}: not the words that were written")
        return listed

    def find(self, node: Node, filters: Sequence[Filter]) -> _Found:
        """The articles that match ``node`` and the filters, with their scores."""
        with translated(self._folder.parent):
            matching = Matching(self._listed, self._postings)
            found = matching.matches(AllOf((node, *filters)) if filters else node)
        scores = {article: round(score, 4) for article, score in found.items()}
        return _Found(self, scores, matching)

    def article(self, number: int) -> Document:
        """An article as it was indexed."""
        if number not in self._articles:
            with translated(self._folder.parent):
                self._articles[number] = document_of(self._postings.record(number))
        return self._articles[number]

    def show(self, hit: _Hit) -> RecordHit:
        """A match with its article and the words of the query that it has."""
        article = self.article(hit.article)
        there = set(article_words(searched_texts(article), self.lang))
        groups = tuple(group & there for group in hit.groups if group & there)
        return RecordHit(article, hit.score, groups)
