"""What became of suggestions: read off articles, settings and rejections as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

from kbtool.articles.files.store import read_articles
from kbtool.config import Settings
from kbtool.db import Connection, reading, writing
from kbtool.mining.memory.history import read_forwarding
from kbtool.mining.memory.store import read_topics
from kbtool.model import Article, InsteadKind, Report, Suggestion
from kbtool.search.synonyms import read_synonyms
from kbtool.suggest.memory.history import History, history
from kbtool.suggest.memory.records import Decision
from kbtool.suggest.memory.settle import begin, keep_up, settle
from kbtool.suggest.memory.world import World
from kbtool.suggest.spread import covered_months
from kbtool.suggest.store import read_decisions, read_rejections, save_decisions
from kbtool.workflows.metrics import measure
from kbtool.workflows.rejections import refresh_rejections


def read_world(
    connection: Connection,
    settings: Settings,
    articles: Sequence[Article],
    report: Report,
    *,
    now: datetime,
) -> World:
    """How things stand now."""
    synonyms, _ = read_synonyms(settings.content_dir, settings.languages)
    return World(
        now=now,
        articles={article.id: article for article in articles},
        forwarded=read_forwarding(connection),
        rejections={one.topic: one for one in read_rejections(connection)},
        pinned=frozenset(settings.home.pinned),
        synonyms={lang: table.pairs for lang, table in synonyms.items()},
        failed={one.article: one.failed for one in report.articles},
    )


def read_settled(connection: Connection, world: World) -> tuple[Decision, ...]:
    """The decisions as they stand now; nothing is written."""
    return settle(read_decisions(connection), world)


def keep_up_to_date(
    connection: Connection, world: World, made: Iterable[Suggestion]
) -> tuple[Decision, ...]:
    """Store and return the decisions as they stand after a run that made these suggestions, the
    rejected ones too.

    Whether a topic needs something else than an article is judged later: what is made to write
    counts for that as well.
    """
    weights: dict[str, int] = {}
    for one in made:
        kinds = (one.kind, *get_args(InsteadKind)) if one.kind == "write" else (one.kind,)
        for kind in kinds:
            key = f"{kind}:{one.target}"
            weights[key] = max(one.weight, weights.get(key, 0))
    kept = keep_up(read_settled(connection, world), weights)
    save_decisions(connection, kept)
    return kept


def remember_shown(connection: Connection, shown: Sequence[Suggestion], world: World) -> None:
    """Store the promises of what is shown for the first time."""
    save_decisions(connection, begin(shown, read_decisions(connection), world))


def read_history(settings: Settings, *, now: datetime) -> History:
    """What became of all that was suggested so far; what was done meanwhile is stored.

    Raises StoreError.
    """
    articles, _ = read_articles(settings.content_dir)
    refresh_rejections(settings, articles, now=now)
    report = measure(settings, now=now)
    with reading(settings.database) as connection:
        world = read_world(connection, settings, articles, report, now=now)
        topics = read_topics(connection)
        settled = read_settled(connection, world)
    with writing(settings.database) as connection:
        save_decisions(connection, settled)
    effects = {one.topic: one for one in report.effects.topics} if report.effects else {}
    covered = covered_months(topics, report)
    return history(settled, topics, covered, world.forwarded, effects, now.date())
