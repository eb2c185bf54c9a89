"""The order of a draft's sentences: as agents say them, pieced together from partial answers."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from kbtool.articles.agreeing.support import Group

_ROUNDS = 50


def in_order(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups in the order in which most tickets say them.

    Sorted by median place first; then neighbours and single groups move while that makes more
    tickets agree (a local search for Kemeny's order over the pairs that tickets say together).
    """
    found = sorted(groups, key=lambda group: (group.place, group.said.ref, group.said.text))
    before = _votes(found)
    for _ in range(_ROUNDS):
        moved = _improved(found, before)
        if moved is None:
            break
        found = moved
    return tuple(found)


def _votes(groups: Sequence[Group]) -> dict[tuple[int, int], int]:
    """(one, other) by identity → tickets that say one before the other, less those against it."""
    places = [_places(group) for group in groups]
    votes: dict[tuple[int, int], int] = {}
    for i, one in enumerate(places):
        for j, other in enumerate(places):
            both = one.keys() & other.keys()
            votes[id(groups[i]), id(groups[j])] = sum(
                (one[ticket] < other[ticket]) - (one[ticket] > other[ticket]) for ticket in both
            )
    return votes


def _places(group: Group) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for source in group.sources:
        found.setdefault(source.ticket, []).append(source.place)
    return {ticket: mean(of_ticket) for ticket, of_ticket in found.items()}


def _improved(found: list[Group], before: dict[tuple[int, int], int]) -> list[Group] | None:
    """The order with the one move that pleases most tickets; None when none pleases any."""
    best, gain = None, 0
    for at, group in enumerate(found):
        for step in (1, -1):
            total = 0
            to = at + step
            while 0 <= to < len(found):
                total += step * before[id(found[to]), id(group)]
                if total > gain:
                    best, gain = (at, to), total
                to += step
    if best is None:
        return None
    at, to = best
    moved = found[:at] + found[at + 1 :]
    moved.insert(to, found[at])
    return moved
