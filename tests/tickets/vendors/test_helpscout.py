"""Help Scout: conversations with embedded threads, the newest first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tickets.vendors.desk import lines, read, roles, said, utc

EVA = {"id": 29, "type": "customer", "first": "Eva", "last": "Holm", "email": "eva@kunde.example"}
JACK = {"id": 4, "type": "user", "first": "Jack", "last": "Sprout", "email": "jack@velmo.example"}


def thread(
    number: int, kind: str, by: dict[str, Any], body: str | None, **more: Any
) -> dict[str, Any]:
    """A thread, ``number`` minutes after ten."""
    return {
        "id": number, "type": kind, "status": "active", "state": "published", "body": body,
        "source": {"type": "email", "via": by["type"]}, "customer": EVA, "createdBy": by,
        "savedReplyId": 0, "createdAt": f"2026-03-02T10:{number:02}:00Z", **more,
    }  # fmt: skip


THREADS = [
    thread(5, "lineitem", JACK, None, action={"type": "changed-status", "text": "Closed"}),
    thread(4, "message", JACK, "Settings &gt; Export<br>then CSV", savedReplyId=44, rating={"rating": "okay", "comments": "Fine"}),
    thread(3, "message", JACK, "Half an answ", state="draft"),
    thread(2, "note", JACK, "big account"),
    thread(1, "customer", EVA, "How do I export my rides?"),
]  # fmt: skip
CONVERSATION: dict[str, Any] = {
    "id": 10, "number": 12, "threads": 5, "type": "email", "folderId": 3, "status": "closed",
    "state": "published", "subject": "Export", "preview": "Settings", "mailboxId": 85,
    "createdBy": EVA, "createdAt": "2026-03-02T10:01:00Z", "closedBy": 4,
    "closedAt": "2026-03-02T11:00:00Z", "userUpdatedAt": "2026-03-02T11:00:00Z",
    "source": {"type": "email", "via": "customer"}, "primaryCustomer": EVA,
    "tags": [{"id": 1, "color": "#fff", "tag": "export"}, {"id": 2, "color": "#000", "tag": "pro"}],
    "customFields": [], "_embedded": {"threads": THREADS}, "_links": {},
}  # fmt: skip
CONVERSATIONS = lines(CONVERSATION)


def test_a_conversation_with_its_threads(tmp_path: Path) -> None:
    """Threads are put in order; drafts and line items are no messages; saved replies are kept."""
    found = read(tmp_path, {"conversations.jsonl": CONVERSATIONS}).only
    assert roles(found) == [("customer", "public"), ("agent", "internal"), ("agent", "public")]
    assert [m.text.split() for m in found.messages] == [
        ["How", "do", "I", "export", "my", "rides?"],
        ["big", "account"],
        ["Settings", ">", "Export", "then", "CSV"],
    ]
    assert [m.macros for m in found.messages] == [(), (), ("44",)]
    assert (found.key, found.resolution, found.tags) == (
        "helpscout:10",
        "answered",
        ("export", "pro"),
    )
    assert (found.created_at, found.solved_at) == (utc("2026-03-02T10:01"), utc("2026-03-02T11:00"))
    assert (found.csat, found.csat_comment) == (0.5, "Fine")
    assert (found.group, found.channel) == ("85", "email")
    assert found.requester == found.messages[0].author != found.messages[2].author


def test_a_page_of_the_api(tmp_path: Path) -> None:
    """Conversations stand under _embedded.conversations."""
    page = {
        "_embedded": {"conversations": [CONVERSATION]},
        "_links": {},
        "page": {"size": 25, "number": 1},
    }
    found = read(tmp_path, {"page.json": json.dumps(page, indent=1), "mailboxes.json": json.dumps(
        {"_embedded": {"mailboxes": [{"id": 85, "name": "Help", "slug": "x", "email": "help@velmo.example"}]}})})  # fmt: skip
    assert found.only.resolution == "answered"
    assert found.only.group == "Help"


@pytest.mark.parametrize(
    ("status", "resolved", "resolution"),
    [("active", False, "unknown"), ("pending", False, "unknown"), ("spam", True, "spam")],
)
def test_statuses(tmp_path: Path, status: str, resolved: bool, resolution: str) -> None:
    """Only "closed" is resolved with an answer."""
    found = read(tmp_path, {"c.jsonl": lines({**CONVERSATION, "status": status})}).only
    assert (found.resolved, found.resolution) == (resolved, resolution)


def test_what_nobody_outside_has_read(tmp_path: Path) -> None:
    """Hidden threads are left out, forwards to others are internal, an AI user is a bot."""
    threads = [
        thread(1, "customer", EVA, "How do I export?"),
        thread(2, "message", JACK, "removed", state="hidden"),
        thread(3, "forwardparent", JACK, "Dear bank"),
        thread(4, "message", {**JACK, "type": "system_user"}, "Look at the help centre"),
        thread(5, "chat", EVA, "hello?"),
        thread(6, "chat", JACK, "Here I am"),
    ]
    data = {**CONVERSATION, "_embedded": {"threads": threads}}
    assert roles(read(tmp_path, {"c.jsonl": lines(data)}).only) == [
        ("customer", "public"), ("agent", "internal"), ("bot", "public"), ("customer", "public"),
        ("agent", "public"),
    ]  # fmt: skip


def test_drafts_and_deleted_conversations_are_counted(tmp_path: Path) -> None:
    """They are no tickets, and the import says how many there were."""
    draft, deleted = (
        {**CONVERSATION, "id": 11, "state": "draft"},
        {**CONVERSATION, "id": 12, "state": "deleted"},
    )
    found = read(tmp_path, {"c.jsonl": lines(CONVERSATION, draft, deleted)})
    assert list(found.tickets) == ["10"]
    assert "drafts and deleted conversations (2)" in found.notes


def test_without_any_names_of_authors(tmp_path: Path) -> None:
    """The kind of a thread is enough to know who wrote it."""
    threads = [
        {"type": "message", "body": "Settings &gt; Export"},
        {"type": "customer", "body": "How to export?"},
    ]
    data = {"id": 10, "number": 12, "status": "closed", "state": "published", "subject": "Export",
            "_embedded": {"threads": threads[::-1]}}  # fmt: skip
    assert said(read(tmp_path, {"c.jsonl": lines(data)}).only) == [
        ("customer", "public", "How to export?"),
        ("agent", "public", "Settings > Export"),
    ]
