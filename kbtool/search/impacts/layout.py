"""What the writer and the reader of an index's files must agree on."""

from __future__ import annotations

FORMAT = 1
TEXTS = 16
"""Articles in a shard of texts."""


def key_order(key: str) -> bytes:
    """What sorts keys as JavaScript does."""
    return key.encode("utf-16-be", "surrogatepass")
