"""An article's headings and sections as readers can link to them: with line, anchor and hash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kbtool.model import Article
from kbtool.text import slugify
from kbtool.text.markdown import blocks

TITLE, TOP = "(title)", "(top)"
"""Names of what stands before the first heading; no anchor can be the same."""
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]")
_MAY_BE_ONE = re.compile(r"^ {0,3}(?:#|=|-+\s*$)", re.MULTILINE)
_EXPLICIT_ID = re.compile(r"\{[^}]*#([\w-]+)[^}]*\}")
_HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body."""

    line: int
    """1-based, of the body."""
    level: int
    """1 to 6."""
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it up to the next one, or what stands before the first."""

    name: str
    """The anchor, or ``TOP``."""
    title: str
    line: int
    sha: str
    """Of its text; line breaks and spaces do not count."""


def headings(body: str, lang: str) -> tuple[Heading, ...]:
    """The headings of a Markdown body in order, with the anchors that the site gives them."""
    if not _MAY_BE_ONE.search(body):
        return ()
    lines = body.split("\n")
    taken: set[str] = set()
    found: list[Heading] = []
    for block in blocks(body):
        if block.kind != "heading":
            continue
        number = block.line_at(0)
        raw = lines[number - 1]
        atx = _ATX.match(raw)
        level = len(atx[1]) if atx else 1 if lines[number].lstrip().startswith("=") else 2
        explicit = _EXPLICIT_ID.search(raw)
        anchor = _unique(explicit[1] if explicit else slugify(block.text, lang), taken)
        taken.add(anchor)
        found.append(Heading(number, level, block.text, anchor))
    return tuple(found)


def sections(article: Article, known: tuple[Heading, ...] | None = None) -> tuple[Section, ...]:
    """The sections of an article in order: its top, then one a heading (those ``known``)."""
    lines = article.body.split("\n")
    found = headings(article.body, article.lang) if known is None else known
    starts = [1, *(heading.line for heading in found)]
    ends = [*(heading.line for heading in found), len(lines) + 1]
    names = [(TOP, ""), *((heading.anchor, heading.text) for heading in found)]
    return tuple(
        Section(name, title, start, _sha("\n".join(lines[start - 1 : end - 1])))
        for (name, title), start, end in zip(names, starts, ends, strict=True)
    )


def fingerprint(
    article: Article, known: Sequence[Section] | None = None
) -> tuple[tuple[str, str], ...]:
    """(section, its hash) of all that a translation is made from, the title first."""
    found = sections(article) if known is None else known
    return ((TITLE, _sha(article.title)), *((section.name, section.sha) for section in found))


def mark_of(fingerprint: Iterable[tuple[str, str]]) -> str:
    """One short text for all sections and their hashes, whatever their order."""
    return sha256(repr(sorted(dict(fingerprint).items())).encode()).hexdigest()[:_HASH_LENGTH]


def _unique(name: str, taken: set[str]) -> str:
    return next(one for one in _numbered(name) if one not in taken)


def _numbered(name: str) -> Iterator[str]:
    """``steps``, ``steps_1``, ``steps_2`` …: as Python-Markdown tells equal headings apart."""
    yield name
    number = 1
    while True:
        yield f"{name}_{number}"
        number += 1


def _sha(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:_HASH_LENGTH]
