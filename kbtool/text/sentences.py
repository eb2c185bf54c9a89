"""Sentences: lines, list items and the sentences inside them."""

from __future__ import annotations

import re

_ITEM = re.compile(r"^\s*(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+|[a-z]\)\s+)")
_END = re.compile(r"(?<=[.!?…])[\"”»)]?\s+(?=[\"“„«(]?[^\W_a-zà-ÿ])|(?<=[?!])\s+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|nr|vs|mr|mrs|ms|dr|st|incl|max|min|tel|vb|örn|bkz|nt|jne|jms|st|lk|sh|k\.a|s\.t)|\b\w|\b\d{1,2})\.$",
    re.IGNORECASE,
)
_ABBREVIATION_LENGTH = 16


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` in order, list markers cut, white space collapsed, none empty.

    A line break ends a sentence when a blank line or a list item follows; otherwise it is a wrap.
    """
    found: list[str] = []
    for block in _blocks(text):
        found.extend(_split(block))
    return found


def is_list_item(line: str) -> bool:
    """Whether the line starts with a bullet or a number."""
    return bool(_ITEM.match(line))


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    current: list[str] = []
    for line in text.splitlines():
        if not line.strip() or is_list_item(line):
            blocks.append(" ".join(current))
            current = []
        if line.strip():
            current.append(_ITEM.sub("", line).strip())
            if re.search(r"[.!?:]\s*$", line):
                blocks.append(" ".join(current))
                current = []
    blocks.append(" ".join(current))
    return [block for block in blocks if block]


def _split(block: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(block):
        end = match.start()
        # only the end is looked at, so that many abbreviations in a row take no longer than others
        if _ABBREVIATION.search(block[max(start, end - _ABBREVIATION_LENGTH) : end]):
            continue
        piece = block[start:end].strip()
        if not piece:
            continue
        pieces.append(re.sub(r"\s+", " ", piece))
        start = match.end()
    rest = re.sub(r"\s+", " ", block[start:]).strip()
    return [*pieces, rest] if rest else pieces
