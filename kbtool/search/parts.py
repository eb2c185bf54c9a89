"""Articles in parts: what is worked out of a part is kept until one of its articles changes.

Where a part ends depends on the ids around it alone, so that an article that comes or goes changes
its own part, seldom a neighbour, and no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby, pairwise

from kbtool.model import Document

_SMALLEST = 64
_PARTS = 64
"""Parts of a language, at most; mostly some twenty."""


_NAMES = sorted(field.name for field in fields(Document))
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles of one language."""

    lang: str
    documents: Sequence[Document]
    lines: bytes
    """The same articles as JSON Lines."""


def parts_of(documents: Sequence[Document]) -> dict[str, list[Part]]:
    """Language → its articles by id in parts; languages sorted."""
    ordered = sorted(documents, key=lambda document: (document.lang, document.id))
    return {
        lang: [Part(lang, run, b"".join(map(_line, run))) for run in _runs(list(group))]
        for lang, group in groupby(ordered, key=lambda document: document.lang)
    }


def pieces(part: Part) -> Iterator[Part]:
    """The part in smaller ones, some sixteen, of which a changed article changes one: for what is
    cheap to read again from many files.
    """
    size = 1 << max(3, len(part.documents).bit_length() - 4)
    lines = part.lines.splitlines(keepends=True)
    ends = [n for n, one in enumerate(part.documents) if n and _mark(one.id) % size == 0]
    for at, end in pairwise([0, *ends, len(lines)]):
        yield Part(part.lang, part.documents[at:end], b"".join(lines[at:end]))


def _line(document: Document) -> bytes:
    """Half a surrogate pair becomes the JSON escape that it is read back from."""
    text = _ENCODER.encode({name: getattr(document, name) for name in _NAMES})
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _runs(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Runs of ``span`` or more articles, mostly twice as many; ``span`` grows with their number by
    powers of two.
    """
    span = _SMALLEST
    while span * _PARTS < len(documents):
        span *= 2
    marks = [_mark(document.id) for document in documents]
    low = 2**32 // span * 16  # of so many neighbours one is lower, or nearly always
    ends = [
        at
        for at, mark in enumerate(marks)
        if at >= span and mark < low and mark < min(_around(marks, at, span))
    ]
    for at, end in zip([0, *ends], [*ends, len(documents)], strict=True):
        yield documents[at:end]


def _mark(id_: str) -> int:
    """A number that looks drawn by lot."""
    digest = hashlib.blake2b(id_.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big")


def _around(marks: Sequence[int], at: int, span: int) -> list[int]:
    """The marks of the neighbours on both sides."""
    return [*marks[max(0, at - span) : at], *marks[at + 1 : at + span + 1], 2**32]
