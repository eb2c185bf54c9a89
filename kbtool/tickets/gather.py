"""Records that belong together, brought together in bounded memory: a part of the keys at a time.

A file is read once for every part. How many parts there are follows from the bytes of its records,
measured in the first pass; files whose records all fit make one part, which is kept.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeAlias
from zlib import crc32

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.tickets.mapping.choose import Plan
from kbtool.tickets.mapping.paths import Object, Tables, key_text, keys_at, prepare, value_at
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import Advance
from kbtool.tickets.readers.inputs import Input

PART_BYTES = 64 * 1024 * 1024
"""Bytes of records held at once."""
KEY_BYTES = 16 * 1024 * 1024
"""Bytes of the records of one ticket; what is beyond is rejected."""
MAX_LOOKUP = 1_000_000
LOOKUP_BYTES = 256 * 1024 * 1024
_BUCKETS = 4096
_ID = re.compile(r"[\w.:#-]{1,40}")
_OVERHEAD = 200
"""Bytes that Python needs to hold a record beside its content."""
Watch: TypeAlias = Callable[[Input], Advance | None]
"""What tells the progress of one pass over an input."""
Placed: TypeAlias = tuple[int, Record | Rejected]
"""A record and its place among all records of tickets."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Records that are gathered by a key."""

    name: str
    """Under which they land in the ticket's record."""
    input: Input
    keys: tuple[str, ...]
    """Paths of the key in their records; the first that holds something counts."""
    id: str | None = None
    """Path of a value; a record with an equal one replaces the earlier one."""

    def key_of(self, record: Record) -> str | None:
        """The key of a record, or ``None`` when it has none."""
        return next(iter(keys_at(record.data, self.keys)), None)

    def id_of(self, record: Record) -> object:
        """The value that tells its versions from other records."""
        return prepare(self.id).scalar((record.data,)) if self.id else None


@dataclass(slots=True)
class _Group:
    """The records of one key: feed → id (or number) → (line, packed record)."""

    feeds: dict[str, dict[object, tuple[int, bytes]]] = field(default_factory=dict)
    size: int = 0
    beyond: dict[str, list[int]] = field(default_factory=dict)
    """Feed → [line of the first that was too much, how many were]."""


class Part:
    """The gathered records whose keys fall into some of the buckets; iterates over the keys."""

    def __init__(self, first: int, end: int) -> None:
        self.first, self.end = first, end
        self.used: set[str] = set()
        self._buckets: dict[int, dict[str, _Group]] = {}

    def covers(self, key: str) -> bool:
        """Whether records with this key are held here."""
        return self.first <= _bucket(key) < self.end

    def put(self, feed: Feed, key: str, record: Record, packed: bytes) -> int:
        """Hold one record, which replaces the one with its id; the bytes that this takes."""
        group = self._buckets.setdefault(_bucket(key), {}).setdefault(key, _Group())
        size = len(packed) + _OVERHEAD
        if group.size + size > KEY_BYTES:
            group.beyond.setdefault(feed.name, [record.line, 0])[1] += 1
            return 0
        held = group.feeds.setdefault(feed.name, {})
        place = key_text(feed.id_of(record)) if feed.id else None
        held[len(held) if place is None else place] = (record.line, packed)
        group.size += size
        return size

    def drop_last(self) -> int:
        """Leave the last bucket to a later part; the bytes that this frees."""
        self.end -= 1
        return sum(group.size for group in self._buckets.pop(self.end, {}).values())

    def take(self, key: str, feed: str) -> Iterator[tuple[int, dict[str, object]]]:
        """(line, record) of one key, in the order of the file."""
        self.used.add(key)
        group = self._buckets.get(_bucket(key), {}).get(key)
        for line, packed in group.feeds.get(feed, {}).values() if group else ():
            yield line, pickle.loads(packed)  # noqa: S301 - packed above, in this process

    def clear(self) -> None:
        """Hold nothing any more."""
        self._buckets.clear()

    def __iter__(self) -> Iterator[str]:
        for bucket in sorted(self._buckets):
            yield from self._buckets[bucket]

    def left(self) -> Iterator[tuple[str, int, str]]:
        """(feed, line, reason) of every record that landed in no ticket."""
        for groups in self._buckets.values():
            for key, group in groups.items():
                reason = f"more than {KEY_BYTES:,} bytes belong to ticket {_told(key)}"
                for name, (line, count) in group.beyond.items():
                    yield from repeat((name, line, reason), count)
                if key in self.used:
                    continue
                reason = f"belongs to ticket {_told(key)}, which is not in the tickets"
                for name, held in group.feeds.items():
                    yield from ((name, line, reason) for line, _ in held.values())


@dataclass(slots=True)
class Shelf:
    """Feeds gathered by one kind of key, such as the ticket's id."""

    feeds: tuple[Feed, ...]
    refuse: Callable[[Rejected], None]
    """Told once about every record that cannot be gathered."""
    watch: Watch
    first_names: Callable[[], dict[str, str]] | None = None
    """Gives the first name of every ticket that has several, by each of its names."""
    _names: dict[str, str] | None = None
    _sizes: list[int] | None = None
    """Bytes in each bucket, known after the first pass."""
    _whole: Part | None = None

    def parts(self) -> Iterator[Part]:
        """The parts one after the other; each only as long as the caller holds it."""
        if self._whole is not None:
            self._whole.used.clear()
            yield self._whole
            return
        part = self._measure() if self._sizes is None else self._fill(0)
        yield part
        while part.end < _BUCKETS:
            part.clear()  # the caller still holds it
            part = self._fill(part.end)
            yield part

    @property
    def is_parted(self) -> bool:
        """Whether there is more than one part; known once the first was given."""
        return self._whole is None

    def left(self, part: Part) -> Iterator[Placed]:
        """The records of a part that landed in no ticket."""
        names = {feed.name: feed.input.name for feed in self.feeds}
        for feed, line, reason in part.left():
            yield 0, Rejected(names[feed], line, reason)

    def _measure(self) -> Part:
        """The first part, gathered while all sizes are measured."""
        part = Part(0, _BUCKETS)
        sizes = self._sizes = [0] * _BUCKETS
        held = 0
        for feed, key, record in self._records(self.refuse):
            packed = pickle.dumps(record.data, pickle.HIGHEST_PROTOCOL)
            sizes[_bucket(key)] += len(packed) + _OVERHEAD
            if part.covers(key):
                held += part.put(feed, key, record, packed)
            while held > PART_BYTES and part.end > part.first + 1:
                held -= part.drop_last()
        if part.end == _BUCKETS:
            self._whole = part
        return part

    def _fill(self, first: int) -> Part:
        assert self._sizes is not None  # noqa: S101 - measured by the first part
        end, held = first + 1, self._sizes[first]
        while end < _BUCKETS and held + self._sizes[end] <= PART_BYTES:
            held += self._sizes[end]
            end += 1
        part = Part(first, end)
        for feed, key, record in self._records(lambda _: None):
            if part.covers(key):
                part.put(feed, key, record, pickle.dumps(record.data, pickle.HIGHEST_PROTOCOL))
        return part

    def _records(self, refuse: Callable[[Rejected], None]) -> Iterator[tuple[Feed, str, Record]]:
        if self._names is None:
            self._names = self.first_names() if self.first_names else {}
        names = self._names
        for feed in self.feeds:
            for record in feed.input.records(self.watch(feed.input)):
                if isinstance(record, Rejected):
                    refuse(record)
                elif (key := feed.key_of(record)) is None:
                    empty = " and ".join(feed.keys)
                    refuse(Rejected(feed.input.name, record.line, f"{empty} is empty"))
                else:
                    yield feed, names.get(key, key), record


class Gatherer:
    """The records of one plan, each with what belongs to it; the same at every pass."""

    def __init__(self, plan: Plan, refuse: Callable[[Rejected], None], watch: Watch) -> None:
        """``refuse`` is told once about every record of a second file that cannot be read."""
        self._plan = plan
        self._watch = watch
        feeds: dict[tuple[str, ...], list[Feed]] = {}
        for join in plan.mapping.joins:
            if join.name in plan.joins:
                feed = Feed(join.name, plan.joins[join.name], join.keys[1], join.id)
                feeds.setdefault(join.keys[0], []).append(feed)
        self._shelves = [
            (paths, Shelf(tuple(found), refuse, watch, self._names_by(paths)))
            for paths, found in feeds.items()
        ]
        self._one = frozenset(join.name for join in plan.mapping.joins if join.one)
        group_by = plan.mapping.group_by
        self._rows = (
            Shelf((Feed("rows", plan.tickets, (group_by,)),), refuse, watch) if group_by else None
        )

    def records(self) -> Iterator[Placed]:
        """Every ticket's record as the engine reads it, and the records that belong to none.

        Their places follow the order of the files, which is not always that of coming. Raises InputError when a file cannot be read to its end.
        """
        yield from self._walk([])
        for number in range(1, len(self._shelves)):
            if any(shelf.is_parted for _, shelf in self._shelves[:number]):
                yield from self._left(*self._shelves[number])

    def _walk(self, parts: list[Part]) -> Iterator[Placed]:
        """One pass over the tickets for every combination of parts: nearly always just one."""
        if len(parts) == len(self._shelves):
            yield from self._joined(parts)
            return
        _, shelf = self._shelves[len(parts)]
        for part in shelf.parts():
            yield from self._walk([*parts, part])
            if not any(outer.is_parted for _, outer in self._shelves[: len(parts)]):
                yield from shelf.left(part)

    def _left(self, paths: tuple[str, ...], shelf: Shelf) -> Iterator[Placed]:
        """What landed in no ticket, where the tickets themselves came in parts."""
        for part in shelf.parts():
            for record in self._tickets():
                if isinstance(record, Record):
                    part.used.update(keys_at(record.data, paths)[:1])
            yield from shelf.left(part)

    def _joined(self, parts: list[Part]) -> Iterator[Placed]:
        first = all(part.first == 0 for part in parts)
        for place, record in enumerate(self._tickets()):
            if isinstance(record, Rejected):
                if first:
                    yield place, record
                continue
            keys = [next(iter(keys_at(record.data, paths)), "") for paths, _ in self._shelves]
            if all(part.covers(key) for part, key in zip(parts, keys, strict=True)):
                for (_, shelf), part, key in zip(self._shelves, parts, keys, strict=True):
                    for feed in shelf.feeds:
                        found = [data for _, data in part.take(key, feed.name)]
                        one = feed.name in self._one
                        record.data[feed.name] = found[-1] if one and found else found
                yield place, record

    def _names_by(self, paths: tuple[str, ...]) -> Callable[[], dict[str, str]] | None:
        """What tells the first of a ticket's names by any; ``None`` when each has just one."""
        if len(paths) == 1 and "[]" not in paths[0]:
            return None

        def first_names() -> dict[str, str]:
            found: dict[str, str] = {}
            firsts: dict[str, str] = {}
            for record in self._tickets():
                names = keys_at(record.data, paths) if isinstance(record, Record) else []
                for name in names:
                    found.setdefault(name, names[0])
                firsts |= {name: name for name in names[:1]}
            return found | firsts

        return first_names

    def _tickets(self) -> Iterator[Record | Rejected]:
        if self._rows is None:
            yield from self._plan.tickets.records(self._watch(self._plan.tickets))
            return
        for part in self._rows.parts():
            for key in part:
                rows = list(part.take(key, "rows"))
                yield Record(rows[0][0], {**rows[0][1], "rows": [data for _, data in rows]})
            for _, line, reason in part.left():
                yield Rejected(self._plan.tickets.name, line, reason)


def load_lookups(plan: Plan, refuse: Callable[[Rejected], None], watch: Watch) -> Tables:
    """The small second files, each record by its key. Raises InputError for one that is not small."""
    tables: dict[str, dict[str, Object]] = {}
    for lookup in plan.mapping.lookups:
        if lookup.name not in plan.lookups:
            continue
        item = plan.lookups[lookup.name]
        table = tables[lookup.name] = {}
        held = 0
        for record in item.records(watch(item)):
            if isinstance(record, Rejected):
                refuse(record)
                continue
            key = key_text(value_at(record.data, lookup.key))
            if key is None:
                refuse(Rejected(item.name, record.line, f"{lookup.key} is empty"))
                continue
            table[key] = record.data
            held += len(pickle.dumps(record.data, pickle.HIGHEST_PROTOCOL))
            if len(table) > MAX_LOOKUP or held > LOOKUP_BYTES:
                raise InputError(
                    f"{item.place}: more than {MAX_LOOKUP:,} records or {LOOKUP_BYTES:,} bytes",
                    hint=f"keep in it only what the tickets name as {lookup.name}",
                )
    return tables


def _told(key: str) -> str:
    """A key as a message shows it: when it is an id, and no name or mail address in its place."""
    return key if _ID.fullmatch(key) else "…"


def _bucket(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % _BUCKETS
