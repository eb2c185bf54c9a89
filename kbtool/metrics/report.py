"""Tallies, links and topics → the Report: pure, the same for any order of its input."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kbtool.errors import NotFoundError
from kbtool.intervals import rate
from kbtool.metrics.links import LinkFigures
from kbtool.metrics.queries import QueryTally, query_figures
from kbtool.metrics.tally import Tally
from kbtool.model import (
    PUBLIC,
    Article,
    ArticleFigures,
    Coverage,
    Report,
    Topic,
    TopicFigures,
)
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


def report(
    tallies: Iterable[Tally],
    frame: Frame,
    links: LinkFigures,
    *,
    articles: Sequence[Article] = (),
    topics: Sequence[Topic] = (),
    coverage: Sequence[Coverage] = (),
) -> Report:
    """Everything that is known about the period; see metrics/definitions.py for each figure."""
    counted = Tally()
    for batch in tallies:
        counted.add(batch)
    total = counted.total
    queries, left_out = query_figures(counted.queries, MAX_QUERIES)
    return Report(
        since=frame.since,
        until=frame.until or frame.now,
        window_days=frame.window_days,
        min_count=frame.min_count,
        first_event=counted.first_event,
        events=total["events"],
        excluded=tuple(sorted(counted.excluded.items())),
        without_visitor=total["without visitor"],
        views=total["view"],
        visits=total["visits"],
        searches=sum(query.searches for query in counted.queries.values()),
        unknown_visits=total["outcome unknown"],
        taken_back=total["taken back"],
        open_visits=total["open"],
        contacts_opened=total["contact open"],
        contacts_solved=total["contact solved"],
        contacts_handed_off=total["contact handoff"],
        link_rate=links.rate,
        resolving_links=links.resolving,
        reuse_rate=links.reuse,
        gone_links=links.gone,
        broken_links=links.broken,
        articles=_article_figures(counted, articles, links, frame.min_count),
        queries=queries,
        queries_left_out=left_out,
        topics=topic_figures(topics, coverage, frame.until),
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
        "helpful": (total["yes"], total["votes"]),
        "contacts_after_view": (total["contacted after view"], read),
        "confirmed": (total["outcome confirmed"], read),
        "potential": (total["outcome potential"], read),
        "no_deflection": (total["outcome none"], read),
        "contact_solved": (total["contact visits solved"], total["contact visits"]),
    }
    return {name: rate(of, all_, min_count) for name, (of, all_) in parts.items()}


def _article_figures(
    counted: Tally, articles: Sequence[Article], links: LinkFigures, min_count: int
) -> tuple[ArticleFigures, ...]:
    """Published articles and whatever else was read, the one to mend first first."""
    linked, ended, reused = dict(links.articles), dict(links.ended), dict(links.reused)
    public = {a.id: a for a in articles if a.status in PUBLIC}
    figures = []
    for id_ in public.keys() | counted.articles.keys():
        counts = counted.articles.get(id_, Counter())
        known = public.get(id_)
        figures.append(
            ArticleFigures(
                article=id_,
                title=known.title if known else id_,
                lang=known.lang if known else "",
                views=counts["view"],
                visits=counts["visits"],
                clicks=counts["click"],
                helpful=rate(counts["yes"], counts["votes"], min_count),
                contacts_after_view=rate(counts["contacted"], counts["visits"], min_count),
                links=linked.get(id_, 0),
                resolving=rate(ended.get(id_, 0), linked.get(id_, 0), min_count),
                reused=reused.get(id_, 0),
                failed=counts["failed"],
            )
        )
    return tuple(sorted(figures, key=lambda a: (-a.failed, -a.views, a.article)))


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
