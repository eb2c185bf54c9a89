"""Write the record: a few Whoosh indexes a language, in a new folder, never changed afterwards.

Each holds a part of the articles (``kbtool.search.parts``), so that a changed article costs its
part alone. The same documents give the same bytes: segments have a name of ours instead of a random
one and are left as separate files, because Whoosh joins them in the order in which the disk lists
them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Positions
from whoosh.index import TOC
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte

from kbtool.model import Document
from kbtool.search.cache import NOTHING_KEPT, Cache, name_of, packed, unpacked
from kbtool.search.parts import Part
from kbtool.search.record.files import write_manifest
from kbtool.search.record.tokens import WordList, folded, read_texts

INDEX_NAME = "MAIN"
TEXT_FIELDS = ("title", "questions", "headings", "body")
WORDS = (*TEXT_FIELDS, "tags")
"""The fields in which words are looked for."""
EXACT = "="
"""The mark of a whole tag; the tag's own words stand unmarked beside it."""

_SEGMENT = "record"
_LISTED = "words"
"""What the list of words of a kept part is called among its files."""

_Postings: TypeAlias = dict[bytes, list[tuple[int, float, bytes, int]]]
"""Term → article, times, places as Whoosh has them, length of the field."""


def write_record(
    shelves: Mapping[str, Sequence[Part]], directory: Path, cache: Cache = NOTHING_KEPT
) -> None:
    """Write the record of each language's parts into ``directory``, which is made and must be
    empty.

    The caller brings the files to the disk; a folder left by a killed run is no record. Raises
    OSError when the disk is full or the folder is not writable, and FileExistsError when it holds
    anything.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise FileExistsError(f"{directory} is not empty")
    languages = {}
    for number, (lang, parts) in enumerate(shelves.items()):
        folder = directory / str(number)
        written = [_write_part(part, folder / str(n), cache) for n, part in enumerate(parts)]
        listed = WordList.sum(lang, written)
        (directory / f"{number}.words").write_text(str(listed), encoding="utf-8")
        sizes = [len(part.documents) for part in parts]
        languages[lang] = {"folder": folder.name, "articles": sizes, "words": len(listed)}
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
    return tuple(_text(document, name) for name in WORDS)


def _text(document: Document, name: str) -> str:
    """The text of a field, each of its parts on a line of its own."""
    value = getattr(document, name)
    return value if isinstance(value, str) else "\n".join(value)


def _write_part(part: Part, folder: Path, cache: Cache) -> WordList:
    """Write one part's index, or the one that was kept of it; its words come back."""
    name = name_of(b"record", part.lines)
    kept = cache.get(name)
    folder.mkdir(parents=True)
    if kept is not None:
        files = unpacked(kept)
        words = WordList.parse(part.lang, files.pop(_LISTED).decode())
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return words
    words = _write_index(part, folder)
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    cache.put(name, packed({_LISTED: str(words).encode(), **files}))
    return words


def _write_index(part: Part, folder: Path) -> WordList:
    """Write a Whoosh index, its postings sorted by us: Whoosh's own writer sends each of them
    through a pool on the disk and looks up how long its field is, which takes thrice the time.
    """
    storage = FileStorage(str(folder))
    segment = W3Segment(W3Codec(), INDEX_NAME, segid=_SEGMENT)
    counts: Counter[tuple[str, str]] = Counter()
    with _Articles(storage, segment) as articles:
        for document, line in zip(part.documents, part.lines.splitlines(), strict=True):
            counts.update(articles.add(document, line))
    segment.set_doc_count(len(part.documents))
    with closing(segment.codec().field_writer(storage, segment)) as writer:
        for name, postings in sorted(articles.postings.items()):
            _write_field(name, postings, writer)
    TOC(schema(), [segment], 1).write(storage, INDEX_NAME)
    (folder / f"{INDEX_NAME}.tmp").rmdir()  # Whoosh's, empty by now
    return WordList(part.lang, counts)


def _write_field(name: str, postings: _Postings, writer: Any) -> None:
    writer.start_field(name, schema()[name])
    for text in sorted(postings):
        writer.start_term(text)
        for posting in postings[text]:
            writer.add(*posting)
        writer.finish_term()
    writer.finish_field()


class _Articles:
    """What Whoosh stores of articles and of the lengths of their fields, written one by one."""

    def __init__(self, storage: FileStorage, segment: W3Segment) -> None:
        self._writer = segment.codec().per_document_writer(storage, segment)
        self._schema = schema()
        self._places = _Places()
        self._count = 0
        self.postings: dict[str, _Postings] = defaultdict(lambda: defaultdict(list))
        """Field → what is to be written of its words."""

    def __enter__(self) -> _Articles:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def add(self, document: Document, line: bytes) -> set[tuple[str, str]]:
        """Write what is stored; the (folded word, token) of every word come back.

        Stored is the document as JSON: Whoosh pickles what it gets, and a pickle of the document's
        own values also tells which of them are one object, so that equal ones had other bytes.
        """
        tokens, keys = read_texts({name: _text(document, name) for name in WORDS}, document.lang)
        tokens["tags"] = [*(EXACT + folded(tag) for tag in document.tags), *tokens["tags"]]
        self._writer.start_doc(self._count)
        for name, found in tokens.items():
            self._add_field(name, found)
        for name in ("id", "category"):
            if (value := getattr(document, name)) is not None:
                self.postings[name][folded(value).encode()].append((self._count, 1.0, b"", 0))
        self._writer.add_field("record", self._schema["record"], line, 0)
        self._writer.finish_doc()
        self._count += 1
        return keys

    def _add_field(self, name: str, tokens: Sequence[str]) -> None:
        self._writer.add_field(name, self._schema[name], None, len(tokens))
        length = byte_to_length(length_to_byte(len(tokens)))  # as Whoosh will know it
        places: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(tokens):
            places[token].append(place)
        encode = self._places.__getitem__ if name in TEXT_FIELDS else _times
        for token, found in places.items():
            posting = (self._count, float(len(found)), encode(tuple(found)), length)
            self.postings[name][token.encode()].append(posting)


class _Places(dict[tuple[int, ...], bytes]):
    """Places in a field → how Whoosh writes them; the same ones come again and again."""

    def __missing__(self, places: tuple[int, ...]) -> bytes:
        found: bytes = Positions().encode(places)
        self[places] = found
        return found


def _times(places: tuple[int, ...]) -> bytes:
    """How Whoosh writes how often a word is there, where its places do not count."""
    return bytes(pack_uint(len(places)))
