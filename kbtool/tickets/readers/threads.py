"""Which letters belong together: one thread is what Message-ID and References tie together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

_ID = re.compile(r"<([^<>]+)>")
_MOST = 100
"""References of one letter that are followed; longer lists are cut in the middle."""


class Threads:
    """A union of letters by the ids they name, about 150 bytes a letter.

    The order in which letters are added does not matter, letters that are missing still tie
    others together, and a subject alone never does.
    """

    def __init__(self) -> None:
        self._up: dict[int, int] = {}
        self._later: set[int] = set()
        """Ids that answer another one."""
        self._first: dict[int, int] = {}

    def add(self, own: str, references: Sequence[str]) -> None:
        """Take a letter: its own id and those it answers, the oldest first."""
        chain = [_hashed(name) for name in (*references, own)]
        older = self._known(chain[0])
        for name in chain[1:]:
            newer = self._known(name)
            if newer != older:
                self._later.add(newer)
                self._join(older, newer)
            older = newer

    def close(self) -> None:
        """Find where each thread begins; call it when every letter has been added."""
        self._first.clear()
        for name in self._up:
            if name in self._later:
                continue
            top = self._top(name)
            if top in self._later:
                self._first[top] = min(name, self._first.get(top, name))

    def of(self, own: str) -> str:
        """The thread of a letter: the hash of the id it began with, the same in later exports."""
        name = _hashed(own)
        top = self._top(name) if name in self._up else name
        return f"{self._first.get(top, top):016x}"

    def _known(self, name: int) -> int:
        self._up.setdefault(name, name)
        return name

    def _top(self, name: int) -> int:
        while (above := self._up[name]) != name:
            self._up[name] = above = self._up[above]
            name = above
        return name

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self._top(one), self._top(other)))
        self._up[high] = low


def reference_ids(text: str) -> list[str]:
    """The message ids in a References or In-Reply-To header, each once, in order."""
    found = [re.sub(r"\s+", "", name) for name in _ID.findall(text)]
    if not found:
        found = [word for word in text.split() if "@" in word]
    once = list(dict.fromkeys(name for name in found if name))
    return once if len(once) <= _MOST else once[: _MOST // 2] + once[-_MOST // 2 :]


def short_hash(text: str) -> str:
    """16 hexadecimal digits that stand for ``text``."""
    return f"{_hashed(text):016x}"


def _hashed(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
