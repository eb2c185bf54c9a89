"""A draft as its reader sees it: plain sentences, steps, and the places where agents disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import markdown

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.model import Article
from kbtool.text import get_language, sentences, words
from tests.eval.drafts.labels import plain

_BLOCK = re.compile(f"{re.escape(CONFLICT)}(.*?){re.escape(CONFLICT_END)}", re.DOTALL)
_BACKING = re.compile(r"\s*(?:\(newest\))?\s*\([^()]*\b(?:tickets?|agents?)\b[^()]*\)\s*$")
_LINK = re.compile("\ue000[^\ue001]*\ue001")
_EMPTY = "\ue000\ue001"
_MARKS = str.maketrans("", "", "\ue000\ue001")
_REFERENCE = re.compile(r"\[[\w-]+\]")
_TAGS = frozenset({"p", "li", "h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a draft; an item of a list is one sentence."""

    text: str
    tag: str
    """The HTML element it stands in: ``p``, ``li``, ``h2`` …"""
    bare: str
    """The text without that of links to articles."""
    block: int | None = None
    """Number of the conflict it is a side of."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a draft tells its reader, in order."""

    lines: tuple[Line, ...]

    @property
    def told(self) -> tuple[Line, ...]:
        """The sentences that are told as true."""
        return tuple(line for line in self.lines if line.block is None and line.tag[0] != "h")

    @property
    def sides(self) -> dict[int, list[Line]]:
        """Number of a conflict → its sides, as they stand."""
        found: dict[int, list[Line]] = {}
        for line in self.lines:
            if line.block is not None:
                found.setdefault(line.block, []).append(line)
        return found


def read_sheet(article: Article) -> Sheet:
    """The sentences of a draft's body. What kbtool says itself in a conflict block is left out."""
    lines: list[Line] = []
    for number, piece in enumerate(_BLOCK.split(article.body)):
        block = number // 2 if number % 2 else None
        for tag, text in _elements(piece, article.lang):
            if block is None:
                lines += [_line(one, tag) for one in _sentences(text, tag)]
            elif tag == "li":
                lines.append(_line(_BACKING.sub("", text), tag, block))
    return Sheet(tuple(lines))


def _line(text: str, tag: str, block: int | None = None) -> Line:
    return Line(text.translate(_MARKS), tag, _LINK.sub(" ", text), block)


def evidenced(article: Article, sheet: Sheet) -> list[bool]:
    """For each sentence (conflicts included, headings not) whether evidence holds it. Several that
    stand together without a mark that ends a sentence count as one and need evidence each.
    """
    known = [one.text for one in article.evidence if one.sources]
    texts = [words(text) for full in known for text in (full, _REFERENCE.sub(" ", full))]
    return [_rests(words(line.bare), texts) for line in sheet.lines if line.tag[0] != "h"]


def _rests(wanted: list[str], texts: list[list[str]]) -> bool:
    """Whether the words stand in one of the texts, or begin with a whole one and the rest does."""
    spaced = f" {' '.join(wanted)} "
    return any(spaced in f" {' '.join(text)} " for text in texts) or any(
        text and wanted[: len(text)] == text and _rests(wanted[len(text) :], texts)
        for text in texts
    )


def _sentences(text: str, tag: str) -> list[str]:
    """A link's title may hold a full stop or a question mark and ends no sentence."""
    if tag == "li":
        return [text]
    titles = iter(_LINK.findall(text))
    found = sentences(_LINK.sub(_EMPTY, text))
    return [re.sub(_EMPTY, lambda _: next(titles), one) for one in found]


def _elements(source: str, lang: str) -> Iterator[tuple[str, str]]:
    """(tag, text) of each element, without kbtool's own words ("Note:", "See also: …")."""
    reader = _Reader()
    reader.feed(markdown.markdown(source, extensions=["sane_lists"]))
    reader.close()
    language = get_language(lang)
    for tag, found in reader.found:
        text = " ".join(found.split()).removeprefix(f"{language.note}: ")
        if text and not text.startswith(f"{language.see_also}: "):
            yield tag, text


class _Reader(HTMLParser):
    """The text of each paragraph, item and heading, with marks around links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _TAGS and "li" not in self._open:
            self._open.append(tag)
            self.found.append((tag, ""))
        if tag == "a":
            self.handle_data("\ue000")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.handle_data("\ue001")
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, text = self.found[-1]
            self.found[-1] = (tag, text + data)


def told_text(sheet: Sheet) -> str:
    """All that is told as true, compared plainly."""
    return plain("\n".join(line.text for line in sheet.told))
