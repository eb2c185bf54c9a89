"""What every format tells of who sent a request."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

NONE = b""
Who: TypeAlias = tuple[int, bytes, bytes, bytes, bool, bytes]
"""When (seconds since 1970), address, user agent, Sec-Purpose, whether the reader asked not to be
followed, virtual host. What a log does not tell is empty."""


class Format(Protocol):
    """How the lines of a kind of log are read. What is only needed of hits is read in ``who``."""

    name: str
    fields: str
    """What a reader must be made with to go on in the middle of a file; mostly empty."""
    signals: set[str]

    def split(self, line: bytes) -> tuple[bytes, bytes, Any]:
        """The request (``GET /en/ HTTP/1.1``), the status (``b" 200 "``), and what ``who`` takes."""

    def who(self, rest: Any) -> Who:
        """Who asked, when, with what signals."""
