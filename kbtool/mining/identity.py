"""Topic ids that stay: a topic found again keeps the id it was born with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kbtool.model import Topic

LEAST = 0.5
"""Share of the smaller topic's tickets that both must hold to be the same topic."""


def keep_ids(
    topics: Sequence[Topic], previous: Sequence[Topic], gone: Sequence[Topic] = ()
) -> tuple[Topic, ...]:
    """``topics`` in the same order, with the ids of the ``previous`` topics they continue.

    A pair is a match when at least half of the smaller one's tickets are common; matches with
    most tickets in common go first, and every id is given once. What was not there before keeps
    its birth id, lengthened when another topic bears it already.
    """
    taken: dict[int, str] = {}
    given: set[str] = set()
    for _, _, old_id, i in _overlaps(topics, [*previous, *gone]):
        if i not in taken and old_id not in given:
            taken[i] = old_id
            given.add(old_id)
    reserved = given | {topic.id for topic in (*previous, *gone)}
    kept: list[Topic] = []
    for i, topic in enumerate(topics):
        name = taken.get(i) or _free(topic.id, reserved)
        reserved.add(name)
        kept.append(replace(topic, id=name))
    return tuple(kept)


def _overlaps(
    topics: Sequence[Topic], previous: Sequence[Topic]
) -> list[tuple[int, float, str, int]]:
    """(−common tickets, −Jaccard, old id, number of the new topic), the best match first."""
    homes: dict[str, list[int]] = defaultdict(list)
    for i, topic in enumerate(topics):
        for ticket in topic.tickets:
            homes[ticket].append(i)
    found: list[tuple[int, float, str, int]] = []
    for old in previous:
        common: dict[int, int] = defaultdict(int)
        for ticket in old.tickets:
            for i in homes.get(ticket, ()):
                common[i] += 1
        for i, n in common.items():
            sizes = (len(old.tickets), len(topics[i].tickets))
            if n >= LEAST * min(sizes):
                found.append((-n, -n / (sum(sizes) - n), old.id, i))
    return sorted(found)


def _free(name: str, reserved: set[str]) -> str:
    candidate, n = name, 2
    while candidate in reserved:
        candidate, n = f"{name}-{n}", n + 1
    return candidate
