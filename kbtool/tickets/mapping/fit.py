"""How well what a mapping recognises fits an input, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import TypeAlias

from kbtool.errors import InputError
from kbtool.text import match_key
from kbtool.tickets.mapping.library import built_in_mappings
from kbtool.tickets.mapping.paths import values_at
from kbtool.tickets.mapping.spec import Join, Lookup, Mapping, Shape
from kbtool.tickets.readers.inputs import Input

Score: TypeAlias = tuple[bool, int]
"""(named by its stream or file, keys that were recognised): the larger, the more specific."""
NO_FIT: Score = (False, 0)


@dataclass(frozen=True, slots=True)
class Fit:
    """A mapping that reads an input."""

    mapping: Mapping
    score: Score
    why: str


def best_fit(item: Input, mappings: Sequence[Mapping]) -> Fit | None:
    """The most specific mapping of tickets that fits; the first by name of equals."""
    best: Fit | None = None
    for mapping in mappings:
        shape = mapping.recognise
        score = _score(item, shape)
        if score is not None and (best is None or score > best.score):
            keys = [*shape.all, *(key for key in shape.any if _has(item, key))][:6]
            named = [f"its stream is {item.stream}"] if score[0] else []
            told = [*named, f"it has {', '.join(keys)}"] if keys else named
            best = Fit(mapping, score, " and ".join(told) or f"it is {item.format}")
    return best


def serves(item: Input, mapping: Mapping) -> Score:
    """How specifically an input fits the second files of a mapping, at best."""
    parts: Iterable[Join | Lookup] = chain(mapping.joins, mapping.lookups)
    return max((part_score(item, part) for part in parts), default=NO_FIT)


def part_score(item: Input, part: Join | Lookup) -> Score:
    """How specifically an input fits a join or lookup; ``NO_FIT`` when it does not."""
    score = _score(item, part.shape)
    if score is not None:
        return score
    silent = part.shape == Shape()
    own_name = PurePosixPath(item.name.rpartition(": ")[2]).name
    return (True, 0) if silent and own_name in part.beside else NO_FIT


def refuse_useless(item: Input) -> None:
    """Raise InputError for a file that a mapping knows to be of no use by itself."""
    for mapping in built_in_mappings():
        for refusal in mapping.refusals:
            if _score(item, refusal.shape) is not None:
                raise InputError(f"{item.place}: {refusal.reason}", hint=refusal.hint)


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
