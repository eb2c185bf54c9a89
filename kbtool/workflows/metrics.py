"""``kbtool metrics``: events, tickets, topics and articles → the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from kbtool.addresses import AddressBook
from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.days import tomorrow
from kbtool.db import Connection, reading
from kbtool.events.logs.salts import FILE as SALTS
from kbtool.events.logs.salts import forget_salts
from kbtool.metrics.links import LinkedTicket, LinkFigures, link_figures
from kbtool.metrics.report import Frame, report
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.identity import with_topics_now
from kbtool.mining.memory.store import read_topics
from kbtool.model import Article, Coverage, Effects, Finding, Report, Topic
from kbtool.suggest.coverage import cover
from kbtool.tickets.store import count_answered
from kbtool.workflows.counting import count_events, count_tickets, counting_began
from kbtool.workflows.effects import effects_of
from kbtool.workflows.handling import with_tickets
from kbtool.workflows.links import book_of, broken_since, linked_tickets, refresh_links
from kbtool.workflows.sources import sources_of


def measure(
    settings: Settings,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    now: datetime,
    effects: Effects | None = None,
    warn: Callable[[Finding], None] | None = None,
) -> Report:
    """The report of everything from ``since`` to before ``until`` (None: no bound).

    Both should be midnights (UTC), where visitors change, so that no visit is cut. ``effects`` are
    those of another period's report, which are of all weeks and so of this one too. Articles that
    cannot be read are told to ``warn`` and show as gone. Raises StoreError when the database
    cannot be used.
    """
    articles, findings = read_articles(settings.content_dir)
    if warn:
        for finding in findings:
            warn(finding)
    frame = Frame(since, until, now, settings.metrics.window_days, settings.metrics.min_count)
    refresh_links(settings, articles)
    forget_salts(settings.state_dir / SALTS, now)
    with reading(settings.database) as connection:
        book = book_of(connection, settings, articles)
        linked = linked_tickets(connection, book)
        topics = read_topics(connection)
        counted = count_events(connection, frame, articles)
        frame = replace(frame, begun=counting_began(connection, since, counted.first_event))
        current = with_topics_now(articles, read_forwarding(connection))
        coverage = _coverage(topics, current, linked)
        found = report(
            counted,
            frame,
            _links(connection, frame, articles, book, linked),
            articles=articles,
            topics=topics,
            coverage=coverage,
            tickets=count_tickets(connection, frame),
        )
        return replace(
            with_tickets(found, connection, frame, counted, topics, articles, settings.languages),
            sources=sources_of(connection, since, until or tomorrow(now)),
            effects=effects or effects_of(connection, settings, topics, coverage, articles),
        )


def _links(
    connection: Connection,
    frame: Frame,
    articles: Sequence[Article],
    book: AddressBook,
    linked: Iterable[LinkedTicket],
) -> LinkFigures:
    """What agents' replies of the period say about the articles."""
    return link_figures(
        linked,
        articles,
        answered=count_answered(connection, frame.since, frame.until),
        since=frame.since,
        until=frame.until,
        min_count=frame.min_count,
        broken=broken_since(connection, book, frame.since, frame.until),
    )


def _coverage(
    topics: Sequence[Topic], articles: Sequence[Article], linked: Iterable[LinkedTicket]
) -> tuple[Coverage, ...]:
    """Which article answers which topic, by the same rule as ``kbtool suggest``."""
    found = cover(topics, articles, {ticket.key: ticket.articles for ticket in linked})
    return tuple(found.values())
