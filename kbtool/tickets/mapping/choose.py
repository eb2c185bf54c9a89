"""Which mapping reads which file, and why; files that belong together find each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kbtool.errors import InputError
from kbtool.tickets.mapping.columns import generic_mapping, guess_columns, propose_columns
from kbtool.tickets.mapping.spec import Mapping, built_in_mappings
from kbtool.tickets.readers.inputs import Input, open_inputs


@dataclass(slots=True)
class Plan:
    """How one file of tickets will be read."""

    tickets: Input
    mapping: Mapping
    why: str
    second: Input | None = None
    """The file that the mapping joins."""
    notes: list[str] = field(default_factory=list)


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

    With ``propose`` a table whose columns are not recognised gets a proposal to be corrected.

    Raises InputError when no mapping fits a file or its second file is missing.
    """
    seconds = [item for item in inputs if _is_second(item, mapping)]
    plans = []
    for item in inputs:
        if item in seconds:
            continue
        chosen, why = (
            (mapping, "it was named") if mapping else choose(item, generic=generic, propose=propose)
        )
        plans.append(Plan(item, chosen, why, _second(item, chosen, seconds, languages, encoding)))
    if not plans:
        names = ", ".join(item.name for item in inputs)
        raise InputError(
            f"{names}: only the tickets' messages, not the tickets", hint="give both files"
        )
    return plans


def choose(item: Input, *, generic: bool = False, propose: bool = False) -> tuple[Mapping, str]:
    """The mapping that fits a file's keys or columns, and why.

    Raises InputError when none fits.
    """
    keys = set(item.columns)
    for mapping in () if generic else built_in_mappings():
        hits = [key for key in mapping.recognise_any if key in keys]
        if (
            mapping.recognise
            and keys.issuperset(mapping.recognise)
            and (hits or not mapping.recognise_any)
        ):
            return mapping, f"it has {', '.join([*mapping.recognise, *hits[:3]])}"
    found = guess_columns(item.columns)
    mapping = generic_mapping(item.columns, item.sample, item.place, propose=propose)
    why = f"its columns were recognised: {_listed(found)}"
    if propose:
        guessed = propose_columns(found, item.columns, item.sample)
        more = {field: column for field, column in guessed.items() if field not in found}
        if more:
            why = f"its cells look like it: {_listed(more)}; correct what is wrong"
    return mapping, why


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{column} = {field}" for field, column in columns.items())


def _is_second(item: Input, given: Mapping | None) -> bool:
    for mapping in (given,) if given else built_in_mappings():
        if (
            mapping.join
            and mapping.join.recognise
            and set(item.columns).issuperset(mapping.join.recognise)
        ):
            return not set(item.columns).issuperset(mapping.recognise or ("\0",))
    return False


def _second(
    item: Input,
    mapping: Mapping,
    seconds: Sequence[Input],
    languages: Sequence[str],
    encoding: str | None,
) -> Input | None:
    join = mapping.join
    if join is None or any(join.name in row for row in item.sample):
        return None
    if seconds:
        near = [s for s in seconds if s.folder == item.folder]
        return (near or list(seconds))[0]
    for name in join.beside:
        path = item.folder / name
        if path.is_file():
            return open_inputs([path], languages, encoding)[0]
    raise InputError(
        f"{item.place}: {mapping.name} keeps the messages in a second file",
        hint=f"give it too, or put it beside the tickets as {join.beside[0] if join.beside else join.name}",
    )
