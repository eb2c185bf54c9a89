"""Links to our articles in agents' replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from kbtool.metrics.links import LinkFigures, link_figures, read_links
from kbtool.model import Message, Provenance, Rate, Resolution, Role, Ticket, Visibility
from tests.metrics.histories import article

BASES = ("https://help.example/", "https://old.example/faq/")
ARTICLES = [
    article("kb-1"),
    article("kb-2", status="stale"),
    article("kb-3", status="archived"),
]
SOLVED = datetime(2026, 10, 5, tzinfo=UTC)


def reply(*links: str, role: Role = "agent", visibility: Visibility = "public") -> Message:
    """A message with these links."""
    return Message("m", role, visibility, SOLVED, None, "text", links=links)


def ticket(
    id_: str, *messages: Message, resolution: Resolution = "answered", solved: datetime | None
) -> Ticket:
    """A ticket with these messages."""
    return Ticket(
        source="s", id=id_, subject="", status="closed", resolved=True, resolution=resolution,
        created_at=None, solved_at=solved, language="en", language_confidence=None,
        requester=None, group=None, channel=None, tags=(), csat=None, reopens=None,
        merged_into=None, messages=messages, provenance=Provenance("f", 1, "m"),
    )  # fmt: skip


TICKETS = [
    ticket("1", reply("https://help.example/a/kb-1/"), solved=SOLVED),
    ticket("2", reply("https://help.example/en/bike/kb-1/#top"), reply("https://help.example/a/kb-1/"), solved=SOLVED),
    ticket("3", reply("https://old.example/faq/a/kb-2", "https://help.example/a/kb-1/"), solved=SOLVED),
    ticket("4", reply("https://help.example/a/kb-3/"), solved=SOLVED),
    ticket("5", reply("https://help.example/a/kb-77/", "https://else.example/a/kb-1/"), solved=SOLVED),
    ticket("6", reply("https://help.example/a/kb-1/", role="customer"), solved=SOLVED),
    ticket("7", reply("https://help.example/a/kb-1/", visibility="internal"), solved=SOLVED),
    ticket("8", reply("https://help.example/a/kb-1/"), resolution="spam", solved=SOLVED),
    ticket("9", reply("https://help.example/a/kb-2/"), solved=None),
]  # fmt: skip


def figures(
    tickets: list[Ticket], since: datetime | None = None, until: datetime | None = None
) -> LinkFigures:
    """The figures of these tickets, any number being enough."""
    linked = read_links(tickets, ARTICLES, BASES)
    return link_figures(linked, ARTICLES, since=since, until=until, min_count=100)


def test_only_public_agent_replies_of_answered_tickets_count() -> None:
    """Counted by hand: 1, 2, 3, 9 link an article of 8 answered tickets; a ticket counts once."""
    assert figures(TICKETS) == LinkFigures(
        rate=Rate(4, 8, None, None),
        articles=(("kb-1", 3), ("kb-2", 2)),
        gone=(("kb-3", 1), ("kb-77", 1)),
    )


def test_the_period_goes_by_the_day_a_ticket_was_solved() -> None:
    """The end does not belong to it; a ticket without dates belongs to no bounded period."""
    later = SOLVED.replace(month=11)
    assert figures(TICKETS, since=SOLVED).rate.denominator == 7
    assert figures(TICKETS, until=SOLVED).rate.denominator == 0
    assert figures(TICKETS, since=SOLVED, until=later).rate.denominator == 7
    created = replace(TICKETS[-1], created_at=later)
    assert figures([created], since=later).rate.denominator == 1
