"""Sets that search is measured on: articles and queries in JSON lines, as anyone may write them.

What cannot be used is told with its file and line and left out; it never stops a run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from kbtool.model import Document

Tell: TypeAlias = Callable[[str], None]
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks, and which articles answer it."""

    qid: str
    text: str
    relevant: frozenset[str]
    lang: str | None = None
    """The reader's; None where the record does not say."""
    kind: str | None = None
    """What the set calls this sort of query."""


class UnusableError(ValueError):
    """Why a record cannot be used."""


def read_documents(path: Path, tell: Tell) -> list[Document]:
    """The articles of a file, in its order; of those with one id the first.

    A record without ``lang`` takes the language that most of the file's records name.
    """
    found: dict[str, Document] = {}
    silent: dict[str, int] = {}
    for line, record in _records(path, tell):
        try:
            document = as_document(record)
        except UnusableError as why:
            tell(f"{path}:{line}: {why}; left out")
            continue
        if document.id in found:
            tell(f"{path}:{line}: the id {document.id!r} was there before; left out")
            continue
        if not record.get("lang"):
            silent[document.id] = line
        found[document.id] = document
    said = Counter(document.lang for key, document in found.items() if key not in silent)
    if silent:
        lang = said.most_common(1)[0][0] if said else FALLBACK
        first = next(iter(silent.values()))
        tell(f"{path}:{first}: no lang here and in {len(silent) - 1} more; taken as {lang!r}")
        found |= {key: replace(found[key], lang=lang) for key in silent}
    return list(found.values())


def read_queries(path: Path, tell: Tell, known: Collection[str]) -> list[Query]:
    """The queries of a file, in its order. ``known`` are the ids of the articles.

    Told, and asked all the same: an id that was there before, and a query whose relevant articles
    are all unknown, which nobody can answer.
    """
    found, seen = [], set()
    for line, record in _records(path, tell):
        try:
            query = as_query(record, f"{path.name}:{line}")
        except UnusableError as why:
            tell(f"{path}:{line}: {why}; left out")
            continue
        if query.qid in seen:
            tell(f"{path}:{line}: the qid {query.qid!r} was there before")
        if not any(one in known for one in query.relevant):
            tell(f"{path}:{line}: no article has the id {', '.join(sorted(query.relevant))}")
        seen.add(query.qid)
        found.append(query)
    return found


def as_document(record: dict[str, Any]) -> Document:
    """A record as the index takes it; what it does not say is empty. Raises UnusableError."""
    key, title, body = _id(record, "id"), _text(record, "title"), _text(record, "body")
    if not title and not body:
        raise UnusableError("neither a title nor a body")
    return Document(
        id=key,
        lang=_text(record, "lang") or FALLBACK,
        title=title,
        questions=_texts(record, "questions"),
        headings=_texts(record, "headings"),
        body=body,
        tags=_texts(record, "tags"),
        category=_text(record, "category") or None,
        url=f"{key}/",
        permalink=f"a/{key}/",
        summary="",
    )


def as_query(record: dict[str, Any], place: str) -> Query:
    """A record as it is asked; ``place`` names a query without a qid. Raises UnusableError."""
    text = _text(record, "query")
    if not text.strip():
        raise UnusableError("no query")
    relevant = frozenset(_texts(record, "relevant"))
    if not relevant:
        raise UnusableError("no relevant article")
    qid = _id(record, "qid") if record.get("qid") is not None else place
    return Query(qid, text, relevant, _text(record, "lang") or None, _text(record, "kind") or None)


def _records(path: Path, tell: Tell) -> Iterator[tuple[int, dict[str, Any]]]:
    """(1-based line, record) of each line that holds an object."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line.decode("utf-8-sig"))
            except ValueError as error:
                tell(f"{path}:{number}: no JSON in UTF-8 ({error}); left out")
                continue
            if isinstance(record, dict):
                yield number, record
            else:
                tell(f"{path}:{number}: no object but {type(record).__name__}; left out")


def _id(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise UnusableError(f"no {field}")
    return str(value)


def _text(record: dict[str, Any], field: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnusableError(f"{field} is no text but {type(value).__name__}")
    return value


def _texts(record: dict[str, Any], field: str) -> tuple[str, ...]:
    """A list of texts or numbers; one alone counts as a list of one."""
    value = record.get(field)
    values = [] if value is None else value if isinstance(value, list) else [value]
    if any(isinstance(one, bool) or not isinstance(one, str | int) for one in values):
        raise UnusableError(f"{field} is no list of texts")
    return tuple(str(one) for one in values)
