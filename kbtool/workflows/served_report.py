"""The report as ``kbtool serve`` shows it: as of now."""

from __future__ import annotations

from datetime import datetime

from kbtool.config import Settings
from kbtool.model import Report


def measure_now(settings: Settings, since: datetime | None, now: datetime) -> Report:
    """The report from ``since`` (None: the beginning) to now. Raises StoreError.

    What measures is loaded when the first report is asked for, not when the server starts.
    """
    from kbtool.workflows.metrics import measure

    return measure(settings, since=since, now=now)
