"""The shares in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from kbtool.model import Rate


def rates(value: object) -> Iterator[Rate]:
    """Every share that a report holds, however deep, in the order of its fields."""
    if isinstance(value, Rate):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from rates(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from rates(getattr(value, field.name))
