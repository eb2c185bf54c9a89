"""Paths into a record: names joined by dots, ``[]`` for every item of a list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache


def values_at(record: Mapping[str, object], path: str) -> list[object]:
    """Every value ``path`` leads to, in order; empty when it leads nowhere.

    A key spelled exactly like the path wins, so CSV columns may hold dots and brackets.
    """
    if path in record:
        return [record[path]]
    found: list[object] = [record]
    for name, every in _steps(path):
        found = [item[name] for item in found if isinstance(item, Mapping) and name in item]
        if every:
            found = [piece for item in found if isinstance(item, list) for piece in item]
    return found


def value_at(record: Mapping[str, object], path: str) -> object:
    """The first value at ``path`` that is not empty (``None`` or ``""``), else ``None``."""
    return next((v for v in values_at(record, path) if v is not None and v != ""), None)


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[tuple[str, bool], ...]:
    return tuple((part.removesuffix("[]"), part.endswith("[]")) for part in path.split("."))
