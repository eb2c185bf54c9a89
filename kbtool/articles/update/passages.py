"""An article's body as blocks and plain sentences, each with its place in the Markdown.

The sentences are what agents' sentences are (plain text, links to articles as LINK marks), so
that both can be compared; the places let a change touch one sentence and nothing beside it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kbtool.articles.draft.render import CONFLICT, CONFLICT_END
from kbtool.articles.saying.replies import LINK, ArticleOf
from kbtool.text import get_language, sentences
from kbtool.text.markdown import Block as Shown
from kbtool.text.markdown import blocks

BlockKind: TypeAlias = Literal["text", "item", "note", "heading", "row", "code", "conflict"]

_ITEM = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)])[ \t]+")
_LEAD = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+)?")
_BACKING = re.compile(r"\s*(?:\(newest\)\s*)?\(\d[^()]*\)$")
_UNSEEN = re.compile(
    r"(?P<image>!)?\[(?P<label>[^\[\]]*)\](?:\((?P<to>[^()\n]*)\)|\[[^\[\]\n]*\])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|<!--.*?-->|</?[A-Za-z][^<>:@]*>|\{:?\s*[.#][^{}\n]*\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item of a list, … of a body."""

    kind: BlockKind
    start: int
    """Offset of its first character; it begins a line."""
    end: int
    """Offset behind its last line, that line's break included."""
    line: int
    """1-based line of the body on which it starts."""
    list: int = -1
    """Of an item: which list it is in, counted from 0; items inside items are another list."""
    number: int | None = None
    """Of an item: the number before it; None of a bullet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a body."""

    text: str
    """Plain, links to articles as LINK marks."""
    start: int
    end: int
    """Its place in the body; the whole block's when it cannot be told which characters are its."""
    block: int
    """Number of its block."""
    shown: tuple[int, int]
    """Its place in what readers see of the block."""
    exact: bool = True
    """Whether the place in the body is its own."""


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a body in order, and the sentences in them."""

    text: str
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]

    def kind(self, passage: Passage) -> BlockKind:
        """What kind of block a sentence is in."""
        return self.blocks[passage.block].kind

    def raw(self, passage: Passage) -> str:
        """The Markdown of a sentence."""
        return self.text[passage.start : passage.end]

    def line(self, offset: int) -> int:
        """The 1-based line of the body on which a character stands."""
        return self.text.count("\n", 0, offset) + 1


def read_body(text: str, lang: str, article_of: ArticleOf) -> Body:
    """The blocks and sentences of a body whose lines end in ``\\n``.

    A conflict block is one block, its sides are its sentences; code has none.
    """
    offsets = [0]
    for line in text.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    reader = _Reader(text, offsets, lang, article_of)
    for shown in blocks(text):
        reader.take(shown)
    return Body(text, tuple(reader.blocks), tuple(reader.passages))


class _Reader:
    def __init__(self, text: str, offsets: Sequence[int], lang: str, article_of: ArticleOf) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.passages: list[Passage] = []
        self._offsets = offsets
        self._note = f"{get_language(lang).note}: "
        self._article_of = article_of
        self._conflicts = list(_conflicts(text))
        self._lists: dict[int, tuple[int, bool]] = {}
        self._last_list = -1

    def take(self, shown: Shown) -> None:
        """Add what readers see of one block."""
        line = shown.line_at(0)
        start = self._offsets[line - 1]
        end = min(self._offsets[shown.starts[-1][1]], len(self.text))
        around = next((c for c in self._conflicts if c[0] <= start < c[1]), None)
        if around is not None:
            self._take_side(shown, *around)
        elif shown.kind == "code":
            self.blocks.append(Block("code", start, end, line))
        else:
            self.blocks.append(self._block(shown, start, end, line))
            self._read(shown)

    def _take_side(self, shown: Shown, start: int, end: int) -> None:
        if not self.blocks or self.blocks[-1].start != start:
            line = self.text.count("\n", 0, start) + 1
            self.blocks.append(Block("conflict", start, end, line))
        if shown.kind == "item":
            text = _BACKING.sub("", _Marked(shown, self._article_of).text)
            number = len(self.blocks) - 1
            self.passages.append(Passage(text, start, end, number, (0, 0), exact=False))

    def _block(self, shown: Shown, start: int, end: int, line: int) -> Block:
        item = _ITEM.match(self.text, start) if shown.kind == "item" else None
        if shown.quoted or shown.kind in ("heading", "row") or item is None:
            if not self.text[start : start + 1].isspace():
                self._lists = {}
            kind: BlockKind = "note" if shown.quoted else shown.kind
            return Block("text" if kind == "item" else kind, start, end, line)
        indent, ordered = len(item[1].expandtabs(4)), item[2] is not None
        self._lists = {i: known for i, known in self._lists.items() if i <= indent}
        if indent not in self._lists or self._lists[indent][1] != ordered:
            self._last_list += 1
            self._lists[indent] = (self._last_list, ordered)
        number = int(item[2]) if ordered else None
        return Block("item", start, end, line, self._lists[indent][0], number)

    def _read(self, shown: Shown) -> None:
        number = len(self.blocks) - 1
        block = self.blocks[number]
        marked = _Marked(shown, self._article_of)
        noted = block.kind == "note" and marked.text.startswith(self._note)
        found = list(marked.sentences(len(self._note) if noted else 0))
        content = _content(self.text, block, self._note if noted else "")
        raw = "".join(self.text[at] for at in content)
        places = _places(raw, [text for text, _ in found], self._article_of)
        for index, (text, seen) in enumerate(found):
            if places is None:
                self.passages.append(Passage(text, block.start, block.end, number, seen, False))
            else:
                start, end = content[places[index][0]], content[places[index][1] - 1] + 1
                self.passages.append(Passage(text, start, end, number, seen))


class _Marked:
    """The text of a block with links to articles as agents' sentences have them."""

    def __init__(self, shown: Shown, article_of: ArticleOf) -> None:
        pieces: list[str] = []
        self._moved: list[tuple[int, int, int]] = []
        last = length = 0
        for link in shown.links:
            found = article_of(link.url)
            if found and link.start >= last:
                pieces += [shown.text[last : link.start], f"\ue000{found}\ue001"]
                length += link.start - last + len(pieces[-1])
                last = link.end
                self._moved.append((length - len(pieces[-1]), length, last))
        self.text = "".join([*pieces, shown.text[last:]])

    def sentences(self, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
        """Each sentence with its place in what readers see."""
        place = start
        for text in sentences(self.text[start:]):
            if any(c.isalnum() for c in text):
                at = max(self.text.find(text, place), place)
                place = at + len(text)
                yield text, (self._seen(at), self._seen(place))

    def _seen(self, offset: int) -> int:
        """Where a place of the marked text is in what readers see."""
        moved = 0
        for start, end, seen in self._moved:
            if start < offset < end:
                return seen
            if offset >= end:
                moved = seen - end
        return offset + moved


def _conflicts(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the lines of each conflict block, its markers included."""
    for match in re.finditer(
        rf"^{re.escape(CONFLICT)}.*?(?:^{re.escape(CONFLICT_END)}[^\n]*\n?|\Z)", text, re.M | re.S
    ):
        yield match.span()


def _content(text: str, block: Block, note: str) -> list[int]:
    """Offsets of the characters that a reader reads: list marks, ``>`` and "Note:" left out."""
    found: list[int] = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        lead = _LEAD.match(line) if at == block.start or block.kind == "note" else None
        skip = lead.end() if lead else 0
        label = f"**{note.strip()}** "
        skip += len(label) if note and line.startswith(label, skip) else 0
        found.extend(range(at + skip, min(at + len(line) + 1, block.end)))
        at += len(line) + 1
    return found


def _places(raw: str, found: Sequence[str], article_of: ArticleOf) -> list[tuple[int, int]] | None:
    """Start and end of each plain sentence in its Markdown; None when they cannot be told.

    Letters and digits come in the same order in both; a sentence ends at the last white space
    before the next one's first letter.
    """
    letters = _letters(raw, article_of)
    sizes = [sum(c.isalnum() for c in LINK.sub("", one)) for one in found]
    same = "".join(c for one in found for c in LINK.sub("", one) if c.isalnum())
    if same != "".join(c for _, c in letters) or 0 in sizes:
        return None
    first = len(raw) - len(raw.lstrip())
    places: list[tuple[int, int]] = []
    done = 0
    for size in sizes[:-1]:
        done += size
        last = letters[done - 1][0] + 1
        space = list(re.finditer(r"\s+", raw[last : letters[done][0]]))
        if not space:
            return None
        places.append((first, last + space[-1].start()))
        first = last + space[-1].end()
    return [*places, (first, len(raw.rstrip()))] if sizes else places


def _letters(raw: str, article_of: ArticleOf) -> list[tuple[int, str]]:
    """The letters and digits that are left when Markdown is undone, each with its offset."""
    found: list[tuple[int, str]] = []

    def take(start: int, end: int) -> None:
        found.extend((at, raw[at]) for at in range(start, end) if raw[at].isalnum())

    last = 0
    for match in _UNSEEN.finditer(raw):
        take(last, match.start())
        last = match.end()
        if match["label"] is not None:
            if match["image"] or not match["to"] or not article_of(match["to"].split()[0]):
                take(match.start("label"), match.end("label"))
        elif match["entity"]:
            shown = html.unescape(match["entity"])
            found.extend((match.start(), c) for c in shown if c.isalnum())
    take(last, len(raw))
    return found
