"""JSON exports as records: one object a line, or one array (also inside an object), streamed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import MAX_LINE, Source, head_of, lines, text_stream
from kbtool.tickets.readers.json_pages import unwrapped

_CHUNK = 1 << 16
_NAME = 1_000
"""The longest name of an array."""
_DEEPEST = 2
"""So many objects may stand around an array of records."""
_NODES, _DEEPEST_NODES = "nodes", 4
"""What GraphQL calls such an array, and how many objects may stand around it there."""
_OUTSIDE = re.compile(r"[\"{}\[\]\n]")
_INSIDE = re.compile(r"[\"\\\n]")
_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


def json_lines(source: Source) -> Iterator[Record | Rejected]:
    """A record for every line; lines that are no JSON object become ``Rejected``."""
    for line in lines(source):
        if line.text is None:
            yield Rejected(source.name, line.number, f"line longer than {MAX_LINE:,} characters")
        elif line.text.strip():
            yield _record(source, line.number, line.text)


def json_array(
    source: Source, name: str | None = None, *, alone: bool = False
) -> Iterator[Record | Rejected]:
    """A record for every object of the arrays; never more than one in memory.

    With ``name`` only those of the arrays that the object around them calls so; ``alone`` notes how
    many others there were.
    """
    others = 0
    with text_stream(source) as stream:
        for array, line, text in _Elements(stream).found():
            if name is not None and array != name:
                others += 1
                continue
            if text is None:
                yield Rejected(source.name, line, f"object longer than {MAX_LINE:,} characters")
            else:
                yield _record(source, line, text)
    if others and alone:
        source.notes.append(
            f"{source.name}: {others:,} objects in lists beside {name!r} were not read"
        )


def json_object(source: Source) -> Iterator[Record | Rejected]:
    """The one record that the whole file is."""
    with text_stream(source) as stream:
        text = stream.read(MAX_LINE + 1).replace("\0", "")
    if len(text) > MAX_LINE:
        yield Rejected(source.name, 1, f"object longer than {MAX_LINE:,} characters")
        return
    yield _record(source, 1, text.lstrip("\ufeff"))


def _record(source: Source, line: int, text: str) -> Record | Rejected:
    """The record that ``text`` is, perhaps wrapped once: ``{"ticket": {…}}``."""
    found = parsed(source, line, text)
    return Record(line, unwrapped(found.data)) if isinstance(found, Record) else found


def array_names(source: Source, characters: int) -> list[str]:
    """What an object calls the arrays of objects in it, as far as ``characters`` reach; ``""`` is
    the array that the whole file is.
    """
    if head_of(source, 10).lstrip("\ufeff \t\r\n").startswith("["):
        return [""]
    with text_stream(source) as stream:
        elements = _Elements(stream, characters)
        return list(dict.fromkeys(array for array, _, _ in elements.found()))


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
    """Cuts the objects of arrays out of a stream by counting brackets outside strings.

    The arrays stand at the top or in an object there (``{"tickets": […]}``, ``{"_embedded":
    {"conversations": […]}}``).
    """

    def __init__(self, stream: IO[str], characters: int | None = None) -> None:
        self._stream = stream
        self._left = characters
        """How much may still be read, ``None`` for everything."""
        self._quote = 0
        """Where the last string outside of the objects begins in the buffer."""
        self._name = ""
        """The last such string: before an array its name."""
        self._array = ""
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._stack: list[str] = []
        self._in_string = False
        self._start: tuple[int, int, int] | None = None
        """(index in the buffer, line, depth) of the object being read."""
        self._too_long = False

    def found(self) -> Iterator[tuple[str, int, str | None]]:
        """(array, line, text) of each object; text ``None`` when it is too long."""
        while (self._left is None or self._left > 0) and (piece := self._stream.read(_CHUNK)):
            if self._left is not None:
                self._left -= len(piece)
            self._take(piece.replace("\0", ""))
            while (mark := self._next()) is not None:
                done = self._follow(mark)
                if done is not None:
                    yield self._array, *done
        if self._start is not None:  # the file ends inside an object
            text = None if self._too_long else self._buffer[self._start[0] :]
            yield self._array, self._start[1], text

    def _take(self, piece: str) -> None:
        """Append to the buffer, dropping what no object needs any more."""
        if self._start is None or self._too_long:
            named = self._in_string and not self._too_long and self._at - self._quote < _NAME
            keep = self._quote if named else self._at
            self._buffer = self._buffer[keep:] + piece
            self._at, self._quote = self._at - keep, self._quote - keep
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
            if self._start is None:
                self._string()
        elif mark in "{[":
            if self._start is None:
                self._open(mark)
            self._stack.append(mark)
        elif mark in "}]" and self._stack:
            self._stack.pop()
            if self._start is not None and len(self._stack) == self._start[2]:
                return self._cut()
        return None

    def _string(self) -> None:
        """A string outside of the objects begins or ends."""
        if self._in_string:
            self._quote = self._at
        else:
            self._name = self._buffer[self._quote : self._at - 1] if self._quote >= 0 else ""

    def _open(self, mark: str) -> None:
        """A bracket outside of the objects: an array of them, or one of them."""
        if mark == "[" and self._stack != ["["]:
            self._array = self._name if self._stack else ""
        elif mark == "{" and _holds_records(self._stack, self._array):
            self._start = (self._at - 1, self._line, len(self._stack))

    def _cut(self) -> tuple[int, str | None]:
        assert self._start is not None  # noqa: S101 - only called while an object is open
        index, line, _ = self._start
        text = None if self._too_long else self._buffer[index : self._at]
        self._start, self._too_long = None, False
        return line, text


def _holds_records(open_brackets: list[str], name: str) -> bool:
    """Whether an array is open last, in an array or in a few objects."""
    deepest = _DEEPEST_NODES if name == _NODES else _DEEPEST
    if len(open_brackets) > deepest + 1 or open_brackets[-1:] != ["["]:
        return False
    around = open_brackets[:-1]
    return around == ["["] or "[" not in around
