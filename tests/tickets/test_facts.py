"""What is counted of tickets is what their records say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kbtool.db import writing
from kbtool.model import Ticket, TicketFacts
from kbtool.tickets.facts import read_facts
from tests.metrics.test_links import SOLVED, reply, ticket
from tests.tickets.stored import save_tickets

CREATED = datetime(2026, 10, 4, 12, 30, tzinfo=UTC)


def read(
    path: Path, *tickets: Ticket, since: datetime | None = None, until: datetime | None = None
) -> list[TicketFacts]:
    """Facts of stored tickets."""
    with writing(path / "kb.db") as connection:
        save_tickets(connection, tickets)
        return list(read_facts(connection, since, until))


def test_facts_are_those_of_the_ticket(tmp_path: Path) -> None:
    """Only public replies of agents are replies; what is not known is None."""
    told = replace(
        ticket(
            "1:a",
            reply(role="customer", text='a "role": "agent", "visibility": "public"'),
            reply(),
            reply(role="bot"),
            reply(visibility="internal"),
            reply(),
            solved=SOLVED,
        ),
        created_at=CREATED, reopens=2, csat=0.8, type="incident",
    )  # fmt: skip
    bare = ticket("2", resolution="unknown", solved=None)
    open_ = replace(bare, resolved=False, language=None)
    assert read(tmp_path, open_, told) == [
        TicketFacts("s:1:a", CREATED, SOLVED, True, True, "en", 2, 2, 0.8, "incident"),
        TicketFacts("s:2", None, None, False, False, None, 0, None, None, None),
    ]


def test_a_period_holds_what_was_created_in_it(tmp_path: Path) -> None:
    """Its beginning included, its end not; undated tickets only without bounds."""
    tickets = [
        replace(ticket(str(day), solved=None), created_at=datetime(2026, 10, day, tzinfo=UTC))
        for day in (1, 2, 3)
    ]
    found = read(
        tmp_path, *tickets, ticket("undated", solved=SOLVED),
        since=datetime(2026, 10, 2, tzinfo=UTC), until=datetime(2026, 10, 3, tzinfo=UTC),
    )  # fmt: skip
    assert [one.key for one in found] == ["s:2"]
    assert len(read(tmp_path)) == 4
