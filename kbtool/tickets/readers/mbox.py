"""Mail files cut into letters, one in memory at a time, however large an attachment is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

MAX_LETTER = 8_000_000
"""Bytes; what a letter has beyond them is left out."""
_MAX_LINES = 250_000
"""Lines likewise: the parser takes sixty times the space of lines that hold next to nothing."""
_MAX_RUN = 1_000_000
"""Bytes of base64 in a row that are kept: more is an attachment, never what somebody wrote."""
_LONG = 60
"""Bytes of a line of base64, at least."""
_BLOCK = 1 << 20
_FROM = b"From "
_BLANK = (b"\n", b"\r\n")
_STAMP = 200
"""Bytes of a ``From `` line that are looked at."""
_TIME_AND_YEAR = re.compile(rb"\d{1,2}:\d\d.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\d{1,2}:\d\d")
_ASCTIME = re.compile(
    rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +[A-Z][a-z]{2} +\d{1,2} +\d{1,2}:\d\d"
)
_HEADER = re.compile(rb">?[!-9;-~]{1,80}:|>From ")
_KNOWN = re.compile(
    rb"(?:from|to|date|subject|message-id|received|return-path|mime-version|delivered-to|"
    rb"content-type|x-[\w-]+|status|reply-to|dkim-signature|arc-[\w-]+)[ \t]*:",
    re.IGNORECASE,
)
_QUOTED = re.compile(rb">+From ")
_TELLING = re.compile(
    rb"^(from|to|date|subject|message-id|received|return-path|mime-version|delivered-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """The bytes of one message as RFC 5322 has them, and where they began."""

    line: int
    raw: bytes
    stamp: str = ""
    """The ``From `` line that opened it in an mbox."""
    cut: bool = False
    """Whether it was longer than ``MAX_LETTER`` or had more lines than anybody writes."""


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is an mbox or a single message."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if head.startswith(b"From "):
        first, _, rest = head.partition(b"\n")
        return bool(_TIME_AND_YEAR.search(first[:_STAMP]) or _HEADER.match(rest))
    if not _HEADER.match(head):
        return False
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return len({name.lower() for name in _TELLING.findall(top)}) >= 2


def letters(stream: IO[bytes]) -> Iterator[Letter]:
    """Every letter of an mbox, or the one of a message file.

    Knows the quirks of mbox files: ``>From `` (mboxo, mboxrd), ``From `` inside a text, missing
    blank lines and line ends, CRLF.
    """
    feed = _Feed(stream)
    line = feed.next().removeprefix(b"\xef\xbb\xbf")
    while line in _BLANK:
        line = feed.next()
    mbox = line.startswith(_FROM)
    letter = _Open(feed.number)
    if mbox:
        letter.stamp, line = line, feed.next()
    blank = False
    while line:
        if mbox and line.startswith(_FROM) and feed.whole and _opens(line, feed.peek(), blank):
            yield letter.done()
            letter, blank = _Open(feed.number, line), False
        else:
            if mbox and line.startswith(b">") and _QUOTED.match(line):
                line = line[1:]
            letter.add(line)
            blank = line in _BLANK
        line = feed.next()
    if letter.size:
        yield letter.done()


class _Feed:
    """Lines, the longest in pieces, with a look at the next one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._pieces = _pieces(stream)
        self._ahead: bytes | None = None
        self._ended = True
        self.whole = True
        """Whether the current piece begins a line."""
        self.number = 0

    def next(self) -> bytes:
        if self._ahead is None:
            piece = next(self._pieces, b"")
        else:
            piece, self._ahead = self._ahead, None
        self.whole = self._ended
        self._ended = piece.endswith(b"\n")
        self.number += self.whole
        return piece

    def peek(self) -> bytes:
        if self._ahead is None:
            self._ahead = next(self._pieces, b"")
        return self._ahead


class _Open:
    """A letter being collected."""

    def __init__(self, line: int, stamp: bytes = b"") -> None:
        self.line = line
        self.stamp = stamp
        self.size = 0
        self._kept: list[bytes] = []
        self._run = 0
        self._cut = False

    def add(self, line: bytes) -> None:
        size = len(line)
        if size >= _LONG and b" " not in line and not line.startswith(b"--"):
            self._run += size
            if self._run > _MAX_RUN:
                return
        else:
            self._run = 0
        if self.size + size > MAX_LETTER or len(self._kept) >= _MAX_LINES:
            self._cut = True
            return
        self.size += size
        self._kept.append(line)

    def done(self) -> Letter:
        return Letter(
            line=self.line,
            raw=b"".join(self._kept),
            stamp=self.stamp.decode("ascii", "replace").strip(),
            cut=self._cut,
        )


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream with their ends, read a block at a time; longer ones than a block cut."""
    rest = b""
    while block := stream.read(_BLOCK):
        rest += block
        end = rest.rfind(b"\n") + 1 or len(rest)
        yield from io.BytesIO(rest[:end])
        rest = rest[end:]
    if rest:
        yield rest


def _opens(line: bytes, after: bytes, blank: bool) -> bool:
    """Whether a ``From `` line begins the next letter rather than a sentence of this one."""
    if blank and _TIME_AND_YEAR.search(line[:_STAMP]):
        return bool(_HEADER.match(after))
    return bool(_ASCTIME.match(line) and _KNOWN.match(after))
