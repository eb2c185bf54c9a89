"""What is asked month by month, of what nature it is, and how much of it is resolved."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from kbtool.metrics.handling import was_reopened
from kbtool.model import MonthFigures, TicketFacts
from kbtool.months import month_range

MAX_MONTHS = 36
"""The newest months that are shown."""
MAX_NATURES = 12
"""Kinds of cases that are told apart; the rest is one."""
OTHER = "other"


def month_figures(
    tickets: Iterable[TicketFacts],
    in_topics: Collection[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[MonthFigures, ...]:
    """The dated tickets by the month (UTC) in which they were created, oldest first.

    ``in_topics`` are the keys of the tickets that have a topic. A month without tickets between
    two others counts 0; of more than ``MAX_MONTHS`` the oldest fall. The first and the last month
    hold the ``days`` from the period's beginning (or the first ticket) to its end (or the last
    ticket).
    """
    counts: dict[str, Counter[str]] = {}
    natures: dict[str, Counter[str]] = {}
    days: list[date] = []
    for ticket in tickets:
        if ticket.created_at is None:
            continue
        day = ticket.created_at.astimezone(UTC).date()
        days.append(day)
        month = f"{day:%Y-%m}"
        counts.setdefault(month, Counter()).update(_counts(ticket, in_topics))
        natures.setdefault(month, Counter())[ticket.type or ""] += 1
    if not days:
        return ()
    first = since.astimezone(UTC).date() if since else min(days)
    last = (until - timedelta(microseconds=1)).astimezone(UTC).date() if until else max(days)
    months = month_range(f"{min(days):%Y-%m}", f"{max(days):%Y-%m}")[-MAX_MONTHS:]
    shown = _merged({month: natures.get(month, Counter()) for month in months})
    return tuple(
        _figures(month, counts.get(month, Counter()), shown[month], _days(month, first, last))
        for month in months
    )


def self_service(visits: Mapping[date, int], tickets: Mapping[date, int]) -> float | None:
    """Visits with an article view for each ticket, by the Monday of the weeks (UTC) of both.

    Only weeks between the first and the last of each count, which may have been cut; None when no
    such week has a ticket.
    """
    if not visits or not tickets:
        return None
    first = max(min(visits), min(tickets))
    last = min(max(visits), max(tickets))
    written = sum(number for week, number in tickets.items() if first < week < last)
    read = sum(number for week, number in visits.items() if first < week < last)
    return round(read / written, 2) if written else None


def _counts(ticket: TicketFacts, in_topics: Collection[str]) -> dict[str, int]:
    return {
        "tickets": 1,
        "in_topics": ticket.key in in_topics,
        "resolved": ticket.resolved,
        "answered": ticket.answered,
        "reopened": was_reopened(ticket),
    }


def _merged(natures: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    """The same with the rarest natures in one; nothing when no ticket's nature is told."""
    whole: Counter[str] = Counter()
    for counted in natures.values():
        whole.update(counted)
    if not any(whole):
        return {month: Counter() for month in natures}
    told = sorted((name for name in whole if name), key=lambda name: (-whole[name], name))
    kept = {"", *(told if len(told) <= MAX_NATURES else told[: MAX_NATURES - 1])}
    found: dict[str, Counter[str]] = {}
    for month, counted in natures.items():
        found[month] = Counter()
        for name, number in counted.items():
            found[month][name if name in kept else OTHER] += number
    return found


def _figures(month: str, counts: Counter[str], natures: Counter[str], days: int) -> MonthFigures:
    return MonthFigures(
        month=month,
        tickets=counts["tickets"],
        in_topics=counts["in_topics"],
        resolved=counts["resolved"],
        answered=counts["answered"],
        reopened=counts["reopened"],
        natures=tuple(sorted(natures.items(), key=lambda item: (-item[1], item[0]))),
        days=days,
    )


def _days(month: str, first: date, last: date) -> int:
    """Days of a month from ``first`` to ``last``, both included."""
    year, number = int(month[:4]), int(month[5:])
    begins = date(year, number, 1)
    ends = date(year, number, monthrange(year, number)[1])
    return max(0, (min(ends, last) - max(begins, first)).days + 1)
