"""Paths into a record, prepared once and read for every record.

``a.b`` names joined by dots, ``a[]`` every item of a list, ``tag_*`` every key that begins so;
``^.a`` in the object around the item, ``^^.a`` in the next one out, ``$.a`` in the ticket's record,
``@users(author_id).role`` in the record of the lookup ``users`` whose key equals ``author_id``.
A key spelled exactly like the path wins, so CSV columns may hold dots and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol, TypeAlias

from kbtool.text import match_key

Object: TypeAlias = Mapping[str, object]
Chain: TypeAlias = tuple[Object, ...]
"""An item, then the objects around it from the inside out; the ticket's record is the last."""
Tables: TypeAlias = Mapping[str, Mapping[str, Object]]
"""Lookup name → key as ``key_text`` gives it → record."""

_AROUND = re.compile(r"(\^+|\$)\.(?=.)", re.DOTALL)
_LOOKUP = re.compile(r"@(\w+)\(")
_CONTAINERS = (dict, list)
_FOLDED_LENGTH = 80


class Path(Protocol):
    """A path that is ready to be read."""

    def every(self, chain: Chain) -> list[object]:
        """Every value the path leads to, in order; empty when it leads nowhere."""
        ...

    def scalar(self, chain: Chain) -> object:
        """The first value that is no list, no object and not blank, else ``None``."""
        ...


def prepare(path: str, tables: Tables | None = None) -> Path:
    """``path`` ready to be read; ``tables`` are the lookups it may name."""
    looked = split_lookup(path)
    if looked is not None:
        name, argument, rest = looked
        return _Looked((tables or {}).get(name, {}), prepare(argument, tables), prepare(rest))
    around = _AROUND.match(path)
    if around is not None:
        level = -1 if around[1] == "$" else len(around[1])
        return _Around(level, prepare(path[around.end() :]))
    if any(every or wild for _, every, wild in _steps(path)):
        return _Walk(path)
    return _Names(path) if "." in path else _Name(path)


def split_lookup(path: str) -> tuple[str, str, str] | None:
    """("users", "author_id", "role") of ``@users(author_id).role``; ``None`` when it is no lookup."""
    start = _LOOKUP.match(path)
    if start is None:
        return None
    depth = 1
    for index in range(start.end(), len(path)):
        depth += {"(": 1, ")": -1}.get(path[index], 0)
        if depth == 0:
            rest = path[index + 1 :]
            return (start[1], path[start.end() : index], rest[1:]) if rest[:1] == "." else None
    return None


def values_at(record: Object, path: str) -> list[object]:
    """Every value ``path`` leads to in a record, in order; empty when it leads nowhere."""
    return _prepared(path).every((record,))


def value_at(record: Object, path: str) -> object:
    """The first value at ``path`` that is no list, no object and not blank, else ``None``."""
    return _prepared(path).scalar((record,))


def keys_at(record: Object, paths: Iterable[str]) -> list[str]:
    """Every value at the paths as ``key_text`` gives it, in order, once each."""
    found = (key_text(value) for path in paths for value in values_at(record, path))
    return list(dict.fromkeys(key for key in found if key is not None))


def items_at(record: Object, path: str) -> Iterator[tuple[object, Chain]]:
    """Every value at a path of names, ``[]`` and ``*``, with the objects around it.

    A path that ends in a list leads to the list's items, with or without ``[]``.
    """
    found: list[tuple[object, Chain]] = [(record, ())]
    steps = [(path, False, False)] if path in record else _steps(path)
    for name, every, wild in steps:
        found = [
            (value, (item, *around))
            for item, around in found
            if isinstance(item, dict)
            for value in _children(item, name, wild)
        ]
        if every:
            found = [
                (v, around) for items, around in found if isinstance(items, list) for v in items
            ]
    for value, around in found:
        if isinstance(value, list):
            yield from ((piece, around) for piece in value)
        else:
            yield value, around


def objects_in(value: object) -> list[dict[str, object]]:
    """The objects of a list; empty for what is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def key_text(value: object) -> str | None:
    """A value as the text by which records find each other: ``7``, ``7.0`` and ``" 7"`` are one.

    ``None`` for what is blank, a list or an object.
    """
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, _CONTAINERS):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def as_word(value: object) -> str:
    """A value as a folded word, as ``map``, ``is`` and ``status`` compare it; ``""`` for none."""
    text = key_text(value) or ""
    return _folded(text) if len(text) <= _FOLDED_LENGTH else match_key(text)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return match_key(text)


@lru_cache(maxsize=256)
def _prepared(path: str) -> Path:
    return prepare(path)


class _Name:
    """A key of the item itself: nearly every path, so it is read without a detour."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def every(self, chain: Chain) -> list[object]:
        item = chain[0]
        return [item[self.name]] if self.name in item else []

    def scalar(self, chain: Chain) -> object:
        return _scalar(chain[0].get(self.name))


class _Names:
    """Keys one in the other."""

    __slots__ = ("names", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.names = tuple(path.split("."))

    def every(self, chain: Chain) -> list[object]:
        value: object = chain[0]
        if self.path in chain[0]:
            return [chain[0][self.path]]
        for name in self.names:
            if not isinstance(value, dict) or name not in value:
                return []
            value = value[name]
        return [value]

    def scalar(self, chain: Chain) -> object:
        found = self.every(chain)
        return _scalar(found[0]) if found else None


class _Walk:
    """Names, items and beginnings of names, one after the other."""

    __slots__ = ("path", "steps")

    def __init__(self, path: str) -> None:
        self.path = path
        self.steps = _steps(path)

    def every(self, chain: Chain) -> list[object]:
        item = chain[0]
        if self.path in item:
            return [item[self.path]]
        found: list[object] = [item]
        for name, every, wild in self.steps:
            found = [v for o in found if isinstance(o, dict) for v in _children(o, name, wild)]
            if every:
                found = [piece for v in found if isinstance(v, list) for piece in v]
        return found

    def scalar(self, chain: Chain) -> object:
        return next((v for v in map(_scalar, self.every(chain)) if v is not None), None)


class _Around:
    """A path in one of the objects around the item, or in the ticket's record."""

    __slots__ = ("level", "path")

    def __init__(self, level: int, path: Path) -> None:
        self.level = level
        self.path = path

    def every(self, chain: Chain) -> list[object]:
        return self.path.every(chain[self.level :]) if self.level < len(chain) else []

    def scalar(self, chain: Chain) -> object:
        return self.path.scalar(chain[self.level :]) if self.level < len(chain) else None


class _Looked:
    """A path in the record of a lookup."""

    __slots__ = ("argument", "path", "table")

    def __init__(self, table: Mapping[str, Object], argument: Path, path: Path) -> None:
        self.table = table
        self.argument = argument
        self.path = path

    def every(self, chain: Chain) -> list[object]:
        record = self.table.get(key_text(self.argument.scalar(chain)) or "")
        return self.path.every((record,)) if record is not None else []

    def scalar(self, chain: Chain) -> object:
        record = self.table.get(key_text(self.argument.scalar(chain)) or "")
        return self.path.scalar((record,)) if record is not None else None


def _children(item: Object, name: str, wild: bool) -> list[object]:
    if name in item:
        return [item[name]]
    return [value for key, value in item.items() if key.startswith(name[:-1])] if wild else []


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    return None if isinstance(value, _CONTAINERS) else value


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[tuple[str, bool, bool], ...]:
    """(name, every item?, beginning of a name?) of each part."""
    names = [(part.removesuffix("[]"), part.endswith("[]")) for part in path.split(".")]
    return tuple((name, every, name.endswith("*")) for name, every in names)
