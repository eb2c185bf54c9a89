"""Tickets of topics week by week."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.db import reading, writing
from kbtool.mining.memory.store import save_topics
from kbtool.mining.questions.question import Question
from kbtool.mining.questions.store import Prepared, settle_questions, write_state
from kbtool.mining.update import Past
from kbtool.model import Ticket
from kbtool.tickets.counts import tickets_by_week
from kbtool.workflows.weeks import TopicWeeks, read_weeks
from tests.metrics.test_links import ticket
from tests.suggest.samples import topic
from tests.tickets.stored import save_tickets

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty knowledge base."""
    return Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/",
    )


def created(id_: str, day: str | None) -> Ticket:
    """A ticket created on this day (or minute)."""
    at = None if day is None else datetime.fromisoformat(day).replace(tzinfo=UTC)
    return replace(ticket(id_, solved=None), created_at=at)


def store(
    settings: Settings, days: Mapping[str, str | None], topics: Mapping[str, Iterable[str]]
) -> None:
    """Keep tickets (id → day) and topics (id → ids of tickets)."""
    with writing(settings.database) as connection:
        save_tickets(connection, [created(id_, day) for id_, day in days.items()])
        found = [
            replace(topic(id_), tickets=tuple(f"s:{t}" for t in ids)) for id_, ids in topics.items()
        ]
        save_topics(connection, found, NOW)


def weeks_of(settings: Settings) -> TopicWeeks:
    """The weeks of what is stored."""
    with reading(settings.database) as connection:
        return read_weeks(connection)


def test_an_empty_store_has_no_weeks(settings: Settings) -> None:
    """Nothing is made up."""
    assert weeks_of(settings) == TopicWeeks()


def test_weeks_begin_on_monday_and_only_whole_ones_count(settings: Settings) -> None:
    """The weeks of the oldest and of the newest ticket fall; Sunday's last second is in its week."""
    days = {
        "1": "2026-10-07",  # Wednesday: the oldest
        "2": "2026-10-12 00:00:00",  # Monday
        "3": "2026-10-18 23:59:59",  # Sunday
        "4": "2026-10-19 00:00:00",
        "5": "2026-11-04",  # the newest
        "6": None,
    }
    store(settings, days, {"t-1": ["1", "2", "3", "6"], "t-2": ["4", "5"], "t-3": []})
    assert weeks_of(settings) == TopicWeeks(
        first=date(2026, 10, 12),
        counts={"t-1": (2, 0, 0), "t-2": (0, 1, 0), "t-3": (0, 0, 0)},
    )


def test_tickets_of_one_week_make_no_complete_week(settings: Settings) -> None:
    """Neither does one of the week after."""
    store(settings, {"1": "2026-10-07", "2": "2026-10-12"}, {"t-1": ["1", "2"]})
    assert weeks_of(settings) == TopicWeeks()


def test_tickets_that_came_after_the_mining_are_in_the_topic_it_told(settings: Settings) -> None:
    """Or every topic would fall to nothing at the last mining; what it left out stays out."""
    days = {
        "1": "2026-10-01", "old": "2026-10-06", "2": "2026-10-07", "gone": "2026-10-08",
        "9": "2026-10-20",
    }  # fmt: skip
    store(settings, days, {"t-1": ["1"]})
    with writing(settings.database) as connection:
        for id_, told in (("old", "t-1"), ("2", "t-1"), ("gone", "t-0")):
            key = f"s:{id_}"
            asked = Question(key, "How?", ("How?",), "en")
            settle_questions(connection, [key], [Prepared(asked, topic=told)])
        past = Past(number=1, questions=1, tried=1, how="")
        write_state(connection, "mined", json.dumps(asdict(past)).encode())
    assert weeks_of(settings).counts == {"t-1": (1, 0)}


def test_all_tickets_are_counted_by_week(settings: Settings) -> None:
    """With or without a topic, within the period; a week that the period cuts has what is left."""
    store(settings, {"1": "2026-10-07", "2": "2026-10-08", "3": "2026-10-19", "4": None}, {})
    with writing(settings.database) as connection:
        assert tickets_by_week(connection) == {date(2026, 10, 5): 2, date(2026, 10, 19): 1}
        since, until = datetime(2026, 10, 8, tzinfo=UTC), datetime(2026, 10, 19, tzinfo=UTC)
        assert tickets_by_week(connection, since, until) == {date(2026, 10, 5): 1}
