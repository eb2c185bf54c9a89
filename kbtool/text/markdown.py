"""Markdown undone: what an article's readers see, block by block, with the lines it stands on.

This is for our own articles. What agents and customers write is no Markdown, or only half:
``kbtool/articles/saying/replies.py`` undoes that, and keeps ``<your code>``, which is a tag here.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

BlockKind: TypeAlias = Literal["heading", "text", "item", "row", "code"]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CONFLICT_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)\s*")
_RULE = re.compile(r"[\s|:]*[-*_][\s|:]*[-*_][\s|:]*[-*_][\s|:*_-]*")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S.*")
_MARGIN = re.compile(r"\s*((?:>\s?)*)\s*(?:([-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?")
_BLOCK_START = re.compile(r"\s*(?:>|[-*+]\s|\d{1,9}[.)]\s|\||!{3}\s|\?{3}\+?\s)")
_ADMONITION = re.compile(r"\s*(?:!{3}|\?{3}\+?)\s+[\w -]+?(?:\s+\"(.*)\")?\s*")
_ATTRIBUTES = re.compile(r"\{:?[^\S\n]*[.#][^{}\n]{0,200}\}")
_LINK = re.compile(
    r"(?<!\\)(!?)\[([^\[\]]*)(?<!\\)\]"
    r"(?:\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)|\[[^\[\]\n]*\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|~~|==|`{1,3})(?=\S)(.{1,500}?)(?<=\S)(?<!\\)\1", re.DOTALL)
_UNDERSCORES = re.compile(r"(?<![\w\\])_{1,3}(?=\S)|(?<=\S)(?<!\\)_{1,3}(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKUP = re.compile(r"[\\`*_~={}\[\]<>]")
"""Most lines hold nothing that could be markup."""
_SPACE = re.compile(r"\s+")
_OPEN, _HEAD_END, _CLOSE = "\ue000", "\ue001", "\ue002"
"""Stand around the words of a link until its block is undone: ``_OPEN 3 _HEAD_END words _CLOSE``."""
_OWN_MARKS = re.compile(f"[{_OPEN}-{_CLOSE}]")
_MARK = f"{_OPEN}\\d+{_HEAD_END}|{_CLOSE}"
_MARKED = re.compile(f"{_OPEN}(\\d+){_HEAD_END}|{_CLOSE}")
_BETWEEN_MARKS = re.compile(f"({_MARK})")
_BLANKS = re.compile(f"(?:\\s|{_MARK})+")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a block: its place in the block's text, and where it leads as written."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list, a row of a table, or a block of code."""

    kind: BlockKind
    text: str
    """Plain and on one line; code keeps its lines."""
    starts: tuple[tuple[int, int], ...]
    """(offset in ``text``, 1-based line of the Markdown) of each line it stands on."""
    quoted: bool = False
    """It stands in a quote (``>``)."""
    marker: str = ""
    """Of an item: ``-`` or ``1.``"""
    links: tuple[Link, ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the Markdown on which this place of ``text`` stands."""
        return self.starts[max(bisect_right(self.starts, (offset, 1 << 62)) - 1, 0)][1]


@lru_cache(maxsize=2)  # several rules ask for the blocks of one article in a row
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in order, without markup, comments and addresses.

    What nobody sees (definitions of links, rules, empty paragraphs) is left out.
    """
    reader = _Reader()
    text = _OWN_MARKS.sub("", markdown)
    text = _COMMENT.sub(lambda m: "\n" * m[0].count("\n") or " ", text)
    for number, line in enumerate(text.split("\n"), start=1):
        reader.take(number, line)
    reader.close()
    return tuple(block for block in reader.blocks if block.text.strip())


def plain_text(markdown: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(headings, blocks of text) of a Markdown text, each on one line, in order."""
    found = blocks(markdown)
    return (
        tuple(block.text for block in found if block.kind == "heading"),
        tuple(line for block in found if block.kind != "heading" for line in _lines(block)),
    )


def _lines(block: Block) -> Iterator[str]:
    if block.kind != "code":
        yield block.text
    else:
        yield from (shown for line in block.text.split("\n") if (shown := _collapsed(line)))


class _Reader:
    """Puts line after line where it belongs: into the open block or a new one."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._fence = ""
        self._kind: BlockKind = "text"
        self._lines: list[tuple[int, str]] = []
        self._quoted = False
        self._marker = ""

    def take(self, number: int, line: str) -> None:
        """Read one line; ``number`` is its place in the Markdown."""
        opened = _FENCE.match(line)
        if opened and (not self._fence or opened[1].startswith(self._fence)):
            self._fence = "" if self._fence else opened[1]
            self.close()
            self._kind = "code" if self._fence else "text"
        elif self._fence:
            self._lines.append((number, line))
        else:
            self._read(number, line)

    def close(self) -> None:
        """End the open block."""
        if self._lines:
            self.blocks.append(self._made())
        self._lines, self._kind, self._quoted, self._marker = [], "text", False, ""

    def _read(self, number: int, line: str) -> None:
        heading = _HEADING.fullmatch(line)
        if _CONFLICT_MARKER.fullmatch(line.strip()):
            self.close()  # first, because ======= also underlines a heading
        elif heading:
            self.close()
            self._kind, self._lines = "heading", [(number, heading[1])]
            self.close()
        elif _SETEXT.fullmatch(line) and len(self._lines) == 1:
            self._kind = "heading"
            self.close()
        elif not line.strip() or _RULE.fullmatch(line) or _DEFINITION.fullmatch(line):
            self.close()
        else:
            self._continue(number, line)

    def _continue(self, number: int, line: str) -> None:
        margin = _MARGIN.match(line)
        assert margin is not None  # noqa: S101 - it matches nothing too
        quoted, marker = bool(margin[1]), margin[2] or ""
        rest = line[margin.end() :]
        if _BLOCK_START.match(line) and not (
            quoted and self._quoted and not marker and rest.strip()
        ):
            self.close()
            row = line.lstrip()[:1] == "|"
            self._kind = "row" if row else "item" if marker else "text"
            self._quoted, self._marker = quoted, marker
        admonition = _ADMONITION.fullmatch(line)
        text = (admonition[1] or "") if admonition else rest
        self._lines.append((number, text.replace("|", " ") if self._kind == "row" else text))

    def _made(self) -> Block:
        if self._kind == "code":
            return _joined("code", [(number, line.rstrip()) for number, line in self._lines], "\n")
        urls: list[str] = []
        undone = _undone("\n".join(text for _, text in self._lines), urls).split("\n")
        numbers = [number for number, _ in self._lines]
        lines = [
            (number, shown)
            for number, line in zip(numbers, undone, strict=True)
            if _MARKED.sub("", shown := _collapsed(_unescaped(line)))
        ]
        made = _joined(self._kind, lines or [(numbers[0], "")], " ")
        return _without_marks(made, urls, quoted=self._quoted, marker=self._marker)


def _undone(text: str, urls: list[str]) -> str:
    """The words of a block of as many lines: links stand between marks, their ``urls`` apart."""
    if not _MARKUP.search(text):
        return text

    def link(match: re.Match[str]) -> str:
        if match[1] or match[3] is None or not match[3].strip():
            return match[2]
        urls.append(match[3].split()[0].strip("<>"))
        return f"{_OPEN}{len(urls) - 1}{_HEAD_END}{match[2]}{_CLOSE}"

    text = _ATTRIBUTES.sub("", text)
    for _ in range(2):  # an image may stand inside a link, soft inside bold
        text = _EMPHASIS.sub(r"\2", _LINK.sub(link, text))
    text = _AUTOLINK.sub(r"\1", _FOOTNOTE.sub("", text))
    text = _TAG.sub(lambda m: "\n" * m[0].count("\n") or " ", text)
    return _ESCAPE.sub(r"\1", _UNDERSCORES.sub("", text))


def _joined(kind: BlockKind, lines: list[tuple[int, str]], between: str) -> Block:
    starts: list[tuple[int, int]] = []
    offset = 0
    for number, line in lines:
        starts.append((offset, number))
        offset += len(line) + len(between)
    return Block(kind, between.join(line for _, line in lines), tuple(starts))


def _without_marks(block: Block, urls: list[str], *, quoted: bool, marker: str) -> Block:
    """The block with its links told apart from its text."""
    pieces: list[str] = []
    links: list[Link] = []
    opened: list[tuple[int, str]] = []
    cuts: list[tuple[int, int]] = []  # (where a mark ended, how much is cut up to there)
    length = last = 0
    for mark in _MARKED.finditer(block.text):
        pieces.append(block.text[last : mark.start()])
        length += mark.start() - last
        last = mark.end()
        cuts.append((last, last - length))
        if mark[1]:
            opened.append((length, urls[int(mark[1])]))
        elif opened:
            start, url = opened.pop()
            links.append(Link(start, length, url))
    text = "".join([*pieces, block.text[last:]])
    starts = tuple((_moved(offset, cuts), line) for offset, line in block.starts)
    return Block(block.kind, text, starts, quoted, marker, tuple(links))


def _moved(offset: int, cuts: list[tuple[int, int]]) -> int:
    known = bisect_right(cuts, (offset, 1 << 62)) - 1
    return offset - (cuts[known][1] if known >= 0 else 0)


def _unescaped(text: str) -> str:
    """Entities undone; one that stands for a mark of ours must not become one."""
    pieces = _BETWEEN_MARKS.split(text)  # every second one is a mark
    return "".join(
        piece if number % 2 else _OWN_MARKS.sub("\ufffd", html.unescape(piece))
        for number, piece in enumerate(pieces)
    )


def _collapsed(text: str) -> str:
    """White space in a row becomes one space, none is left at both ends; marks are not in its way."""
    if _OPEN not in text and _CLOSE not in text:
        return " ".join(text.split())
    whole = len(text)

    def one(run: re.Match[str]) -> str:
        marks = _SPACE.sub("", run[0])
        if len(marks) == len(run[0]) or run.start() == 0 or run.end() == whole:
            return marks
        before = run[0][: _SPACE.search(run[0]).start()]  # type: ignore[union-attr]  # there is one
        return f"{before} {marks[len(before) :]}"

    return _BLANKS.sub(one, text)
