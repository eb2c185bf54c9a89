"""Which articles the home page shows first, from what readers opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from kbtool.config import Settings
from kbtool.db import writing
from kbtool.events.store import save_events
from kbtool.model import Event
from kbtool.workflows.popular import popular
from tests.site.conftest import NOW
from tests.site.conftest import settings as settings  # noqa: PLC0414 - a fixture


def view(number: int, article: str | None, visitor: str | None, **changes: Any) -> Event:
    found = Event(f"e{number}", "view", NOW - timedelta(days=1), visitor, article)
    return replace(found, **changes)


def test_visitors_count_not_hits(settings: Settings) -> None:
    """Opening again counts once; who is not followed counts each time; ties go by id."""
    events = [
        *(view(n, "kb-1", "anna") for n in range(5)),
        view(10, "kb-2", "anna"), view(11, "kb-2", None), view(12, "kb-2", None),
        view(20, "kb-4", "bert"), view(21, "kb-3", "bert"), view(22, "kb-3", "anna"),
        view(23, "kb-4", "anna"),
    ]  # fmt: skip
    with writing(settings.database) as connection:
        save_events(connection, events)
    assert popular(settings, NOW) == ("kb-2", "kb-3", "kb-4", "kb-1")


def test_what_does_not_count_is_left_out(settings: Settings) -> None:
    """Bots, other kinds, pages that are no articles, the last ninety days' past, and today."""
    events = [
        view(1, "kb-1", "a", excluded="bot"),
        view(2, "kb-2", "a", kind="vote", value="yes"),
        view(3, None, "a"),
        view(4, "kb-4", "a", at=NOW - timedelta(days=91)),
        view(5, "kb-5", "a", at=NOW),
        view(6, "kb-6", "a", at=NOW - timedelta(days=90)),
    ]
    with writing(settings.database) as connection:
        save_events(connection, events)
    assert popular(settings, NOW) == ("kb-6",)


def test_nothing_is_known_without_a_database(settings: Settings) -> None:
    """And none is made."""
    assert popular(settings, NOW) == ()
    assert not settings.database.exists()
