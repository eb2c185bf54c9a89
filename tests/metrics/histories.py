"""Small histories in which every figure can be counted by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from kbtool.events.reading import is_read
from kbtool.events.visits import visits
from kbtool.metrics.by_article import shelves_of
from kbtool.metrics.contact import NO_TICKETS, DeskTickets
from kbtool.metrics.links import LinkFigures
from kbtool.metrics.outcomes import contacts_of
from kbtool.metrics.report import Frame, report
from kbtool.metrics.tally import Rules, Tally, merged, tally
from kbtool.model import Article, Coverage, Event, EventKind, Rate, Report, Topic

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
NONE = Rate(0, 0, None, None)
NO_LINKS = LinkFigures(NONE, NONE, NONE)

_ids = count(1)


def at(minutes: float) -> datetime:
    """Minutes after nine on 2 November 2026."""
    return MORNING + timedelta(minutes=minutes)


def event(
    kind: EventKind,
    minutes: float,
    visitor: str | None = "ann",
    *,
    article: str | None = None,
    query: str | None = None,
    results: int | None = None,
    value: str | None = None,
    lang: str | None = "en",
    excluded: str | None = None,
    **fields: Any,
) -> Event:
    """An event with an id of its own, later ids for later calls."""
    made = Event(
        id=f"e{next(_ids):06d}",
        kind=kind,
        at=at(minutes),
        visitor=visitor,
        article=article,
        lang=lang,
        query=query,
        results=results,
        position=1 if kind == "click" else None,
        value=value,
        excluded=excluded,
    )
    return replace(made, **fields)


def view(
    minutes: float, visitor: str | None = "ann", article: str = "kb-1", **fields: Any
) -> Event:
    """An article is opened."""
    return event("view", minutes, visitor, article=article, **fields)


def vote(
    minutes: float,
    value: str,
    visitor: str | None = "ann",
    article: str = "kb-1",
    reason: str | None = None,
) -> Event:
    """Was this helpful?"""
    return event("vote", minutes, visitor, article=article, value=value, reason=reason)


def contact(minutes: float, value: str, visitor: str | None = "ann", **fields: Any) -> Event:
    """A step on the way to a person."""
    return event("contact", minutes, visitor, value=value, **fields)


def search(
    minutes: float, query: str, results: int, visitor: str | None = "ann", lang: str = "en"
) -> Event:
    """A search."""
    return event("search", minutes, visitor, query=query, results=results, lang=lang)


def click(minutes: float, query: str, visitor: str | None = "ann", article: str = "kb-1") -> Event:
    """A result is opened."""
    return event("click", minutes, visitor, query=query, article=article)


def rules(events: Sequence[Event], window_days: int = 7, articles: Sequence[Article] = ()) -> Rules:
    """Visits as kbtool makes them; contacts from the same events."""
    window = timedelta(days=window_days)
    return Rules(visits, contacts_of(events), window, NOW, is_read, shelves_of(articles))


def count_all(
    events: Sequence[Event], window_days: int = 7, articles: Sequence[Article] = ()
) -> Tally:
    """One tally of everything."""
    return tally(events, rules(events, window_days, articles))


def report_of(
    events: Sequence[Event],
    *,
    articles: Sequence[Article] = (),
    topics: Sequence[Topic] = (),
    coverage: Sequence[Coverage] = (),
    links: LinkFigures = NO_LINKS,
    min_count: int = 1,
    batches: Iterable[Tally] | None = None,
    tickets: DeskTickets = NO_TICKETS,
) -> Report:
    """The report of a history without time bounds."""
    return report(
        count_all(events, articles=articles) if batches is None else merged(batches),
        Frame(None, None, NOW, window_days=7, min_count=min_count),
        links,
        articles=articles,
        topics=topics,
        coverage=coverage,
        tickets=tickets,
    )


def article(id_: str, *, title: str | None = None, lang: str = "en", **fields: Any) -> Article:
    """A published article."""
    made = Article(
        id=id_,
        title=title or f"How to {id_}?",
        lang=lang,
        status="published",
        category="bike",
        body="Do it.",
        path=f"{lang}/bike/{id_}.md",
    )
    return replace(made, **fields)
