"""Logs that name their columns in a line ``#Fields:`` — CloudFront's (by tabs), IIS's (by spaces)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from kbtool.events.logs.records import SIGNALS, NotTakenError
from kbtool.events.logs.times import iso_time
from kbtool.events.logs.who import NONE, Who

Cells: TypeAlias = list[bytes]

HEAD = b"#Fields:"
_NEEDED = ("date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status")


class W3c:
    """Reads the lines of one log."""

    name = "w3c"

    def __init__(self, fields: str = "") -> None:
        self.signals: set[str] = set()
        """Of ``Sec-Purpose``, ``Sec-GPC`` and ``DNT`` those that the lines tell: mostly none."""
        self.fields = ""
        self._places: Mapping[str, int] = {}
        self._count = 0
        if fields:
            self._learn(fields)

    def split(self, line: bytes) -> tuple[bytes, bytes, Cells]:
        """As of every format. Raises NotTakenError; for a line ``#Fields:`` too, which is learnt."""
        if line.startswith(b"#"):
            if line.startswith(HEAD):
                self._learn(line[len(HEAD) :].decode("latin-1").strip())
            raise NotTakenError(rule="comment")
        cells = line.rstrip(b"\r").split(b"\t")
        if len(cells) == 1:
            cells = line.split()
        if len(cells) != self._count:
            raise NotTakenError("torn")
        if any(name not in self._places for name in _NEEDED):
            raise NotTakenError("missing-field")
        uri, query = self._cell(cells, "cs-uri-stem"), self._cell(cells, "cs-uri-query")
        request = self._cell(cells, "cs-method") + b" " + uri + (b"?" + query if query else b"")
        return request, b" " + self._cell(cells, "sc-status") + b" ", cells

    def who(self, cells: Cells) -> Who:
        """As of every format. Raises NotTakenError."""
        when = self._cell(cells, "date") + b" " + self._cell(cells, "time")
        purpose = self._cell(cells, "cs(sec-purpose)")
        unfollowed = b"1" in (self._cell(cells, "cs(sec-gpc)"), self._cell(cells, "cs(dnt)"))
        agent = self._cell(cells, "cs(user-agent)")
        for _ in range(2):  # CloudFront once encoded it twice
            agent = unquote_to_bytes(agent)
        return (
            iso_time(when.decode("latin-1")),
            self._cell(cells, "c-ip"),
            agent,
            unquote_to_bytes(purpose) if purpose else NONE,
            unfollowed,
            self._cell(cells, "x-host-header"),  # cs(Host) is the distribution's own name
        )

    def _learn(self, fields: str) -> None:
        """The columns from here on."""
        names = fields.split()
        self.fields = " ".join(names)
        self._places = {name.lower(): place for place, name in enumerate(names)}
        self._count = len(names)
        for signal in SIGNALS:
            if f"cs({signal.lower()})" in self._places:
                self.signals.add(signal)

    def _cell(self, cells: Cells, name: str) -> bytes:
        """What stands in a column; empty for ``-`` and for a column there is not."""
        place = self._places.get(name)
        found = b"-" if place is None else cells[place]
        return b"" if found == b"-" else found
