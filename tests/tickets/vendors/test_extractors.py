"""What Singer taps, Airbyte sources and dlt pipelines write, imported as each help desk's tickets."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kbtool.config import load_settings
from kbtool.errors import InputError
from kbtool.workflows.import_tickets import import_tickets
from tests.tickets.vendors.desk import CONFIG, KEY, NOW, lines, read, roles, said, utc

Streams = dict[str, list[dict[str, Any]]]

ZENDESK: Streams = {
    "tickets": [
        {
            "id": 35436, "subject": "Can't log in", "status": "solved", "requester_id": 7,
            "description": "The reset link says it has expired.", "tags": ["login"], "group_id": 12,
            "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-05T12:00:00Z",
            "satisfaction_rating": {"score": "good"}, "via": {"channel": "web"}, "brand_id": 9,
        }
    ],
    "ticket_comments": [
        {"id": 2, "ticket_id": 35436, "author_id": 3, "public": True, "created_at": "2026-01-05T11:00:00Z",
         "type": "Comment", "html_body": "<p>Open the link within 30 minutes.</p>", "plain_body": "Open", "audit_id": 8},
        {"id": 1, "ticket_id": 35436, "author_id": 7, "public": True, "created_at": "2026-01-05T10:00:00Z",
         "type": "Comment", "html_body": None, "plain_body": "The reset link says it has expired.", "audit_id": 5},
        {"id": 3, "ticket_id": 35436, "author_id": 3, "public": False, "created_at": "2026-01-05T11:05:00Z",
         "type": "Comment", "html_body": "<p>old draft of a note</p>", "plain_body": "old", "audit_id": 9},
    ],
    "users": [
        {"id": 7, "name": "Eva Holm", "email": "eva@kunde.example", "role": "end-user", "locale": "en-GB"},
        {"id": 3, "name": "Hannah Cole", "email": "hannah@velmo.example", "role": "agent", "locale": "en-GB"},
    ],
}  # fmt: skip
RESENT = {**ZENDESK["ticket_comments"][2], "html_body": "<p>Known bug of the mailer.</p>"}
CONVERSATION = [
    ("customer", "public", "The reset link says it has expired."),
    ("agent", "public", "Open the link within 30 minutes."),
    ("agent", "internal", "Known bug of the mailer."),
]


def singer(streams: Streams) -> str:
    """Singer lines: a schema, the records, a state, for each stream."""
    messages: list[dict[str, Any]] = []
    for name, records in streams.items():
        messages.append({"type": "SCHEMA", "stream": name, "schema": {}, "key_properties": ["id"]})
        messages += [{"type": "RECORD", "stream": name, "record": record} for record in records]
        messages.append({"type": "STATE", "value": {"bookmarks": {}}})
    return lines(*messages)


def airbyte(streams: Streams) -> str:
    """Airbyte lines with logs between them."""
    messages: list[dict[str, Any]] = [{"type": "LOG", "log": {"level": "INFO", "message": "go"}}]
    for name, records in streams.items():
        messages += [
            {
                "type": "RECORD",
                "record": {"stream": name, "data": record, "emitted_at": 1767607200000},
            }
            for record in records
        ]
    return lines(*messages, {"type": "STATE", "state": {"type": "STREAM"}})


@pytest.mark.parametrize("write", [singer, airbyte])
def test_zendesks_streams_in_one_file(tmp_path: Path, write: Any) -> None:
    """tap-zendesk and source-zendesk-support: tickets, comments and users, resent ones replaced."""
    streams = {**ZENDESK, "ticket_comments": [*ZENDESK["ticket_comments"], RESENT]}
    found = read(tmp_path, {"out.jsonl": write(streams)})
    assert found.mappings == ["zendesk"]
    assert said(found.only) == CONVERSATION
    assert (found.only.subject, found.only.csat, found.only.resolution) == (
        "Can't log in",
        1.0,
        "answered",
    )
    assert found.only.created_at == utc("2026-01-05T10:00")
    assert not found.rejected


def test_zendesks_streams_in_files_of_their_own(tmp_path: Path) -> None:
    """One file a stream, comments of two runs; in any order."""
    comments = ZENDESK["ticket_comments"]
    files = {
        "users.jsonl": singer({"users": ZENDESK["users"]}),
        "ticket_comments-1.jsonl": singer({"ticket_comments": comments}),
        "ticket_comments-2.jsonl": singer({"ticket_comments": [RESENT]}),
        "tickets.jsonl": singer({"tickets": ZENDESK["tickets"]}),
    }
    assert said(read(tmp_path, files).only) == CONVERSATION


def test_a_deleted_ticket_is_left_out(tmp_path: Path) -> None:
    """What was removed at the source is no ticket here, and is counted."""
    gone = {**ZENDESK["tickets"][0], "_sdc_deleted_at": "2026-02-01T10:00:00Z"}
    other = {**ZENDESK["tickets"][0], "id": 2}
    streams = {"tickets": [*ZENDESK["tickets"], other, gone]}
    found = read(tmp_path, {"out.jsonl": singer(streams)})
    assert found.only.id == "2"
    assert "2 tickets left out: deleted at the source" in found.notes


def import_folder(tmp_path: Path, folder: Path) -> Any:
    """An import of a folder."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return import_tickets(load_settings(tmp_path), [folder], now=NOW, fresh_key=KEY, dry_run=True)


def test_a_dlt_dataset(tmp_path: Path) -> None:
    """The comments lie in a child table; a later load replaces a ticket with all it had."""
    folder = tmp_path / "zendesk_data"
    ticket = {k: v for k, v in ZENDESK["tickets"][0].items() if not isinstance(v, list | dict)}
    rows = [(c, n) for n, c in enumerate(ZENDESK["ticket_comments"])]
    tables: Streams = {
        "_dlt_loads/1767607200.5.a": [{"load_id": "1767607200.5", "status": 0}],
        "tickets/1767607200.5.a": [
            {**ticket, "status": "open", "via__channel": "web", "_dlt_id": "A", "_dlt_load_id": "x"}
        ],
        "tickets/1767693600.5.b": [{**ticket, "via__channel": "web", "_dlt_id": "B"}],
        "tickets__comments/1767607200.5.a": [
            {"body": "old text", "author_id": 7, "_dlt_parent_id": "A", "_dlt_list_idx": 0, "_dlt_id": "a"}
        ],
        "tickets__comments/1767693600.5.b": [
            {**c, "_dlt_parent_id": "B", "_dlt_list_idx": n, "_dlt_id": f"b{n}"} for c, n in rows
        ],
        "users/1767607200.5.a": [{**u, "_dlt_id": str(u["id"])} for u in ZENDESK["users"]],
    }  # fmt: skip
    for name, records in tables.items():
        path = folder / f"{name}.jsonl.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(lines(*records).encode()))
    result = import_folder(tmp_path, folder)
    (file,) = result.loaded.files
    assert (file.format, file.mapping, file.tickets) == ("dlt", "zendesk", 2)
    assert (result.figures.tickets, result.figures.resolutions) == (1, (("answered", 1),))
    assert not result.loaded.rejected


def test_parquet_in_parts(tmp_path: Path) -> None:
    """Tables as folders of parts, as Spark and Airbyte write them: every part is read."""
    folder = tmp_path / "lake"
    for name, records in ZENDESK.items():
        for part, record in enumerate(records):
            path = folder / name / f"part-{part:05}-{'abc'[part]}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(record))
            with duckdb.connect(":memory:") as base:
                base.read_json(str(path)).write_parquet(str(path.with_suffix(".parquet")))
            path.unlink()
    result = import_folder(tmp_path, folder)
    (file,) = result.loaded.files
    assert (file.format, file.mapping, file.tickets) == ("parquet", "zendesk", 1)
    assert result.figures.resolutions == (("answered", 1),)
    assert not result.loaded.rejected


def test_streams_that_no_mapping_knows(tmp_path: Path) -> None:
    """The one that looks like tickets is read, the others are told; none at all is an error."""
    faqs = {"number": 1, "title": "Where is the invoice?", "status": "closed", "reply": "Settings."}
    streams: Streams = {"people": [{"uid": 7, "nick": "x"}], "faqs": [faqs]}
    found = read(tmp_path, {"out.jsonl": singer(streams)})
    assert found.only.subject == "Where is the invoice?"
    assert "out.jsonl (people): not read" in found.notes
    with pytest.raises(InputError, match=r"out.jsonl \(people\): not read"):
        read(tmp_path, {"out.jsonl": singer({"people": streams["people"]})})


CUSTOMER = {"id": 7, "type": "customer", "first": "Eva", "email": "eva@kunde.example"}
OTHERS: dict[str, Streams] = {
    "freshdesk": {
        "tickets": [{"id": 20, "subject": "Invoice", "status": 5, "description_text": "Where is the invoice?",
                     "requester_id": 7, "responder_id": 3, "fr_due_by": None, "created_at": "2026-01-05T10:00:00Z",
                     "stats": {"resolved_at": "2026-01-05T12:00:00Z"}}],
        "conversations": [{"id": 3, "ticket_id": 20, "incoming": False, "private": False, "user_id": 3,
                           "body_text": "Under Settings > Invoices.", "created_at": "2026-01-05T11:00:00Z"}],
    },
    "intercom": {
        "conversations": [{"id": "77", "state": "closed", "created_at": "2026-01-05T10:00:00Z", "open": False,
                           "contacts": [{"type": "contact", "id": "7"}], "tags": [{"id": "1", "name": "billing"}],
                           "source": {"id": "1", "delivered_as": "customer_initiated", "body": "<p>Where is the invoice?</p>",
                                      "author": {"id": "7", "type": "user"}},
                           "statistics": {"count_reopens": 0}}],
        "conversation_parts": [{"id": "2", "conversation_id": "77", "part_type": "comment", "created_at": "2026-01-05T11:00:00Z",
                                "author": {"id": "3", "type": "admin"}, "body": "<p>Under Settings > Invoices.</p>"}],
    },
    "helpscout-streams": {
        "conversations": [{"id": 10, "number": 12, "threads": 2, "type": "email", "status": "closed", "state": "published",
                           "subject": "Invoice", "mailbox_id": 1, "created_at": "2026-01-05T10:00:00Z",
                           "primary_customer": CUSTOMER, "tags": [{"id": 1, "tag": "billing"}]}],
        "conversation_threads": [
            {"id": 2, "conversation_id": 10, "type": "message", "state": "published", "saved_reply_id": 44,
             "created_by": {"id": 3, "type": "user"}, "created_at": "2026-01-05T11:00:00Z",
             "body": "Under Settings &gt; Invoices."},
            {"id": 1, "conversation_id": 10, "type": "customer", "state": "published", "created_by": CUSTOMER,
             "created_at": "2026-01-05T10:00:00Z", "body": "Where is the invoice?"},
            {"id": 4, "conversation_id": 10, "type": "lineitem", "state": "published", "created_by": CUSTOMER, "body": None},
        ],
    },
    "jira": {
        "issues": [{"id": "900", "key": "IT-7", "fields": {
            "summary": "Invoice", "description": "Where is the invoice?", "created": "2026-01-05T10:00:00.000+0000",
            "reporter": {"accountId": "u7", "displayName": "Eva"}, "resolution": {"name": "Done"},
            "status": {"name": "Done", "statusCategory": {"key": "done"}}}}],
        "issue_comments": [{"id": "1", "issueId": "900", "author": {"accountId": "u3"}, "jsdPublic": True,
                            "body": "Under Settings > Invoices.", "created": "2026-01-05T11:00:00.000+0000"}],
    },
    "github": {
        "issues": [{"id": 1, "number": 4, "title": "Invoice", "body": "Where is the invoice?", "state": "closed",
                    "state_reason": "completed", "comments": 1, "url": "https://api.github.example/repos/v/v/issues/4",
                    "user": {"login": "eva"}, "author_association": "NONE", "created_at": "2026-01-05T10:00:00Z"}],
        "comments": [{"id": 9, "issue_url": "https://api.github.example/repos/v/v/issues/4", "body": "Under Settings > Invoices.",
                      "user": {"login": "hannah"}, "author_association": "MEMBER", "created_at": "2026-01-05T11:00:00Z"}],
    },
    "hubspot": {
        "tickets": [{"id": 91, "createdAt": "2026-01-05T10:00:00Z", "archived": False, "properties": {
            "subject": "Invoice", "content": "Where is the invoice?", "hs_pipeline": 0, "hs_pipeline_stage": 4,
            "createdate": "2026-01-05T10:00:00Z"}}],
    },
}  # fmt: skip


@pytest.mark.parametrize("write", [singer, airbyte])
@pytest.mark.parametrize("mapping", OTHERS)
def test_streams_of_other_help_desks(tmp_path: Path, mapping: str, write: Any) -> None:
    """Their taps' shapes are recognised; the conversation comes together from its streams."""
    found = read(tmp_path, {"out.jsonl": write(OTHERS[mapping])})
    assert found.mappings == [mapping]
    ticket = found.only
    expected = [("customer", "public"), ("agent", "public")][: len(OTHERS[mapping])]
    assert roles(ticket) == expected
    assert ticket.messages[0].text == "Where is the invoice?"
    assert ticket.messages[-1].text in ("Where is the invoice?", "Under Settings > Invoices.")
    assert ticket.resolved
    assert not found.rejected
