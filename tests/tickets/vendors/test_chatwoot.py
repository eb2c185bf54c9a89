"""Chatwoot: conversations of its API, whose list holds only the last message of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tickets.vendors.desk import lines, read, said, utc

EVA = {"id": 31, "name": "Eva Maier", "email": "eva@kunde.example", "type": "contact"}
PRIIT = {"id": 2, "name": "Priit Saar", "email": "priit@velmo.example", "type": "user"}
ROBOT = {"id": 1, "name": "Robo", "type": "agent_bot"}


def message(number: int, kind: Any, content: str | None, **more: Any) -> dict[str, Any]:
    """A message as the API gives it."""
    return {
        "id": number,
        "conversation_id": 9,
        "message_type": kind,
        "content": content,
        "content_type": "text",
        "content_attributes": {},
        "private": False,
        "created_at": 1767607200 + number * 60,
        **more,
    }


MESSAGES = [
    message(1, 0, "Where is my invoice?", sender=EVA),
    message(2, 1, "One moment, a person will help.", sender=ROBOT),
    message(3, 2, "Assigned to Priit Saar"),
    message(4, 1, "always late payer", private=True, sender=PRIIT),
    message(5, 1, "Under **Settings > Billing**.", sender=PRIIT),
    message(6, 1, "This message was deleted", sender=PRIIT, content_attributes={"deleted": True}),
    message(7, 0, None, sender=EVA, attachments=[{"file_type": "image"}]),
    message(
        8,
        3,
        "Please rate the conversation",
        content_type="input_csat",
        content_attributes={
            "submitted_values": {"csat_survey_response": {"rating": 4, "feedback_message": "Fast"}}
        },
    ),
]


def conversation(**more: Any) -> dict[str, Any]:
    """A conversation as the API gives it."""
    return {
        "id": 9,
        "account_id": 1,
        "inbox_id": 3,
        "status": "resolved",
        "labels": ["billing", "invoice"],
        "priority": "high",
        "created_at": 1767607200,
        "additional_attributes": {"browser_language": "de", "mail_subject": "Invoice"},
        "meta": {
            "sender": EVA,
            "channel": "Channel::WebWidget",
            "team": {"id": 1, "name": "Billing"},
            "assignee": PRIIT,
        },
        "messages": MESSAGES,
        **more,
    }


def test_a_conversation_with_its_messages(tmp_path: Path) -> None:
    """Kinds are numbers; a bot is no agent, a private message no reply; seconds are times."""
    got = read(tmp_path, {"conversations.jsonl": lines(conversation())})
    ticket = got.only
    assert got.mappings == ["chatwoot"]
    assert said(ticket) == [
        ("customer", "public", "Where is my invoice?"),
        ("bot", "public", "One moment, a person will help."),
        ("system", "public", "Assigned to [name]"),
        ("agent", "internal", "always late payer"),
        ("agent", "public", "Under **Settings > Billing**."),
    ]
    assert ticket.resolution == "answered"
    assert (ticket.csat, ticket.csat_comment) == (0.75, "Fast")
    assert (ticket.tags, ticket.group) == (("billing", "invoice"), "Billing")
    assert (ticket.channel, ticket.priority) == ("Channel::WebWidget", "high")
    assert (ticket.subject, ticket.created_at) == ("Invoice", utc("2026-01-05T10:00"))
    assert ticket.requester == ticket.messages[0].author


def test_a_page_of_the_list_with_the_messages_in_a_second_file(tmp_path: Path) -> None:
    """The list has only the last message of each, so the second file is what counts."""
    page = {"data": {"meta": {"all_count": 1}, "payload": [conversation(messages=MESSAGES[4:5])]}}
    thread = {"meta": {"labels": ["billing"], "contact": EVA}, "payload": MESSAGES}
    got = read(
        tmp_path,
        {"conversations.json": json.dumps(page), "messages.json": json.dumps(thread, indent=1)},
    )
    assert [role for role, _, _ in said(got.only)] == [
        "customer",
        "bot",
        "system",
        "agent",
        "agent",
    ]
    assert got.only.resolution == "answered"


def test_pages_of_the_list_a_line_each(tmp_path: Path) -> None:
    """So they are when every answer is put at the end of one file."""
    pages = [
        {"data": {"meta": {"all_count": 2}, "payload": [conversation(id=number)]}}
        for number in (1, 2)
    ]
    got = read(tmp_path, {"conversations.json": lines(*pages)})
    assert set(got.tickets) == {"1", "2"}


def test_words_are_kinds_too(tmp_path: Path) -> None:
    """Webhooks write incoming and outgoing."""
    told = [
        message(1, "incoming", "How?", sender=EVA),
        message(2, "outgoing", "So.", sender=PRIIT),
        message(3, "template", "Get notified by email"),
        message(4, "activity", "Conversation was resolved"),
    ]
    got = read(tmp_path, {"hooks.jsonl": lines(conversation(messages=told))})
    assert [(role, text) for role, _, text in said(got.only)] == [
        ("customer", "How?"),
        ("agent", "So."),
        ("bot", "Get notified by email"),
        ("system", "Conversation was resolved"),
    ]


def test_waiting_conversations_are_open_and_new_words_are_listed(tmp_path: Path) -> None:
    """Snoozed and pending are open; the language is the visitor's when his words do not tell."""
    short = [message(1, 0, "ok", sender=EVA)]
    got = read(
        tmp_path,
        {
            "conversations.jsonl": lines(
                conversation(id=1, status="snoozed"),
                conversation(id=2, status="pending", messages=short, additional_attributes={"browser_language": "de"}),
                conversation(id=3, status="parked"),
            )
        },
    )  # fmt: skip
    assert [got.tickets[n].resolved for n in "123"] == [False, False, False]
    assert got.unknown_statuses == {"parked": 1}
    assert got.tickets["2"].language == "de"


def test_ratings_of_the_survey_report(tmp_path: Path) -> None:
    """The account's list of ratings is joined by conversation."""
    ratings = [{"id": 1, "rating": 2, "feedback_message": "Slow", "conversation_id": 9}]
    got = read(
        tmp_path,
        {
            "conversations.jsonl": lines(conversation(messages=MESSAGES[:5])),
            "csat_survey_responses.json": json.dumps(ratings),
        },
    )
    assert (got.only.csat, got.only.csat_comment) == (0.25, "Slow")
