"""Zendesk: tickets with comments inside, the incremental files, audits, users, and the view's CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import InputError
from tests.tickets.vendors.desk import lines, read, roles, said, utc

ASKED = {
    "id": 101, "type": "Comment", "author_id": 7, "public": True, "audit_id": 900,
    "created_at": "2026-01-05T10:00:00Z", "via": {"channel": "email", "source": {"rel": None}},
    "body": "The reset link says it has expired.", "plain_body": "The reset link says it has expired.",
    "html_body": "<div class=\"zd-comment\"><p>The reset link says it has expired.</p></div>",
}  # fmt: skip
NOTED = {**ASKED, "id": 102, "author_id": 3, "public": False, "created_at": "2026-01-05T10:20:00Z",
         "html_body": "<p>Known bug of the mailer.</p>"}  # fmt: skip
ANSWERED = {
    **ASKED, "id": 103, "author_id": 3, "created_at": "2026-01-05T11:00:00Z",
    "html_body": "<p>Open the link within <b>30 minutes</b>.</p>", "plain_body": "Open the link",
}  # fmt: skip
TICKET: dict[str, Any] = {
    "url": "https://velmo.zendesk.example/api/v2/tickets/35436.json", "id": 35436,
    "external_id": None, "subject": "Can't log in", "raw_subject": "Can't log in",
    "description": "The reset link says it has expired.", "type": "incident", "priority": "high",
    "status": "solved", "custom_status_id": 51, "recipient": "support@velmo.example",
    "requester_id": 7, "submitter_id": 7, "assignee_id": 3, "group_id": 12, "brand_id": 9,
    "problem_id": 4, "followup_ids": [], "is_public": True, "tags": ["login", "app"],
    "via": {"channel": "email", "source": {"from": {"address": "eva@kunde.example", "name": "Eva Holm"}}},
    "satisfaction_rating": {"score": "good", "comment": "Quick, thanks", "reason": "no reason"},
    "metric_set": {"reopens": 1, "solved_at": "2026-01-05T12:00:00Z"},
    "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-09T12:00:00Z",
}  # fmt: skip
INLINE = lines({**TICKET, "comments": [ASKED, NOTED, ANSWERED]})


def ticket(**changes: Any) -> str:
    """The ticket with its comments and these changes, as a line."""
    return lines({**TICKET, "comments": [ASKED, NOTED, ANSWERED], **changes})


def event(number: int, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A record of the incremental ticket events."""
    return {
        "id": number, "ticket_id": 35436, "timestamp": 1767607200, "created_at": "2026-01-05T10:00:00Z",
        "updater_id": 3, "event_type": "Audit", "child_events": list(children), **more,
    }  # fmt: skip


def child(comment: dict[str, Any]) -> dict[str, Any]:
    """A comment as the side-load comment_events gives it."""
    return {**comment, "event_type": "Comment"}


def test_every_field_of_a_ticket_line(tmp_path: Path) -> None:
    """One line holds the ticket and its comments; each of its facts is kept."""
    found = read(tmp_path, {"tickets.jsonl": INLINE}).only
    assert (found.key, found.subject, found.status) == ("zendesk:35436", "Can't log in", "solved")
    assert (found.resolved, found.resolution) == (True, "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-01-05T10:00"), utc("2026-01-05T12:00"))
    assert (found.group, found.product, found.type, found.priority) == (
        "12",
        "9",
        "incident",
        "high",
    )
    assert (found.channel, found.tags) == ("email", ("login", "app"))
    assert (found.csat, found.csat_comment, found.reopens) == (1.0, "Quick, thanks", 1)
    assert said(found) == [
        ("customer", "public", "The reset link says it has expired."),
        ("agent", "internal", "Known bug of the mailer."),
        ("agent", "public", "Open the link within **30 minutes**."),
    ]
    assert found.messages[0].author == found.requester != found.messages[2].author


@pytest.mark.parametrize(
    ("changes", "resolved", "resolution"),
    [
        ({"status": "closed"}, True, "answered"),
        ({"status": "hold"}, False, "unknown"),
        ({"status": "pending"}, False, "unknown"),
        ({"status": "deleted"}, True, "spam"),
        ({"status": "suspended"}, True, "spam"),
        ({"tags": ["closed_by_merge"], "status": "closed"}, True, "merged"),
        ({"tags": "app closed_by_merge", "status": "closed"}, True, "merged"),
        ({"comments": [ASKED, NOTED]}, True, "unknown"),
    ],
)
def test_what_became_of_a_ticket(
    tmp_path: Path, changes: dict[str, Any], resolved: bool, resolution: str
) -> None:
    """Status and tags tell whether it is resolved and whether a person answered it in public."""
    found = read(tmp_path, {"t.jsonl": ticket(**changes)}).only
    assert (found.resolved, found.resolution) == (resolved, resolution)


@pytest.mark.parametrize(
    ("rating", "csat", "comment"),
    [
        ({"score": "offered"}, None, None),
        ({"score": "unoffered"}, None, None),
        (None, None, None),
        ("bad", 0.0, None),
        ({"score": "bad_with_comment", "comment": "Too slow"}, 0.0, "Too slow"),
        ({"score": "bad", "reason": "The issue took too long"}, 0.0, "The issue took too long"),
    ],
)
def test_only_a_given_rating_counts(
    tmp_path: Path, rating: object, csat: float | None, comment: str | None
) -> None:
    """An offered survey is no rating; a comment or the chosen reason is kept beside one."""
    found = read(tmp_path, {"t.jsonl": ticket(satisfaction_rating=rating)}).only
    assert (found.csat, found.csat_comment) == (csat, comment)


def test_comments_come_from_the_ticket_events(tmp_path: Path) -> None:
    """A second file of incremental events gives the comments; changes are no messages, macros are kept."""
    events = lines(
        event(3, child(ANSWERED), {"id": 1, "event_type": "AgentMacroReference", "macro_id": 808},
              {"id": 2, "event_type": "Change", "status": "solved", "previous_value": "open"}),
        event(1, child(ASKED), {"id": 4, "event_type": "Create", "subject": "Can't log in"}),
        event(2, child(NOTED)),
        event(1, child(ASKED)),
    )  # fmt: skip
    found = read(tmp_path, {"tickets.jsonl": lines(TICKET), "ticket_events.jsonl": events})
    assert said(found.only) == [
        ("customer", "public", "The reset link says it has expired."),
        ("agent", "internal", "Known bug of the mailer."),
        ("agent", "public", "Open the link within **30 minutes**."),
    ]
    assert [m.macros for m in found.only.messages] == [(), (), ("808",)]
    assert found.only.resolution == "answered"


def test_events_without_comments_leave_the_description(tmp_path: Path) -> None:
    """Events that were fetched without include=comment_events only say that there was a comment."""
    events = lines(event(1, {"id": 4, "event_type": "Comment", "comment_present": True}))
    found = read(tmp_path, {"tickets.jsonl": lines(TICKET), "ticket_events.jsonl": events})
    assert said(found.only) == [("customer", "public", "The reset link says it has expired.")]
    assert "no public agent reply" in found.notes


def test_pages_of_the_api_are_read(tmp_path: Path) -> None:
    """Whole answers of the API, one object around the list, are as good as lines."""
    page = {"tickets": [TICKET], "count": 1, "end_of_stream": True, "next_page": None}
    events = {"ticket_events": [event(1, child(ASKED)), event(2, child(ANSWERED))], "count": 2}
    files = {"tickets.json": json.dumps(page), "ticket_events.json": json.dumps(events, indent=1)}
    found = read(tmp_path, files)
    assert roles(found.only) == [("customer", "public"), ("agent", "public")]


def test_comments_and_macros_come_from_the_audits(tmp_path: Path) -> None:
    """Audits hold the comments undated: their own time counts, and notifications are no messages."""
    undated = {key: value for key, value in ANSWERED.items() if key != "created_at"}
    audits = lines(
        {"id": 1, "ticket_id": 35436, "created_at": "2026-01-05T10:00:00Z", "author_id": 7,
         "events": [ASKED, {"id": 5, "type": "Notification", "body": "We have got your request."}]},
        {"id": 2, "ticket_id": 35436, "created_at": "2026-01-05T11:30:00Z", "author_id": 3,
         "events": [undated, {"id": 6, "type": "AgentMacroReference", "macro_id": "12", "macro_title": "Reset"}]},
    )  # fmt: skip
    found = read(tmp_path, {"tickets.jsonl": lines(TICKET), "ticket_audits.jsonl": audits}).only
    assert roles(found) == [("customer", "public"), ("agent", "public")]
    assert found.messages[1].at == utc("2026-01-05T11:30")
    assert found.messages[1].macros == ("12",)


def test_users_tell_who_is_an_agent_and_the_language(tmp_path: Path) -> None:
    """With the users' file a colleague in copy is a customer too, names are known, the locale is used."""
    users = lines(
        {"id": 7, "name": "Eva Holm", "email": "eva@kunde.example", "role": "end-user", "locale": "de"},
        {"id": 8, "name": "Jan Holm", "email": "jan@kunde.example", "role": "end-user", "locale": "de"},
        {"id": 3, "name": "Hannah Cole", "email": "hannah@velmo.example", "role": "admin", "locale": "en-GB"},
    )  # fmt: skip
    cc = {**ASKED, "id": 104, "author_id": 8, "created_at": "2026-01-05T10:30:00Z",
          "html_body": "<p>ok ok, Eva Holm</p>"}  # fmt: skip
    short = {**ASKED, "html_body": "<p>502</p>"}
    data = ticket(subject="502", description="502", comments=[short, cc, ANSWERED])
    found = read(tmp_path, {"tickets.jsonl": data, "users.jsonl": users}).only
    assert roles(found) == [("customer", "public"), ("customer", "public"), ("agent", "public")]
    assert found.language == "de"
    assert "Eva" not in found.messages[1].text
    assert found.messages[0].author == found.requester != found.messages[1].author


def test_what_a_merge_writes_is_nobodys_answer(tmp_path: Path) -> None:
    """The sentence that Zendesk writes into the surviving ticket is the system's."""
    merge = {**ANSWERED, "id": 110, "created_at": "2026-01-05T12:30:00Z",
             "html_body": "<p>Request #35440 was closed and merged into this request.</p>",
             "via": {"channel": "web", "source": {"from": {"ticket_ids": [35440]}, "rel": "merge"}}}  # fmt: skip
    found = read(tmp_path, {"t.jsonl": ticket(comments=[ASKED, ANSWERED, merge])}).only
    assert roles(found)[-1] == ("system", "public")
    alone = read(tmp_path, {"t.jsonl": ticket(comments=[ASKED, merge])}).only
    assert alone.resolution == "unknown"


def test_comments_that_name_their_ticket_are_joined(tmp_path: Path) -> None:
    """A file of comments with ticket_id, as connectors write it, belongs to the tickets."""
    comments = lines({**ASKED, "ticket_id": 35436}, {**ANSWERED, "ticket_id": 35436})
    files = {"tickets.jsonl": lines(TICKET), "ticket_comments.jsonl": comments}
    assert read(tmp_path, files).only.resolution == "answered"


def test_comments_without_their_ticket_are_refused(tmp_path: Path) -> None:
    """The answer of /tickets/{id}/comments does not say whose they are; the error says what to do."""
    with pytest.raises(InputError, match="do not say which ticket") as caught:
        read(tmp_path, {"comments.json": json.dumps({"comments": [ASKED, ANSWERED]})})
    assert "ticket_events" in (caught.value.hint or "")


def test_plain_text_is_used_where_there_is_no_html(tmp_path: Path) -> None:
    """plain_body stands in for html_body, body for both."""
    plain = {**ASKED, "html_body": None, "plain_body": "plain words"}
    body = {key: v for key, v in ANSWERED.items() if not key.endswith("_body")} | {
        "body": "the body"
    }
    found = read(tmp_path, {"t.jsonl": ticket(comments=[plain, body])}).only
    assert [m.text for m in found.messages] == ["plain words", "the body"]


VIEW = (
    "Id,Subject,Requester,Requested,Status,Priority,Group,Via,Satisfaction Score\n"
    "35436,Can't log in,Eva Holm,2026-01-05 10:00,Solved,High,Tier 1,Mail,Good\n"
    "35437,Where is my bike?,Jan Holm,2026-01-06 10:00,Waiting for parcel,-,Tier 1,Web,Offered\n"
)


def test_a_view_has_no_comments_and_says_so(tmp_path: Path) -> None:
    """The view's CSV is taken as far as it goes, and a note says that nothing can be drafted from it."""
    found = read(tmp_path, {"view.csv": VIEW})
    assert found.mappings == ["zendesk-view"]
    first, second = found.tickets["35436"], found.tickets["35437"]
    assert (first.key, first.resolved, first.resolution) == ("zendesk:35436", True, "unknown")
    assert (first.csat, second.csat) == (1.0, None)
    assert (first.group, first.channel, first.priority) == ("Tier 1", "Mail", "High")
    assert first.created_at == utc("2026-01-05T08:00")  # Europe/Tallinn
    assert first.requester not in (None, second.requester)
    assert said(first) == [("customer", "public", "Can't log in")]
    assert found.unknown_statuses == {"Waiting for parcel": 1}
    assert "nothing can be drafted from it" in found.notes


def test_side_loads_of_a_page_are_used(tmp_path: Path) -> None:
    """Users, groups and metric sets that came in the same answer are no tickets, but tell of them."""
    bare = {key: value for key, value in TICKET.items() if key != "metric_set"}
    page = {
        "tickets": [{**bare, "comments": [ASKED, {**ANSWERED, "author_id": 8}]}],
        "users": [{"id": 7, "name": "Eva Holm", "email": "eva@kunde.example", "role": "end-user", "locale": "de"},
                  {"id": 8, "name": "Jan Holm", "email": "jan@kunde.example", "role": "end-user", "locale": "de"}],
        "groups": [{"id": 12, "name": "Tier 1", "is_public": True, "default": False}],
        "metric_sets": [{"ticket_id": 35436, "reopens": 4, "replies": 2, "solved_at": "2026-01-06T12:00:00Z"}],
        "count": 1,
    }  # fmt: skip
    found = read(tmp_path, {"tickets.json": json.dumps(page)}).only
    assert roles(found) == [("customer", "public"), ("customer", "public")]
    assert (found.group, found.reopens) == ("Tier 1", 4)
    assert found.solved_at == utc("2026-01-06T12:00")
