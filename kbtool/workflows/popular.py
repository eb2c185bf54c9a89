"""What readers open most, for the home page."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from kbtool.config import Settings
from kbtool.db import reading
from kbtool.events.popular import most_read

DAYS = 90


def popular(settings: Settings, now: datetime) -> tuple[str, ...]:
    """Ids of the articles that most visitors opened in the last ninety whole days, best first;
    none without a database.

    Whole days, so that two builds of one day show the same. Raises StoreError when the database
    cannot be read.
    """
    if not settings.database.exists():
        return ()
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    with reading(settings.database) as connection:
        return most_read(connection, today - timedelta(days=DAYS), today)
