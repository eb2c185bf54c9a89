"""The documents of a build, kept beside the index so that it can be made again without one.

JSON Lines, one document a line; the last line holds the format, the number of documents and the
SHA-256 of all that stands before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from kbtool.disk import replace_file
from kbtool.errors import IndexMissingError
from kbtool.model import Document
from kbtool.search.parts import Part

FORMAT = 1
_HINT = "kbtool build"
_NAMES = {field.name for field in fields(Document)}
_LISTS = {"questions", "headings", "tags"}


def write_documents(shelves: Mapping[str, Sequence[Part]], path: Path) -> None:
    """Write the documents of each language's parts to ``path``; the old file is replaced in one
    step.

    Raises OSError when the disk is full or the folder is not writable.
    """
    parts = [part for of_language in shelves.values() for part in of_language]
    lines = b"".join(part.lines for part in parts)
    checksum = hashlib.sha256(lines).hexdigest()
    count = sum(len(part.documents) for part in parts)
    last = {"format": FORMAT, "documents": count, "sha256": checksum}
    replace_file(path, lines + json.dumps(last, sort_keys=True).encode() + b"\n")


def read_documents(path: Path) -> tuple[Document, ...]:
    """The documents that ``write_documents`` wrote to ``path``, in the same order.

    Raises IndexMissingError when there is no such file, or it was cut off or changed, or another
    version of kbtool wrote it.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise IndexMissingError(f"{path}: no kept documents", hint=_HINT) from None
    except OSError as error:
        raise IndexMissingError(f"{path}: cannot be read ({error.strerror})", hint=_HINT) from error
    lines, last = _checked(content, path)
    try:
        made = tuple(document_of(line) for line in lines.splitlines(keepends=True))
    except (ValueError, TypeError) as error:
        raise IndexMissingError(f"{path}: documents of another version", hint=_HINT) from error
    if len(made) != last["documents"]:
        raise IndexMissingError(f"{path}: damaged", hint=_HINT)
    return made


def _checked(content: bytes, path: Path) -> tuple[bytes, dict[str, Any]]:
    """The lines of the documents and the last line, when both fit together."""
    end = content.rstrip(b"\n").rfind(b"\n") + 1
    try:
        last = json.loads(content[end:])
        known, checksum = last["format"], last["sha256"]
    except (ValueError, TypeError, LookupError):
        raise IndexMissingError(f"{path}: damaged: its last line is cut off", hint=_HINT) from None
    if known != FORMAT:
        raise IndexMissingError(f"{path}: documents of another version", hint=_HINT)
    if hashlib.sha256(content[:end]).hexdigest() != checksum:
        raise IndexMissingError(f"{path}: damaged: its checksum is wrong", hint=_HINT)
    return content[:end], last


def document_of(line: bytes) -> Document:
    """The document of a line of ``Part.lines``. Raises ValueError or TypeError when it is none."""
    found: dict[str, Any] = json.loads(line)
    if found.keys() != _NAMES:
        raise ValueError(f"fields {sorted(found)}")
    lists = {name: tuple(found[name]) for name in _LISTS}
    return Document(**(found | lists))
