"""Front: conversations, their messages and the team's comments, each from its own address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tickets.vendors.desk import lines, read, said, utc

API = "https://velmo.api.frontapp.com"
PRIIT = {
    "id": "tea_1",
    "email": "priit@velmo.example",
    "username": "priit",
    "first_name": "Priit",
    "last_name": "Saar",
}


def conversation(name: str = "cnv_1", **more: Any) -> dict[str, Any]:
    """A conversation as the API gives it."""
    return {
        "_links": {"self": f"{API}/conversations/{name}", "related": {"messages": f"{API}/conversations/{name}/messages"}},
        "id": name,
        "subject": "Wifi",
        "status": "archived",
        "status_category": "resolved",
        "recipient": {"handle": "eva@kunde.example", "name": "Eva Maier", "role": "from"},
        "assignee": PRIIT,
        "tags": [{"id": "tag_1", "name": "network", "is_private": False}],
        "created_at": 1767607200.482,
        "is_private": False,
        **more,
    }  # fmt: skip


def message(number: int, inbound: bool, body: str, **more: Any) -> dict[str, Any]:
    """A message as the API gives it."""
    return {
        "_links": {"self": f"{API}/messages/msg_{number}", "related": {"conversation": f"{API}/conversations/cnv_1"}},
        "id": f"msg_{number}",
        "type": "email",
        "is_inbound": inbound,
        "is_draft": False,
        "created_at": 1767607200.482 + number * 60,
        "body": body,
        "text": "the same without marks",
        "author": None if inbound else PRIIT,
        "recipients": [{"handle": "eva@kunde.example", "role": "from"}],
        **more,
    }  # fmt: skip


MESSAGES = [
    message(3, False, "<p>Forget the network and <b>join again</b>.</p>"),
    message(1, True, "<p>The wifi asks for a password.</p>"),
    message(4, False, "<p>unsent</p>", is_draft=True),
]
COMMENT = {
    "_links": {"related": {"conversation": f"{API}/conversations/cnv_1"}},
    "id": "com_1",
    "author": PRIIT,
    "body": "guest network again",
    "posted_at": 1767607200.482 + 120,
}


def test_three_files_make_a_ticket(tmp_path: Path) -> None:
    """They find each other by the conversation's address; comments are internal, drafts nothing."""
    got = read(
        tmp_path,
        {
            "conversations.json": json.dumps({"_pagination": {"next": None}, "_links": {}, "_results": [conversation()]}),
            "messages.json": json.dumps({"_pagination": {"next": None}, "_results": MESSAGES}),
            "comments.json": json.dumps({"_links": {}, "_results": [COMMENT]}, indent=1),
        },
    )  # fmt: skip
    ticket = got.only
    assert got.mappings == ["front"]
    assert said(ticket) == [
        ("customer", "public", "The wifi asks for a password."),
        ("agent", "internal", "guest network again"),
        ("agent", "public", "Forget the network and **join again**."),
    ]
    assert (ticket.id, ticket.subject, ticket.tags) == ("cnv_1", "Wifi", ("network",))
    assert ticket.created_at == utc("2026-01-05T10:00")
    assert ticket.resolution == "answered"
    assert ticket.requester == ticket.messages[0].author


def test_messages_inside_the_conversation(tmp_path: Path) -> None:
    """An export that put them together needs no second file; plain texts stay plain."""
    told = [
        message(1, True, "line one\nline two", type="sms"),
        {"is_inbound": False, "text": "Join <again>", "created_at": 1767608000, "type": "sms"},
    ]
    comments = [{"id": "com_1", "body": "internal", "posted_at": 1767608100}]
    got = read(tmp_path, {"front.jsonl": lines(conversation(messages=told, comments=comments))})
    assert said(got.only) == [
        ("customer", "public", "line one\nline two"),
        ("agent", "public", "Join <again>"),
        ("agent", "internal", "internal"),
    ]
    assert got.only.channel == "sms"


def test_what_the_statuses_mean(tmp_path: Path) -> None:
    """The category wins over archived; deleted ones are counted, spam is spam."""
    got = read(
        tmp_path,
        {
            "conversations.jsonl": lines(
                conversation("cnv_1", status_category=None),
                conversation("cnv_2", status="assigned", status_category="waiting"),
                conversation("cnv_3", status="deleted", status_category=None),
                conversation("cnv_4", status="spam", status_category=None),
                conversation("cnv_5", status="parked", status_category=None),
            )
        },
    )
    assert [got.tickets[f"cnv_{n}"].resolved for n in (1, 2, 5)] == [True, False, False]
    assert "deleted conversations (1)" in got.notes
    assert got.tickets["cnv_4"].resolution == "spam"
    assert got.unknown_statuses == {"parked": 1}
