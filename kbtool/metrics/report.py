"""A tally, links, topics and tickets → the Report: pure, the same for any order of its input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kbtool.errors import NotFoundError
from kbtool.intervals import rate
from kbtool.metrics.by_article import all_article_figures, reasons
from kbtool.metrics.contact import NO_TICKETS, DeskTickets, contact_figures
from kbtool.metrics.links import LinkFigures
from kbtool.metrics.queries import QueryTally, query_figures, search_figures
from kbtool.metrics.series import weekly
from kbtool.metrics.tally import Tally
from kbtool.model import Article, ArticleFigures, Coverage, Report, Topic, TopicFigures
from kbtool.months import month_range
from kbtool.text import did_you_mean

MAX_QUERIES = 500
"""Queries kept in a report; the rest is counted as left out."""
MAX_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """What every figure of a report is stated with."""

    since: datetime | None
    until: datetime | None
    now: datetime
    window_days: int
    min_count: int
    begun: datetime | None = None
    """When counting began in the period: its beginning where there are events before it, else its
    first event.
    """


def report(
    counted: Tally,
    frame: Frame,
    links: LinkFigures,
    *,
    articles: Sequence[Article] = (),
    topics: Sequence[Topic] = (),
    coverage: Sequence[Coverage] = (),
    tickets: DeskTickets = NO_TICKETS,
) -> Report:
    """Everything that is known about the period; see metrics/definitions/ for each figure."""
    total = counted.total
    queries, left_out = query_figures(counted.queries, MAX_QUERIES)
    until = frame.until or frame.now
    return Report(
        since=frame.since,
        until=until,
        window_days=frame.window_days,
        min_count=frame.min_count,
        first_event=counted.first_event,
        events=total["events"],
        excluded=tuple(sorted(counted.excluded.items())),
        without_visitor=total["without visitor"],
        views=total["view"],
        visits=total["visits"],
        searches=total["searches"],
        unknown_visits=total["outcome unknown"],
        taken_back=total["taken back"],
        open_visits=total["open"],
        contacts_opened=total["contact open"],
        contacts_solved=total["contact solved"],
        contacts_handed_off=total["contact handoff"],
        link_rate=links.rate,
        resolving_links=links.resolving,
        reuse_rate=links.reuse,
        reopened_links=links.reopened,
        gone_links=links.gone,
        broken_links=links.broken,
        articles=all_article_figures(counted, articles, links, frame.min_count),
        queries=queries,
        queries_left_out=left_out,
        topics=topic_figures(topics, coverage, frame.until),
        series=weekly(counted, frame.begun, min(until, frame.now), tickets.by_week),
        contact=contact_figures(total, tickets, frame.min_count),
        search=search_figures(total, frame.min_count),
        reasons=reasons(counted.articles.values()),
        **_rates(total, counted.queries.values(), frame.min_count),
    )


def article_figures(found: Report, article: str) -> ArticleFigures:
    """The figures of one article in a report (letter case of the id does not matter).

    Raises NotFoundError when it is not published and was never read.
    """
    known = {figures.article.lower(): figures for figures in found.articles}
    if article.lower() in known:
        return known[article.lower()]
    raise NotFoundError(
        f"no published article {article!r}, and no events of one",
        hint=did_you_mean(article.lower(), sorted(known)),
    )


def _rates(total: Counter[str], queries: Iterable[QueryTally], min_count: int) -> dict[str, Any]:
    searched: Counter[str] = Counter()
    for query in queries:
        searched["with"] += query.with_result
        searched["without"] += query.without_result
        searched["followed"] += query.followed
        searched["clicked"] += query.clicked
    read = total["article visits"]
    parts = {
        "search_without_result": (searched["without"], searched["with"] + searched["without"]),
        "search_click_through": (searched["clicked"], searched["followed"]),
        "helpful": (total["yes"], total["yes"] + total["no"]),
        "contacts_after_view": (total["contacted after view"], read),
        "confirmed": (total["outcome confirmed"], read),
        "potential": (total["outcome potential"], read),
        "no_deflection": (total["outcome none"], read),
    }
    return {name: rate(of, all_, min_count) for name, (of, all_) in parts.items()}


def topic_figures(
    topics: Sequence[Topic], coverage: Sequence[Coverage], until: datetime | None = None
) -> tuple[TopicFigures, ...]:
    """Tickets of each topic a month on one common axis, most tickets first.

    The axis ends with the last month that has a ticket before ``until`` and holds at most
    ``MAX_MONTHS`` months; months without a ticket count 0.
    """
    best: dict[str, Coverage] = {}
    for found in sorted(coverage, key=lambda c: (-c.confidence, c.article)):
        best.setdefault(found.topic, found)
    last = (until - timedelta(microseconds=1)).strftime("%Y-%m") if until else "9999-12"
    seen = sorted({m for topic in topics for m, _ in topic.months if m <= last})
    axis = month_range(seen[0], seen[-1])[-MAX_MONTHS:] if seen else ()
    figures = []
    for topic in topics:
        counts = dict(topic.months)
        answer = best.get(topic.id)
        figures.append(
            TopicFigures(
                topic=topic.id,
                question=topic.question,
                months=tuple((month, counts.get(month, 0)) for month in axis),
                article=answer.article if answer else None,
                trend=topic.trend,
            )
        )
    return tuple(sorted(figures, key=lambda t: (-sum(n for _, n in t.months), t.topic)))
