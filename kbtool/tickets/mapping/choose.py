"""Which mapping reads which input, and why; inputs that belong together find each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kbtool.errors import InputError
from kbtool.tickets.mapping.columns import generic_mapping, guess_columns, listed, propose_columns
from kbtool.tickets.mapping.fit import NO_FIT, best_fit, part_score, refuse_useless, serves
from kbtool.tickets.mapping.guess import propose_mapping
from kbtool.tickets.mapping.library import built_in_mappings
from kbtool.tickets.mapping.paths import split_lookup, value_at, values_at
from kbtool.tickets.mapping.spec import Join, Lookup, Mapping
from kbtool.tickets.mapping.unwrap import unwrapped
from kbtool.tickets.readers.base import joined
from kbtool.tickets.readers.inputs import Input, open_inputs


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
        fits = [best_fit(item, mappings) for item in self.inputs]
        chosen = list({id(fit.mapping): fit.mapping for fit in fits if fit}.values())
        for item, fit in zip(self.inputs, fits, strict=True):
            served = max((serves(item, m) for m in chosen or mappings), default=NO_FIT)
            if served > (fit.score if fit else NO_FIT):
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
            refuse_useless(item)
            if not alone and not _may_be_guessed(item):
                raise InputError("no mapping reads it")
            self.add(item, *_guessed(item, self.propose))
        except InputError as error:
            if alone:
                for other in self.inputs:
                    refuse_useless(other)
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
            one.tickets = joined(parts)
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
            (part_score(item, part), item)
            for item in self.seconds
            if part_score(item, part) > NO_FIT
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
            return joined(alike)
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
    why = f"its columns were recognised: {listed(found)}"
    if propose:
        guessed = propose_columns(found, item.columns, item.sample)
        more = {name: column for name, column in guessed.items() if name not in found}
        if more:
            why = f"its cells look like it: {listed(more)}; correct what is wrong"
    return mapping, why


def _unwrap(one: Plan) -> None:
    """Let all inputs of a plan give plain values where the mapping says that objects hold them."""
    if one.mapping.unwrap is not None:
        key = one.mapping.unwrap
        one.tickets = unwrapped(one.tickets, key)
        one.joins = {name: unwrapped(item, key) for name, item in one.joins.items()}
        one.lookups = {name: unwrapped(item, key) for name, item in one.lookups.items()}


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
