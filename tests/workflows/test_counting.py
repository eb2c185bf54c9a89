"""Stored events and tickets are counted as the records are, and tied by the visit token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.db import reading, writing
from kbtool.events.store import save_events
from kbtool.metrics.contact import DeskTickets
from kbtool.metrics.report import Frame
from kbtool.metrics.tally import Tally
from kbtool.model import Event, Ticket
from kbtool.workflows.counting import count_events, count_tickets, counting_began
from tests.metrics.histories import MORNING, NOW, article, at, contact, count_all, view
from tests.metrics.test_links import ticket
from tests.metrics.test_report import ARTICLES, HISTORY
from tests.tickets.stored import save_tickets

MIDNIGHT = datetime(2026, 11, 3, tzinfo=UTC)
WEEK = date(2026, 11, 2)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "kb.db"


def frame(since: datetime | None = None, until: datetime | None = None) -> Frame:
    """A report of the period, made at the end of November."""
    return Frame(since, until, NOW, window_days=7, min_count=1)


def created(id_: str, when: datetime | None, token: str | None = None) -> Ticket:
    """A ticket created then, which may carry a visit token."""
    return replace(ticket(id_, solved=None), created_at=when, visit=token)


def count(
    database: Path, events: Sequence[Event], tickets: Sequence[Ticket], given: Frame
) -> tuple[Tally, DeskTickets]:
    """What is counted of these, once they are stored."""
    with writing(database) as connection:
        save_events(connection, events)
        save_tickets(connection, list(tickets))
    with reading(database) as connection:
        counted = count_events(connection, given, ARTICLES)
        begun = counting_began(connection, given.since, counted.first_event)
        return counted, count_tickets(connection, replace(given, begun=begun))


def test_counting_in_the_database_is_counting_the_records(database: Path) -> None:
    """Day by day, with nothing lost on the way."""
    counted, tickets = count(database, HISTORY, [], frame())
    assert counted == count_all(HISTORY, articles=ARTICLES)
    assert tickets == DeskTickets()


def test_tickets_are_tied_by_their_token(database: Path) -> None:
    """Counted by hand: of four tickets since the first event one has the token of a visitor's
    hand-off; staff, readers without a visitor and unknown tokens tie none.
    """
    events = [
        contact(0, "handoff", "ann", token="kbv-1"),
        contact(0, "handoff", None, token="kbv-2"),
        contact(0, "handoff", "me", token="kbv-3", excluded="staff"),
    ]
    tickets = [
        created("1", at(5), "kbv-1"),
        created("2", at(5), "kbv-2"),
        created("3", at(5), "kbv-3"),
        created("4", MIDNIGHT, "kbv-9"),
        created("5", at(-24 * 60)),
        created("6", None, "kbv-1"),
    ]
    whole = count(database, events, tickets, frame())[1]
    assert whole == DeskTickets(4, 1, {WEEK - timedelta(days=7): 1, WEEK: 4})
    first_day = count(database, events, tickets, frame(None, MIDNIGHT))[1]
    assert (first_day.created, first_day.tied) == (3, 1)
    second_day = count(database, [*events, view(24 * 60)], tickets, frame(MIDNIGHT))[1]
    assert (second_day.created, second_day.tied) == (1, 0)


def test_a_ticket_of_the_next_day_takes_a_solved_back(database: Path) -> None:
    """The reader handed off, said "solved" and wrote all the same: also where the period ends
    between the two, and where it begins after the hand-off.
    """
    events = [
        contact(0, "handoff", "ann", token="kbv-1"),
        view(60, "ann"),
        contact(61, "solved", "ann"),
    ]
    late = created("1", MIDNIGHT + timedelta(hours=2), "kbv-1")
    assert count(database, events, [], frame())[0].total["explicit"] == 1
    for given in (frame(), frame(MORNING + timedelta(minutes=30)), frame(None, MIDNIGHT)):
        counted = count(database, events, [late], given)[0].total
        assert (counted["explicit"], counted["outcome none"], counted["taken back"]) == (0, 1, 1)


def test_without_events_no_ticket_could_be_tied(database: Path) -> None:
    """The weeks of tickets are known all the same."""
    counted, tickets = count(database, [], [created("1", MORNING)], frame())
    assert counted == Tally()
    assert tickets == DeskTickets(0, 0, {WEEK: 1})


def test_shelves_come_from_the_articles(database: Path) -> None:
    """What is similar is said by the articles' own category and language."""
    with writing(database) as connection:
        save_events(connection, [view(0), view(0, "bob", "kb-2")])
    with reading(database) as connection:
        counted = count_events(connection, frame(), [article("kb-1"), article("kb-2", lang="et")])
    assert {shelf: counts["visits"] for shelf, counts in counted.shelves.items()} == {
        (): 2,
        ("en",): 1,
        ("en", "bike"): 1,
        ("et",): 1,
        ("et", "bike"): 1,
    }


def test_counting_began_with_the_first_event_of_all(database: Path) -> None:
    """A quiet beginning of a period was counted all the same, where there are events before it,
    also those of a program; a period that is older than the first event began with that.
    """
    with writing(database) as connection:
        save_events(connection, [view(0, excluded="bot"), view(3 * 24 * 60)])
    with reading(database) as connection:
        second = count_events(connection, frame(MIDNIGHT), ARTICLES).first_event
        assert second == at(3 * 24 * 60)
        assert counting_began(connection, MIDNIGHT, second) == MIDNIGHT
        old = MIDNIGHT - timedelta(days=30)
        assert counting_began(connection, old, second) == second
        assert counting_began(connection, None, second) == second
        assert counting_began(connection, MIDNIGHT, None) is None
