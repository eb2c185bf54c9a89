"""The parts of a language as if they were one, with common numbers of articles and names.

The tables of a large help centre are the most that a build has in memory: their numbers are as
short as they can be, and a part is let go of as soon as it is joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kbtool.search.impacts.said import FIELDS, KINDS, Said, Table

Numbers: TypeAlias = NDArray[np.int64]
Short: TypeAlias = NDArray[np.int32]
Places: TypeAlias = NDArray[np.uint8]
"""Places in ``FIELDS``."""
_IS_QUESTION = np.array([name in ("title", "headings") for name in FIELDS])


class Rows(NamedTuple):
    """In which field of which article something stands how often."""

    fields: Places
    articles: Short
    names: Short
    """What it is."""
    times: Short


@dataclass(frozen=True, slots=True)
class Joined:
    """The counts of a language; see ``Said``."""

    names: dict[str, list[str]]
    """Sorted."""
    pairs: list[tuple[int, int]]
    """The keys of each pair of words that any title, wording or heading has; sorted."""
    asked: list[list[str]]
    rows: dict[str, Rows]
    """Kind → its rows; only the pairs of ``pairs`` have any."""
    titles: Numbers
    """Article, word of its title."""
    lengths: Short
    """The words of each field (row) of each article (column)."""


def join(parts: list[Said]) -> Joined:
    """The parts, of which there is at least one, behind one another; ``parts`` is empty then."""
    names = {
        kind: sorted({name for part in parts for name in part.names[kind]})
        for kind in parts[0].names
    }
    numbers = {kind: {name: n for n, name in enumerate(found)} for kind, found in names.items()}
    asked = _asked_pairs(parts, numbers["keys"])
    wordings: list[list[str]] = []
    rows: dict[str, list[Rows]] = defaultdict(list)
    titles, lengths = [], []
    while parts:
        part = parts.pop(0)
        words = _common(part, "words", numbers["words"])
        pairs = _beside(part, numbers["keys"])
        common = {"words": words, "pairs": _places(pairs, asked)}
        common["meanings"] = _common(part, "groups", numbers["groups"])
        for at, kind in enumerate(KINDS):
            rows[kind].append(_rows(part, at, common[kind], len(wordings)))
        article, word = part.tables["titles"].astype(np.int64)
        titles.append(np.array([article + len(wordings), words[word]]))
        lengths.append(part.tables["lengths"].astype(np.int32))
        wordings += part.asked
    return Joined(
        names,
        [divmod(number, len(names["keys"])) for number in asked.tolist()],
        wordings,
        {kind: _behind(rows.pop(kind)) for kind in KINDS},
        np.concatenate(titles, axis=1),
        np.concatenate(lengths, axis=1),
    )


def distinct(numbers: Numbers) -> Numbers:
    """Each number once, sorted; ``np.unique`` goes through a hash table, which takes thrice as long."""
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def reordered(joined: Joined, order: Sequence[int]) -> Joined:
    """``joined`` with its articles in another order, given by the numbers that they have. Its own
    rows are changed: they are too large for two of them. Its titles are not told any more.
    """
    places = np.empty(len(order), np.int32)
    places[list(order)] = np.arange(len(order))
    for rows in joined.rows.values():
        rows.articles[:] = places[rows.articles]
    return Joined(
        joined.names,
        joined.pairs,
        [joined.asked[n] for n in order],
        joined.rows,
        joined.titles[:, :0],
        joined.lengths[:, list(order)],
    )


def _common(part: Said, kind: str, numbers: dict[str, int]) -> Short:
    """The common number of each name of a part."""
    return np.array([numbers[name] for name in part.names[kind]], np.int32)


def _beside(part: Said, numbers: dict[str, int]) -> Numbers:
    """A number for each pair of a part: that of its first key times all keys, plus the second's."""
    one, two = _common(part, "keys", numbers).astype(np.int64)[part.tables["beside"]]
    found: Numbers = one * len(numbers) + two
    return found


def _places(numbers: Numbers, within: Numbers) -> Short:
    """Where each number is in those of ``within``, which are sorted; -1 when it is not."""
    if not len(within):
        return np.full(len(numbers), -1, np.int32)
    at = np.minimum(np.searchsorted(within, numbers), len(within) - 1).astype(np.int32)
    at[within[at] != numbers] = -1
    return at


def _asked_pairs(parts: Sequence[Said], numbers: dict[str, int]) -> Numbers:
    """The numbers of the pairs of titles, wordings and headings, each once, sorted."""
    found = []
    for part in parts:
        fields, _ = _where(part.tables["ends"][KINDS.index("pairs")])
        pair = part.tables["pairs"][0][_IS_QUESTION[fields]]
        found.append(_beside(part, numbers)[pair])
    return distinct(np.concatenate(found))


def _where(ends: Table) -> tuple[Places, Short]:
    """(Field, article) of each row of a part."""
    places = np.arange(len(ends), dtype=np.int32)
    sizes: Numbers = np.diff(ends, prepend=np.uint32(0)).astype(np.int64)
    fields = (places % len(FIELDS)).astype(np.uint8)
    return np.repeat(fields, sizes), np.repeat(places // len(FIELDS), sizes)


def _rows(part: Said, at: int, common: Short, first: int) -> Rows:
    """The rows of one kind with common numbers, without those that have none (-1)."""
    fields, articles = _where(part.tables["ends"][at])
    found, times = part.tables[KINDS[at]]
    names = common[found]
    rows = Rows(fields, articles + np.int32(first), names, times.astype(np.int32))
    return rows if names.min(initial=0) >= 0 else Rows(*(column[names >= 0] for column in rows))


def _behind(parts: Sequence[Rows]) -> Rows:
    """Rows behind one another."""
    return Rows(*map(np.concatenate, zip(*parts, strict=True)))
