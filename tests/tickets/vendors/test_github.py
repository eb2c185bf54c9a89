"""GitHub issues: gh api with and without its comments, and gh issue list --json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.tickets.vendors.desk import read, said, utc

API = "https://api.github.com/repos/velmo/app"
ASKER = {"login": "eva-m", "id": 7, "type": "User"}
MEMBER = {"login": "priit", "id": 2, "type": "User"}


def issue(number: int = 4, **more: Any) -> dict[str, Any]:
    """An issue as the REST API gives it."""
    return {
        "url": f"{API}/issues/{number}",
        "labels_url": f"{API}/issues/{number}/labels{{/name}}",
        "id": 9000 + number,
        "number": number,
        "title": "How do I export as CSV?",
        "user": ASKER,
        "labels": [{"id": 1, "name": "question"}, {"id": 2, "name": "export"}],
        "state": "closed",
        "state_reason": "completed",
        "milestone": {"title": "2.0"},
        "comments": 3,
        "created_at": "2026-01-05T10:00:00Z",
        "closed_at": "2026-01-06T10:00:00Z",
        "author_association": "NONE",
        "body": "I only find **PDF**.",
        **more,
    }


def comment(name: int, user: dict[str, Any], body: str, association: str, number: int = 4) -> dict[str, Any]:  # fmt: skip
    """A comment as the REST API gives it."""
    return {
        "url": f"{API}/issues/comments/{name}",
        "issue_url": f"{API}/issues/{number}",
        "id": name,
        "user": user,
        "created_at": f"2026-01-05T1{name}:00:00Z",
        "author_association": association,
        "body": body,
    }


COMMENTS = [
    comment(
        1, {"login": "welcome[bot]", "id": 5, "type": "Bot"}, "Thanks for your first issue", "NONE"
    ),
    comment(2, {"login": "passer-by", "id": 9, "type": "User"}, "I need it too", "CONTRIBUTOR"),
    comment(3, MEMBER, "Use `--format csv`.", "MEMBER"),
    comment(4, ASKER, "Works, thanks!", "NONE"),
]


def test_pages_one_after_the_other(tmp_path: Path) -> None:
    """gh api --paginate writes array after array; pull requests are counted, not taken."""
    pull = issue(5, pull_request={"url": f"{API}/pulls/5"})
    pages = json.dumps([issue(), pull]) + json.dumps(
        [issue(6, state="open", state_reason="reopened")]
    )
    got = read(tmp_path, {"issues.json": pages, "comments.json": json.dumps(COMMENTS)})
    ticket = got.tickets["4"]
    assert got.mappings == ["github"]
    assert set(got.tickets) == {"4", "6"}
    assert "pull requests (1)" in got.notes
    assert said(ticket) == [
        ("customer", "public", "I only find **PDF**."),
        ("bot", "public", "Thanks for your first issue"),
        ("customer", "public", "I need it too"),
        ("agent", "public", "Use `--format csv`."),
        ("customer", "public", "Works, thanks!"),
    ]
    assert ticket.resolution == "answered"
    assert ticket.requester == ticket.messages[0].author == ticket.messages[4].author
    assert ticket.messages[2].author != ticket.requester
    assert (ticket.tags, ticket.product) == (("question", "export"), "2.0")
    assert (ticket.created_at, ticket.solved_at) == (
        utc("2026-01-05T10:00"),
        utc("2026-01-06T10:00"),
    )
    assert not got.tickets["6"].resolved


def test_pages_slurped_into_one_array(tmp_path: Path) -> None:
    """gh api --paginate --slurp writes an array of pages."""
    got = read(tmp_path, {"issues.json": json.dumps([[issue(1)], [issue(2), issue(3)]])})
    assert set(got.tickets) == {"1", "2", "3"}


def test_why_an_issue_was_closed(tmp_path: Path) -> None:
    """Only completed ones carry an answer; older ones give no reason; labels tell too."""
    reasons: list[tuple[int, dict[str, Any]]] = [
        (1, {"state_reason": "not_planned"}),
        (2, {"state_reason": "duplicate"}),
        (3, {"state_reason": None}),
        (7, {"labels": [{"name": "duplicate"}]}),
        (8, {"labels": [{"name": "invalid"}]}),
        (9, {"state_reason": "transferred"}),
    ]
    issues = [issue(number, **more) for number, more in reasons]
    told = [comment(3, MEMBER, "Use `--format csv`.", "OWNER", number) for number, _ in reasons]
    for place, one in enumerate(told):
        one["id"] = place
    got = read(tmp_path, {"issues.json": json.dumps(issues), "comments.json": json.dumps(told)})
    assert {number: ticket.resolution for number, ticket in got.tickets.items()} == {
        "1": "wontfix",
        "2": "duplicate",
        "3": "answered",
        "7": "duplicate",
        "8": "wontfix",
        "9": "unknown",
    }
    assert got.unknown_statuses == {"transferred": 1}


def test_a_member_who_asks_is_the_customer_of_his_issue(tmp_path: Path) -> None:
    """His own comments answer nothing."""
    told = [comment(3, MEMBER, "Any news on this one?", "MEMBER")]
    got = read(
        tmp_path,
        {
            "issues.json": json.dumps([issue(user=MEMBER, author_association="MEMBER")]),
            "comments.json": json.dumps(told),
        },
    )
    assert [role for role, _, _ in said(got.only)] == ["customer", "customer"]
    assert got.only.resolution == "unknown"


def test_issues_alone_are_taken_with_a_note(tmp_path: Path) -> None:
    """Without comments there is the question only; an empty body leaves the title."""
    got = read(tmp_path, {"issues.json": json.dumps([issue(body=None)])})
    assert said(got.only) == [("customer", "public", "How do I export as CSV?")]
    assert "comments" in got.notes


def test_gh_issue_list(tmp_path: Path) -> None:
    """Its names are GraphQL's; the comments stand inside; a bot's name has no ending there."""
    issues = [
        {
            "number": 4,
            "title": "How do I export as CSV?",
            "body": "I only find PDF.",
            "state": "CLOSED",
            "stateReason": "COMPLETED",
            "author": {"login": "eva-m", "is_bot": False},
            "labels": [{"id": "L1", "name": "question"}],
            "createdAt": "2026-01-05T10:00:00Z",
            "closedAt": "2026-01-06T10:00:00Z",
            "comments": [
                {"id": "c1", "author": {"login": "github-actions"}, "authorAssociation": "NONE", "body": "Labelled", "createdAt": "2026-01-05T10:01:00Z"},
                {"id": "c2", "author": {"login": "priit"}, "authorAssociation": "MEMBER", "body": "Use --format csv.", "createdAt": "2026-01-05T11:00:00Z"},
                {"id": "c3", "author": {"login": "eva-m"}, "authorAssociation": "NONE", "body": "Thanks", "createdAt": "2026-01-05T12:00:00Z"},
            ],
        },
        {"number": 5, "title": "x", "body": "y", "state": "OPEN", "stateReason": "", "author": {"login": "eva-m"}, "createdAt": "2026-01-05T10:00:00Z", "comments": []},
    ]  # fmt: skip
    got = read(tmp_path, {"issues.json": json.dumps(issues)})
    ticket = got.tickets["4"]
    assert [role for role, _, _ in said(ticket)] == ["customer", "bot", "agent", "customer"]
    assert ticket.resolution == "answered"
    assert ticket.requester == ticket.messages[3].author
    assert not got.tickets["5"].resolved
