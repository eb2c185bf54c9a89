"""The report's figures that come from tickets alone: handling, months, languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbtool.db import Connection
from kbtool.metrics.handling import handling_figures
from kbtool.metrics.over_time import month_figures
from kbtool.metrics.report import Frame
from kbtool.mining.homes import topics_of_tickets
from kbtool.model import MonthFigures, Topic, TopicHandling
from kbtool.tickets.facts import read_facts


@dataclass(frozen=True, slots=True)
class TicketFigures:
    """What the tickets created in a report's period say."""

    handling: tuple[TopicHandling, ...]
    months: tuple[MonthFigures, ...]
    undated: int
    """Tickets without a date of creation; none when the period has a bound."""
    languages: Mapping[str | None, int]
    """Tickets by language; None where it was not told surely enough."""


def ticket_figures(connection: Connection, topics: Sequence[Topic], frame: Frame) -> TicketFigures:
    """The figures of the tickets created in the period of ``frame``; ``topics`` are the current ones."""
    tickets = list(read_facts(connection, frame.since, frame.until))
    homes = topics_of_tickets(connection, topics)
    return TicketFigures(
        handling=handling_figures(tickets, homes, topics, frame.min_count),
        months=month_figures(tickets, homes, since=frame.since, until=frame.until),
        undated=sum(ticket.created_at is None for ticket in tickets),
        languages=Counter(ticket.language for ticket in tickets),
    )
