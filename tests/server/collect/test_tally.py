"""What came since the server started, as programs and as people read it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from kbtool.config import Settings
from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.model import Event
from kbtool.server.collect.tally import Tally
from tests.server.conftest import Clock, running, wait_until


def test_all_is_told_the_most_frequent_first() -> None:
    """One line for people; every reason, also for programs."""
    tally = Tally()
    assert tally.told() == "0 events stored"
    tally.stored = 1204
    tally.excluded.update({"bot": 7, "prefetch": 12})
    tally.refused.update({"bad-id": 1, "cross-origin": 1})
    assert tally.told() == (
        "1,204 events stored, 19 excluded (prefetch 12, bot 7),"
        " 2 refused (bad-id 1, cross-origin 1)"
    )
    assert tally.counts() == {
        "stored": 1204,
        "excluded": {"bot": 7, "prefetch": 12},
        "refused": {"bad-id": 1, "cross-origin": 1},
        "lost": {},
    }


def test_the_server_says_at_its_end_what_came(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Refused events with their reason, so that a broken sender is seen in the log."""
    with caplog.at_level(logging.INFO, "kbtool.server"), running(settings) as site:
        site.http.post("/api/events", json=[{"id": "a", "kind": "view"}, {"id": "b"}])
    assert caplog.messages[-1] == "1 event stored, 1 refused (unknown-kind 1)"


def test_the_server_ends_old_events(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Without anybody asking, by the setting; what is younger stays."""
    now = Clock().now
    old = Event("old", "view", now - timedelta(days=26 * 31), None, article="kb-1")
    young = Event("young", "view", now - timedelta(days=24 * 30), None, article="kb-1")
    with writing(settings.database) as connection:
        save_events(connection, [old, young])
    with caplog.at_level(logging.INFO, "kbtool.server"), running(settings) as site:
        wait_until(lambda: [event.id for event in site.events()] == ["young"])
    assert "1 event from before 2024-09-01 deleted" in caplog.messages
