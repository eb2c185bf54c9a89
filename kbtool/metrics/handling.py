"""How tickets were handled: answers at the first contact, reopening, time, replies, satisfaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from kbtool.intervals import rate
from kbtool.model import TicketFacts, Topic, TopicHandling

GOOD = 0.75
"""A rating from here on (of 1) is a good one: 4 and 5 of five stars."""
_HOUR = 3600


@dataclass(slots=True)
class _Sums:
    tickets: int = 0
    answered: int = 0
    at_once: int = 0
    told: int = 0
    """Tickets that were resolved and whose source tells of reopening."""
    reopened: int = 0
    replies: int = 0
    rated: int = 0
    good: int = 0
    hours: list[float] = field(default_factory=list)

    def take(self, ticket: TicketFacts) -> None:
        self.tickets += 1
        if was_ever_resolved(ticket):
            self.told += 1
            self.reopened += was_reopened(ticket)
        if ticket.csat is not None:
            self.rated += 1
            self.good += ticket.csat >= GOOD
        if not ticket.answered:
            return
        self.answered += 1
        self.at_once += ticket.replies == 1 and not was_reopened(ticket)
        self.replies += ticket.replies
        if ticket.created_at and ticket.solved_at and ticket.solved_at >= ticket.created_at:
            self.hours.append((ticket.solved_at - ticket.created_at).total_seconds() / _HOUR)

    def figures(self, topic: str | None, question: str, min_count: int) -> TopicHandling:
        return TopicHandling(
            topic=topic,
            question=question,
            tickets=self.tickets,
            answered=self.answered,
            first_contact=rate(self.at_once, self.answered, min_count),
            reopened=rate(self.reopened, self.told, min_count),
            hours=round(median(self.hours), 2) if self.hours else None,
            replies=round(self.replies / self.answered, 2) if self.answered else None,
            csat=rate(self.good, self.rated, min_count),
        )


def was_reopened(ticket: TicketFacts) -> bool:
    """Whether its source says that it was reopened at least once."""
    return bool(ticket.reopens)


def was_ever_resolved(ticket: TicketFacts) -> bool:
    """Whether its source tells of reopening, and it could be: it was resolved, now or before."""
    return ticket.reopens is not None and (ticket.resolved or ticket.reopens > 0)


def handling_figures(
    tickets: Iterable[TicketFacts],
    homes: Mapping[str, str],
    topics: Sequence[Topic],
    min_count: int,
) -> tuple[TopicHandling, ...]:
    """How all ``tickets`` were handled, then those of each topic that has some, most first.

    ``homes`` is the topic's id by ticket key. Empty without tickets.
    """
    whole: _Sums = _Sums()
    sums: dict[str, _Sums] = {}
    for ticket in tickets:
        whole.take(ticket)
        if topic := homes.get(ticket.key):
            sums.setdefault(topic, _Sums()).take(ticket)
    if not whole.tickets:
        return ()
    found = [
        sums[topic.id].figures(topic.id, topic.question, min_count)
        for topic in topics
        if topic.id in sums
    ]
    ordered = sorted(found, key=lambda one: (-one.tickets, one.topic or ""))
    return (whole.figures(None, "", min_count), *ordered)
