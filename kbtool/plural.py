"""Counts as people say them."""

from __future__ import annotations


def many(count: int, one: str, more: str | None = None) -> str:
    """``1 visit``, ``1,204 visits``; ``more`` is the plural when it is not one with an s."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
