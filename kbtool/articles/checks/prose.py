"""The sentences that readers read, each with its line and its menu paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.model import Article
from kbtool.text import is_stop_word, sentences, term, words
from kbtool.text.markdown import blocks

_UNDECIDED = re.compile(f"{re.escape(CONFLICT)}.*?(?:{re.escape(CONFLICT_END)}|\\Z)", re.DOTALL)
_BOLD = re.compile(r"\*\*([^*\n]{3,200})\*\*")
_ON = re.compile(r" (?:>|&gt;|→) ")
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
    words: tuple[str, ...] = ()
    """In lower case."""
    terms: tuple[str, ...] = ()
    """Its index terms in order, without stop words unless there is nothing else."""


def prose(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article in order; where agents disagree nothing is said yet."""
    body = _UNDECIDED.sub(lambda match: "\n" * match[0].count("\n"), article.body)
    found = _sentences(_BOLD.sub(_marked, body), article.body_line - 1)
    return tuple(_made(text, line, article.lang) for text, line in found)


def _marked(match: re.Match[str]) -> str:
    """A menu path between marks that no text of an article holds; other bold text as it is."""
    return f"{_OPEN}{match[1]}{_CLOSE}" if _ON.search(match[1]) else match[0]


def _sentences(body: str, before: int) -> Iterator[tuple[str, int]]:
    for block in blocks(body):
        if block.kind not in ("text", "item"):
            continue
        end = 0
        for text in sentences(block.text):
            start = block.text.find(text, end)
            start = end if start < 0 else start
            end = start + len(text)
            yield text, before + block.line_at(start)


def _made(text: str, line: int, lang: str) -> Sentence:
    shown = text.replace(_OPEN, "").replace(_CLOSE, "")
    found = words(shown, lang)
    telling = [word for word in found if not is_stop_word(word, lang)]
    return Sentence(
        text=shown,
        line=line,
        paths=tuple(" ".join(path.split()) for path in _PATH.findall(text)),
        around=_PATH.sub(" ", text),
        words=tuple(found),
        terms=tuple(term(word, lang) for word in telling or found),
    )
