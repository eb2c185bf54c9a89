"""The report week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from kbtool.metrics.tally import Tally
from kbtool.model import PeriodFigures

DAY = timedelta(days=1)
WEEK = 7 * DAY


def weekly(
    counted: Tally,
    begun: datetime | None,
    until: datetime,
    tickets: Mapping[date, int] | None = None,
) -> tuple[PeriodFigures, ...]:
    """Every week (Monday to Sunday, UTC) from ``begun`` (None: the first counted event), when
    counting began, to before ``until``; none when nothing was counted.

    ``tickets`` are those created, by Monday; without them nothing is said of tickets.
    """
    if counted.first_event is None:
        return ()
    begin = (begun or counted.first_event).date()
    end = (until - timedelta(microseconds=1)).date() + DAY
    monday = begin - timedelta(days=begin.weekday())
    made = []
    while monday < end:
        days = (min(end, monday + WEEK) - max(begin, monday)).days
        counts = counted.weeks.get(monday, Counter())
        made.append(_week(monday, days, counts, tickets))
        monday += WEEK
    return tuple(made)


def _week(
    monday: date, days: int, counts: Counter[str], tickets: Mapping[date, int] | None
) -> PeriodFigures:
    return PeriodFigures(
        start=monday,
        days=days,
        views=counts["view"],
        visits=counts["visits"],
        searches=counts["searches"],
        without_result=counts["without result"],
        yes=counts["yes"],
        no=counts["no"],
        opened=counts["contact open"],
        solved=counts["contact solved"],
        handed_off=counts["contact handoff"],
        tickets=None if tickets is None else tickets.get(monday, 0),
    )
