"""What is asked month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from kbtool.metrics.over_time import MAX_MONTHS, MAX_NATURES, OTHER, month_figures, self_service
from kbtool.model import MonthFigures, TicketFacts
from tests.metrics.test_handling import facts


def on(id_: str, day: str, type_: str | None = None) -> TicketFacts:
    """An answered ticket created on this day."""
    created = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return replace(facts(id_), created_at=created, type=type_)


def test_each_month_says_what_became_of_its_tickets() -> None:
    """By the month of creation; a month without tickets counts nothing; undated ones are left out."""
    tickets = [
        on("1", "2026-08-10", "question"),
        replace(on("2", "2026-08-20", "problem"), answered=False, reopens=2),
        replace(on("3", "2026-08-31", "question"), answered=False, resolved=False),
        on("4", "2026-10-03"),
        replace(on("5", "2026-10-03"), created_at=None),
    ]
    august, september, october = month_figures(tickets, {"s:1", "s:4", "s:99"})
    natures = (("question", 2), ("problem", 1))
    assert august == MonthFigures("2026-08", 3, 1, 2, 1, 1, natures, days=22)
    assert september == MonthFigures("2026-09", 0, 0, 0, 0, 0, (), days=30)
    assert october == MonthFigures("2026-10", 1, 1, 1, 1, 0, (("", 1),), days=3)


def test_days_are_those_of_the_period() -> None:
    """A period that cuts a month leaves the days that are in it."""
    tickets = [on("1", "2026-08-20"), on("2", "2026-09-01")]
    since, until = datetime(2026, 8, 11, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    assert [m.days for m in month_figures(tickets, (), since=since, until=until)] == [21, 30]


def test_months_are_those_of_utc() -> None:
    """An evening in New York is the next month."""
    late = datetime(2026, 8, 31, 21, tzinfo=timezone(timedelta(hours=-4)))
    (found,) = month_figures([replace(facts("1"), created_at=late)], ())
    assert found.month == "2026-09"


def test_natures_are_left_out_where_none_is_told() -> None:
    """Rather than one of no name with all tickets."""
    (found,) = month_figures([on("1", "2026-08-20")], ())
    assert found.natures == ()


def test_the_rarest_natures_are_one() -> None:
    """So many kinds at most, over all months; nothing is lost."""
    kinds = MAX_NATURES + 5
    tickets = [
        on(f"{kind}-{n}", "2026-08-20" if n else "2026-09-01", f"kind {kind:02}")
        for kind in range(kinds)
        for n in range(kinds - kind)
    ]
    august, september = month_figures(tickets, ())
    assert len({name for m in (august, september) for name, _ in m.natures}) == MAX_NATURES
    assert OTHER in dict(august.natures)
    assert [sum(n for _, n in m.natures) for m in (august, september)] == [
        august.tickets,
        september.tickets,
    ]


def test_the_newest_months_are_shown() -> None:
    """One date of long ago does not make hundreds of rows."""
    found = month_figures([on("1", "1999-01-01"), on("2", "2026-09-01")], ())
    assert len(found) == MAX_MONTHS
    assert found[-1].month == "2026-09"


def test_without_dates_there_are_no_months() -> None:
    """Nothing is made up."""
    assert month_figures([replace(facts("1"), created_at=None)], ()) == ()


def test_self_service_compares_the_whole_weeks_of_both() -> None:
    """What comes before one of them began, or after one ended, is left out; cut weeks too."""
    weeks = [date(2026, 9, 7) + timedelta(days=7 * n) for n in range(6)]
    tickets = dict(zip(weeks[:5], (50, 10, 5, 5, 1), strict=True))
    visits = dict(zip(weeks[1:], (8, 30, 10, 99, 99), strict=True))
    assert self_service(visits, tickets) == 4.0
    assert self_service(visits, {}) is None
    assert self_service({}, tickets) is None
    assert self_service({weeks[1]: 3, weeks[2]: 3}, tickets) is None
