"""Published addresses are remembered for ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kbtool.db import reading, writing
from kbtool.model import PublishedAddress
from kbtool.site.plan.store import read_published, remember_published

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_what_was_published_first_stays_and_what_is_taken_over_changes(tmp_path: Path) -> None:
    """An address keeps its first day until another article's page stands there."""
    with writing(tmp_path / "kb.db") as connection:
        remember_published(connection, [], MAY)
        remember_published(connection, [("en/x/", "kb-1", "en"), ("en/y/", "kb-2", "en")], MAY)
    with writing(tmp_path / "kb.db") as connection:
        remember_published(connection, [("en/x/", "kb-1", "en"), ("en/y/", "kb-3", "en")], JUNE)
    with reading(tmp_path / "kb.db") as connection:
        assert read_published(connection) == (
            PublishedAddress("en/x/", "kb-1", "en", MAY),
            PublishedAddress("en/y/", "kb-3", "en", JUNE),
        )
