"""FreeScout: conversations of its API, and threads that SQL gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tickets.vendors.desk import lines, read, said, utc

EVA = {
    "id": 7,
    "type": "customer",
    "firstName": "Eva",
    "lastName": "Maier",
    "email": "eva@kunde.example",
}
PRIIT = {
    "id": 2,
    "type": "user",
    "firstName": "Priit",
    "lastName": "Saar",
    "email": "priit@velmo.example",
}

ROWS = """\
number,subject,status,state,mailbox_id,customer_email,created_at,closed_at,thread_id,thread_type,thread_state,first,body,saved_reply_id,action_type,meta,thread_created_at
31,Refund,3,2,1,eva@kunde.example,2026-01-02 10:00:00,2026-01-02 12:00:00,1,1,2,1,"<p>When is the refund?</p>",,,,2026-01-02 10:00:00
31,Refund,3,2,1,eva@kunde.example,2026-01-02 10:00:00,2026-01-02 12:00:00,4,4,2,0,,,4,"{""mwc"":9}",2026-01-02 11:30:00
31,Refund,3,2,1,eva@kunde.example,2026-01-02 10:00:00,2026-01-02 12:00:00,3,2,2,0,"<p>Within 7 days.</p>",12,,,2026-01-02 11:00:00
31,Refund,3,2,1,eva@kunde.example,2026-01-02 10:00:00,2026-01-02 12:00:00,2,3,2,0,"<p>vip</p>",,,,2026-01-02 10:30:00
31,Refund,3,2,1,eva@kunde.example,2026-01-02 10:00:00,2026-01-02 12:00:00,5,2,1,0,"<p>unsent</p>",,,,2026-01-02 11:45:00
32,Offer,4,2,1,spam@bulk.example,2026-01-03 10:00:00,,6,1,2,1,"<p>Buy</p>",,,,2026-01-03 10:00:00
33,Refund 2,2,2,1,EVA@kunde.example,2026-01-04 10:00:00,,7,1,2,1,"<p>And now?</p>",,,,2026-01-04 10:00:00
34,Refund 3,1,2,1,eva@kunde.example,2026-01-04 10:00:00,,8,1,2,1,"<p>Hello?</p>",,,,2026-01-04 10:00:00
34,Refund 3,1,2,1,eva@kunde.example,2026-01-04 10:00:00,,9,4,2,0,,,4,"{""mic"":31}",2026-01-04 11:00:00
35,Refund 4,3,3,1,eva@kunde.example,2026-01-04 10:00:00,,10,4,2,0,,,10,,2026-01-04 11:00:00
"""


def conversation(**more: Any) -> dict[str, Any]:
    """A conversation as the API gives it."""
    return {
        "id": 210,
        "number": 12,
        "threadsCount": 3,
        "type": "email",
        "status": "closed",
        "state": "published",
        "subject": "Export",
        "preview": "How do I export?",
        "mailboxId": 5,
        "createdAt": "2026-01-05T10:00:00Z",
        "closedAt": "2026-01-05T12:00:00Z",
        "source": {"type": "email", "via": "customer"},
        "customer": EVA,
        "_embedded": {
            "threads": [
                {"id": 4, "type": "lineitem", "state": "published", "action": {"type": "changed-ticket-status", "text": "closed"}, "createdAt": "2026-01-05T12:00:00Z"},
                {"id": 3, "type": "note", "state": "published", "body": "vip", "createdBy": PRIIT, "createdAt": "2026-01-05T11:30:00Z"},
                {"id": 2, "type": "message", "state": "published", "body": "Settings &gt; <b>Export</b>", "createdBy": PRIIT, "createdAt": "2026-01-05T11:00:00Z", "rating": 1, "rating_comment": "Quick"},
                {"id": 5, "type": "message", "state": "draft", "body": "unsent", "createdBy": PRIIT, "createdAt": "2026-01-05T11:10:00Z"},
                {"id": 1, "type": "customer", "state": "published", "body": "How do I export?", "createdBy": EVA, "createdAt": "2026-01-05T10:00:00Z"},
            ],
            "tags": [{"id": 1, "name": "export"}],
        },
        **more,
    }  # fmt: skip


def test_the_api_gives_threads_newest_first(tmp_path: Path) -> None:
    """They are put in order; line items and drafts are no messages, notes stay internal."""
    page = {
        "_embedded": {"conversations": [conversation()]},
        "page": {"size": 50, "totalElements": 1},
    }
    got = read(tmp_path, {"page.json": json.dumps(page, indent=2)})
    ticket = got.only
    assert got.mappings == ["freescout"]
    assert (ticket.id, ticket.source, ticket.subject) == ("12", "freescout", "Export")
    assert said(ticket) == [
        ("customer", "public", "How do I export?"),
        ("agent", "public", "Settings > **Export**"),
        ("agent", "internal", "vip"),
    ]
    assert (ticket.resolution, ticket.csat, ticket.csat_comment) == ("answered", 1.0, "Quick")
    assert (ticket.tags, ticket.group, ticket.channel) == (("export",), "5", "email")
    assert ticket.solved_at == utc("2026-01-05T12:00")
    assert ticket.requester == ticket.messages[0].author != ticket.messages[1].author


def test_deleted_conversations_are_counted_and_others_told_apart(tmp_path: Path) -> None:
    """Deleted ones are no tickets; spam is spam; a status of its own is listed."""
    got = read(
        tmp_path,
        {
            "conversations.jsonl": lines(
                conversation(),
                conversation(number=13, state="deleted"),
                conversation(number=14, status="spam"),
                conversation(number=15, status="waiting on parts"),
            )
        },
    )
    assert set(got.tickets) == {"12", "14", "15"}
    assert "deleted conversations, also those merged into another (1)" in got.notes
    assert got.tickets["14"].resolution == "spam"
    assert got.unknown_statuses == {"waiting on parts": 1}


def test_rows_of_threads_make_conversations(tmp_path: Path) -> None:
    """Numbers are read as what they stand for; the saved reply is the message's macro."""
    got = read(tmp_path, {"threads.csv": ROWS})
    ticket = got.tickets["31"]
    assert got.mappings == ["freescout-rows"]
    assert ticket.source == "freescout"
    assert said(ticket) == [
        ("customer", "public", "When is the refund?"),
        ("agent", "internal", "vip"),
        ("agent", "public", "Within 7 days."),
    ]
    assert ticket.messages[2].macros == ("12",)
    assert ticket.resolution == "answered"
    assert ticket.messages[0].author == ticket.requester == got.tickets["33"].requester
    assert got.tickets["32"].resolution == "spam"
    assert not got.tickets["33"].resolved


def test_only_the_conversation_that_was_merged_away_is_merged(tmp_path: Path) -> None:
    """Both sides have a line item of the merge; the one that stays keeps its answer."""
    got = read(tmp_path, {"threads.csv": ROWS})
    assert got.tickets["31"].resolution == "answered"
    assert got.tickets["34"].resolution == "merged"
    assert "35" not in got.tickets
    assert "deleted conversations, also those merged into another (1)" in got.notes
