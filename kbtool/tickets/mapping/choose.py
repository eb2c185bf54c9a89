"""Which mapping reads which input, and why; inputs that belong together find each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import TypeAlias

from kbtool.errors import InputError
from kbtool.model import Rejected
from kbtool.text import match_key
from kbtool.tickets.mapping.columns import generic_mapping, guess_columns, propose_columns
from kbtool.tickets.mapping.guess import propose_mapping
from kbtool.tickets.mapping.library import built_in_mappings
from kbtool.tickets.mapping.paths import split_lookup, value_at, values_at
from kbtool.tickets.mapping.spec import Join, Lookup, Mapping, Shape
from kbtool.tickets.mapping.unwrap import unwrapped
from kbtool.tickets.raw import Record
from kbtool.tickets.readers.files import Advance
from kbtool.tickets.readers.inputs import Input, open_inputs

Score: TypeAlias = tuple[bool, int]
"""(named by its stream or file, keys that were recognised): the larger, the more specific."""
_NAMES_SHOWN = 4


@dataclass(slots=True)
class Plan:
    """How one input of tickets will be read."""

    tickets: Input
    mapping: Mapping
    why: str
    joins: dict[str, Input] = field(default_factory=dict)
    """Name of the join → its second file; a join whose records are in the tickets is not in it."""
    lookups: dict[str, Input] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """What a user should know: second files that would help, inputs that are not read."""


@dataclass(frozen=True, slots=True)
class _Fit:
    mapping: Mapping
    score: Score
    why: str


def plan(
    inputs: Sequence[Input],
    mapping: Mapping | None,
    languages: Sequence[str],
    encoding: str | None,
    *,
    generic: bool = False,
    propose: bool = False,
) -> list[Plan]:
    """One plan a file of tickets; the given mapping (or ``generic``) is used for all of them.

    Inputs of one mapping whose tickets may share records (joins, ``group_by``) make one plan. With
    ``propose`` a table whose columns are not recognised gets a proposal to be corrected.

    Raises InputError when no mapping fits a file or a second file that it needs is missing.
    """
    chooser = _Chooser(inputs, languages, encoding, propose)
    if generic:
        for item in inputs:
            chooser.add(item, *_guessed(item, propose))
    else:
        chooser.choose(mapping)
    return chooser.finished()


@dataclass(slots=True)
class _Chooser:
    """The choice for all inputs of one run."""

    inputs: Sequence[Input]
    languages: Sequence[str]
    encoding: str | None
    propose: bool
    plans: list[Plan] = field(default_factory=list)
    parts: list[list[Input]] = field(default_factory=list)
    """The inputs that each plan reads, one after the other."""
    seconds: list[Input] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """Which of the second files are read, by identity."""
    notes: list[str] = field(default_factory=list)

    def add(self, item: Input, mapping: Mapping, why: str) -> None:
        """Plan to read ``item``, together with an earlier input that may share its tickets."""
        if mapping.joins or mapping.group_by:
            for other, parts in zip(self.plans, self.parts, strict=True):
                if other.mapping is mapping and other.tickets.folder == item.folder:
                    parts.append(item)
                    return
        self.plans.append(Plan(item, mapping, why))
        self.parts.append([item])

    def choose(self, given: Mapping | None) -> None:
        """Tell tickets from second files, and plan the tickets."""
        mappings = (given,) if given else built_in_mappings()
        fits = [_best(item, mappings) for item in self.inputs]
        chosen = list({id(fit.mapping): fit.mapping for fit in fits if fit}.values())
        for item, fit in zip(self.inputs, fits, strict=True):
            served = max((_serves(item, m) for m in chosen or mappings), default=(False, 0))
            if served > (fit.score if fit else (False, 0)):
                self.seconds.append(item)
            elif fit:
                self.add(item, fit.mapping, "it was named" if given else fit.why)
            elif chosen and item.stream is not None:
                self.notes.append(f"{item.name}: not read: no mapping reads it")
            elif given:
                self.add(item, given, "it was named")
            else:
                self._guess(item, alone=not chosen and item.stream is None)

    def _guess(self, item: Input, *, alone: bool) -> None:
        try:
            _refuse(item)
            if not alone and not _may_be_guessed(item):
                raise InputError("no mapping reads it")
            self.add(item, *_guessed(item, self.propose))
        except InputError as error:
            if alone:
                for other in self.inputs:
                    _refuse(other)
                raise
            what = error.message.removeprefix(f"{item.place}: ")
            why = "; ".join(filter(None, (what, error.hint)))
            self.notes.append(f"{item.name}: not read: {why}")

    def finished(self) -> list[Plan]:
        """The plans with their second files. Raises InputError when one is missing."""
        if not self.plans and self.notes:  # streams, none of which could be read
            raise InputError(
                "\n".join(self.notes), hint="kbtool import FILE --sniff proposes a mapping"
            )
        if not self.plans:
            names = ", ".join(item.name for item in self.inputs)
            raise InputError(
                f"{names}: only what belongs to tickets, not the tickets", hint="give both files"
            )
        for one, parts in zip(self.plans, self.parts, strict=True):
            one.tickets = _together(parts)
            for join in one.mapping.joins:
                self._join(one, join)
            for lookup in one.mapping.lookups:
                found = self._second(one.tickets, lookup)
                if found is not None:
                    one.lookups[lookup.name] = found
            self._tell(one)
            _unwrap(one)
        self.notes += [
            f"{item.name}: not read: the tickets do without it"
            for item in self.seconds
            if id(item) not in self.used
        ]
        self.plans[0].notes[:0] = self.notes
        return self.plans

    def _join(self, one: Plan, join: Join) -> None:
        kind = dict if join.one else list
        if any(isinstance(row.get(join.name), kind) for row in one.tickets.sample):
            return
        found = self._second(one.tickets, join)
        if found is not None:
            one.joins[join.name] = found
        elif join.required and not self.propose:
            raise InputError(
                f"{one.tickets.place}: {one.mapping.name} keeps the {join.name} in a second file",
                hint=f"give it too, or put it beside the tickets as {_file(join)}",
            )

    def _tell(self, one: Plan) -> None:
        """Note what the mapping says of such exports, and which second files would help."""
        if one.mapping.note:
            one.notes.append(f"{one.tickets.name}: {one.mapping.note}")
        missing: list[Join | Lookup] = [
            *(join for join in one.mapping.joins if _missed(one, join)),
            *(lookup for lookup in one.mapping.lookups if _wanted(one, lookup)),
        ]
        if missing:
            names = ", ".join(part.name for part in missing)
            files = " or ".join(_file(part) for part in missing)
            one.notes.append(
                f"{one.tickets.name}: read without {names}; to have them, give {files}"
            )

    def _second(self, tickets: Input, part: Join | Lookup) -> Input | None:
        """The input that serves a join or lookup best: of those given, else a file beside."""
        scored = [
            (_part_score(item, part), item)
            for item in self.seconds
            if _part_score(item, part) > (False, 0)
        ]
        near = [(score, item) for score, item in scored if item.folder == tickets.folder] or scored
        if near:
            best = max(score for score, _ in near)
            fitting = [item for score, item in near if score == best]
            stem = _without_numbers(fitting[0].name)
            stream = fitting[0].stream
            alike = [
                item
                for item in fitting
                if _without_numbers(item.name) == stem or (stream and item.stream == stream)
            ]
            self.used.update(map(id, alike))
            return _together(alike)
        given = {item.name for item in self.inputs}
        for name in part.beside:
            path = tickets.folder / name
            if path.is_file() and name not in given:
                return open_inputs([path], self.languages, self.encoding, None)[0]
        return None


def _may_be_guessed(item: Input) -> bool:
    """Whether the columns of a file that came with a help desk's tickets may be guessed.

    Tables are often given together. JSON beside it is mostly the help desk's own settings (fields,
    macros, organizations), so it must look very much like tickets.
    """
    needed = {"id", "subject", "status"}
    return item.format == "csv" or needed <= guess_columns(item.columns).keys()


def _guessed(item: Input, propose: bool) -> tuple[Mapping, str]:
    """The generic mapping for a table, and why. Raises InputError when its columns say too little."""
    if propose and any(isinstance(v, dict | list) for row in item.sample for v in row.values()):
        return propose_mapping(item.sample, item.place)
    found = guess_columns(item.columns)
    mapping = generic_mapping(item.columns, item.sample, item.place, propose=propose)
    why = f"its columns were recognised: {_listed(found)}"
    if propose:
        guessed = propose_columns(found, item.columns, item.sample)
        more = {name: column for name, column in guessed.items() if name not in found}
        if more:
            why = f"its cells look like it: {_listed(more)}; correct what is wrong"
    return mapping, why


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{column} = {name}" for name, column in columns.items())


def _best(item: Input, mappings: Sequence[Mapping]) -> _Fit | None:
    """The most specific mapping of tickets that fits; the first by name of equals."""
    best: _Fit | None = None
    for mapping in mappings:
        shape = mapping.recognise
        score = _score(item, shape)
        if score is not None and (best is None or score > best.score):
            keys = [*shape.all, *(key for key in shape.any if _has(item, key))][:6]
            named = [f"its stream is {item.stream}"] if score[0] else []
            told = [*named, f"it has {', '.join(keys)}"] if keys else named
            best = _Fit(mapping, score, " and ".join(told) or f"it is {item.format}")
    return best


def _score(item: Input, shape: Shape) -> Score | None:
    """How specifically a shape fits an input; ``None`` when it does not, or says nothing."""
    if not (shape.all or shape.any or shape.streams or shape.format):
        return None
    if not _format_fits(item.format, shape.format):
        return None
    named = item.stream is not None and bool(shape.streams)
    if named and match_key(item.stream or "") not in map(match_key, shape.streams):
        if item.format != "parquet":  # whose table is only what somebody called the file
            return None
        named = False
    hits = sum(_has(item, key) for key in shape.any)
    if not all(_has(item, key) for key in shape.all) or (shape.any and not hits):
        return None
    if any(_has(item, key) for key in shape.none):
        return None
    keys = len(shape.all) + hits + (shape.format is not None)
    return (named, keys) if named or keys else None


def _format_fits(given: str, wanted: str | None) -> bool:
    if wanted is None:
        return given != "mail"  # letters have nothing in common with a help desk's records
    return given == wanted or (wanted == "json" and given == "json lines")


def _has(item: Input, key: str) -> bool:
    if key in item.columns or any(key in row for row in item.sample):
        return True
    return any(sign in key for sign in ".[*") and any(values_at(row, key) for row in item.sample)


def _serves(item: Input, mapping: Mapping) -> Score:
    parts: Iterable[Join | Lookup] = chain(mapping.joins, mapping.lookups)
    return max((_part_score(item, part) for part in parts), default=(False, 0))


def _part_score(item: Input, part: Join | Lookup) -> Score:
    """How specifically an input fits a join or lookup; (False, 0) when it does not."""
    score = _score(item, part.shape)
    if score is not None:
        return score
    silent = part.shape == Shape()
    own_name = PurePosixPath(item.name.rpartition(": ")[2]).name
    return (True, 0) if silent and own_name in part.beside else (False, 0)


def _unwrap(one: Plan) -> None:
    """Let all inputs of a plan give plain values where the mapping says that objects hold them."""
    if one.mapping.unwrap is not None:
        key = one.mapping.unwrap
        one.tickets = unwrapped(one.tickets, key)
        one.joins = {name: unwrapped(item, key) for name, item in one.joins.items()}
        one.lookups = {name: unwrapped(item, key) for name, item in one.lookups.items()}


def _refuse(item: Input) -> None:
    """Raises InputError for a file that a mapping knows to be of no use by itself."""
    for mapping in built_in_mappings():
        for refusal in mapping.refusals:
            if _score(item, refusal.shape) is not None:
                raise InputError(f"{item.place}: {refusal.reason}", hint=refusal.hint)


def _wanted(one: Plan, lookup: Lookup) -> bool:
    """Whether a lookup would tell of the tickets what nothing else in them does."""
    if lookup.name in one.lookups:
        return False
    for value in one.mapping.ticket.values():
        for index, path in enumerate(value.paths):
            looked = split_lookup(path)
            if looked and looked[0] == lookup.name:
                rows = one.tickets.sample
                told = any(value_at(row, other) for row in rows for other in value.paths[:index])
                if not told and any(value_at(row, looked[1]) for row in rows):
                    return True
    return False


def _missed(one: Plan, join: Join) -> bool:
    """Whether a join's records would add messages that are looked for under a known name.

    Not when the tickets hold messages in a list.
    """
    if join.name in one.joins or join.one or not join.beside:
        return False
    if any(other.name in one.joins for other in one.mapping.joins if not other.beside):
        return False  # the same under other keys was given
    blocks = [block.each for block in one.mapping.messages if block.each]
    return not any(values_at(row, each) for row in one.tickets.sample for each in blocks)


def _file(part: Join | Lookup) -> str:
    return part.beside[0] if part.beside else part.name


def _without_numbers(name: str) -> str:
    return re.sub(r"\d+", "", name)


def _together(items: Sequence[Input]) -> Input:
    """One input of several of one kind, read one after the other."""
    if len(items) == 1:
        return items[0]

    def read(advance: Advance | None) -> Iterator[Record | Rejected]:
        before = 0
        for item in items:
            yield from item.records(partial(_further, advance, before) if advance else None)
            before += item.size
            merged.notes += [note for note in item.notes if note not in merged.notes]

    first = items[0]
    merged = Input(
        name=_all_names(items),
        format=first.format,
        folder=first.folder,
        encoding=first.encoding,
        size=sum(item.size for item in items),
        read=read,
        stream=first.stream,
        columns=tuple(dict.fromkeys(column for item in items for column in item.columns)),
        sample=tuple(row for item in items for row in item.sample)[: len(first.sample) or None],
        notes=[note for item in items for note in item.notes],
    )
    return merged


def _all_names(items: Sequence[Input]) -> str:
    names = [item.name for item in items]
    if len(names) > _NAMES_SHOWN:
        names = [names[0], "…", f"{names[-1]} ({len(items):,} files)"]
    return ", ".join(names)


def _further(advance: Advance, before: int, done: int) -> None:
    advance(before + done)
