"""HTML mail to lines of Markdown, each tagged with the part of the mail its markup says it is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kbtool.tickets.cleaning.inline import DONE, image, link, target
from kbtool.tickets.cleaning.lines import (
    MAX_LINE,
    MAX_LINES,
    Line,
    Tag,
    broken,
    tidy,
    to_lines,
    visible,
)
from kbtool.tickets.cleaning.styles import hidden, part, tiny
from kbtool.tickets.cleaning.tables import Table, rewritten
from kbtool.tickets.cleaning.tokens import Tag as Markup
from kbtool.tickets.cleaning.tokens import stripped, tokens

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont bgsound".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table details".split())
_BLOCKS = _PARAGRAPHS | frozenset(
    "div section article header footer main center form fieldset address aside figure figcaption nav summary body html"
    " dt dd li tr td th tbody thead tfoot caption legend title marquee".split()
)
_UNSEEN = frozenset("head iframe object select button audio video canvas math map frameset".split())
_IMPLIED = {
    "p": {"p"}, "li": {"li"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
    "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "body": {"head"},
}  # fmt: skip
"""An element that ends when another one of these names begins."""
_EMPHASIS = {
    "b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`", "samp": "`",
}  # fmt: skip
_DEEPEST_LIST = 8
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BULLET = re.compile(r"^(?:[·•▪◦‣∙●]\s+|[o§]\s{2,})")
_NUMBERED = re.compile(r"^\(?[0-9a-z]{1,3}[.)]$", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list:.{0,20}level(\d)", re.IGNORECASE | re.DOTALL)
_KEEPS_BREAKS = re.compile(r"white-space:\s*(?:pre|break-spaces)", re.IGNORECASE)
_MARKUP = re.compile(
    r"\s*<(?:!doctype html|html|body|head|div|p|table|meta|span|br|font|center|style|b|strong)\b[^<>]*>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\s*&lt;(?:!doctype|html|body|div|p|table|span|br)\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a text that was said to be plain is an HTML mail; a question about HTML is none."""
    if "<" not in text:
        return False
    if _MARKUP.match(text):
        return "</" in text or bool(_BREAK.search(text))
    return "`" not in text and len(_BREAK.findall(text)) > 1


def html_lines(html: str) -> list[Line]:
    """The mail's lines in order; what nobody sees is left out. Words never vanish altogether."""
    if _ESCAPED.match(html):
        html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    page = _Page()
    for token in tokens(html):
        if len(page.lines) > MAX_LINES:
            break
        if isinstance(token, str):
            page.text(token)
        elif token.close:
            page.end(token.name)
        else:
            page.start(token)
    lines = page.finished()
    return lines if any(line.text for line in lines) else to_lines(tidy(stripped(html)))


@dataclass(slots=True)
class _Open:
    """An open element, and what to go back to when it ends."""

    name: str
    tag: Tag
    hidden: bool
    tiny: bool
    breaks: bool
    span: bool = False


@dataclass(slots=True)
class _Item:
    """An open list: its marker for the next line, or the blanks under it."""

    number: int | None
    marker: str = ""
    width: int = 2
    written: bool = False


class _Page:
    """Takes tags and texts one after another and writes lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.buffer: list[str] = []
        self.stack: list[_Open] = []
        self.names: Counter[str] = Counter()
        self.spans: list[tuple[str, int]] = []  # (marker or address, where it begins)
        self.lists: list[_Item] = []
        self.tables: list[Table] = []
        self.fences: list[int] = []
        self.tag: Tag = ""
        self.hidden = self.tiny = self.breaks = self.gap = False
        self.prefix = ""  # of a heading, or of Word's list item
        self.after_item = -1

    # -- tags ---------------------------------------------------------------------------------

    def start(self, markup: Markup) -> None:
        """An element begins."""
        name = markup.name
        if name in _VOID:
            if not self.hidden:
                self._void(markup)
            return
        implied = _IMPLIED.get(name)
        while implied and self.stack and self.stack[-1].name in implied:
            self._leave(self.stack.pop())
        element = _Open(name, self.tag, self.hidden, self.tiny, self.breaks)
        self.stack.append(element)
        self.names[name] += 1
        attributes = markup.attributes
        if self.hidden or name in _UNSEEN or (attributes and hidden(attributes)):
            self.hidden = True
            return
        if name in _BLOCKS:
            self._block(name)
        tag = part(name, attributes) if attributes or name == "blockquote" else ""
        if tag and self.tag != "quote":
            self.flush()
            if tag == "quote" and self.tag == "intro":
                element.tag = ""  # what follows the quoted mail in its frame are answers
            self.tag = tag
            if self.tables:
                self.tables[-1].layout = True
        if attributes:
            self._styled(name, attributes)
        element.span = self._open(name, attributes)

    def end(self, name: str) -> None:
        """An element ends, and with it those in it that were left open."""
        if not self.names[name]:
            if name in ("p", "br") and not self.hidden:
                self._line_break()
            return
        while True:
            element = self.stack.pop()
            self._leave(element)
            if element.name == name:
                return

    def text(self, text: str) -> None:
        """Text between tags."""
        if self.hidden or self.tiny:
            return
        if self.breaks:
            first, *others = text.replace("\r\n", "\n").split("\n", MAX_LINES)
            self.buffer.append(first)
            for line in others:
                self._line_break()
                self.buffer.append(line)
            return
        text = _SPACE.sub(" ", text)
        if text[:1] == " " and (not self.buffer or self.buffer[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.buffer.append(text)

    # -- what tags do -------------------------------------------------------------------------

    def _void(self, markup: Markup) -> None:
        if markup.name == "br":
            self._line_break()
        elif markup.name == "hr":
            self.flush()
            tag, self.gap = self.tag, True
            self.tag = part("hr", markup.attributes) or tag
            self._emit("---")
            self.tag, self.gap = tag, True
        elif markup.name == "img" and not hidden(markup.attributes):
            self.buffer.append(image(markup.attributes))

    def _block(self, name: str) -> None:
        self.flush()
        if name in _PARAGRAPHS and not (name in ("ul", "ol") and self.lists):
            self.gap = True
        if name in ("ul", "ol"):
            self.lists.append(_Item(1 if name == "ol" else None))
        elif name == "li":
            self._item()
        elif name == "table":
            for table in self.tables:
                table.layout = True
            self.tables = [*self.tables[-1:], Table(len(self.lines))]
        elif name == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif name in ("td", "th") and self.tables:
            if not self.tables[-1].rows:
                self.tables[-1].rows.append([])
            self.tables[-1].rows[-1].append((len(self.lines), len(self.lines)))
        elif name == "pre":
            self._fence()
            self.breaks = True
        elif len(name) == 2 and name[0] == "h" and name[1].isdigit():
            self.prefix = "#" * int(name[1]) + " "

    def _item(self) -> None:
        if not self.lists:
            self.lists.append(_Item(None))
        item = self.lists[-1]
        if item.written:
            self.gap = False  # items stand together
        item.marker = "- " if item.number is None else f"{item.number}. "
        item.width = len(item.marker)
        if item.number is not None:
            item.number += 1

    def _styled(self, name: str, attributes: dict[str, str]) -> None:
        style = attributes.get("style", "")
        if not style:
            return
        small = tiny(attributes)
        self.tiny = self.tiny if small is None else small
        if _KEEPS_BREAKS.search(style):
            self.breaks = True
        if name == "p" and "mso-list" in style and (level := _LEVEL.search(style)):
            self.prefix = "  " * (min(int(level[1]), _DEEPEST_LIST) - 1) + "- "
            self.gap = self.gap and self.after_item != len(self.lines)

    def _open(self, name: str, attributes: dict[str, str]) -> bool:
        """Begin an emphasis, a link or Word's list marker; whether something is to be ended."""
        marker = _EMPHASIS.get(name, "")
        if name == "a":
            marker = target(attributes.get("href", ""))
        elif name == "span" and "mso-list:ignore" in attributes.get("style", "").lower():
            marker = "ignore"
        if not marker or any(
            other == marker or (name == "a" and len(other) > 2) for other, _ in self.spans
        ):
            return False
        if marker == "`" and self.breaks:
            return False
        self.spans.append((marker, len(self.buffer)))
        return True

    def _leave(self, element: _Open) -> None:
        name = element.name
        if not self.hidden:
            if element.span and self.spans:
                self._close_span(*self.spans.pop())
            if name in _BLOCKS or self.tag != element.tag:
                self.flush()
                self._end_block(name)
        self.tag, self.hidden = element.tag, element.hidden
        self.tiny, self.breaks = element.tiny, element.breaks
        self.names[name] -= 1

    def _end_block(self, name: str) -> None:
        if name in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.gap = not self.lists
        elif name == "li" and self.lists:
            self.lists[-1].marker = ""
            self.gap = False
        elif name in ("td", "th") and self.tables and self.tables[-1].rows:
            row = self.tables[-1].rows[-1]
            if row:
                row[-1] = (row[-1][0], len(self.lines))
        elif name == "table" and self.tables:
            rewritten(self.tables.pop(), self.lines, self.tag)
        elif name == "pre":
            self._fence()
        if name in _PARAGRAPHS and not self.lists:
            self.gap = True
        if name[:1] == "h" or name == "p":
            self.prefix = ""

    def _close_span(self, marker: str, start: int) -> None:
        piece = "".join(self.buffer[start:])
        words = piece.strip()
        if not words:
            return
        before = piece[: len(piece) - len(piece.lstrip())]
        after = piece[len(piece.rstrip()) :]
        if marker == "ignore":
            if _NUMBERED.match(words) and self.prefix.endswith("- "):
                self.prefix = self.prefix[:-2] + "1. "
            self.buffer[start:] = []
            return
        wrapped = f"{marker}{words}{marker}" if len(marker) < 3 else link(words, marker)
        self.buffer[start:] = [before + wrapped + after]

    def _fence(self) -> None:
        if self.tag in ("", "own") and self.names["pre"] == 1:
            self._emit("```")
            self.fences.append(len(self.lines) - 1)

    # -- lines --------------------------------------------------------------------------------

    def _line_break(self) -> None:
        if "".join(self.buffer).strip():
            self.flush()
        else:
            self.buffer.clear()
            self.gap = True

    def flush(self) -> None:
        """End the line that is being written; emphasis goes on in the next one, a link does not."""
        if not self.buffer:
            return
        for marker, start in reversed(self.spans):
            if marker != "ignore":
                self._close_span(marker, start)
        self.spans = [(m if len(m) < 3 or m == "ignore" else DONE, 0) for m, _ in self.spans]
        text = visible("".join(self.buffer))
        self.buffer.clear()
        text = text.rstrip() if self.breaks else text.strip()
        if text:
            self._emit(text)

    def _emit(self, text: str) -> None:
        item = self.lists[-1] if self.lists else None
        tight = item is not None and item.marker and (item.written or len(self.lists) > 1)
        if self.gap and self.lines and self.lines[-1].text and not tight:
            self.lines.append(Line("", self.tag))
        self.gap = False
        if self.prefix:
            text, self.prefix = self.prefix + _BULLET.sub("", text), ""
            self.after_item = len(self.lines) + 1 if text.lstrip()[0] in "-1" else -1
        elif not self.breaks:
            text = _BULLET.sub("- ", text)
        if item is not None:
            depth = min(len(self.lists), _DEEPEST_LIST) - 1
            indent = sum(outer.width for outer in self.lists[:depth])
            text = " " * indent + (item.marker or " " * item.width) + text
            item.marker, item.written = "", True
        tag: Tag = "code" if self.names["pre"] and self.tag == "" else self.tag
        if len(text) <= MAX_LINE:
            self.lines.append(Line(text, tag))
        else:
            self.lines += [Line(piece, tag) for piece in broken(text)]

    def finished(self) -> list[Line]:
        """All lines, when the mail has ended; a mail that is one block of code is plain text."""
        self.flush()
        while self.stack:
            self._leave(self.stack.pop())
        if len(self.fences) != 2:
            return self.lines
        fences = {id(self.lines[at]) for at in self.fences}
        if any(i.text and i.tag in ("", "own") and id(i) not in fences for i in self.lines):
            return self.lines
        rest = [line for line in self.lines if id(line) not in fences]
        return [Line(line.text, "" if line.tag == "code" else line.tag) for line in rest]
