"""Frappe Helpdesk: HD Ticket, its communications and its internal comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tickets.vendors.desk import lines, read, said, utc


def ticket_of(**more: Any) -> dict[str, Any]:
    """An HD Ticket as the REST API gives it."""
    return {
        "name": 12,
        "subject": "VPN drops",
        "raised_by": "eva@kunde.example",
        "contact": "Eva Maier",
        "status": "Erledigt",
        "status_category": "Resolved",
        "priority": "High",
        "ticket_type": "Incident",
        "agent_group": "Network",
        "description": "<p>The VPN drops <b>every hour</b>.</p>",
        "creation": "2026-01-05 10:00:00.123456",
        "opening_date": "2026-01-05",
        "opening_time": "10:00:00.123456",
        "resolution_date": "2026-01-05 14:00:00",
        "via_customer_portal": 0,
        "feedback_rating": 0.8,
        "feedback_extra": "Good",
        "is_merged": 0,
        "merged_with": None,
        "_user_tags": ",vpn,network",
        **more,
    }


def mail(name: str, way: str, content: str, at: str, **more: Any) -> dict[str, Any]:
    """A communication as the REST API gives it."""
    return {
        "name": name,
        "communication_type": "Communication",
        "communication_medium": "Email",
        "sent_or_received": way,
        "reference_doctype": "HD Ticket",
        "reference_name": "12",
        "sender": "eva@kunde.example" if way == "Received" else "priit@velmo.example",
        "sender_full_name": "Eva Maier" if way == "Received" else "Priit Saar",
        "content": content,
        "communication_date": at,
        **more,
    }


MAILS = [
    mail("b1", "Sent", "<p>Update the <b>client</b>.</p>", "2026-01-05 11:00:00"),
    mail("a1", "Received", "<p>The VPN drops <b>every hour</b>.</p>", "2026-01-05 10:00:00"),
    mail(
        "c1",
        "Sent",
        "<p>We have got your ticket.</p>",
        "2026-01-05 10:00:05",
        communication_type="Automated Message",
    ),
]
COMMENT = {
    "name": "x1",
    "reference_ticket": "12",
    "commented_by": "priit@velmo.example",
    "content": "<p>old router</p>",
    "creation": "2026-01-05 10:30:00",
}


def test_a_ticket_with_its_mails_and_comments(tmp_path: Path) -> None:
    """The category says resolved whatever the status is called; the description is not said twice."""
    got = read(
        tmp_path,
        {
            "tickets.json": json.dumps({"data": [ticket_of()]}),
            "communications.json": json.dumps({"data": MAILS}),
            "comments.json": json.dumps({"message": [COMMENT]}, indent=1),
        },
    )
    ticket = got.only
    assert got.mappings == ["frappe"]
    assert said(ticket) == [
        ("customer", "public", "The VPN drops **every hour**."),
        ("bot", "public", "We have got your ticket."),
        ("agent", "internal", "old router"),
        ("agent", "public", "Update the **client**."),
    ]
    assert (ticket.resolution, ticket.csat, ticket.csat_comment) == ("answered", 0.8, "Good")
    assert (ticket.created_at, ticket.solved_at) == (
        utc("2026-01-05T08:00"),
        utc("2026-01-05T12:00"),
    )
    assert (ticket.group, ticket.type, ticket.priority) == ("Network", "Incident", "High")
    assert (ticket.tags, ticket.channel) == (("vpn", "network"), "email")
    assert ticket.requester == ticket.messages[0].author


def test_a_ticket_alone_asks_its_description(tmp_path: Path) -> None:
    """Without mails the description is the question; day and hour of opening are put together."""
    got = read(tmp_path, {"tickets.jsonl": lines(ticket_of(creation=None, feedback_rating=0))})
    assert said(got.only) == [("customer", "public", "The VPN drops **every hour**.")]
    assert got.only.created_at == utc("2026-01-05T08:00")
    assert got.only.csat is None
    assert "no public agent reply" in got.notes


def test_mails_sent_only_leave_the_description(tmp_path: Path) -> None:
    """A ticket opened in the portal has no received mail."""
    got = read(
        tmp_path,
        {"tickets.jsonl": lines(ticket_of()), "communications.jsonl": lines(MAILS[0])},
    )
    assert [role for role, _, _ in said(got.only)] == ["customer", "agent"]


def test_merged_and_open_tickets(tmp_path: Path) -> None:
    """A merged ticket names where it went; older ones have only a status; odd words are listed."""
    got = read(
        tmp_path,
        {
            "tickets.jsonl": lines(
                ticket_of(name="1", is_merged=1, merged_with="12"),
                ticket_of(name="2", status_category=None, status="Replied"),
                ticket_of(name="3", status_category=None, status="Closed"),
                ticket_of(name="4", status_category=None, status="Erledigt"),
                ticket_of(name="5", status_category="Paused"),
            )
        },
    )
    assert (got.tickets["1"].resolution, got.tickets["1"].merged_into) == ("merged", "12")
    assert [got.tickets[n].resolved for n in "2345"] == [False, True, False, False]
    assert got.unknown_statuses == {"Erledigt": 1}
