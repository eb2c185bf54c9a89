"""The search index of a release: impacts that rank, the record for fields and phrases, the articles.

An index is built once into its own new folder and never changed. What readers find is ranked from
the impacts alone (``impacts``), the same way in the terminal, the server and the browser.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kbtool.disk import sync
from kbtool.errors import IndexMissingError
from kbtool.model import SearchFound, SearchHit
from kbtool.permalink import permalink_address
from kbtool.search.impacts.query import Group
from kbtool.search.impacts.rank import Answer, Ranked, Ranker
from kbtool.search.impacts.reader import Shelf
from kbtool.search.snippet import snippet
from kbtool.text import typed_keys, words

if TYPE_CHECKING:
    from kbtool.model import Document
    from kbtool.search.cache import Cache
    from kbtool.search.parts import Part
    from kbtool.search.synonyms import SynonymTable
    from kbtool.search.ticket_text import TicketText

FORMAT = 2
DOCUMENTS = "documents.jsonl"
"""The articles that an index was built of: it can be made again from them."""
IMPACTS = "impacts"
SEARCH = "search"
"""The folder of the site that holds what the browser ranks by."""
_TEXT = "t"
MANIFEST = "index.json"
_BUILD_HINT = "kbtool build"


def build_index(
    documents: Sequence[Document],
    directory: Path,
    synonyms: Mapping[str, SynonymTable] | None = None,
    cache: Path | None = None,
    *,
    durable: bool = True,
) -> None:
    """Write the index of ``documents`` into ``directory``, which is made and must be empty.

    ``synonyms`` are those of the help centre, by language. ``cache`` is a folder of our own that
    keeps what the next index can use; whatever it holds, the same documents give the same index.
    All files are on disk (fsync) when this returns, unless it need not be ``durable``, because the
    caller brings all to the disk at once. Raises OSError when the disk is full or the folder is
    not writable, and FileExistsError when it holds anything.
    """
    from kbtool.search.cache import Cache, name_of  # searching does without all of these
    from kbtool.search.parts import parts_of

    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty")
    kept, shelves, tables = Cache(cache), parts_of(documents), synonyms or {}
    lines = [part.lines for parts in shelves.values() for part in parts]
    name = name_of(b"index", repr(sorted(tables.items())).encode(), *lines)
    if not kept.get_folder(name, directory):
        _write_files(shelves, directory, tables, kept)
        kept.put_folder(name, directory)
        kept.forget_others()
    if durable:
        for path in (*sorted(directory.rglob("*")), directory, directory.parent):
            sync(path)


def _write_files(
    shelves: Mapping[str, Sequence[Part]],
    directory: Path,
    synonyms: Mapping[str, SynonymTable],
    kept: Cache,
) -> None:
    from kbtool.search.impacts.build import write_impacts
    from kbtool.search.record.files import FOLDER
    from kbtool.search.record.kept import write_documents
    from kbtool.search.record.write import write_record

    write_record(shelves, directory / FOLDER, kept)
    languages = write_impacts(shelves, synonyms, partial(_write, directory / IMPACTS), kept)
    write_documents(shelves, directory / DOCUMENTS)
    manifest = {"format": FORMAT, "languages": languages}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")


def export(directory: Path, target: Path, languages: Sequence[str]) -> None:
    """Link what the browser needs of the index in ``directory`` into ``target``, which is made: the
    impacts without the texts, copied where no link can be. A language of ``languages`` without articles gets an empty index,
    so that nobody asks for a file that is missing. Raises OSError.
    """
    from kbtool.search.impacts.build import make_shelf
    from kbtool.search.impacts.shards import write_shelf
    from kbtool.search.synonyms import SynonymTable

    source = directory / IMPACTS
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        if path.parent == source or not path.name.startswith(_TEXT):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, copy)  # neither is ever changed
            except OSError:
                copy.write_bytes(path.read_bytes())
    for lang in languages:
        if not (target / f"{lang}.kb").exists():
            write_shelf(make_shelf([], lang, SynonymTable()), partial(_write, target))


class Index:
    """An open index. It belongs to one thread.

    It keeps what it has read even when a newer release replaces the folder: open it again to see
    that one.
    """

    def __init__(self, directory: Path, languages: Sequence[str]) -> None:
        self._directory = directory
        read = partial(_read, directory / IMPACTS)
        self._rankers = {lang: Ranker(Shelf(lang, read)) for lang in languages}

    @classmethod
    def open(cls, directory: Path) -> Index:
        """The index in ``directory``; a link is followed once, so a later swap does not matter.

        Raises IndexMissingError when there is none, or a damaged one, or one of another format.
        """
        directory = directory.resolve()
        try:
            manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
            known, languages = manifest["format"] == FORMAT, list(manifest["languages"])
        except FileNotFoundError:
            raise IndexMissingError(f"{directory}: no search index", hint=_BUILD_HINT) from None
        except (OSError, ValueError, TypeError, LookupError):
            raise _damaged(directory) from None
        if not known:
            raise IndexMissingError(
                f"{directory}: search index of another version", hint=_BUILD_HINT
            )
        with _translated(directory):
            return cls(directory, languages)

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
        return tuple(self._rankers)

    def close(self) -> None:
        """Let go of what was read."""
        self._rankers = {}

    def search(
        self,
        query: str,
        *,
        lang: str | None = None,
        category: str | None = None,
        tag: str | None = None,
        limit: int = 10,
        only_lang: bool = False,
        as_typed: bool = False,
    ) -> SearchFound:
        """The best ``limit`` articles for any text whatsoever, ties by category and id.

        Articles in ``lang``, the reader's language, come first, unless the query is clearly in
        another of the languages; the others are offered after them, and left out with
        ``only_lang``. ``category`` and ``tag`` are strict filters. ``as_typed`` corrects nothing.
        Raises IndexMissingError when the index is damaged.
        """

        def ask(code: str) -> Answer:
            ranker = self._rankers[code]
            inside = _inside(ranker, category, tag)
            return ranker.rank(query, max(0, limit), inside=inside, as_typed=as_typed)

        with _translated(self._directory):
            answers: dict[str, Answer] = {}
            for code in self._order(lang, only_lang=only_lang):
                answers[code] = ask(code)
                enough = sum(len(answer.ranked) for answer in answers.values()) >= limit
                if code == lang and enough and _is_understood(answers[code]):
                    break
            order = list(answers)
            if lang not in answers or not _is_understood(answers[lang]):
                order.sort(key=lambda code: -_understood(answers[code]))
            found = [(code, one) for code in order for one in answers[code].ranked]
            hits = tuple(self._show(code, one, answers[code].groups) for code, one in found[:limit])
        first = order[0] if order else None
        corrected = _corrected(query, first, answers[first].groups) if first else None
        return SearchFound(hits, first, corrected)

    def search_ticket(
        self, ticket: TicketText, *, lang: str | None = None, limit: int = 5
    ) -> tuple[SearchHit, ...]:
        """The best ``limit`` articles for a whole ticket, those in ``lang`` first.

        Unlike in a typed query no word is unfinished or taken for a slip of another.
        """
        from kbtool.search.ticket_text import rank_ticket  # a typed query does without it

        found: list[tuple[str, Ranked, list[Group]]] = []
        with _translated(self._directory):
            for code in self._order(lang, only_lang=False):
                ranked = rank_ticket(ticket, self._rankers[code])[: max(0, limit)]
                found += [(code, one, groups) for one, groups in ranked]
            if lang not in self._rankers:
                found.sort(key=lambda hit: (-hit[1].score, hit[0], hit[1].article))
            return tuple(self._show(*hit) for hit in found[: max(0, limit)])

    def _order(self, lang: str | None, *, only_lang: bool) -> list[str]:
        """The languages to look in, ``lang`` before the others."""
        if only_lang and lang:
            return [code for code in self._rankers if code == lang]
        return sorted(self._rankers, key=lambda code: (code != lang, code))

    def _show(self, lang: str, found: Ranked, groups: Sequence[Group]) -> SearchHit:
        """A match as readers see it."""
        shelf = self._rankers[lang].shelf
        id_, title, category, url, _ = shelf.shown(found.article)
        wanted = [(group.word.key, *group.forms) for group in groups if not group.is_bonus]
        return SearchHit(
            id=id_,
            title=title,
            lang=lang,
            category=category,
            url=url,
            permalink=permalink_address(id_),
            score=found.score,
            snippet=snippet(shelf.text(found.article), lang, wanted),
        )


def _inside(ranker: Ranker, category: str | None, tag: str | None) -> frozenset[int] | None:
    """The articles that pass the filters; None when there are none."""
    shelves = ranker.shelf.categories
    found: frozenset[int] | None = None
    if category is not None:
        found = frozenset(
            n for c, at, size in shelves if c == category for n in range(at, at + size)
        )
    if tag is not None:
        tagged = ranker.tagged(tag)
        found = tagged if found is None else found & tagged
    return found


def _understood(answer: Answer) -> float:
    """The share of the query's words that a language knows."""
    return answer.known / answer.words if answer.words else 0.0


def _is_understood(answer: Answer) -> bool:
    """Whether a language knows half of the query's words: then no other takes its place."""
    return 2 * answer.known >= answer.words


def _corrected(query: str, lang: str, groups: Sequence[Group]) -> str | None:
    """The query with the words that were searched instead; None when none was."""
    instead = {group.word.key: group.corrected for group in groups if group.corrected}
    if not instead:
        return None
    return " ".join(instead.get(typed_keys(word)[0], word) for word in words(query, lang))


def _read(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()


def _write(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@contextmanager
def _translated(directory: Path) -> Iterator[None]:
    """Damage shows as any of these when a file is read; tell it as our own."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, EOFError, zlib.error) as error:
        raise _damaged(directory) from error


def _damaged(directory: Path) -> IndexMissingError:
    return IndexMissingError(f"{directory}: damaged search index", hint=_BUILD_HINT)
