"""Events and tickets in the database become the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import Settings
from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.model import Effects, Event, Finding
from kbtool.workflows.metrics import measure
from tests.metrics.histories import MORNING, NOW, article, contact, report_of, view, vote
from tests.metrics.test_links import SOLVED, reply, ticket
from tests.metrics.test_report import HISTORY
from tests.tickets.stored import save_tickets


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base with two articles and no minimum count."""
    made = Settings(
        root=tmp_path,
        config_file=tmp_path / "mkdocs.yml",
        site_name="Help",
        site_url="https://help.example/",
    )
    for name in ("kb-1", "kb-2"):
        write_article(made.content_dir, article(name))
    return made


def store(settings: Settings, events: list[Event]) -> None:
    """Keep these events."""
    with writing(settings.database) as connection:
        save_events(connection, events)


def test_the_stored_history_gives_the_same_report_as_its_records(settings: Settings) -> None:
    """Nothing is lost or added between the records and the database."""
    store(settings, HISTORY)
    found = measure(settings, now=NOW)
    expected = report_of(
        HISTORY, articles=[article("kb-1"), article("kb-2")], min_count=settings.metrics.min_count
    )
    assert replace(found, effects=None, languages=(), sources=()) == expected
    assert found.views == 8
    assert found.effects is not None
    assert found.effects.pooled is None


def test_a_period_ends_where_it_says_but_looks_on_for_hand_offs(settings: Settings) -> None:
    """A visit before the end is taken back by a hand-off after it, within the window."""
    midnight = datetime(2026, 11, 3, tzinfo=UTC)
    late = (midnight - MORNING) / timedelta(minutes=1) - 5
    store(settings, [view(late), vote(late + 1, "yes"), contact(late + 60, "handoff")])
    found = measure(settings, until=midnight, now=NOW)
    assert (found.views, found.contacts_handed_off) == (1, 0)
    assert (found.no_deflection.numerator, found.taken_back) == (1, 1)
    after = measure(settings, since=midnight, now=NOW)
    assert (after.views, after.contacts_handed_off) == (0, 1)
    assert after.until == NOW


def test_effects_are_of_all_weeks_whatever_the_period(settings: Settings) -> None:
    """So those of one report are those of another; they are not made twice."""
    store(settings, HISTORY)
    whole = measure(settings, now=NOW)
    part = measure(settings, since=datetime(2026, 11, 3, tzinfo=UTC), now=NOW)
    assert part.effects == whole.effects
    given = Effects(None, None, 7, ())
    assert measure(settings, now=NOW, effects=given).effects is given


def test_agents_links_are_read_from_the_tickets(settings: Settings) -> None:
    """The site's own address and the former ones count."""
    with writing(settings.database) as connection:
        linked = ticket("1", reply("https://help.example/a/kb-1/"), solved=SOLVED)
        save_tickets(connection, [linked, ticket("2", reply(), solved=SOLVED)])
    found = measure(settings, now=NOW)
    assert (found.link_rate.numerator, found.link_rate.denominator) == (1, 2)
    assert {a.article: a.links for a in found.articles} == {"kb-1": 1, "kb-2": 0}


def test_an_article_that_cannot_be_read_is_told(settings: Settings) -> None:
    """Its events stay in the report under its id."""
    (settings.content_dir / "en/bike/kb-2.md").write_text("no front matter", encoding="utf-8")
    store(settings, [view(0, article="kb-2")])
    told: list[Finding] = []
    found = measure(settings, now=NOW, warn=told.append)
    assert [finding.file for finding in told] == ["en/bike/kb-2.md"]
    assert (found.articles[0].article, found.articles[0].title) == ("kb-2", "kb-2")


def test_an_empty_knowledge_base_has_an_empty_report(settings: Settings) -> None:
    """No events, no tickets: figures of nothing, no error."""
    found = measure(settings, now=NOW)
    assert (found.events, found.link_rate.denominator) == (0, 0)
