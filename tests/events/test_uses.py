"""When each article was last used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kbtool.db import writing
from kbtool.events.aggregates.store import replace_aggregates
from kbtool.events.store import save_events
from kbtool.events.uses import last_used, views_elsewhere
from tests.metrics.histories import click, event, search, view

DAY = 24 * 60
"""Minutes; the histories begin on 2 November 2026."""


def test_the_last_day_of_any_use(tmp_path: Path) -> None:
    """Views, clicks and links count, bots do not; another counter's days are as good as ours."""
    with writing(tmp_path / "kb.db") as connection:
        save_events(
            connection,
            [
                view(0, article="kb-1"),
                click(3 * DAY, "tyre", article="kb-1"),
                event("view", 9 * DAY, article="kb-1", excluded="bot"),
                event("link", -20 * DAY, None, article="kb-2", value="s:1"),
                search(0, "tyre", 0),
            ],
        )
        assert last_used(connection) == {"kb-1": date(2026, 11, 5), "kb-2": date(2026, 10, 13)}
        assert views_elsewhere(connection) == {}
        first, second = (
            (date(2026, 10, 1), date(2026, 10, 31)),
            (date(2026, 9, 1), date(2026, 9, 30)),
        )
        for source, days, counts in (
            ("plausible", first, {(first, "kb-2"): 7, (first, "kb-3"): 2, (first, "kb-4"): 0}),
            ("plausible", second, {(second, "kb-2"): 5}),
            ("matomo", first, {(first, "kb-2"): 9}),
        ):
            replace_aggregates(connection, source, days, counts)
        assert last_used(connection) == {
            "kb-1": date(2026, 11, 5),
            "kb-2": date(2026, 10, 31),
            "kb-3": date(2026, 10, 31),
        }
        assert views_elsewhere(connection) == {"kb-2": 12, "kb-3": 2, "kb-4": 0}
