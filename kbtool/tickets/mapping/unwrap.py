"""Values that stand in objects of their own: ``{"state": {"value": "6", "display_value": "Closed"}}``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kbtool.model import Rejected
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.base import Input
from kbtool.tickets.readers.files import Advance


def unwrapped(item: Input, key: str) -> Input:
    """The input with each object that has ``key`` replaced by what stands there.

    What else the object has is kept beside it: ``state`` is ``6``, ``state.display_value`` is
    ``Closed``.
    """
    return replace(
        item,
        read=partial(_records, item, key),
        sample=tuple(_flat(row, key) for row in item.sample),
    )


def _records(item: Input, key: str, advance: Advance | None) -> Iterator[Record | Rejected]:
    for record in item.records(advance):
        if isinstance(record, Record):
            yield Record(record.line, _flat(record.data, key))
        else:
            yield record


def _flat(data: dict[str, object], key: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in data.items():
        if isinstance(value, dict) and key in value:
            found[name] = value[key]
            found |= {f"{name}.{other}": v for other, v in value.items() if other != key}
        else:
            found[name] = value
    return found
