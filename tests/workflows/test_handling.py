"""What the report says about tickets, from the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.mining.memory.store import save_topics
from kbtool.workflows.metrics import measure
from tests.metrics.histories import NOW, article, at, view
from tests.metrics.test_links import reply, ticket
from tests.suggest.samples import topic
from tests.tickets.stored import save_tickets

WEEK = timedelta(days=7)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty knowledge base."""
    return Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/",
    )


def test_tickets_of_the_period_are_reported_by_topic_month_and_language(
    settings: Settings,
) -> None:
    """Those created in it, whenever they were solved; undated ones only without bounds."""
    write_article(settings.content_dir, article("kb-1"))
    begin = datetime(2026, 9, 1, tzinfo=UTC)
    made = [
        replace(
            ticket(str(n), *[reply()] * replies, solved=begin + timedelta(hours=n)),
            created_at=created, reopens=0, csat=1.0, language=language, type="question",
        )
        for n, (replies, created, language) in enumerate([
            (1, begin, "en"), (2, begin, "tr"), (1, datetime(2026, 8, 1, tzinfo=UTC), "en"), (1, None, None),
        ])
    ]  # fmt: skip
    with writing(settings.database) as connection:
        save_tickets(connection, made)
        save_topics(connection, [replace(topic("t-1"), tickets=("s:1", "s:2"))], NOW)
    found = measure(settings, since=begin, now=NOW)
    assert [(row.topic, row.tickets) for row in found.handling] == [(None, 2), ("t-1", 1)]
    assert found.handling[0].first_contact.numerator == 1
    assert [(m.month, m.tickets, m.in_topics) for m in found.months] == [("2026-09", 2, 1)]
    assert found.months[0].natures == (("question", 2),)
    assert {row.lang: row.tickets for row in found.languages} == {"en": 1, "tr": 1}
    assert found.undated_tickets == 0
    whole = measure(settings, now=NOW)
    assert (whole.handling[0].tickets, whole.undated_tickets) == (4, 1)
    assert [m.tickets for m in whole.months] == [1, 2]


def test_self_service_compares_the_same_weeks(settings: Settings) -> None:
    """Visits with an article view for each ticket of the weeks in which both were counted whole."""
    with writing(settings.database) as connection:
        save_events(connection, [replace(view(n), at=at(n) + n * WEEK) for n in range(4)])
        save_events(connection, [replace(view(0, "bob"), at=at(5) + WEEK)])
        save_tickets(
            connection,
            [
                replace(ticket(str(n), solved=None), created_at=at(n) + n * WEEK)
                for n in range(-3, 3)
            ],
        )
    assert measure(settings, now=NOW).self_service == 2.0
