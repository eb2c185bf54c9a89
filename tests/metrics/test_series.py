"""The report week by week."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kbtool.metrics.contact import DeskTickets
from kbtool.metrics.series import weekly
from kbtool.model import PeriodFigures
from tests.metrics.histories import NOW, contact, count_all, report_of, search, view, vote

DAY = 24 * 60
"""In minutes; the histories begin on a Monday, 2 November 2026, at nine."""


def midnight(day: int) -> datetime:
    """The beginning of a day of November 2026."""
    return datetime(2026, 11, day, tzinfo=UTC)


def test_weeks_hold_what_happened_in_them_without_a_gap() -> None:
    """Counted by hand: two weeks with events, one without between them, the last one not over."""
    events = [
        view(2 * DAY, "ann"),
        vote(2 * DAY + 1, "yes", "ann"),
        search(2 * DAY + 2, "tyre", 0, "ann"),
        search(2 * DAY + 3, "lock", 3, None),
        vote(3 * DAY, "no", None),
        contact(14 * DAY, "open", "bob"),
        contact(14 * DAY + 1, "solved", "bob"),
        contact(14 * DAY + 2, "handoff", "bob"),
    ]
    tickets = {date(2026, 11, 2): 7, date(2026, 11, 16): 1}
    found = weekly(count_all(events), None, midnight(19), tickets)
    assert found == (
        PeriodFigures(
            date(2026, 11, 2), 5, views=1, visits=1, searches=2, without_result=1, yes=1, no=1,
            tickets=7,
        ),
        PeriodFigures(date(2026, 11, 9), 7, tickets=0),
        PeriodFigures(date(2026, 11, 16), 3, visits=1, opened=1, solved=1, handed_off=1, tickets=1),
    )  # fmt: skip


def test_the_days_of_a_week_are_those_of_the_period() -> None:
    """From when counting began, or the first event, to the end or the time of the report."""
    counted = count_all([view(2 * DAY), view(7 * DAY)])
    assert [w.days for w in weekly(counted, midnight(3), midnight(10))] == [6, 1]
    assert [w.days for w in weekly(counted, None, midnight(10))] == [5, 1]
    late = [w.days for w in weekly(counted, None, midnight(10).replace(hour=3))]
    assert late == [5, 2]
    assert [w.days for w in weekly(counted, midnight(1), midnight(9))] == [1, 7]


def test_without_events_there_are_no_weeks_and_without_tickets_none_are_told() -> None:
    """Nothing was counted is not the same as nothing happened."""
    assert report_of([], tickets=DeskTickets(by_week={date(2026, 11, 2): 3})).series == ()
    assert {week.tickets for week in report_of([view(0)]).series} == {None}


def test_the_weeks_of_a_report_end_when_it_is_made() -> None:
    """Even where the period does not: there are no weeks in the future."""
    assert report_of([view(0)]).series[-1].start == date(2026, 11, 23)
    assert NOW.date() == date(2026, 11, 30)  # a Monday that has only begun
