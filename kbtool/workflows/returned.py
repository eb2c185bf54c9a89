"""What came back since the last run, joined with what tickets suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kbtool.articles.staggered import first_days
from kbtool.config import Settings
from kbtool.db import Connection
from kbtool.events.uses import last_used, views_elsewhere
from kbtool.metrics.report import topic_figures
from kbtool.model import PUBLIC, Article, Finding, Proposal, Report, Suggestion
from kbtool.site.plan.store import read_published
from kbtool.suggest.feedback import Known, boost, suggestions_from_feedback
from kbtool.suggest.ranking import merge, span
from kbtool.suggest.wordings.propose import suggest_wordings, without_found
from kbtool.workflows.check import check
from kbtool.workflows.judging import Judged
from kbtool.workflows.next_steps import with_next_steps


def read_known(
    connection: Connection,
    settings: Settings,
    judged: Judged,
    mended: Mapping[str, int],
    clashes: Sequence[Finding],
) -> Known:
    """What the feedback needs to know beside the report."""
    return Known(
        estimates=judged.estimates,
        clashes=clashes,
        last_used=last_used(connection),
        viewed=views_elsewhere(connection),
        pinned=frozenset(settings.home.pinned),
        languages=tuple(settings.languages),
        mended=mended,
    )


def find_clashes(
    settings: Settings, articles: Sequence[Article], *, now: datetime
) -> tuple[Finding, ...]:
    """The places where articles contradict each other; what ``kbtool check`` found out about
    unchanged ones is not found out again. Raises StoreError.
    """
    if sum(article.status in PUBLIC for article in articles) < 2:
        return ()
    found = check(settings, now=now).findings
    return tuple(finding for finding in found if finding.code == "contradiction")


def with_first_days(connection: Connection, articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles with the day on which they came out first, also where only a build knows it."""
    days = first_days(articles, read_published(connection))
    return tuple(replace(a, published=days.get(a.id)) for a in articles)


def join(
    settings: Settings,
    measured: Report,
    judged: Judged,
    lines: Sequence[Proposal],
    known: Known,
    articles: Sequence[Article],
) -> tuple[Suggestion, ...]:
    """Suggestions from tickets, with those that returned events add or strengthen, each with the
    next command; ``articles`` are those of ``judged`` with their first days.
    """
    months, _ = span(judged.topics)
    coverage = tuple(judged.coverage.values())
    report = replace(measured, topics=topic_figures(judged.topics, coverage, None))
    feedback = suggestions_from_feedback(report, articles, coverage, judged.topics, known)
    words = suggest_wordings(lines, judged.topics, judged.articles, judged.coverage, months)
    boosted = boost(judged.suggestions, report, judged.topics)
    found = merge(boosted, without_found(feedback, lines), words)
    return with_next_steps(found, settings, judged.articles)
