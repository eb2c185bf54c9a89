"""The report's figures that come from tickets: handling, months, languages, self-service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kbtool.db import Connection
from kbtool.metrics.handling import handling_figures
from kbtool.metrics.languages import language_figures
from kbtool.metrics.over_time import month_figures, self_service
from kbtool.metrics.report import Frame
from kbtool.metrics.tally import Tally
from kbtool.mining.homes import topics_of_tickets
from kbtool.model import Article, Report, Topic
from kbtool.tickets.counts import tickets_by_week
from kbtool.tickets.facts import read_facts


def with_tickets(
    found: Report,
    connection: Connection,
    frame: Frame,
    counted: Tally,
    topics: Sequence[Topic],
    articles: Sequence[Article],
    languages: Sequence[str],
) -> Report:
    """The report with the figures of the tickets created in its period.

    ``counted`` are the events of the period, ``topics`` the current topics, ``languages`` those of
    the site. No text of a ticket is read.
    """
    tickets = list(read_facts(connection, frame.since, frame.until))
    homes = topics_of_tickets(connection, topics)
    read = {
        week: counts["article visits"] for week, counts in counted.weeks.items() if counts["events"]
    }
    return replace(
        found,
        handling=handling_figures(tickets, homes, topics, frame.min_count),
        months=month_figures(tickets, homes, since=frame.since, until=frame.until),
        undated_tickets=sum(ticket.created_at is None for ticket in tickets),
        self_service=self_service(read, tickets_by_week(connection, frame.since, frame.until)),
        languages=language_figures(
            counted, Counter(ticket.language for ticket in tickets), articles, languages
        ),
    )
