"""Mail files cut into letters, one in memory at a time, however large an attachment is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

MAX_LETTER = 8_000_000
"""Bytes; what a letter has beyond them is left out."""
_MAX_RUN = 1_000_000
"""Bytes of base64 in a row that are kept: more is an attachment, never what somebody wrote."""
_PIECE = 1 << 16
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
    """Whether it was longer than ``MAX_LETTER``."""


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
    while line in (b"\n", b"\r\n"):
        line = feed.next()
    mbox = line.startswith(b"From ")
    letter = _Open(feed.number)
    if mbox:
        letter.stamp, line = line, feed.next()
    blank = False
    while line:
        if mbox and line.startswith(b"From ") and feed.whole:
            after = feed.peek()
            if _opens(line, after, blank):
                yield letter.done()
                letter = _Open(feed.number, line)
                line = feed.next()
                continue
        letter.add(line, unquote=mbox)
        blank = line in (b"\n", b"\r\n")
        line = feed.next()
    if letter.size:
        yield letter.done()


class _Feed:
    """Lines in pieces of bounded length, with a look at the next one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._ahead: bytes | None = None
        self._ended = True
        self.whole = True
        """Whether the current piece begins a line."""
        self.number = 0

    def next(self) -> bytes:
        piece = self._ahead if self._ahead is not None else self._stream.readline(_PIECE)
        self._ahead = None
        self.whole = self._ended
        self._ended = piece.endswith(b"\n")
        self.number += self.whole and bool(piece)
        return piece

    def peek(self) -> bytes:
        if self._ahead is None:
            self._ahead = self._stream.readline(_PIECE)
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

    def add(self, line: bytes, *, unquote: bool) -> None:
        if unquote and line.startswith(b">") and _QUOTED.match(line):
            line = line[1:]
        if len(line) >= 60 and b" " not in line and not line.startswith(b"--"):
            self._run += len(line)
            if self._run > _MAX_RUN:
                return
        else:
            self._run = 0
        if self.size + len(line) > MAX_LETTER:
            self._cut = True
            return
        self.size += len(line)
        self._kept.append(line)

    def done(self) -> Letter:
        return Letter(
            line=self.line,
            raw=b"".join(self._kept),
            stamp=self.stamp.decode("ascii", "replace").strip(),
            cut=self._cut,
        )


def _opens(line: bytes, after: bytes, blank: bool) -> bool:
    """Whether a ``From `` line begins the next letter rather than a sentence of this one."""
    if blank and _TIME_AND_YEAR.search(line[:_STAMP]):
        return bool(_HEADER.match(after))
    return bool(_ASCTIME.match(line) and _KNOWN.match(after))
