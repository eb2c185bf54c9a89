"""Shapes that teams' own scripts and other ways out of a help desk give to the same records."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.tickets.vendors import test_freshdesk, test_hubspot
from tests.tickets.vendors.desk import lines, read, roles, said

ASKED, ANSWERED = ("customer", "public"), ("agent", "public")
NOTED, TOLD_BY_BOT = ("agent", "internal"), ("bot", "public")

ZENDESK = {
    "id": 7,
    "subject": "Key",
    "status": "solved",
    "requester_id": 5,
    "description": "Which?",
}
COMMENTS = [
    {"id": 1, "author_id": 5, "body": "Which key?", "public": True},
    {"id": 2, "author_id": 9, "body": "Ask Priit", "public": False},
    {"id": 3, "author_id": 9, "body": "The blue one.", "public": True},
]


@pytest.mark.parametrize(
    "text",
    [
        lines({"ticket": ZENDESK, "comments": COMMENTS, "users": []}),
        json.dumps([{"ticket": ZENDESK, "comments": COMMENTS}]),
        json.dumps({"ticket": ZENDESK, "comments": COMMENTS}, indent=1),
    ],
    ids=["lines", "list", "one"],
)
def test_a_ticket_wrapped_with_its_comments_beside_is_one_record(tmp_path: Path, text: str) -> None:
    """``{"ticket": {…}, "comments": […]}`` is what a script saves that asks for both."""
    ticket = read(tmp_path, {"export.json": text}).only
    assert roles(ticket) == [ASKED, NOTED, ANSWERED]


def test_settings_of_the_help_desk_in_its_folder_are_no_tickets(tmp_path: Path) -> None:
    """Ticket fields have an id and a title too; they are told, not imported."""
    fields = {"ticket_fields": [{"id": 1, "title": "Colour", "type": "text", "description": "Which colour?"}]}  # fmt: skip
    got = read(
        tmp_path,
        {
            "all/tickets.json": json.dumps({"tickets": [{**ZENDESK, "comments": COMMENTS}]}),
            "all/ticket_fields.json": json.dumps(fields),
        },
    )
    assert list(got.tickets) == ["7"]
    assert "ticket_fields.json: not read: no mapping reads it" in got.notes


def test_zendesk_tags_of_a_csv_are_parted_at_spaces(tmp_path: Path) -> None:
    """A tag of Zendesk has no space in it."""
    table = (
        "Id,Subject,Requester,Requested,Status,Tags\n7,Key,Eva,2026-01-05,Solved,vip refund_done\n"
    )
    assert read(tmp_path, {"view.csv": table}).only.tags == ("vip", "refund_done")


def test_freshdesk_account_export_and_automatic_replies(tmp_path: Path) -> None:
    """``helpdesk_ticket`` with ``notes``: the id that people see; deleted notes are left out."""
    notes = [
        {"id": 1, "body": "Ask Priit", "incoming": False, "private": True, "source": 2},
        {"id": 2, "body": "The blue one.", "incoming": False, "private": False, "source": 0},
        {
            "id": 3,
            "body": "Oops",
            "incoming": False,
            "private": False,
            "source": 0,
            "deleted": True,
        },
    ]
    whole = {
        "id": 90001, "display_id": 20, "subject": "Key", "status": 5, "responder_id": 3,
        "requester_id": 5, "description": "Which key?", "description_html": "<p>Which key?</p>",
        "created_at": "2026-01-05T10:00:00Z", "notes": notes,
    }  # fmt: skip
    ticket = read(tmp_path / "a", {"Tickets0.json": json.dumps([{"helpdesk_ticket": whole}])}).only
    assert ticket.id == "20"
    assert roles(ticket) == [ASKED, NOTED, ANSWERED]

    files = dict(test_freshdesk.FILES)
    conversations: list[dict[str, Any]] = json.loads(files["conversations.json"])
    for item in conversations:
        item |= {"auto_response": True, "incoming": False, "private": False}
    files["conversations.json"] = json.dumps(conversations)
    got = read(tmp_path / "b", files)
    found = [pair for ticket in got.tickets.values() for pair in roles(ticket)]
    assert TOLD_BY_BOT in found
    assert ANSWERED not in found


def email(name: str, direction: str, text: str, **more: Any) -> dict[str, Any]:
    """An email of the CRM, as a batch read gives it: it does not say whose it is."""
    words = {"hs_email_direction": direction, "hs_email_text": text, "hs_timestamp": f"2026-01-05T1{name[-1]}:00:00Z"}  # fmt: skip
    return {"id": name, "properties": words, **more}


def hubspot(name: str, *emails: str) -> dict[str, Any]:
    """A closed ticket of the CRM that names its emails."""
    words = {"subject": "Key", "hs_pipeline_stage": "4", "source_type": "EMAIL", "content": "Which key?"}  # fmt: skip
    named = {"emails": {"results": [{"id": one, "type": "ticket_to_email"} for one in emails]}}
    return {"id": name, "properties": words, "associations": named if emails else {}}


def test_hubspot_tickets_may_name_their_emails(tmp_path: Path) -> None:
    """Associations asked for with the tickets: each email finds its ticket, however many it has."""
    emails = [
        email("901", "INCOMING_EMAIL", "Which key?"),
        email("902", "EMAIL", "The blue one."),
        email("903", "INCOMING_EMAIL", "And which door?"),
    ]
    files = {
        "tickets.json": test_hubspot.page(hubspot("31", "901", "902"), hubspot("32", "903")),
        "emails.json": test_hubspot.page(*emails),
    }
    got = read(tmp_path, files)
    assert said(got.tickets["31"]) == [(*ASKED, "Which key?"), (*ANSWERED, "The blue one.")]
    assert said(got.tickets["32"]) == [(*ASKED, "And which door?")]
    assert got.rejected == ()


def test_hubspot_emails_of_airbyte_name_their_tickets_in_a_list(tmp_path: Path) -> None:
    """The stream is called engagements_emails and holds plain ids."""
    streams = [("tickets", hubspot("31")), ("engagements_emails", email("902", "EMAIL", "The blue one.", tickets=["31"]))]  # fmt: skip
    messages = [{"type": "RECORD", "record": {"stream": s, "data": d, "emitted_at": 1}} for s, d in streams]  # fmt: skip
    assert roles(read(tmp_path, {"out.jsonl": lines(*messages)}).only) == [ANSWERED]


@pytest.mark.parametrize("named", ["10031", "SUP-31"])
def test_jira_comments_name_their_issue_by_id_or_key(tmp_path: Path, named: str) -> None:
    """Airbyte called the key issueId for years."""
    done = {"name": "Done", "statusCategory": {"key": "done"}}
    reporter = {"accountId": "q1", "accountType": "customer"}
    issue = {"id": "10031", "key": "SUP-31", "fields": {"summary": "Key", "status": done, "description": "Which?", "reporter": reporter}}  # fmt: skip
    comment = {"id": "1", "issueId": named, "body": "The blue one.", "jsdPublic": True, "author": {"accountId": "5b", "accountType": "atlassian"}}  # fmt: skip
    streams = [("issues", issue), ("issue_comments", comment)]
    messages = [{"type": "RECORD", "record": {"stream": s, "data": d, "emitted_at": 1}} for s, d in streams]  # fmt: skip
    got = read(tmp_path, {"out.jsonl": lines(*messages)})
    assert roles(got.only) == [ASKED, ANSWERED]
    assert got.rejected == ()


def test_jira_requests_of_the_service_desk_api(tmp_path: Path) -> None:
    """Fields in a list, times in four spellings, comments public or not."""
    who = {"accountId": "q1", "displayName": "Eva Mets"}
    agent = {"accountId": "5b", "displayName": "Priit"}

    def at(hour: int) -> dict[str, Any]:
        return {"iso8601": f"2026-01-05T{hour}:00:00+0000", "friendly": "Monday"}

    request = {
        "issueId": "31", "issueKey": "HELP-31", "createdDate": at(10), "reporter": who,
        "requestFieldValues": [{"fieldId": "summary", "value": "Key"}, {"fieldId": "description", "value": "Which key?"}],
        "currentStatus": {"status": "Valmis", "statusCategory": "DONE", "statusDate": at(14)},
        "comments": {"values": [
            {"id": "1", "body": "Ask Priit", "public": False, "author": agent, "created": at(11)},
            {"id": "2", "body": "The blue one.", "public": True, "author": agent, "created": at(12)},
            {"id": "3", "body": "Thanks!", "public": True, "author": who, "created": at(13)},
        ]},
    }  # fmt: skip
    got = read(tmp_path, {"r.json": json.dumps({"size": 1, "values": [request]})})
    assert got.mappings == ["jira-requests"]
    assert roles(got.only) == [ASKED, NOTED, ANSWERED, ASKED]
    assert (got.only.resolution, str(got.only.solved_at)) == (
        "answered",
        "2026-01-05 14:00:00+00:00",
    )


def test_servicenow_columns_may_be_called_by_their_labels(tmp_path: Path) -> None:
    """As in an Excel export: the journals keep apart what the caller saw from what he did not."""
    table = (
        "Number,Opened,Short description,Caller,State,Assigned to,Resolved,Description,"
        "Additional comments,Work notes,Resolution notes\n"
        "INC1,2026-01-05 10:00:00,Key,Eva Mets,Closed,Priit,2026-01-05 14:00:00,Which key?,"
        '"2026-01-05 11:00:00 - Eva Mets (Additional comments)\nThe small door.\n",'
        '"2026-01-05 12:00:00 - Priit (Work notes)\nNobody knows\n",The blue one.\n'
    )
    got = read(tmp_path, {"incident.csv": table})
    assert got.mappings == ["servicenow-list"]
    assert roles(got.only) == [ASKED, ASKED, NOTED, ANSWERED]
    assert got.only.resolution == "answered"


def test_helpscout_threads_may_be_a_file_when_they_name_their_conversation(tmp_path: Path) -> None:
    """They are never taken for tickets, though each has an id, a status and a body."""
    people = {"customer": {"id": 5, "type": "customer"}, "message": {"id": 9, "type": "user"}}
    threads = [
        {"id": n, "conversationId": 31, "type": kind, "status": "active", "state": "published",
         "body": "Which key?", "createdBy": people.get(kind, people["message"]),
         "createdAt": f"2026-01-05T1{n}:00:00Z", "savedReplyId": 0}
        for n, kind in enumerate(("customer", "note", "message"))
    ]  # fmt: skip
    conversation = {"id": 31, "number": 4, "threads": 3, "status": "closed", "subject": "Key", "mailboxId": 1, "state": "published"}  # fmt: skip
    got = read(tmp_path, {"conversations.jsonl": lines(conversation), "threads.jsonl": lines(*threads)})  # fmt: skip
    assert roles(got.only) == [ASKED, NOTED, ANSWERED]


def test_github_comments_with_number_and_address_are_read_once(tmp_path: Path) -> None:
    """Taps add the number to what the API gives."""
    url = "https://api.github.com/repos/velmo/app/issues/4"
    issue = {"number": 4, "url": url, "title": "Key", "state": "closed", "state_reason": "completed", "body": "Which?"}  # fmt: skip
    comment = {"id": 1, "issue_url": url, "issue_number": 4, "body": "The blue one.", "author_association": "MEMBER"}  # fmt: skip
    got = read(tmp_path, {"issues.jsonl": lines(issue), "comments.jsonl": lines(comment)})
    assert roles(got.only) == [ASKED, ANSWERED]


def test_zammad_search_without_expand_says_what_to_ask_for(tmp_path: Path) -> None:
    """The answer holds ids and, elsewhere, what they stand for."""
    from kbtool.errors import InputError

    answer = {"tickets": [1], "tickets_count": 1, "assets": {"Ticket": {"1": {"id": 1, "title": "Key"}}}}  # fmt: skip
    with pytest.raises(InputError) as failed:
        read(tmp_path, {"search.json": json.dumps(answer)})
    assert "expand=true" in (failed.value.hint or "")


def test_dlt_spells_keys_its_own_way(tmp_path: Path) -> None:
    """``jsdPublic`` comes as ``jsd_public``: what is internal must stay so."""
    issue = {
        "_dlt_id": "i", "id": "10031", "key": "SUP-31", "fields__summary": "Key", "fields__description": "Which?",
        "fields__status__name": "Valmis", "fields__status__status_category__key": "done",
        "fields__reporter__account_id": "q1",
    }  # fmt: skip
    comments = [
        {"_dlt_id": f"c{n}", "_dlt_parent_id": "i", "_dlt_list_idx": n, "id": str(n), "body": body,
         "jsd_public": public, "author__account_id": who, "author__account_type": kind}
        for n, (body, public, who, kind) in enumerate((
            ("Ask Priit", False, "5b", "atlassian"),
            ("The blue one.", True, "5b", "atlassian"),
            ("Thanks!", True, "q1", "atlassian"),
        ))
    ]  # fmt: skip
    tables: dict[str, list[dict[str, Any]]] = {
        "issues": [issue],
        "issues__fields__comment__comments": comments,
        "_dlt_loads": [{"load_id": "1"}],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, rows in tables.items():
            archive.writestr(f"jira/{name}/1.1.jsonl", lines(*rows))
    ticket = read(tmp_path, {"jira.zip": packed.getvalue()}).only
    assert roles(ticket) == [ASKED, NOTED, ANSWERED, ASKED]
    assert ticket.resolution == "answered"


def test_streams_may_be_called_after_their_parent(tmp_path: Path) -> None:
    """Airbyte's conversation_threads of Help Scout, with the conversation it has added."""
    conversation = {"id": 31, "number": 4, "status": "closed", "subject": "Key", "mailboxId": 1, "state": "published"}  # fmt: skip
    threads = [
        {"id": n, "conversation_id": 31, "type": kind, "state": "published", "body": "Which key?",
         "createdBy": {"id": n, "type": "user"}, "createdAt": f"2026-01-05T1{n}:00:00Z"}
        for n, kind in enumerate(("customer", "note", "message"))
    ]  # fmt: skip
    streams = [("conversations", conversation)] + [("conversation_threads", t) for t in threads]
    messages = [{"type": "RECORD", "record": {"stream": s, "data": d, "emitted_at": 1}} for s, d in streams]  # fmt: skip
    assert roles(read(tmp_path, {"out.jsonl": lines(*messages)}).only) == [ASKED, NOTED, ANSWERED]


def test_resolution_notes_of_a_table_are_the_answer(tmp_path: Path) -> None:
    """They are what the customer was told, unlike notes."""
    table = "Ticket_ID,Description,Resolution_Notes,Notes,Status\n7,Which key?,The blue one.,Ask Priit,Resolved\n"
    assert set(roles(read(tmp_path, {"it.csv": table}).only)) == {ASKED, ANSWERED, NOTED}


@pytest.mark.parametrize(
    ("yes", "no"), [("True", "False"), ("t", "f"), ("1", "0"), ("ja", "false")]
)
def test_flags_of_tables_are_understood_and_never_make_a_note_public(
    tmp_path: Path, yes: str, no: str
) -> None:
    """pandas and databases write true and false their own way; what nobody knows is internal."""
    tickets = (
        "id,subject,status,spam,deleted,responder_id,requester_id,description_text,created_at,tags\n"
        f"20,Key,5,{no},{no},3,5,Which key?,2026-01-05T10:00:00Z,\"['vip', 'late']\"\n"
    )
    conversations = (
        "id,ticket_id,incoming,private,user_id,auto_response,created_at,body_text\n"
        f"1,20,{no},{yes},3,{no},2026-01-05T11:00:00Z,Ask Priit\n"
        f"2,20,{no},{no},3,{no},2026-01-05T12:00:00Z,The blue one.\n"
    )
    got = read(tmp_path, {"tickets.csv": tickets, "conversations.csv": conversations})
    assert got.mappings == ["freshdesk"]
    assert roles(got.only) == [ASKED, NOTED, ANSWERED]
    assert (got.only.resolution, got.only.tags) == ("answered", ("vip", "late"))


def test_a_freshdesk_note_that_does_not_say_whose_it_is_stays_internal(tmp_path: Path) -> None:
    """Cut down to text and source, replies are public and notes are not."""
    asked = {"id": 20, "subject": "Key", "status": 5, "responder_id": 3, "requester_id": 5, "description_text": "Which?"}  # fmt: skip
    told = [{"id": 1, "source": 2, "body_text": "Ask Priit"}, {"id": 2, "source": 0, "body_text": "The blue one."}]  # fmt: skip
    got = read(tmp_path, {"tickets.jsonl": lines({**asked, "conversations": told})})
    assert roles(got.only) == [ASKED, NOTED, ANSWERED]


def test_github_issues_of_graphql(tmp_path: Path) -> None:
    """``gh api graphql``: lists are nodes, deep in the answer; who asks stays the customer."""

    def comment(name: str, body: str, association: str) -> dict[str, Any]:
        return {
            "id": body,
            "author": {"login": name},
            "authorAssociation": association,
            "body": body,
        }

    issue = {
        "number": 4, "title": "Key", "body": "Which?", "state": "CLOSED", "stateReason": "COMPLETED",
        "author": {"login": "eva"}, "labels": {"nodes": [{"name": "question"}]},
        "comments": {"nodes": [
            comment("priit", "The blue one.", "MEMBER"), comment("stale", "Closing.", "NONE"),
            comment("eva", "Thanks!", "OWNER"),
        ]},
    }  # fmt: skip
    answer = {
        "data": {"repository": {"issues": {"nodes": [issue], "pageInfo": {"endCursor": "x"}}}}
    }
    got = read(tmp_path, {"issues.json": json.dumps(answer)})
    assert got.mappings == ["github"]
    assert roles(got.only) == [ASKED, ANSWERED, TOLD_BY_BOT, ASKED]
    assert got.only.tags == ("question",)


def test_people_around_a_page_of_messages_are_none_of_them(tmp_path: Path) -> None:
    """Chatwoot's page of messages names the contact in a list of its own, under the same name."""
    talk = {
        "id": 1,
        "status": "resolved",
        "inbox_id": 5,
        "account_id": 1,
        "contact_last_seen_at": 0,
    }
    told = [
        {"id": 1, "conversation_id": 1, "message_type": 0, "content": "Which?", "private": False},
        {"id": 2, "conversation_id": 1, "message_type": 1, "content": "The blue one.", "private": False},
    ]  # fmt: skip
    page = {
        "meta": {"labels": [], "contact": {"payload": [{"id": 7, "name": "Eva"}]}},
        "payload": told,
    }
    files = {"c.json": json.dumps({"data": {"payload": [talk]}}), "m.json": json.dumps(page)}
    got = read(tmp_path, files)
    assert roles(got.only) == [ASKED, ANSWERED]
    assert got.rejected == ()
