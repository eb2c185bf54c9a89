"""Months as ``2026-10``: text that sorts by time."""

from __future__ import annotations

MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
               "October", "November", "December")  # fmt: skip
"""In English; the first three letters are the short name."""


def month_range(first: str, last: str) -> tuple[str, ...]:
    """All months from ``first`` to ``last``, both included; empty when ``last`` is earlier."""
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return tuple(f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(start, end + 1))
