"""JSON exports as records: one object a line, or one array (also inside an object), streamed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import MAX_LINE, Source, lines, text_stream

_CHUNK = 1 << 16
_OUTSIDE = re.compile(r"[\"{}\[\]\n]")
_INSIDE = re.compile(r"[\"\\\n]")
_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


def json_lines(source: Source) -> Iterator[Record | Rejected]:
    """A record for every line; lines that are no JSON object become ``Rejected``."""
    for line in lines(source):
        if line.text is None:
            yield Rejected(source.name, line.number, f"line longer than {MAX_LINE:,} characters")
        elif line.text.strip():
            yield parsed(source, line.number, line.text)


def json_array(source: Source) -> Iterator[Record | Rejected]:
    """A record for every object of the first array of objects; never more than one in memory."""
    with text_stream(source) as stream:
        for line, text in _Elements(stream).found():
            if text is None:
                yield Rejected(source.name, line, f"object longer than {MAX_LINE:,} characters")
            else:
                yield parsed(source, line, text)


def parsed(source: Source, line: int, text: str) -> Record | Rejected:
    """The JSON object that ``text`` is, or why it is none."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return Rejected(source.name, line, f"not JSON, perhaps cut off: {error.msg}")
    except (ValueError, RecursionError) as error:  # ValueError: thousands of digits in one number
        reason = "nested too deeply" if isinstance(error, RecursionError) else "a number too long"
        return Rejected(source.name, line, f"JSON that cannot be read: {reason}")
    if not isinstance(data, dict):
        return Rejected(source.name, line, f"not an object but {type(data).__name__}")
    return Record(line, _whole(data) if _SURROGATE.search(text) else data)


def _whole(value: Any) -> Any:
    """``value`` with the halves of cut emoji as ``�``: UTF-8, and so the database, knows no halves."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return value


class _Elements:
    """Cuts the objects of an array out of a stream by counting brackets outside strings."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._stack: list[str] = []
        self._in_string = False
        self._start: tuple[int, int, int] | None = None
        """(index in the buffer, line, depth) of the object being read."""
        self._too_long = False

    def found(self) -> Iterator[tuple[int, str | None]]:
        """(line, text) of each object; text ``None`` when it is too long."""
        while piece := self._stream.read(_CHUNK):
            self._take(piece.replace("\0", ""))
            while (mark := self._next()) is not None:
                done = self._follow(mark)
                if done is not None:
                    yield done
        if self._start is not None:  # the file ends inside an object
            yield self._start[1], None if self._too_long else self._buffer[self._start[0] :]

    def _take(self, piece: str) -> None:
        """Append to the buffer, dropping what no object needs any more."""
        if self._start is None or self._too_long:
            self._buffer = self._buffer[self._at :] + piece
            self._at = 0
            return
        index, line, depth = self._start
        self._buffer = self._buffer[index:] + piece
        self._at -= index
        self._start = (0, line, depth)
        if len(self._buffer) > MAX_LINE:
            self._too_long = True

    def _next(self) -> str | None:
        pattern = _INSIDE if self._in_string else _OUTSIDE
        match = pattern.search(self._buffer, self._at)
        if match is None:
            self._at = len(self._buffer)
            return None
        if match.group() == "\\" and match.end() == len(self._buffer):
            self._at = match.start()  # the escaped character is in the next piece
            return None
        self._at = match.end() + (match.group() == "\\")
        return match.group()

    def _follow(self, mark: str) -> tuple[int, str | None] | None:
        if mark == "\n":
            self._line += 1
        elif mark == '"':
            self._in_string = not self._in_string
        elif mark in "{[":
            inside = self._stack == ["["] or self._stack == ["{", "["]
            if mark == "{" and self._start is None and inside:
                self._start = (self._at - 1, self._line, len(self._stack))
            self._stack.append(mark)
        elif mark in "}]" and self._stack:
            self._stack.pop()
            if self._start is not None and len(self._stack) == self._start[2]:
                return self._cut()
        return None

    def _cut(self) -> tuple[int, str | None]:
        assert self._start is not None  # noqa: S101 - only called while an object is open
        index, line, _ = self._start
        text = None if self._too_long else self._buffer[index : self._at]
        self._start, self._too_long = None, False
        return line, text
