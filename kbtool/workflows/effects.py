"""What articles did to their topics' tickets: topics, articles and weeks → effects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kbtool.articles.staggered import first_days, randomised_articles
from kbtool.config import Settings
from kbtool.config.disturbances import read_line
from kbtool.db import Connection
from kbtool.metrics.effect.desk import Desk, Disturbance, Treated
from kbtool.metrics.effect.estimate import effects
from kbtool.metrics.effect.units import joined
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.identity import follow
from kbtool.model import Article, Coverage, Effects, Topic
from kbtool.site.plan.store import read_published
from kbtool.workflows.weeks import read_weeks

_SIGNS = ("topic", "links", "text")
"""How a topic is known to be answered (``Coverage.by``), the surest first."""
NEIGHBOUR = 0.5
"""Chance from which on another topic is taken to ask the same (mining's ``Twin.chance``)."""


def effects_of(
    connection: Connection,
    settings: Settings,
    topics: Sequence[Topic],
    coverage: Iterable[Coverage],
    articles: Sequence[Article],
) -> Effects:
    """The effect of each article that answers a topic, and all of them in one.

    It takes all tickets there are, whatever the period of a report: a before and an after are
    needed. An article counts from the first day on which it was published; where that is not
    known its topic is taken as touched all the time, and left out. Topics of one article and its
    translations are one (metrics/effect/units.py).
    """
    weeks = read_weeks(connection)
    days = first_days(articles, read_published(connection))
    by_lot = randomised_articles(articles)
    by_id = {topic.id: topic for topic in topics}
    families = {article.id: article.translation_of or article.id for article in articles}
    known = sorted((c for c in coverage if c.topic in by_id), key=lambda c: c.topic)
    near = {topic.id: _neighbours(topic) for topic in topics}
    surest = _surest(known, families, near)
    treated = [
        _treated(by_id[one.topic], one.article, day, one.article in by_lot)
        for one in surest
        if (day := days.get(one.article)) is not None
    ]
    undated = {one.topic for one in surest} - {one.topic for one in treated}
    disturbances = _disturbances(settings, read_forwarding(connection))
    desk = Desk(
        first=weeks.first,
        counts={topic: row for topic, row in weeks.counts.items() if topic not in undated},
        treated=treated,
        disturbances=disturbances,
        touched=frozenset(one.topic for one in known) - {one.topic for one in surest},
    )
    metrics = settings.metrics
    found = effects(
        joined(desk, families), ticket_cost=metrics.ticket_cost, currency=metrics.currency
    )
    return replace(found, notes=(*found.notes, *_unheard(disturbances, by_id)))


def _surest(
    known: Sequence[Coverage], families: Mapping[str, str], near: Mapping[str, Collection[str]]
) -> list[Coverage]:
    """Of each article and its translations, the topics that are known by its surest sign (those it
    names, else those in which agents link it, else those whose words it shares), and of the others
    those that ask nearly the same as one of these.

    Shared words alone take in topics that it does not answer; they would thin out what it did.
    """
    of = {one.topic: families.get(one.article, one.article) for one in known}
    best: dict[str, int] = {}
    for one in known:
        best[of[one.topic]] = min(_SIGNS.index(one.by), best.get(of[one.topic], len(_SIGNS)))
    sure = {one.topic for one in known if _SIGNS.index(one.by) == best[of[one.topic]]}
    close = {(of[topic], other) for topic in sure for other in near[topic]}
    return [one for one in known if one.topic in sure or (of[one.topic], one.topic) in close]


def _treated(topic: Topic, article: str, day: date, by_lot: bool) -> Treated:
    return Treated(
        topic=topic.id,
        question=topic.question,
        article=article,
        published=day,
        randomised=by_lot,
        neighbours=_neighbours(topic),
    )


def _neighbours(topic: Topic) -> tuple[str, ...]:
    return tuple(twin.topic for twin in topic.twins if twin.chance >= NEIGHBOUR)


def _disturbances(settings: Settings, forwarded: Mapping[str, str]) -> tuple[Disturbance, ...]:
    """What the team entered; a topic that was merged since is the one it was merged into."""
    lines = (read_line(text) for text in settings.metrics.disturbances)
    return tuple(
        Disturbance(one.day, one.what, tuple(follow(topic, forwarded) for topic in one.topics))
        for one in lines
        if one is not None
    )


def _unheard(entered: Iterable[Disturbance], known: Collection[str]) -> Iterator[str]:
    """What was entered for topics that there are not, and so touches nothing."""
    for one in entered:
        strange = [topic for topic in one.topics if topic not in known]
        if strange:
            yield f"{one.day}: {one.what}: no such topic: {', '.join(strange)}"
