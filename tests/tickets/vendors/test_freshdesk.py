"""Freshdesk: tickets with numbers for words, conversations and ratings in files of their own, the CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tickets.vendors.desk import read, roles, said, utc

TICKET: dict[str, Any] = {
    "id": 20, "subject": "Rechnung fehlt", "status": 5, "priority": 2, "source": 1, "type": "Question",
    "description": "<div>Wo finde ich die Rechnung für den letzten Monat?</div>",
    "description_text": "Wo finde ich die Rechnung für den letzten Monat?",
    "requester_id": 51, "responder_id": 3, "group_id": 11, "product_id": 4, "company_id": None,
    "email_config_id": 6, "cc_emails": [], "fwd_emails": [], "to_emails": ["hilfe@velmo.example"],
    "fr_escalated": False, "is_escalated": False, "spam": False, "tags": ["billing"],
    "custom_fields": {"cf_model": "V2"}, "due_by": "2026-02-05T08:00:00Z",
    "created_at": "2026-02-02T08:00:00Z", "updated_at": "2026-02-04T08:00:00Z",
    "stats": {"resolved_at": "2026-02-02T09:00:00Z", "closed_at": "2026-02-04T08:00:00Z"},
    "requester": {"id": 51, "name": "Eva Holm", "email": "eva@kunde.example"},
}  # fmt: skip


def part(number: int, minute: int, text: str, **more: Any) -> dict[str, Any]:
    """A conversation of the ticket."""
    return {
        "id": number, "ticket_id": 20, "user_id": 3, "incoming": False, "private": False, "source": 0,
        "body": f"<div>{text}</div>", "body_text": text, "support_email": None,
        "created_at": f"2026-02-02T08:{minute}:00Z", **more,
    }  # fmt: skip


PARTS = [
    part(2, 40, "Hat sie schon bezahlt?", private=True, source=2),
    part(3, 50, "Unter Einstellungen &gt; Rechnungen."),
    part(4, 55, "Danke, gefunden.", incoming=True, user_id=51),
]
FILES: dict[str, str | bytes] = {
    "tickets.json": json.dumps([TICKET], ensure_ascii=False),
    "conversations.json": json.dumps(PARTS, ensure_ascii=False, indent=1),
}


def files(parts: list[dict[str, Any]] = PARTS, **changes: Any) -> dict[str, str | bytes]:
    """Both files with these changes to the ticket."""
    return {
        "tickets.json": json.dumps([{**TICKET, **changes}]),
        "conversations.json": json.dumps(parts),
    }


def test_a_ticket_and_its_conversations(tmp_path: Path) -> None:
    """The description is the first message, said once; numbers become words; notes stay internal."""
    found = read(tmp_path, FILES).only
    assert said(found) == [
        ("customer", "public", "Wo finde ich die Rechnung für den letzten Monat?"),
        ("agent", "internal", "Hat sie schon bezahlt?"),
        ("agent", "public", "Unter Einstellungen > Rechnungen."),
        ("customer", "public", "Danke, gefunden."),
    ]
    assert (found.key, found.status, found.resolution) == ("freshdesk:20", "5", "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-02-02T08:00"), utc("2026-02-02T09:00"))
    assert (found.priority, found.channel, found.type) == ("medium", "email", "Question")
    assert (found.group, found.product, found.tags) == ("11", "4", ("billing",))
    assert (found.language, found.csat, found.reopens) == ("de", None, None)
    assert found.requester == found.messages[0].author == found.messages[3].author


@pytest.mark.parametrize(("status", "resolved"), [(2, False), (3, False), (4, True), (5, True)])
def test_the_four_statuses_are_numbers(tmp_path: Path, status: int, resolved: bool) -> None:
    """2 open, 3 pending, 4 resolved, 5 closed."""
    assert read(tmp_path, files(status=status)).only.resolved is resolved


def test_a_status_of_the_account_is_counted(tmp_path: Path) -> None:
    """From 6 on nobody knows what a number means: such tickets count as open and are told."""
    found = read(tmp_path, files(status=7))
    assert found.unknown_statuses == {"7": 1}
    assert not found.only.resolved


def test_ratings_are_codes(tmp_path: Path) -> None:
    """103 is the best, -103 the worst; the feedback is kept."""
    rating = {"id": 1, "ticket_id": 20, "user_id": 51, "agent_id": 3, "survey_id": 1,
              "feedback": "Schnelle Hilfe", "ratings": {"default_question": 103, "question_9": -103}}  # fmt: skip
    for code, share in ((103, 1.0), (100, 0.5), (-101, 0.3333), (-103, 0.0)):
        rating["ratings"] = {"default_question": code}
        found = read(tmp_path, {**FILES, "satisfaction_ratings.json": json.dumps([rating])}).only
        assert (found.csat, found.csat_comment) == (share, "Schnelle Hilfe")


def test_what_was_forwarded_is_internal(tmp_path: Path) -> None:
    """A mail to a third party is not the customer's to read, whatever its flag says."""
    found = read(tmp_path, files([*PARTS, part(9, 58, "Bitte prüfen, liebe Bank.", source=8)])).only
    assert roles(found)[-1] == ("agent", "internal")


@pytest.mark.parametrize("mark", ["spam", "deleted"])
def test_spam_and_deleted_tickets(tmp_path: Path, mark: str) -> None:
    """Both are kept and marked, so that an earlier import of them is corrected."""
    assert (
        read(
            tmp_path,
            {
                "tickets.json": json.dumps([{**TICKET, mark: True}]),
                "conversations.json": json.dumps(PARTS),
            },
        ).only.resolution
        == "spam"
    )


def test_conversations_inside_and_lists_of_people(tmp_path: Path) -> None:
    """include=conversations needs no second file; agents, contacts, groups and products give names."""
    inside = {**TICKET, "conversations": PARTS, "subject": "502", "description": "502"}
    found = read(
        tmp_path,
        {
            "tickets.json": json.dumps([{k: v for k, v in inside.items() if k != "requester"}]),
            "agents.json": json.dumps([{"id": 3, "ticket_scope": 1, "type": "support_agent", "contact": {"name": "Hannah Cole"}}]),
            "contacts.json": json.dumps([{"id": 51, "name": "Eva Holm", "email": "eva@kunde.example", "language": "tr", "view_all_tickets": False}]),
            "groups.json": json.dumps([{"id": 11, "name": "Konten", "escalate_to": None}]),
            "products.json": json.dumps([{"id": 4, "name": "Rad", "primary_email": "rad@velmo.example"}]),
        },
    ).only  # fmt: skip
    assert roles(found)[2:] == [("agent", "public"), ("customer", "public")]
    assert (found.group, found.product) == ("Konten", "Rad")


def test_tickets_alone_are_read_with_a_note(tmp_path: Path) -> None:
    """Without the conversations only the question is there, and a note says what is missing."""
    found = read(tmp_path, {"tickets.json": FILES["tickets.json"]})
    assert len(found.only.messages) == 1
    assert "conversations" in found.notes


LIST = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Resolved time,Closed time,"
    "Tags,Survey results,Full name,Email\n"
    "20,Rechnung fehlt,Closed,Medium,Email,Question,Hannah Cole,Konten,2026-02-02 10:00:00,"
    '2026-02-02 11:00:00,2026-02-04 10:00:00,"billing,vip",Very Unhappy,Eva Holm,eva@kunde.example\n'
    "21,Rad steht,Waiting on Customer,Low,Portal,,,,2026-02-03 10:00:00,,,,,Jan Holm,jan@kunde.example\n"
)


def test_the_lists_csv_has_no_conversations(tmp_path: Path) -> None:
    """The list's CSV gives words for the numbers and local times, and says what cannot be done with it."""
    found = read(tmp_path, {"tickets.csv": LIST})
    assert found.mappings == ["freshdesk-csv"]
    first = found.tickets["20"]
    assert (first.key, first.resolved, first.csat) == ("freshdesk:20", True, 0.1667)
    assert (first.created_at, first.solved_at) == (utc("2026-02-02T08:00"), utc("2026-02-02T09:00"))
    assert (first.tags, first.group, first.type) == (("billing", "vip"), "Konten", "Question")
    assert found.unknown_statuses == {"Waiting on Customer": 1}
    assert "nothing can be drafted" in found.notes
