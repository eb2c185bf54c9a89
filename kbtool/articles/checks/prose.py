"""The sentences that readers read, each with its line and its menu paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.model import Article
from kbtool.text import sentences
from kbtool.text.markdown import blocks

_UNDECIDED = re.compile(f"{re.escape(CONFLICT)}.*?(?:{re.escape(CONFLICT_END)}|\\Z)", re.DOTALL)
_BOLD_PATH = re.compile(r"\*\*([^*\n>]+(?: (?:>|&gt;|→) [^*\n>]+)+)\*\*")
_OPEN, _CLOSE = "\ue010", "\ue011"
_PATH = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's text: no heading, no code, no row of a table."""

    text: str
    line: int
    """1-based, of the file."""
    paths: tuple[str, ...] = ()
    """Menu paths that it names in bold: ``Account > Boxes``."""
    around: str = ""
    """The text without them."""


def prose(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article in order; where agents disagree nothing is said yet."""
    body = _UNDECIDED.sub(lambda match: "\n" * match[0].count("\n"), article.body)
    return tuple(_sentences(_BOLD_PATH.sub(f"{_OPEN}\\1{_CLOSE}", body), article.body_line - 1))


def _sentences(body: str, before: int) -> Iterator[Sentence]:
    for block in blocks(body):
        if block.kind not in ("text", "item"):
            continue
        end = 0
        for text in sentences(block.text):
            start = block.text.find(text, end)
            start = end if start < 0 else start
            end = start + len(text)
            yield _made(text, before + block.line_at(start))


def _made(text: str, line: int) -> Sentence:
    return Sentence(
        text=text.replace(_OPEN, "").replace(_CLOSE, ""),
        line=line,
        paths=tuple(" ".join(path.split()) for path in _PATH.findall(text)),
        around=_PATH.sub(" ", text),
    )
