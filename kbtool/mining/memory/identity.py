"""Topic ids that stay: a topic found again keeps the id it was born with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kbtool.model import Article, ChangeKind, Topic, TopicChange

LEAST = 0.5
"""Share of the smaller topic's tickets that both must hold to be the same topic."""
LEAST_PART = 0.25
"""Share of a topic's tickets that a part must hold to keep its id when most of them went to
another topic: below, the topic was merged into that one and the rest are stragglers."""
LEAST_KIN = 1 / 3
"""Share of a new topic's tickets that must come from one topic for it to be a part of that one, and
of a topic's tickets that must go to one for it to be merged into that one."""


def keep_ids(
    topics: Sequence[Topic], previous: Sequence[Topic], gone: Sequence[Topic] = ()
) -> tuple[Topic, ...]:
    """``topics`` in the same order, with the ids of the topics they continue.

    ``previous`` are the topics of the last run; what continues none of them may be one of the
    ``gone`` topics of earlier runs come back. A topic that holds most tickets of an older one
    continues it; where it holds most of several, it continues the one it has most tickets from.
    An older topic without such an heir lives on in its largest part, the purest of equals. Every
    id is given once, and what continues nothing keeps its birth id, lengthened when another topic
    bore it already. No ticket may be in two topics.
    """
    named: dict[int, str] = {}
    for older in (previous, gone):
        free = {topic.id for topic in older}
        common = _common(topics, older)
        _name(_most(common), named, free)
        _name(_parts(common, named), named, free)
    reserved = {topic.id for topic in (*previous, *gone)}
    kept: list[Topic] = []
    for i, topic in enumerate(topics):
        name = named.get(i) or _free(topic.id, reserved)
        reserved.add(name)
        kept.append(replace(topic, id=name))
    return tuple(kept)


def find_changes(
    topics: Sequence[Topic], previous: Sequence[Topic], gone: Iterable[Topic] = ()
) -> tuple[TopicChange, ...]:
    """What happened between ``previous`` and ``topics``, which bear the ids of ``keep_ids``.

    A new id is *back* when it is that of a topic ``gone`` before, *split* when a previous topic
    gave it more tickets than any other did and at least ``LEAST_KIN`` of them, else *born*. A
    previous id that no topic bears any more was *merged* when one topic holds most of its
    tickets that are in a topic at all, and at least ``LEAST_KIN`` of all; else it is *gone*. By
    topic id, the ends before the beginnings.
    """
    common = _common(topics, previous)
    ends = _ends(topics, previous, _holders(common))
    back = {topic.id for topic in gone}
    beginnings = _beginnings(topics, {topic.id for topic in previous}, back, common)
    return (*ends, *beginnings)


def forwarding(changes: Iterable[TopicChange]) -> dict[str, str]:
    """Where the tickets of each merged topic are now: its id → the id of a topic not merged.

    ``changes`` are those of all runs, oldest first. A topic that came back stands for itself.
    """
    into: dict[str, str] = {}
    for change in changes:
        into.pop(change.topic, None)
        if change.kind == "merged" and change.other is not None:
            into.pop(change.other, None)  # it is there, whatever was told of it: no circles
            into[change.topic] = change.other
    return {topic: follow(topic, into) for topic in into}


def follow(topic: str, forwarded: Mapping[str, str]) -> str:
    """The id that ``topic`` has become; its own when it was not merged."""
    while topic in forwarded:
        topic = forwarded[topic]
    return topic


def with_topics_now(
    articles: Iterable[Article], forwarded: Mapping[str, str]
) -> tuple[Article, ...]:
    """``articles``, those about a topic that was merged being about the one it was merged into."""
    return tuple(
        replace(article, topic=follow(article.topic, forwarded)) if article.topic else article
        for article in articles
    )


@dataclass(frozen=True, slots=True, order=True)
class _Pair:
    """An older and a new topic with tickets in common; the best match sorts first."""

    rank: tuple[int, float]
    """(−common tickets, −Jaccard)."""
    old: str
    new: int
    """Number of the new topic."""
    sizes: tuple[int, int]

    @property
    def count(self) -> int:
        """Tickets in common."""
        return -self.rank[0]


def _common(topics: Sequence[Topic], older: Iterable[Topic]) -> list[_Pair]:
    """All pairs of an older and a new topic that have a ticket in common."""
    homes = {ticket: i for i, topic in enumerate(topics) for ticket in topic.tickets}
    found: list[_Pair] = []
    for old in older:
        for i, n in Counter(homes[t] for t in old.tickets if t in homes).items():
            sizes = (len(old.tickets), len(topics[i].tickets))
            found.append(_Pair((-n, -n / (sum(sizes) - n)), old.id, i, sizes))
    return found


def _name(pairs: Iterable[_Pair], named: dict[int, str], free: set[str]) -> None:
    """Give new topics without a name those that are ``free``, in the order of the pairs."""
    for pair in pairs:
        if pair.new not in named and pair.old in free:
            named[pair.new] = pair.old
            free.remove(pair.old)


def _ends(
    topics: Sequence[Topic], previous: Iterable[Topic], holders: Mapping[str, _Pair]
) -> list[TopicChange]:
    """What became of the previous topics whose id is borne no more, by id."""
    there = {topic.id for topic in topics}
    found: list[TopicChange] = []
    for topic in sorted(previous, key=lambda t: t.id):
        if topic.id in there:
            continue
        size, pair = len(topic.tickets), holders.get(topic.id)
        if pair is None:
            found.append(TopicChange("gone", topic.id, size))
        else:
            found.append(TopicChange("merged", topic.id, size, topics[pair.new].id, pair.count))
    return found


def _beginnings(
    topics: Sequence[Topic], before: Container[str], gone: Container[str], common: Iterable[_Pair]
) -> list[TopicChange]:
    """Where the topics with an id that was not there ``before`` come from, by id."""
    best = {pair.new: pair for pair in sorted(common, reverse=True)}
    found: list[TopicChange] = []
    for i in sorted(range(len(topics)), key=lambda i: topics[i].id):
        topic = topics[i]
        if topic.id in before:
            continue
        pair = best.get(i)
        parent = pair if pair and pair.count >= LEAST_KIN * len(topic.tickets) else None
        kind: ChangeKind = "back" if topic.id in gone else "split" if parent else "born"
        other = (parent.old, parent.count) if parent else (None, 0)
        found.append(TopicChange(kind, topic.id, len(topic.tickets), *other))
    return found


def _most(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Those in which the new topic holds most tickets of the older one, the best first."""
    return sorted(pair for pair in pairs if 2 * pair.count > pair.sizes[0])


def _holders(pairs: Iterable[_Pair]) -> dict[str, _Pair]:
    """For each older topic that was merged into one, the pair of both."""
    placed: Counter[str] = Counter()
    best: dict[str, _Pair] = {}
    for pair in sorted(pairs):
        placed[pair.old] += pair.count
        best.setdefault(pair.old, pair)
    return {
        old: pair
        for old, pair in best.items()
        if 2 * pair.count > placed[old] and pair.count >= LEAST_KIN * pair.sizes[0]
    }


def _parts(pairs: Sequence[_Pair], named: Container[int]) -> list[_Pair]:
    """Those in which the new topic may be what is left of the older one, the best first.

    New topics that are ``named`` have their id already.
    """
    swallowed = {pair.old for pair in _most(pairs) if pair.new in named}
    return sorted(
        pair
        for pair in pairs
        if pair.count >= LEAST * min(pair.sizes)
        and (pair.old not in swallowed or pair.count >= LEAST_PART * pair.sizes[0])
    )


def _free(name: str, reserved: set[str]) -> str:
    candidate, n = name, 2
    while candidate in reserved:
        candidate, n = f"{name}-{n}", n + 1
    return candidate
