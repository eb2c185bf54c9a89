"""A list that does not say the same twice: two topics may be one question in other words.

A suggestion is worth less by the chance that something better is about its question already: a
suggestion further up, an article, or a decision that it needs none. Greedy, as in maximal marginal
relevance (Carbonell and Goldstein 1998), with a chance where they have a similarity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

from kbtool.model import Suggestion, Topic

LEAST = 0.02
"""A smaller chance changes nothing."""


def by_novelty(
    worth: Mapping[str, float],
    twins: Mapping[str, Mapping[str, float]],
    known: Mapping[str, float] | None = None,
) -> list[tuple[str, float, str | None]]:
    """(topic, chance that it is new, its likeliest twin before it) in the order to show them.

    ``worth`` is that of each topic alone. ``twins`` are the chances of two topics to be the same
    question; ``known`` topics are dealt with already, so surely (0..1). Each next topic is the one
    whose worth times chance is largest; ties by id.
    """
    seen: dict[str, tuple[float, str]] = {}
    for topic, sure in sorted((known or {}).items()):
        _note(seen, topic, twins.get(topic, {}), sure)
    waiting = [(-value * _new(seen, topic), topic) for topic, value in worth.items()]
    heapify(waiting)
    found: list[tuple[str, float, str | None]] = []
    while waiting:
        told, topic = heappop(waiting)
        now = -worth[topic] * _new(seen, topic)
        if now > told:  # a twin was shown since: its turn comes later
            heappush(waiting, (now, topic))
            continue
        found.append((topic, _new(seen, topic), seen[topic][1] if topic in seen else None))
        _note(seen, topic, twins.get(topic, {}), 1.0)
    return found


def without_repeats(
    found: Sequence[Suggestion], topics: Iterable[Topic], known: Mapping[str, float] | None = None
) -> tuple[Suggestion, ...]:
    """``found`` with what is new of each topic to write about, worth most first.

    ``known`` topics have an article or were rejected, so surely (0..1).
    """
    twins = {topic.id: {twin.topic: twin.chance for twin in topic.twins} for topic in topics}
    writes = {s.topic: s for s in found if s.kind == "write" and s.topic is not None}
    worth = {topic: suggestion.worth for topic, suggestion in writes.items()}
    changed = [
        _told(writes[topic], new, twin) for topic, new, twin in by_novelty(worth, twins, known)
    ]
    others = [s for s in found if not (s.kind == "write" and s.topic is not None)]
    return tuple(sorted([*changed, *others], key=lambda s: -s.worth))


def _note(
    seen: dict[str, tuple[float, str]], topic: str, twins: Mapping[str, float], sure: float
) -> None:
    for twin, chance in twins.items():
        surely = chance * sure
        if surely >= LEAST and (twin not in seen or surely > seen[twin][0]):
            seen[twin] = (surely, topic)


def _new(seen: Mapping[str, tuple[float, str]], topic: str) -> float:
    return 1.0 - seen[topic][0] if topic in seen else 1.0


def _told(suggestion: Suggestion, new: float, twin: str | None) -> Suggestion:
    if twin is None:
        return suggestion
    reason = f"may be the same question as {twin} ({1 - new:.0%})"
    return replace(
        suggestion,
        parts=replace(suggestion.parts, novelty=round(new, 2)),
        reasons=(*suggestion.reasons, reason),
    )
