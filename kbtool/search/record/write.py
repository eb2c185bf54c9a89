"""Write the record: one Whoosh index a language, in a new folder, never changed afterwards.

The same documents give the same bytes: segments have a name of ours instead of a random one and
are left as separate files, because Whoosh joins them in the order in which the disk lists them.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from kbtool.model import Document
from kbtool.search.record.files import write_manifest
from kbtool.search.record.tokens import WordList, folded, text_tokens

INDEX_NAME = "MAIN"
TEXT_FIELDS = ("title", "questions", "headings", "body")
EXACT = "="
"""The mark of a whole tag; the tag's own words stand unmarked beside it."""

_SEGMENT = "record"
_MEMORY = 256  # megabytes of postings that are sorted at once


def write_record(documents: Sequence[Document], directory: Path) -> None:
    """Write the record of ``documents`` into ``directory``, which is made and must be empty.

    All files are on disk (fsync) when this returns; a folder left by a killed run is no record.
    Raises OSError when the disk is full or the folder is not writable, and FileExistsError when
    it holds anything.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty")
    ordered = sorted(documents, key=lambda document: (document.lang, document.id))
    languages = {}
    for number, (lang, group) in enumerate(groupby(ordered, key=lambda document: document.lang)):
        shelf = list(group)
        folder = directory / str(number)
        _write_shelf(shelf, folder)
        listed = WordList.of(lang, (searched_texts(document) for document in shelf))
        (directory / f"{number}.words").write_text(str(listed), encoding="utf-8")
        languages[lang] = {"folder": folder.name, "articles": len(shelf), "words": len(listed)}
    write_manifest(directory, languages)


def schema() -> Schema:
    """The fields; their tokens are given as lists, so that no analyzer of Whoosh's is used."""
    return Schema(
        id=ID(unique=True),
        category=ID(),
        tags=KEYWORD(scorable=True),
        record=STORED,
        **{name: TEXT(analyzer=IDAnalyzer()) for name in TEXT_FIELDS},
    )


def searched_texts(document: Document) -> tuple[str, ...]:
    """The texts of ``document`` in which words are looked for."""
    return tuple(_text(document, name) for name in (*TEXT_FIELDS, "tags"))


def _text(document: Document, name: str) -> str:
    """The text of a field, each of its parts on a line of its own."""
    value = getattr(document, name)
    return value if isinstance(value, str) else "\n".join(value)


class _SteadyCodec(W3Codec):  # type: ignore[misc] # Whoosh ships no types
    """Whoosh's codec with a segment name that is the same in every run."""

    def new_segment(self, storage: Any, indexname: str) -> Any:
        # its codec is pickled with the segment: Whoosh's own, which every version can read
        return W3Segment(W3Codec(), indexname, segid=_SEGMENT)


def _write_shelf(documents: Sequence[Document], folder: Path) -> None:
    folder.mkdir()
    index = FileIndex.create(FileStorage(str(folder)), schema(), INDEX_NAME)
    writer = index.writer(limitmb=_MEMORY, codec=_SteadyCodec(), compound=False)
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
    (folder / f"{INDEX_NAME}_WRITELOCK").unlink(missing_ok=True)


def _fields(document: Document) -> dict[str, Any]:
    lang = document.lang
    names = [EXACT + folded(tag) for tag in document.tags]
    return {
        "id": folded(document.id),
        "category": None if document.category is None else folded(document.category),
        "tags": [*names, *text_tokens(_text(document, "tags"), lang)],
        "record": {name: getattr(document, name) for name in document.__slots__ if name != "lang"},
        **{name: text_tokens(_text(document, name), lang) for name in TEXT_FIELDS},
    }
