"""The parts of a language as if they were one, with common numbers of articles and names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kbtool.search.impacts.said import Said, Table

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Joined:
    """The counts of a language; see ``Said``."""

    names: dict[str, list[str]]
    """Sorted."""
    asked: list[list[str]]
    tables: dict[str, Numbers]
    """The number of a pair is that of its first key times the number of keys, plus the second's."""


def join(parts: Sequence[Said]) -> Joined:
    """The parts, of which there is at least one, behind one another."""
    names = {
        kind: sorted({name for part in parts for name in part.names[kind]})
        for kind in parts[0].names
    }
    numbers = {kind: {name: n for n, name in enumerate(found)} for kind, found in names.items()}
    tables: dict[str, list[Numbers]] = defaultdict(list)
    first = 0
    for part in parts:
        common = {
            kind: np.array([numbers[kind][name] for name in found], np.int64)
            for kind, found in part.names.items()
        }
        for name, table in _renumbered(part.tables, common, first, len(names["keys"])):
            tables[name].append(table)
        first += len(part.asked)
    return Joined(
        names,
        [asked for part in parts for asked in part.asked],
        {name: np.concatenate(found, axis=1) for name, found in tables.items()},
    )


def distinct(numbers: Numbers) -> Numbers:
    """Each number once, sorted; ``np.unique`` goes through a hash table, which takes thrice as long."""
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def reordered(joined: Joined, order: Sequence[int]) -> Joined:
    """``joined`` with its articles in another order, given by the numbers that they have. Its own
    tables are changed: they are too large for two of them.
    """
    places = np.empty(len(order), np.int64)
    places[list(order)] = np.arange(len(order))
    tables = dict(joined.tables)
    for name in ("words", "pairs", "meanings"):
        tables[name][1] = places[tables[name][1]]
    tables["lengths"] = tables["lengths"][:, list(order)]
    return Joined(joined.names, [joined.asked[n] for n in order], tables)


def _renumbered(
    tables: Mapping[str, Table], common: Mapping[str, Numbers], first: int, count: int
) -> Iterator[tuple[str, Numbers]]:
    """The tables with common numbers; the number of a pair tells its two keys."""
    words, keys, groups = common["words"], common["keys"], common["groups"]
    one, two = tables["beside"]
    which = {"words": words, "pairs": keys[one] * count + keys[two], "meanings": groups}
    for name, numbers in which.items():
        field, article, found, times = tables[name].astype(np.int64)
        yield name, np.array([field, article + first, numbers[found], times])
    article, word = tables["titles"].astype(np.int64)
    yield "titles", np.array([article + first, words[word]])
    yield "lengths", tables["lengths"].astype(np.int64)
