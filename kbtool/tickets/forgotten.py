"""Tickets that a person had removed for good: only keyed hashes, so that an import knows them again.

Without the knowledge base's key nobody can tell from a hash which ticket it stands for, and the
key is not in the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from kbtool.tickets.store import TicketRow

_DIGEST_BYTES = 16


def mark_of(key: bytes, ticket: str) -> str:
    """The hash of a ticket's key (``source:id``): BLAKE2b under the knowledge base's ``key``."""
    text = f"forgotten ticket\0{ticket}".encode("utf-8", "surrogatepass")
    return blake2b(text, key=key, digest_size=_DIGEST_BYTES).hexdigest()


class Forgotten:
    """Holds back tickets that were forgotten before, and counts them."""

    def __init__(self, key: bytes, marks: frozenset[str] = frozenset()) -> None:
        self._key = key
        self._marks = marks
        self.count = 0
        """Records held back so far."""

    def __contains__(self, ticket: str) -> bool:
        return bool(self._marks) and mark_of(self._key, ticket) in self._marks

    def without(self, batch: Sequence[tuple[TicketRow, int]]) -> Iterator[tuple[TicketRow, int]]:
        """The rows of a batch that may be stored."""
        for row, place in batch:
            if f"{row.source}:{row.id}" in self:
                self.count += 1
            else:
                yield row, place
