"""Intercom: conversations with their parts, pages of them, and tickets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tickets.vendors.desk import lines, read, roles, said, utc

EVA = {"type": "user", "id": "c1", "name": "Eva Holm", "email": "eva@kunde.example"}
HANNAH = {"type": "admin", "id": "3", "name": "Hannah Cole", "email": "hannah@velmo.example"}
FIN = {
    "type": "bot",
    "id": "9",
    "name": "Fin",
    "email": "operator@intercom.example",
    "from_ai_agent": True,
}


def part(
    number: int, kind: str, author: dict[str, Any], body: str | None, **more: Any
) -> dict[str, Any]:
    """A part of a conversation, ``number`` minutes after its beginning."""
    return {
        "type": "conversation_part", "id": str(number), "part_type": kind, "body": body,
        "author": author, "created_at": 1767225600 + 60 * number, "attachments": [], "redacted": False,
        **more,
    }  # fmt: skip


PARTS = [
    part(1, "comment", FIN, "<p>Have you looked at the help centre?</p>"),
    part(2, "assignment", HANNAH, "<p>for the parcel team</p>"),
    part(3, "note", HANNAH, "<p>late batch</p>"),
    part(4, "comment", HANNAH, "<p>Press <b>Track parcel</b> in the app.</p>"),
    part(5, "comment", EVA, "<p>Found it, thanks</p>"),
    part(6, "close", HANNAH, "<p>Good. Write to us again any time.</p>"),
    part(7, "conversation_rating_changed", EVA, None),
]
CONVERSATION: dict[str, Any] = {
    "type": "conversation", "id": "77", "state": "closed", "open": False, "read": True, "title": "Parcel",
    "created_at": 1767225600, "updated_at": 1767230000, "waiting_since": None, "priority": "not_priority",
    "source": {"type": "conversation", "id": "s1", "delivered_as": "customer_initiated", "subject": "",
               "body": "<p>Where is my parcel?</p>", "author": EVA},
    "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "c1", "external_id": "x"}]},
    "team_assignee_id": 814, "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "1", "name": "shipping"}]},
    "conversation_rating": {"rating": 4, "remark": "Friendly", "created_at": 1767229000},
    "statistics": {"count_reopens": 2, "first_close_at": 1767226000, "last_close_at": 1767229200},
    "conversation_parts": {"type": "conversation_part.list", "total_count": 7, "conversation_parts": PARTS},
}  # fmt: skip
CONVERSATIONS = lines(CONVERSATION)


def test_a_conversation_with_its_parts(tmp_path: Path) -> None:
    """Source and parts are messages; notes and assignments stay inside; the closing may hold an answer."""
    found = read(tmp_path, {"conversations.jsonl": CONVERSATIONS}).only
    assert said(found) == [
        ("customer", "public", "Where is my parcel?"),
        ("bot", "public", "Have you looked at the help centre?"),
        ("agent", "internal", "for the parcel team"),
        ("agent", "internal", "late batch"),
        ("agent", "public", "Press **Track parcel** in the app."),
        ("customer", "public", "Found it, thanks"),
        ("agent", "public", "Good. Write to us again any time."),
    ]
    assert (found.key, found.subject, found.resolution) == ("intercom:77", "Parcel", "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-01-01T00:00"), utc("2026-01-01T01:00"))
    assert (found.csat, found.csat_comment, found.reopens) == (0.75, "Friendly", 2)
    assert (found.tags, found.group, found.channel) == (("shipping",), "814", "conversation")
    assert found.requester == found.messages[0].author == found.messages[5].author
    assert [m.id for m in found.messages][:2] == ["s1", "1"]


@pytest.mark.parametrize("state", ["open", "snoozed"])
def test_open_and_snoozed_are_not_resolved(tmp_path: Path, state: str) -> None:
    """Only a closed conversation is resolved."""
    found = read(tmp_path, {"c.jsonl": lines({**CONVERSATION, "state": state})})
    assert (found.only.resolved, found.unknown_statuses) == (False, {})


def test_a_page_of_conversations(tmp_path: Path) -> None:
    """The API's list answers are read; without parts a note says that no replies are in it."""
    bare = {k: v for k, v in CONVERSATION.items() if k != "conversation_parts"}
    page = {"type": "conversation.list", "pages": {"type": "pages", "page": 1}, "total_count": 1,
            "conversations": [bare]}  # fmt: skip
    found = read(tmp_path, {"page.json": json.dumps(page, indent=1)})
    assert roles(found.only) == [("customer", "public")]
    assert "nothing can be drafted" in found.notes


def test_one_conversation_as_the_api_answers_it(tmp_path: Path) -> None:
    """GET /conversations/{id}, one object over many lines, is one ticket."""
    found = read(tmp_path, {"77.json": json.dumps(CONVERSATION, indent=2)})
    assert list(found.tickets) == ["77"]
    assert len(found.only.messages) == 7


def test_parts_in_a_stream_of_their_own(tmp_path: Path) -> None:
    """Connectors write the parts beside the conversations, with the conversation's id."""
    bare = {k: v for k, v in CONVERSATION.items() if k != "conversation_parts"}
    parts = lines(*({**item, "conversation_id": "77"} for item in PARTS))
    found = read(tmp_path, {"conversations.jsonl": lines(bare), "conversation_parts.jsonl": parts})
    assert found.only.resolution == "answered"


def test_leads_visitors_and_redacted_parts(tmp_path: Path) -> None:
    """Leads are customers as well; what was redacted in Intercom is left out; campaigns are a bot's."""
    source = {**CONVERSATION["source"], "delivered_as": "automated", "author": HANNAH,
              "body": "<p>Hi! Need help?</p>"}  # fmt: skip
    parts = [
        part(1, "comment", {"type": "lead", "id": "c1"}, "<p>Does it fold?</p>"),
        part(2, "comment", HANNAH, "<p>This message was deleted</p>", redacted=True),
        part(3, "comment", HANNAH, "<p>Yes, in two steps.</p>"),
    ]
    data = {**CONVERSATION, "source": source, "conversation_parts": {"conversation_parts": parts}}
    assert roles(read(tmp_path, {"c.jsonl": lines(data)}).only) == [
        ("bot", "public"), ("customer", "public"), ("agent", "public")
    ]  # fmt: skip


TICKETS = lines(
    {
        "type": "ticket", "id": "494", "ticket_id": "64", "category": "Customer", "open": False,
        "ticket_attributes": {"_default_title_": "Refund", "_default_description_": "When do I get it?"},
        "ticket_state": {"type": "ticket_state", "category": "resolved", "external_label": "Erledigt"},
        "ticket_type": {"type": "ticket_type", "id": "1", "name": "Billing"},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "c1"}]},
        "admin_assignee_id": 3, "team_assignee_id": 814, "created_at": 1767225600, "updated_at": 1767229200,
        "ticket_parts": {"type": "ticket_part.list", "ticket_parts": [
            {**part(2, "comment", HANNAH, "<p>Within 7 days.</p>"), "type": "ticket_part"},
            {**part(1, "note", HANNAH, "<p>paid by card</p>"), "type": "ticket_part"},
            {**part(3, "ticket_state_updated_by_admin", HANNAH, None), "type": "ticket_part"},
        ]},
    }
)  # fmt: skip


def test_tickets_of_intercom(tmp_path: Path) -> None:
    """Title and description are attributes, the state's category says what it means."""
    found = read(tmp_path, {"tickets.jsonl": TICKETS})
    assert found.mappings == ["intercom-tickets"]
    ticket = found.only
    assert (ticket.key, ticket.subject, ticket.type) == ("intercom:494", "Refund", "Billing")
    assert said(ticket) == [
        ("customer", "public", "When do I get it?"),
        ("agent", "internal", "paid by card"),
        ("agent", "public", "Within 7 days."),
    ]
    assert (ticket.resolved, ticket.resolution) == (True, "answered")
    assert ticket.requester == ticket.messages[0].author


def test_the_older_state_is_a_word(tmp_path: Path) -> None:
    """Before version 2.11 ticket_state was the word itself."""
    data = {**json.loads(TICKETS), "ticket_state": "waiting_on_customer"}
    found = read(tmp_path, {"tickets.jsonl": lines(data)})
    assert (found.only.status, found.only.resolved) == ("waiting_on_customer", False)
    assert found.unknown_statuses == {}
