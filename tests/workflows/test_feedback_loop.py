"""The loop closes: what readers did comes back in the reasons of ``kbtool suggest``."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.articles.files.store import write_article
from kbtool.config import MetricSettings, Settings
from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.model import Article, Event, Message, Provenance, Suggestion, Ticket
from kbtool.workflows.suggest import suggest
from tests.metrics.histories import NOW, contact, search, view, vote
from tests.tickets.stored import save_tickets

PAUSE = (
    "Can I pause my subscription while I travel?",
    "How do I pause the subscription for two months?",
    "I want to pause my subscription in winter. How?",
    "Is it possible to pause my subscription for a month?",
    "Where can I pause the subscription?",
    "Can the subscription be paused? I need to pause it.",
)
UNLOCK = (
    "My bike does not unlock with the app, the lock stays closed",
    "The lock of the bike won't unlock this morning. What can I do?",
    "Why does the bike lock not unlock? The app finds no lock.",
    "The app says unlocking failed, the bike lock does not open",
    "Bike lock does not unlock, what should I do?",
    "I cannot unlock my bike, the lock is not found by the app",
)
DEPOSIT = (
    "When do I get my deposit back?",
    "How long does the deposit refund take?",
    "My deposit has not come back yet. When will you refund the deposit?",
    "Where is the refund of my deposit?",
    "I gave the rental back last week and wait for my deposit refund",
    "When will the deposit be refunded to my card?",
)
ONCE = (
    "Do you sell helmets in your shop?",
    "Are you hiring mechanics in spring?",
    "Which bus stops near your store?",
    "Can my daughter ride a cargo model with two kids?",
    "Is there a discount for students?",
    "Your newsletter arrives twice, why?",
    "How heavy is the charger in grams?",
    "May I paint the frame green?",
)
TYRE = Article(
    id="kb-1001", title="My bike has a flat tyre. What should I do?", lang="en",
    status="published", category="bike", body="A mechanic comes within two days.",
    path="en/bike/flat-tyre.md", updated=date(2026, 1, 1),
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base with tickets on three topics and an article on none of them."""
    made = Settings(
        root=tmp_path, config_file=tmp_path / "mkdocs.yml", site_name="Help",
        site_url="https://help.example/", metrics=MetricSettings(min_count=10),
    )  # fmt: skip
    write_article(made.content_dir, TYRE)
    asked = [*PAUSE, *UNLOCK, *DEPOSIT, *ONCE]
    with writing(made.database) as connection:
        save_tickets(connection, [ticket(n, text) for n, text in enumerate(asked)])
    return made


def ticket(number: int, text: str) -> Ticket:
    """A resolved ticket that asks this."""
    at = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(days=number)
    message = Message("1", "customer", "public", at, None, text)
    reply = Message("2", "agent", "public", at, "a", "Here is how.")
    return Ticket(
        source="s", id=f"{number:03d}", subject="", status="closed",
        resolved=True, resolution="answered", created_at=at, solved_at=at, language="en",
        language_confidence=1.0, requester=f"r{number}", group=None, channel=None, tags=(),
        csat=None, reopens=None, merged_into=None, messages=(message, reply),
        provenance=Provenance("f", number + 1, "m"),
    )  # fmt: skip


def suggested(settings: Settings, *events: Event) -> tuple[Suggestion, ...]:
    """What is suggested once these events came back."""
    with writing(settings.database) as connection:
        save_events(connection, events)
    return suggest(settings, now=NOW).suggestions


def about(found: tuple[Suggestion, ...], word: str) -> Suggestion:
    """The suggestion whose question has this word."""
    return next(s for s in found if word in s.question.lower())


def test_searches_without_result_strengthen_their_topic(settings: Settings) -> None:
    """Four readers looked for it in vain: the topic's suggestion says so and is worth more."""
    before = about(suggested(settings), "pause")
    assert not any("searched" in reason for reason in before.reasons)
    lost = [search(n, "pausing subscription", 0, f"v{n}") for n in range(4)]
    after = suggested(settings, *lost)
    pause, unlock = about(after, "pause"), about(after, "unlock")
    assert "searched 4 times without a result (“pausing subscription”)" in pause.reasons
    assert pause.worth > before.worth
    assert (pause.kind, pause.topic) == ("write", before.topic)
    assert not any("searched" in reason for reason in unlock.reasons)
    assert [s.question for s in after].count(pause.question) == 1


def test_searches_that_no_ticket_asks_are_suggested_on_their_own(settings: Settings) -> None:
    """Readers who never wrote are heard too."""
    lost = [search(n, "insurance abroad", 0, f"v{n}") for n in range(3)]
    found = about(suggested(settings, *lost), "insurance")
    assert (found.kind, found.topic) == ("write", None)
    assert found.reasons[0].startswith("searched 3 times without a result (“insurance abroad”)")


def test_an_article_that_is_read_and_then_contacted_is_to_be_fixed(settings: Settings) -> None:
    """Beside an article after which nobody contacts, with the counts as reasons."""
    good = replace(TYRE, id="kb-1002", path="en/bike/helmets.md", title="Helmets")
    write_article(settings.content_dir, good)
    bad_readers = [f"b{n}" for n in range(12)]
    good_readers = [f"g{n}" for n in range(30)]
    events = [view(0, name, "kb-1001") for name in bad_readers]
    events += [vote(1, "no", name, "kb-1001") for name in bad_readers]
    events += [contact(2, "handoff", name) for name in bad_readers[:9]]
    events += [view(0, name, "kb-1002") for name in good_readers]
    fixes = [s for s in suggested(settings, *events) if s.kind == "fix"]
    assert [s.article for s in fixes] == ["kb-1001"]
    assert fixes[0].reasons == (
        "kb-1001 was read in 12 visits, 9 of them then went on to a person: "
        "75 points more often (95 %: 45 to 91) than in similar visits, 0 of 30",
        "12 of 12 votes on kb-1001 say that it did not help",
    )
