"""What a report is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kbtool.model import Coverage, Sample, Suggestion, Topic

MOST_ENTRIES = 100
"""Topics shown with all they have, unless more are asked for; the charts always count all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic with what to do about it, or suggestions that belong to no topic."""

    topic: Topic | None
    suggestions: tuple[Suggestion, ...]
    """Worth most first; empty when nothing is suggested for the topic."""

    @property
    def id(self) -> str:
        """The topic's id, or what stands in its place."""
        if self.topic is not None:
            return self.topic.id
        first = self.suggestions[0]
        return f"{first.kind}-{first.article or first.question}"

    @property
    def question(self) -> str:
        """What is asked, in a customer's words."""
        return self.topic.question if self.topic is not None else self.suggestions[0].question

    @property
    def is_apart(self) -> bool:
        """Whether the topic needs something else than an article."""
        return any(suggestion.instead is not None for suggestion in self.suggestions)

    @property
    def worth(self) -> float:
        """Tickets a month that the best action could remove."""
        return max((suggestion.worth for suggestion in self.suggestions), default=0.0)

    @property
    def removable(self) -> float:
        """Of its topic's own tickets in a month, how many the best action could remove."""
        parts = (suggestion.parts for suggestion in self.suggestions)
        return max((part.tickets * part.share * part.novelty for part in parts), default=0.0)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a report shows. Text is redacted; nothing here is escaped."""

    site: str
    """The help centre's name; empty when the tickets are of none."""
    day: date
    tickets: int
    questions: int
    """Resolved tickets that ask something."""
    smallest: int
    """Tickets that make a topic."""
    topics: tuple[Topic, ...]
    """All topics, in any order."""
    entries: tuple[Entry, ...]
    """What is listed, in this order."""
    unlisted: int
    """Topics and suggestions that are not."""
    removable: float
    """Tickets a month that all suggestions together could remove, listed or not; of the topics'
    own tickets alone, so that it can be held against them."""
    coverage: Mapping[str, Coverage]
    titles: Mapping[str, str]
    """The articles' titles by id."""
    samples: Mapping[str, Sequence[Sample]]
    """Tickets of the listed topics, by topic id."""
    rejected: Mapping[str, str | None]
    """Why a person rejected a topic, by its id, while that holds it back."""
    stored: bool
    """Whether the topics are in a knowledge base, so that commands can name them."""
    listed: frozenset[str] = field(init=False)
    """The ids of the topics among the entries."""

    def __post_init__(self) -> None:
        found = frozenset(e.topic.id for e in self.entries if e.topic is not None)
        object.__setattr__(self, "listed", found)


def entries(suggestions: Sequence[Suggestion], topics: Sequence[Topic]) -> tuple[Entry, ...]:
    """Suggestions by topic, worth most first, then those that need no article; then the topics
    that need nothing, largest first.
    """
    by_id = {topic.id: topic for topic in topics}
    grouped: dict[str, list[Suggestion]] = {}
    for one in suggestions:
        known = one.topic if one.topic in by_id else None
        grouped.setdefault(known or f"{one.kind} {one.article} {one.question}", []).append(one)
    busy = [
        Entry(by_id.get(key), tuple(sorted(found, key=lambda s: (-s.worth, s.kind))))
        for key, found in grouped.items()
    ]
    quiet = [Entry(topic, ()) for topic in topics if topic.id not in grouped]
    return (
        *sorted(busy, key=lambda e: (e.is_apart, -e.worth, e.id)),
        *sorted(quiet, key=lambda e: (-_size(e), e.id)),
    )


def by_size(topics: Sequence[Topic]) -> list[Topic]:
    """The topics with most tickets first; of equal ones in the order of their ids."""
    return sorted(topics, key=lambda topic: (-len(topic.tickets), topic.id))


def _size(entry: Entry) -> int:
    return len(entry.topic.tickets) if entry.topic is not None else 0
