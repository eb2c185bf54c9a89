"""Look before importing: the mapping as YAML, and how much of the file each field covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import TypeVar

from kbtool.config import Settings
from kbtool.model import Rejected
from kbtool.privacy.redact import Redactor
from kbtool.tickets.gather import Gatherer, load_lookups
from kbtool.tickets.mapping.choose import Plan
from kbtool.tickets.mapping.engine import Engine, RecordError, Skipped
from kbtool.tickets.mapping.paths import keys_at, split_lookup
from kbtool.tickets.mapping.spec import Block, Join, Lookup, Mapping
from kbtool.tickets.mapping.write import mapping_yaml
from kbtool.tickets.outcome import status_meaning
from kbtool.tickets.raw import RawTicket, Record
from kbtool.tickets.readers.files import Advance
from kbtool.tickets.readers.inputs import Input

LOOKED_AT = 2_000
"""Records of tickets."""
LOOKED_THROUGH = 200_000
"""Records of a second file, for those that belong to the tickets looked at."""
_SAMPLES = 3
_SAMPLE_LENGTH = 60
_SAMPLE_READ = 1_000
"""Characters of a value that are redacted for a sample, so that names at its edge are found."""
_WORDS = 100
_HIDDEN = frozenset({"requester", "names", "author", "author_name"})
_PLAIN = frozenset({"id", "created_at", "solved_at", "at", "csat", "reopens"})
_Key = TypeVar("_Key")
_MESSAGE = ("at", "author", "author_name", "text", "macros")


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of the tickets (or messages) looked at fill a field, with redacted samples."""

    field: str
    paths: tuple[str, ...]
    filled: int
    of: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Second:
    """A join or lookup of the mapping, and where its records come from."""

    name: str
    file: str | None
    inside: bool
    """The tickets hold its records themselves."""
    beside: tuple[str, ...]
    """Names under which it is looked for beside the tickets."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file seems to be."""

    file: str
    encoding: str
    format: str
    mapping: str
    why: str
    seconds: tuple[Second, ...]
    records: int
    """Records looked at (with ``group_by``, tickets): from the first 2,000 of the file."""
    fields: tuple[Covered, ...]
    messages: tuple[tuple[str, int], ...]
    """("customer public", count) per role and visibility."""
    statuses: tuple[tuple[str, int, str | None], ...]
    """(status word, tickets, what it means or ``None`` when no mapping knows it)."""
    skipped: tuple[tuple[str, int], ...]
    """(why a record gives no ticket, records), most frequent first."""
    unused: tuple[str, ...]
    """Columns or top-level keys that no field reads."""
    notes: tuple[str, ...]
    yaml: str
    """The mapping, ready to be saved and changed."""


def sniff(plan: Plan, settings: Settings) -> Sniffed:
    """What ``plan`` would read from its files, from the first records only.

    Raises InputError when a file cannot be read.
    """
    notes: list[str] = []
    seen = _Seen(plan.mapping)
    for ticket in _tickets(plan, settings, seen, notes):
        seen.add(ticket)
    redactor = Redactor(sorted(seen.names), settings.tickets.phone_regions, settings.own_words)
    source = plan.tickets
    return Sniffed(
        file=source.name,
        encoding=source.encoding,
        format=source.format,
        mapping=plan.mapping.name,
        why=plan.why,
        seconds=tuple(_seconds(plan)),
        records=seen.tickets + sum(seen.skipped.values()),
        fields=tuple(seen.fields(redactor)),
        messages=_counted(seen.kinds),
        statuses=tuple(
            (redactor.redact(word)[:_SAMPLE_LENGTH], count, meaning)
            for (word, meaning), count in _counted(seen.statuses)
        ),
        skipped=_counted(seen.skipped),
        unused=tuple(map(redactor.redact, unused_columns(plan.mapping, source.columns))),
        notes=tuple(dict.fromkeys([*source.notes, *plan.notes, *notes])),
        yaml=mapping_yaml(plan.mapping),
    )


def _tickets(plan: Plan, settings: Settings, seen: _Seen, notes: list[str]) -> Iterator[RawTicket]:
    small = _first_records(plan, notes)

    def refuse(rejected: Rejected) -> None:
        if rejected.file == plan.tickets.name:
            seen.skipped[rejected.reason] += 1

    engine = Engine(
        plan.mapping,
        settings.tickets.timezone,
        plan.tickets.name,
        lookups=load_lookups(small, refuse, _unwatched),
        agent_addresses=settings.tickets.agent_addresses,
    )
    for _, record in Gatherer(small, refuse, _unwatched).records():
        try:
            if isinstance(record, Record):
                yield engine.ticket(record)
            else:
                refuse(record)
        except (RecordError, Skipped) as reason:
            seen.skipped[str(reason)] += 1
    for time, count in sorted(engine.bad_times.items())[:_SAMPLES]:
        notes.append(f"{count:,} × a time like {time!r} could not be read")


def _unwatched(_: Input) -> Advance | None:
    return None


def _first_records(plan: Plan, notes: list[str]) -> Plan:
    """The plan cut down to the first tickets and what belongs to them."""
    tickets = replace(
        plan.tickets, read=lambda advance: islice(plan.tickets.records(advance), LOOKED_AT)
    )
    joins = {}
    for join in plan.mapping.joins:
        if join.name in plan.joins:
            keys = frozenset(
                key
                for record in tickets.records()
                if isinstance(record, Record)
                for key in keys_at(record.data, join.keys[0])
            )
            item = plan.joins[join.name]
            joins[join.name] = replace(item, read=partial(_belonging, item, join, keys, notes))
    return replace(plan, tickets=tickets, joins=joins)


def _belonging(
    item: Input, join: Join, keys: frozenset[str], notes: list[str], advance: Advance | None
) -> Iterator[Record | Rejected]:
    """The records of a second file that belong to the tickets with these keys."""
    for number, record in enumerate(item.records(advance)):
        if number == LOOKED_THROUGH:
            notes.append(f"{item.name}: only its first {LOOKED_THROUGH:,} records were looked at")
            return
        if isinstance(record, Record) and keys.intersection(keys_at(record.data, join.keys[1])[:1]):
            yield record


def _seconds(plan: Plan) -> Iterator[Second]:
    parts: list[Join | Lookup] = [*plan.mapping.joins, *plan.mapping.lookups]
    given = {**plan.joins, **plan.lookups}
    for part in parts:
        file = given[part.name].name if part.name in given else None
        inside = file is None and any(
            isinstance(row.get(part.name), list | dict) for row in plan.tickets.sample
        )
        yield Second(part.name, file, inside, part.beside)


@dataclass(slots=True)
class _Column:
    """How often a field was filled, and its first different values."""

    filled: int = 0
    values: dict[str, None] = field(default_factory=dict)

    def add(self, value: object) -> None:
        if value is None or value in ("", ()):
            return
        self.filled += 1
        if len(self.values) < _SAMPLES:
            text = ", ".join(value) if isinstance(value, tuple) else str(value)
            self.values[" ".join(text[:_SAMPLE_READ].split())] = None


@dataclass(slots=True)
class _Seen:
    """What was seen in the tickets, in memory that does not grow with them."""

    mapping: Mapping
    tickets: int = 0
    messages: int = 0
    columns: dict[str, _Column] = field(default_factory=dict)
    of_messages: dict[str, _Column] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    """Of people, to be redacted in the samples."""

    def add(self, ticket: RawTicket) -> None:
        """Count one ticket and its messages."""
        self.tickets += 1
        for name in self.mapping.ticket:
            self.columns.setdefault(name, _Column()).add(getattr(ticket, name))
        word = (ticket.status[:_SAMPLE_READ], status_meaning(ticket, self.mapping))
        if word in self.statuses or len(self.statuses) < _WORDS:
            self.statuses[word] += 1
        self.names.update(ticket.names)
        for message in ticket.messages:
            self.messages += 1
            self.kinds[f"{message.role} {message.visibility}"] += 1
            self.names.update(name for name in (message.author_name,) if name)
            for name in _MESSAGE:
                self.of_messages.setdefault(name, _Column()).add(getattr(message, name))

    def fields(self, redactor: Redactor) -> Iterator[Covered]:
        """The coverage of every field that the mapping names."""
        for name, value in self.mapping.ticket.items():
            column = self.columns.get(name, _Column())
            yield Covered(
                name, value.sources, column.filled, self.tickets, _shown(name, column, redactor)
            )
        for name in _MESSAGE:
            read = (name, "html") if name == "text" else (name,)
            paths = [
                path
                for block in self.mapping.messages
                for key in read
                if key in block.fields
                for path in block.fields[key].sources
            ]
            if paths:
                column = self.of_messages.get(name, _Column())
                samples = _shown(name, column, redactor)
                unique = tuple(dict.fromkeys(paths))
                yield Covered(f"message {name}", unique, column.filled, self.messages, samples)


def _shown(name: str, column: _Column, redactor: Redactor) -> tuple[str, ...]:
    if name in _HIDDEN:
        return ("(hidden)",) if column.values else ()
    texts = dict.fromkeys(
        text if name in _PLAIN and "@" not in text else redactor.redact(text)
        for text in column.values
    )
    return tuple(t if len(t) <= _SAMPLE_LENGTH else t[: _SAMPLE_LENGTH - 1] + "…" for t in texts)


def _counted(counter: Counter[_Key]) -> tuple[tuple[_Key, int], ...]:
    """Most frequent first."""
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], str(item[0]))))


def unused_columns(mapping: Mapping, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns or top-level keys of the tickets' records that nothing in the mapping reads."""
    paths = {_in_record(path) for path in _record_paths(mapping)}
    used = {*paths, *(path.split(".")[0].removesuffix("[]") for path in paths)}
    beginnings = tuple(name[:-1] for name in used if name.endswith("*"))
    names = {join.name for join in mapping.joins}
    return tuple(
        column
        for column in columns
        if column not in used | names and not (beginnings and column.startswith(beginnings))
    )


def _record_paths(mapping: Mapping) -> Iterator[str]:
    """Every path that is read in a ticket's record."""
    for value in mapping.ticket.values():
        yield from value.sources
    yield from (rule.path for rules in mapping.marks.values() for rule in rules)
    yield from (skip.condition.path for skip in mapping.skips)
    yield from (path for path in (mapping.group_by, mapping.order_by) if path)
    yield from (path for join in mapping.joins for path in join.keys[0])
    for block in mapping.messages:
        yield from (block.each or "", *block.unless, *block.customer_if_same[1:])
        own = block.each in (None, "rows[]")
        yield from (path for path in _block_paths(block) if own or path.startswith("$."))


def _block_paths(block: Block) -> Iterator[str]:
    for value in block.fields.values():
        yield from value.sources
    conditions = [*block.only, *block.skip, *([block.html_if] if block.html_if else [])]
    yield from (condition.path for condition in conditions)
    yield from block.customer_if_same


def _in_record(path: str) -> str:
    """The path without what leads to the record: ``author_id`` of ``@users($.author_id).role``."""
    looked = split_lookup(path)
    if looked is not None:
        return _in_record(looked[1])
    return path.lstrip("^").removeprefix(".") if path.startswith("^") else path.removeprefix("$.")
