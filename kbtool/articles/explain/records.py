"""What an explanation is made of. Text is redacted; nothing here is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kbtool.articles.explain.trace import State, Trace
from kbtool.model import Article, Evidence
from kbtool.plural import many


@dataclass(frozen=True, slots=True)
class Source:
    """One agent's sentence that an article's sentence rests on."""

    ref: str
    """``<ticket key>/<message id>/s<n>``."""
    ticket: str
    """The ticket's key."""
    on: date | None
    text: str | None
    """As the agent wrote it, redacted; None when it is not at hand."""
    missing: str | None = None
    """Why it is not at hand."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question of the article, and the tickets whose customers asked in these words."""

    text: str
    tickets: tuple[str, ...]
    """Keys, the newest ticket first; none when a person worded it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article, where each of its sentences comes from, and what agents and customers said."""

    site: str
    """The help centre's name; may be empty."""
    article: Article
    trace: Trace
    sources: tuple[tuple[Source, ...], ...]
    """Of each evidence of the article, in its order: the newest first."""
    title: Wording
    also_asked: tuple[Wording, ...]
    stored: bool
    """Whether there are tickets to read the sources from."""

    @property
    def states(self) -> Counter[State]:
        """How many sentences are in each state."""
        return Counter(sentence.state for sentence in self.trace.sentences)

    @property
    def conflicts(self) -> int:
        """How many conflicts are open."""
        return max((part.conflict or 0 for part in self.trace.parts), default=0)


def backing(evidence: Evidence) -> str:
    """``8 tickets, 3 agents, 2026-01-05 to 2026-03-09``."""
    who = f"{many(evidence.tickets, 'ticket')}, {many(evidence.agents, 'agent')}"
    days = (evidence.first_seen, evidence.last_seen)
    told = " to ".join(dict.fromkeys(str(day) for day in days if day is not None))
    return f"{who}, {told}" if told else who


def by_ticket(sources: Iterable[Source]) -> tuple[tuple[Source, ...], ...]:
    """What one ticket's agents said on one day stays together, in the order of ``sources``."""
    runs = groupby(sources, lambda source: (source.ticket, source.on, source.missing))
    return tuple(tuple(run) for _, run in runs)
