"""The search index: one Whoosh index per language below one folder. Only this file knows Whoosh.

Whoosh stores, orders and finds; terms (``terms``), their order of merit (``ranking``) and
snippets are ours. An index is built once into its own new folder and never changed, because
Whoosh calls no fsync and its ``refresh`` returns deleted documents. Opening one unpickles parts
of it: only open folders that kbtool built.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh.fields import ID, KEYWORD, STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import TermNotFound

from kbtool.disk import sync
from kbtool.errors import IndexMissingError
from kbtool.model import Document, SearchHit
from kbtool.search.ranking import FIELDS, Group, group_words, guess_words, rank
from kbtool.search.snippet import snippet
from kbtool.search.terms import analyse, folded_title, read_query
from kbtool.search.ticket_text import TicketText, rank_ticket
from kbtool.text import match_key

FORMAT = 1
_MANIFEST = "index.json"
_NAME = "MAIN"
_BUILD_HINT = "kbtool build"


def build_index(documents: Sequence[Document], directory: Path) -> None:
    """Write the index of ``documents`` into ``directory``, which is made and must be empty.

    All files are on disk (fsync) when this returns. Raises OSError when the disk is full or the
    folder is not writable, and FileExistsError when it holds anything.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty")
    ordered = sorted(documents, key=lambda document: (document.lang, document.id))
    counts = {}
    for number, (lang, group) in enumerate(groupby(ordered, key=lambda document: document.lang)):
        shelf = list(group)
        _build_shelf(shelf, directory / str(number))
        counts[lang] = {"folder": str(number), "articles": len(shelf)}
    files = {str(p.relative_to(directory)): p.stat().st_size for p in _files(directory)}
    manifest = {"format": FORMAT, "languages": counts, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / _MANIFEST).write_text(text + "\n", encoding="utf-8")
    _sync(directory)


class Index:
    """An open index. It belongs to one thread: Whoosh's readers must not be shared.

    It keeps its files and its view even when a newer release replaces the folder: open it again
    to see that one.
    """

    def __init__(self, shelves: Sequence[_WhooshShelf]) -> None:
        self._shelves = {shelf.lang: shelf for shelf in shelves}

    @classmethod
    def open(cls, directory: Path) -> Index:
        """The index in ``directory``; a link is followed once, so a later swap does not matter.

        Raises IndexMissingError when there is none, or a damaged one, or one of another format.
        """
        directory = directory.resolve()
        manifest = _read_manifest(directory)
        with _translated(directory), ExitStack() as opened:
            shelves = []
            for lang, found in sorted(manifest["languages"].items()):
                shelf = _WhooshShelf(lang, directory / found["folder"], found["articles"])
                opened.callback(shelf.close)
                shelves.append(shelf)
            opened.pop_all()
            return cls(shelves)

    def __enter__(self) -> Index:
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
        """Let the files go; the index cannot be used afterwards."""
        for shelf in self._shelves.values():
            shelf.close()

    def search(
        self,
        query: str,
        *,
        lang: str | None = None,
        category: str | None = None,
        limit: int = 10,
        only_lang: bool = False,
    ) -> tuple[SearchHit, ...]:
        """The best ``limit`` articles for any text whatsoever, best first, ties by id.

        Articles in ``lang`` come before all others, which are still offered after them; with
        ``only_lang`` they are left out. ``category`` is a strict filter. Without ``lang`` the
        articles of all languages are ranked together.
        """
        first, rest = self._order(lang)
        if only_lang and lang:
            first, rest = [code for code in first if code == lang], []
        found = self._best(query, first, first, category, limit)
        if rest and len(found) < limit:
            found += self._best(query, rest, [*first, *rest], category, limit - len(found))
        return tuple(hit.shelf.show(hit) for hit in found)

    def search_ticket(
        self, ticket: TicketText, *, lang: str | None = None, limit: int = 5
    ) -> tuple[SearchHit, ...]:
        """The best ``limit`` articles for a whole ticket, those in ``lang`` first.

        Unlike in a typed query no word is unfinished or taken for another by its spelling.
        """
        found: list[_Hit] = []
        for languages in self._order(lang):
            hits = [
                _Hit(shelf, *hit, groups)
                for shelf in (self._shelves[code] for code in languages)
                for hit, groups in rank_ticket(ticket, shelf)[: max(0, limit)]
            ]
            found += sorted(hits, key=_by_score)
        return tuple(hit.shelf.show(hit) for hit in found[: max(0, limit)])

    def _order(self, lang: str | None) -> tuple[list[str], list[str]]:
        """The languages to look in first, and the rest: ``lang``, or all of them together."""
        first = [lang] if lang in self._shelves else [*self._shelves]
        return first, [other for other in self._shelves if other not in first]

    def _best(
        self,
        query: str,
        languages: Sequence[str],
        known_in: Sequence[str],
        category: str | None,
        limit: int,
    ) -> list[_Hit]:
        """Matches in some languages, together; a word found in ``known_in`` is not guessed at."""
        read = {lang: read_query(query, lang) for lang in known_in}
        groups = {lang: group_words(read[lang], self._shelves[lang]) for lang in known_in}
        known = {
            match_key(word)
            for lang in known_in
            for word, group in zip(read[lang].words, groups[lang], strict=True)
            if group
        }
        found: list[_Hit] = []
        for lang in languages:
            shelf = self._shelves[lang]
            guessed = guess_words(read[lang], groups[lang], shelf, known)
            inside = shelf.in_category(category)
            ranked = [hit for hit in rank(read[lang], guessed, shelf) if hit[0] in inside]
            found += [_Hit(shelf, *hit, guessed) for hit in ranked[: max(0, limit)]]
        found.sort(key=_by_score)
        return found[: max(0, limit)]


@dataclass(frozen=True, slots=True)
class _Hit:
    shelf: _WhooshShelf
    article: int
    score: float
    groups: list[Group]


def _by_score(hit: _Hit) -> tuple[float, str]:
    return -hit.score, hit.shelf.article_id(hit.article)


class _WhooshShelf:
    """One language's Whoosh index; the ``Shelf`` that ranking asks."""

    def __init__(self, lang: str, directory: Path, articles: int) -> None:
        self.lang = lang
        self.articles = articles
        self._index = FileIndex(FileStorage(str(directory), readonly=True), schema=_schema())
        self._reader: Any = self._index.reader()
        if self._reader.doc_count_all() != articles:
            raise ValueError(f"{directory}: not the {articles} articles that were written")
        self._averages = {
            field.name: self._reader.field_length(field.name) / articles for field in FIELDS
        }
        self._lengths: dict[str, dict[int, int]] = {field.name: {} for field in FIELDS}
        self._stored: dict[int, dict[str, Any]] = {}

    def close(self) -> None:
        """Let the files go."""
        self._reader.close()
        self._index.close()

    def terms_of(self, key: str) -> list[str]:
        """The terms of a folded word."""
        return self._pairs("words", key + " ")

    def has_term(self, text: str) -> bool:
        """Whether any article has the term."""
        return bool(self.forms_of(text))

    def forms_of(self, text: str) -> list[str]:
        """The folded words of a term."""
        return self._pairs("forms", text + " ")

    def completions(self, start: str) -> list[tuple[str, int, str]]:
        """(folded word, articles with it, term) of the words that start with ``start``."""
        return [(key, count, text) for key, text, count in self._counted(start)]

    @cached_property
    def _vocabulary(self) -> Mapping[str, int]:
        return {key: count for key, _, count in self._counted("")}

    def vocabulary(self) -> Mapping[str, int]:
        """All folded words with the number of articles that have them."""
        return self._vocabulary

    def postings(self, field: str, text: str) -> list[tuple[int, float]]:
        """(article, times) of a term in a field."""
        try:
            matcher = self._reader.postings(field, text)
        except (TermNotFound, UnicodeEncodeError):  # half a surrogate pair is in no index
            return []
        found = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        return found

    def length(self, field: str, article: int) -> int:
        """Terms in a field of an article (rounded by Whoosh when there are many)."""
        known = self._lengths[field]
        if article not in known:
            known[article] = int(self._reader.doc_field_length(article, field) or 0)
        return known[article]

    def average_length(self, field: str) -> float:
        """Terms in a field of an article, on average."""
        return float(self._averages[field])

    def titled(self, title: str) -> tuple[list[int], list[int]]:
        """Articles with exactly this folded title, and with exactly this question."""
        if not title:
            return [], []
        both = [article for article, _ in self.postings("titles", title)]
        exact = [a for a in both if self._record(a)["folded"] == title]
        return exact, [a for a in both if a not in exact]

    def in_category(self, category: str | None) -> Container[int]:
        """The articles of a category; all of them for None."""
        if category is None:
            return range(self.articles)
        return {article for article, _ in self.postings("category", category)}

    def article_id(self, article: int) -> str:
        """The permanent id of an article."""
        return str(self._record(article)["id"])

    def show(self, hit: _Hit) -> SearchHit:
        """A match as readers see it."""
        record = self._record(hit.article)
        wanted = [{key for text in group for key in self.forms_of(text)} for group in hit.groups]
        return SearchHit(
            id=record["id"],
            title=record["title"],
            lang=self.lang,
            category=record["category"],
            url=record["url"],
            permalink=record["permalink"],
            score=hit.score,
            snippet=snippet(record["body"], self.lang, wanted),
        )

    def _record(self, article: int) -> dict[str, Any]:
        if article not in self._stored:
            self._stored[article] = self._reader.stored_fields(article)["record"]
        return self._stored[article]

    def _pairs(self, field: str, start: str) -> list[str]:
        found = self._reader.expand_prefix(field, start)
        return [text.decode("utf-8")[len(start) :] for text in found]

    def _counted(self, start: str) -> Iterator[tuple[str, str, int]]:
        for (field, pair), info in self._reader.iter_from("words", start):
            key, _, text = pair.decode("utf-8").partition(" ")
            if field != "words" or not key.startswith(start):
                return
            yield key, text, info.doc_frequency()


def _schema() -> Schema:
    """Scored fields hold our terms, given as lists, so that no analyzer of Whoosh's is used."""
    scored = {field.name: KEYWORD(scorable=True) for field in FIELDS}
    found = {name: KEYWORD() for name in ("titles", "words", "forms")}
    return Schema(id=ID(unique=True), category=ID(), record=STORED, **scored, **found)


def _build_shelf(documents: Sequence[Document], directory: Path) -> None:
    directory.mkdir()
    storage = FileStorage(str(directory))
    index = FileIndex.create(storage, _schema(), _NAME)
    writer = index.writer(limitmb=256)
    try:
        for document in documents:
            writer.add_document(**_fields(document))
        writer.commit()
    except BaseException:
        with suppress(Exception):  # on a full disk it fails too; the first error says why
            writer.cancel()
        raise
    finally:
        index.close()
    (directory / f"{_NAME}_WRITELOCK").unlink(missing_ok=True)


def _fields(document: Document) -> dict[str, Any]:
    analysis = analyse(document)
    return {
        "id": document.id,
        "category": document.category,
        "record": {
            "id": document.id,
            "title": document.title,
            "category": document.category,
            "url": document.url,
            "permalink": document.permalink,
            "body": document.body,
            "folded": folded_title(document.title, document.lang),
        },
        "titles": analysis.titles,
        "words": [f"{key} {term}" for key, term in analysis.words],
        "forms": [f"{term} {key}" for key, term in analysis.words],
        **analysis.fields,
    }


def _read_manifest(directory: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))
        sizes = {name: (directory / name).stat().st_size for name in manifest["files"]}
    except FileNotFoundError:
        raise IndexMissingError(f"{directory}: no search index", hint=_BUILD_HINT) from None
    except (OSError, ValueError, TypeError, LookupError):
        raise IndexMissingError(f"{directory}: damaged search index", hint=_BUILD_HINT) from None
    if manifest.get("format") != FORMAT:
        raise IndexMissingError(f"{directory}: search index of another version", hint=_BUILD_HINT)
    if sizes != manifest["files"]:
        raise IndexMissingError(f"{directory}: damaged search index", hint=_BUILD_HINT)
    found: dict[str, Any] = manifest
    return found


@contextmanager
def _translated(directory: Path) -> Iterator[None]:
    """Whoosh meets damage with any exception there is; tell it as our own."""
    try:
        yield
    except Exception as error:
        raise IndexMissingError(
            f"{directory}: damaged search index ({type(error).__name__})", hint=_BUILD_HINT
        ) from error


def _files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.is_file())


def _sync(directory: Path) -> None:
    """Have every file and folder on disk before anybody points at it."""
    folders = [path for path in directory.rglob("*") if path.is_dir()]
    for path in [*_files(directory), *folders, directory, directory.parent]:
        sync(path)
