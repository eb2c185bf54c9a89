"""Gorgias: tickets with their messages inside or in a second file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tickets.vendors.desk import lines, read, said, utc

EVA = {
    "id": 120,
    "email": "eva@kunde.example",
    "name": "Eva Maier",
    "firstname": "Eva",
    "lastname": "Maier",
}
PRIIT = {"id": 2, "email": "priit@velmo.example", "name": "Priit Saar"}


def message(number: int, agent: bool, html: str, **more: Any) -> dict[str, Any]:
    """A message as the API gives it."""
    return {
        "id": number,
        "ticket_id": 1,
        "channel": "email",
        "source": {"type": "email"},
        "from_agent": agent,
        "public": True,
        "sender": PRIIT if agent else EVA,
        "body_html": html,
        "body_text": "the same without marks",
        "stripped_text": "the same",
        "macros": None,
        "rule_id": None,
        "deleted_datetime": None,
        "created_datetime": f"2026-01-05T10:0{number}:00.966927",
        "sent_datetime": f"2026-01-05T10:0{number}:00.966927",
        **more,
    }


MESSAGES = [
    message(1, False, "<div>Où est mon <b>colis</b> ?</div>"),
    message(2, True, "<div>Nous avons reçu votre message.</div>", rule_id=5),
    message(3, True, "<div>client difficile</div>", public=False, channel="internal-note"),
    message(4, True, "<div>Il arrive demain.</div>", macros=[{"id": 8, "name": "Delivery"}]),
    message(5, True, "<div>oups</div>", deleted_datetime="2026-01-05T10:06:00"),
]


def ticket_of(**more: Any) -> dict[str, Any]:
    """A ticket as the API gives it."""
    return {
        "id": 1,
        "status": "closed",
        "channel": "email",
        "via": "email",
        "from_agent": False,
        "spam": False,
        "customer": EVA,
        "assignee_team": {"id": 3, "name": "Livraison"},
        "language": "fr",
        "subject": "Colis",
        "tags": [{"id": 1, "name": "delivery"}],
        "priority": "normal",
        "satisfaction_survey": {"score": 4, "body_text": "Rapide"},
        "created_datetime": "2026-01-05T10:01:00.966927",
        "closed_datetime": "2026-01-05T12:00:00+00:00",
        "trashed_datetime": None,
        "messages": MESSAGES,
        **more,
    }


def test_a_ticket_with_its_messages(tmp_path: Path) -> None:
    """Times without a zone are UTC; rules are bots; the macro stands on its message."""
    got = read(tmp_path, {"tickets.jsonl": lines(ticket_of())})
    ticket = got.only
    assert got.mappings == ["gorgias"]
    assert said(ticket) == [
        ("customer", "public", "Où est mon **colis** ?"),
        ("bot", "public", "Nous avons reçu votre message."),
        ("agent", "internal", "client difficile"),
        ("agent", "public", "Il arrive demain."),
    ]
    assert ticket.messages[3].macros == ("8",)
    assert (ticket.created_at, ticket.solved_at) == (
        utc("2026-01-05T10:01"),
        utc("2026-01-05T12:00"),
    )
    assert (ticket.resolution, ticket.csat, ticket.csat_comment) == ("answered", 0.75, "Rapide")
    assert (ticket.language, ticket.group, ticket.tags) == ("fr", "Livraison", ("delivery",))
    assert ticket.requester == ticket.messages[0].author


def test_messages_in_a_second_file(tmp_path: Path) -> None:
    """The list of tickets has no messages; a page of /messages has those of all tickets."""
    got = read(
        tmp_path,
        {
            "tickets.json": json.dumps({"data": [ticket_of(messages=None)], "object": "list", "meta": {}}),
            "messages.json": json.dumps({"data": MESSAGES, "object": "list", "meta": {"next_cursor": None}}),
        },
    )  # fmt: skip
    assert [role for role, _, _ in said(got.only)] == ["customer", "bot", "agent", "agent"]
    assert got.only.resolution == "answered"


def test_spam_trash_and_open_tickets(tmp_path: Path) -> None:
    """Spam is spam although it is closed; the trash is counted; open is open."""
    got = read(
        tmp_path,
        {
            "tickets.jsonl": lines(
                ticket_of(id=1, spam=True),
                ticket_of(id=2, trashed_datetime="2026-01-06T10:00:00"),
                ticket_of(id=3, status="open"),
                ticket_of(id=4, status="parked"),
            )
        },
    )
    assert got.tickets["1"].resolution == "spam"
    assert "2" not in got.tickets
    assert "tickets in the trash (1)" in got.notes
    assert not got.tickets["3"].resolved
    assert got.unknown_statuses == {"parked": 1}


def test_the_same_customer_by_chat_and_mail_is_one_person(tmp_path: Path) -> None:
    """The address tells, whatever the channel."""
    got = read(
        tmp_path,
        {
            "tickets.jsonl": lines(
                ticket_of(id=1), ticket_of(id=2, channel="chat", customer={**EVA, "name": None})
            )
        },
    )
    assert got.tickets["1"].requester == got.tickets["2"].requester is not None
