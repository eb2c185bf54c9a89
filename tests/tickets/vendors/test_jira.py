"""Jira Service Management: REST issues in text or documents, request comments, and the list's CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import InputError
from tests.tickets.vendors.desk import read, roles, said, utc

EVA = {
    "accountId": "q:1",
    "accountType": "customer",
    "displayName": "Eva Holm",
    "emailAddress": "eva@kunde.example",
}
HANNAH = {"accountId": "557:3", "accountType": "atlassian", "displayName": "Hannah Cole"}
ROBOT = {"accountId": "557:9", "accountType": "app", "displayName": "Automation for Jira"}


def doc(*paragraphs: Any) -> dict[str, Any]:
    """A document of Atlassian's format with a paragraph each."""
    nodes = [
        {"type": "paragraph", "content": [{"type": "text", "text": p}]} if isinstance(p, str) else p
        for p in paragraphs
    ]
    return {"type": "doc", "version": 1, "content": nodes}  # fmt: skip


def comment(number: int, author: dict[str, Any], body: Any, **more: Any) -> dict[str, Any]:
    """A comment, ``number`` minutes after ten."""
    return {
        "id": str(number), "author": author, "updateAuthor": author, "body": body, "jsdPublic": True,
        "created": f"2026-01-02T10:{number:02}:00.000+0000", **more,
    }  # fmt: skip


COMMENTS = [
    comment(5, HANNAH, "Looks like the old client.", jsdPublic=False),
    comment(9, HANNAH, "Update the client to 5.2."),
    comment(12, EVA, "Works now."),
]
ISSUE: dict[str, Any] = {
    "id": "10001", "key": "IT-7", "self": "https://velmo.example/rest/api/3/issue/10001",
    "fields": {
        "summary": "VPN drops", "description": "It drops every hour, why?", "labels": ["vpn", "laptop"],
        "status": {"name": "Erledigt", "statusCategory": {"id": 3, "key": "done", "name": "Fertig"}},
        "resolution": {"name": "Done"}, "issuetype": {"name": "Service Request"}, "priority": {"name": "High"},
        "project": {"key": "IT", "name": "IT help"}, "components": [{"name": "Network"}],
        "created": "2026-01-02T12:00:00.000+0200", "resolutiondate": "2026-01-02T11:00:00.000+0000",
        "reporter": EVA, "creator": EVA, "assignee": HANNAH,
        "customfield_10010": {"requestType": {"id": "3", "name": "Get IT help"}}, "customfield_10019": "0|hzzz",
        "customfield_10041": {"rating": 4}, "comment": {"comments": COMMENTS, "total": 3, "startAt": 0},
    },
}  # fmt: skip


def issues(*found: dict[str, Any]) -> str:
    """A page of a search."""
    return json.dumps(
        {"expand": "names", "startAt": 0, "total": len(found), "issues": list(found)}, indent=1
    )


def changed(**fields: Any) -> dict[str, Any]:
    """The issue with these changes to its fields."""
    return {**ISSUE, "fields": {**ISSUE["fields"], **fields}}


def test_an_issue_with_its_comments(tmp_path: Path) -> None:
    """Roles come from the kind of account, visibility from jsdPublic, fields of the desk are found."""
    found = read(tmp_path, {"issues.json": issues(ISSUE)}).only
    assert said(found) == [
        ("customer", "public", "It drops every hour, why?"),
        ("agent", "internal", "Looks like the old client."),
        ("agent", "public", "Update the client to 5.2."),
        ("customer", "public", "Works now."),
    ]
    assert (found.key, found.status, found.resolution) == ("jira:IT-7", "Erledigt", "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-01-02T10:00"), utc("2026-01-02T11:00"))
    assert (found.group, found.product, found.type) == ("IT help", "Network", "Get IT help")
    assert (found.priority, found.tags, found.csat) == ("High", ("vpn", "laptop"), 0.75)
    assert found.requester == found.messages[0].author == found.messages[3].author


def test_text_as_a_tree_of_nodes(tmp_path: Path) -> None:
    """Version 3 of the API gives documents: lists, links and marks become Markdown."""
    item = {
        "type": "listItem",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Restart"}]}],
    }
    link = {
        "type": "text",
        "text": "the client",
        "marks": [{"type": "link", "attrs": {"href": "https://velmo.example/c"}}],
    }
    answer = doc(
        {"type": "paragraph", "content": [
            {"type": "mention", "attrs": {"id": "q:1", "text": "@Eva Holm"}}, {"type": "text", "text": " update "}, link]},
        {"type": "orderedList", "content": [item, item]},
        {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"id": "x"}}]},
    )  # fmt: skip
    data = changed(
        description=doc("It drops.", "Why?"),
        comment={"comments": [comment(5, HANNAH, answer)]},
    )
    found = read(tmp_path, {"issues.json": issues(data)}).only
    assert found.messages[0].text == "It drops.\n\nWhy?"
    assert "[the client](https://velmo.example/c)" in found.messages[1].text
    assert "1. Restart\n2. Restart" in found.messages[1].text
    assert "Eva" not in found.messages[1].text


@pytest.mark.parametrize(
    ("category", "answer", "resolved", "resolution"),
    [
        ("done", "Done", True, "answered"),
        ("done", "Won't Do", True, "wontfix"),
        ("done", "Duplicate", True, "duplicate"),
        ("done", None, True, "answered"),
        ("indeterminate", None, False, "unknown"),
        ("new", None, False, "unknown"),
    ],
)
def test_the_category_tells_what_a_status_means(
    tmp_path: Path, category: str, answer: str | None, resolved: bool, resolution: str
) -> None:
    """Statuses have any name; their category and the resolution say what became of the issue."""
    data = changed(
        status={"name": "Bei Lieferant", "statusCategory": {"key": category}},
        resolution={"name": answer} if answer else None,
    )
    found = read(tmp_path, {"issues.json": issues(data)})
    assert (found.only.resolved, found.only.resolution) == (resolved, resolution)
    assert found.unknown_statuses == {}


def test_who_may_read_a_comment(tmp_path: Path) -> None:
    """A comment for a role only is internal, an automation is a bot, the desk's flag is public: false."""
    comments = [
        comment(1, HANNAH, "for admins", visibility={"type": "role", "value": "Administrators"}),
        comment(2, ROBOT, "We have got your request."),
        {**comment(3, HANNAH, "Restart it."), "jsdPublic": None},
    ]
    found = read(tmp_path, {"issues.json": issues(changed(comment={"comments": comments}))}).only
    assert roles(found)[1:] == [("agent", "internal"), ("bot", "public"), ("agent", "public")]


def test_comments_of_requests_in_a_second_file(tmp_path: Path) -> None:
    """Comments of the service desk's API belong to the issue whose key was put into them."""
    desk = [
        {"id": "1", "issueKey": "IT-7", "author": HANNAH, "body": "Update it.", "public": True,
         "created": {"iso8601": "2026-01-02T12:09:00+0200", "epochMillis": 1767348540000}},
        {"id": "2", "issueKey": "IT-7", "author": HANNAH, "body": "old client", "public": False,
         "created": {"iso8601": "2026-01-02T12:05:00+0200", "epochMillis": 1767348300000}},
    ]  # fmt: skip
    fields = {key: value for key, value in ISSUE["fields"].items() if key != "comment"}
    found = read(
        tmp_path,
        {
            "issues.json": issues({**ISSUE, "fields": fields}),
            "request_comments.json": json.dumps(desk),
        },
    ).only
    assert roles(found) == [("customer", "public"), ("agent", "internal"), ("agent", "public")]
    assert found.messages[2].at == utc("2026-01-02T10:09")


def test_comments_without_their_issue_are_refused(tmp_path: Path) -> None:
    """The answer of /issue/{key}/comment has no key in it; the error says how to get it."""
    data = {"startAt": 0, "total": 3, "comments": COMMENTS}
    with pytest.raises(InputError, match="do not say which issue") as caught:
        read(tmp_path, {"comments.json": json.dumps(data)})
    assert "issueKey" in (caught.value.hint or "")


LIST = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project name,Priority,Resolution,Reporter,Reporter Id,Created,Resolved,"
    "Labels,Labels,Description,Comment,Comment,Comment,Custom field (Request Type),Satisfaction rating,Status Category\n"
    'VPN drops,IT-7,10001,Service Request,Done,IT help,High,Done,Eva Holm,q:1,02/Jan/26 10:00 AM,02/Jan/26 1:00 PM,'
    'vpn,laptop,"Every hour; why?","02/Jan/26 10:30 AM;557:3;Update the client; then restart.","02/Jan/26 11:00 AM;q:1;Works now.",,'
    "Get IT help,5,Done\n"
    "Mail,IT-8,10002,Service Request,Bei Lieferant,IT help,Low,,Jan Holm,q:2,03/Jan/26 10:00 AM,,,,No mail,,,,Get IT help,,In Progress\n"
    "Fax,IT-9,10003,Service Request,Verworfen,IT help,Low,Won't Do,Jan Holm,q:2,03/Jan/26 10:00 AM,03/Jan/26 11:00 AM,,,No fax,,,,,,Done\n"
)  # fmt: skip


def test_the_lists_csv_repeats_its_columns(tmp_path: Path) -> None:
    """Every Comment column is a message "date;author;text"; what is in the text stays in it."""
    found = read(tmp_path, {"jira.csv": LIST})
    assert found.mappings == ["jira-csv"]
    first = found.tickets["IT-7"]
    assert said(first) == [
        ("customer", "public", "Every hour; why?"),
        ("agent", "public", "Update the client; then restart."),
        ("customer", "public", "Works now."),
    ]
    assert (first.key, first.resolution, first.tags) == ("jira:IT-7", "answered", ("vpn", "laptop"))
    assert (first.created_at, first.solved_at) == (utc("2026-01-02T08:00"), utc("2026-01-02T11:00"))
    assert first.messages[1].at == utc("2026-01-02T08:30")
    assert (first.group, first.type, first.csat) == ("IT help", "Get IT help", 1.0)
    assert first.requester == first.messages[0].author == first.messages[2].author
    assert not found.tickets["IT-8"].resolved
    assert found.tickets["IT-9"].resolution == "wontfix"
    assert found.unknown_statuses == {}
    assert "does not tell internal comments" in found.notes
