"""HubSpot: tickets of the CRM with emails and notes in files of their own, and the CSV of records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tickets.vendors.desk import read, roles, said, utc


def of_ticket(kind: str, number: str = "91") -> dict[str, Any]:
    """What says that an object belongs to a ticket."""
    return {"tickets": {"results": [{"id": number, "type": f"{kind}_to_ticket"}]}}


def email(number: int, hour: int, direction: str, text: str, **more: Any) -> dict[str, Any]:
    """An email of the ticket."""
    who = "eva@kunde.example" if direction == "INCOMING_EMAIL" else "hannah@velmo.example"
    return {
        "id": str(number), "createdAt": f"2026-01-02T{hour}:00:00.000Z", "archived": False,
        "properties": {
            "hs_timestamp": f"2026-01-02T{hour}:00:00Z", "hs_email_direction": direction,
            "hs_email_status": "SENT", "hs_email_text": text, "hs_email_html": f"<p>{text}</p>",
            "hs_email_from_email": who, "hs_email_from_firstname": who.partition("@")[0].title(), **more,
        },
        "associations": of_ticket("email"),
    }  # fmt: skip


TICKET: dict[str, Any] = {
    "id": "91", "createdAt": "2026-01-02T10:00:00.000Z", "updatedAt": "2026-01-03T09:00:00.000Z", "archived": False,
    "properties": {
        "hs_object_id": "91", "subject": "Late parcel", "content": "Where is my parcel?", "hs_pipeline": "0",
        "hs_pipeline_stage": "4", "hs_ticket_category": "SHIPPING", "hs_ticket_priority": "HIGH",
        "source_type": "FORM", "createdate": "2026-01-02T10:00:00.000Z", "closed_date": "2026-01-03T09:00:00.000Z",
        "hs_merged_object_ids": "88;89",
    },
    "associations": {"contacts": {"results": [{"id": "501", "type": "ticket_to_contact"}]}},
}  # fmt: skip
EMAILS = [
    email(2, 12, "EMAIL", "Press Track parcel in the app."),
    email(1, 11, "INCOMING_EMAIL", "Still nothing here."),
    email(3, 13, "FORWARDED_EMAIL", "Dear carrier, please look."),
]
NOTE = {"id": "7", "properties": {"hs_timestamp": "1767358800000", "hs_note_body": "<p>lost at the hub</p>"},
        "associations": of_ticket("note")}  # fmt: skip


def page(*objects: dict[str, Any]) -> str:
    """A page of the API."""
    return json.dumps({"results": list(objects), "paging": {"next": {"after": "99"}}}, indent=1)


def files(**properties: Any) -> dict[str, str | bytes]:
    """Tickets, emails and notes with these changes to the ticket's properties."""
    ticket = {**TICKET, "properties": {**TICKET["properties"], **properties}}
    return {"tickets.json": page(ticket), "emails.json": page(*EMAILS), "notes.json": page(NOTE)}


def test_a_ticket_with_emails_and_notes(tmp_path: Path) -> None:
    """The description, the mails by direction and the notes are its messages, in order of time."""
    found = read(tmp_path, files()).only
    assert said(found) == [
        ("customer", "public", "Where is my parcel?"),
        ("customer", "public", "Still nothing here."),
        ("agent", "public", "Press Track parcel in the app."),
        ("agent", "internal", "Dear carrier, please look."),
        ("agent", "internal", "lost at the hub"),
    ]
    assert (found.key, found.status, found.resolution) == ("hubspot:91", "4", "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-01-02T10:00"), utc("2026-01-03T09:00"))
    assert (found.type, found.priority, found.channel) == ("SHIPPING", "HIGH", "FORM")
    assert found.requester


def test_a_ticket_made_from_a_mail_says_it_once(tmp_path: Path) -> None:
    """Its description is the first mail again; without the mails it is all there is."""
    assert len(read(tmp_path, files(source_type="EMAIL")).only.messages) == 4
    alone = {"tickets.json": files(source_type="EMAIL")["tickets.json"]}
    found = read(tmp_path / "alone", alone)
    assert roles(found.only) == [("customer", "public")]
    assert "emails" in found.notes


@pytest.mark.parametrize(
    ("stage", "closed", "resolved", "unknown"),
    [
        ("1", None, False, {}),
        ("4", "2026-01-03T09:00:00Z", True, {}),
        ("1432055", "2026-01-03T09:00:00Z", True, {}),
        ("1432054", None, False, {"1432054": 1}),
    ],
)
def test_stages_of_pipelines(
    tmp_path: Path, stage: str, closed: str | None, resolved: bool, unknown: dict[str, int]
) -> None:
    """The default pipeline's stages are known; of another's only the date of closing tells."""
    found = read(tmp_path, files(hs_pipeline_stage=stage, closed_date=closed))
    assert found.only.resolved is resolved
    assert found.unknown_statuses == unknown


def test_mails_that_never_left_are_left_out(tmp_path: Path) -> None:
    """A bounced or scheduled mail has answered nobody."""
    mails = [email(1, 11, "EMAIL", "never seen", hs_email_status="BOUNCED"), *EMAILS[1:]]
    found = read(tmp_path, {**files(), "emails.json": page(*mails)}).only
    assert ("agent", "public") not in roles(found)


RECORDS = (
    "Ticket ID,Ticket name,Ticket description,Pipeline,Ticket status,Create date,Close date,Priority,Source,Category,Associated Contact\n"
    "91,Late parcel,Where is it?,Support Pipeline,Closed (Support Pipeline),2026-01-02 10:00,2026-01-03 09:00,High,Form,SHIPPING,Eva Holm\n"
    "92,Refund,When?,Support Pipeline,In review,2026-01-02 11:00,,,Chat,,Jan Holm\n"
)


def test_the_csv_of_records(tmp_path: Path) -> None:
    """It has the question, no replies; a stage of their own is resolved when there is a closing date."""
    found = read(tmp_path, {"tickets.csv": RECORDS})
    assert found.mappings == ["hubspot-csv"]
    first, second = found.tickets["91"], found.tickets["92"]
    assert (first.key, first.resolved, first.resolution) == ("hubspot:91", True, "unknown")
    assert first.created_at == utc("2026-01-02T08:00")
    assert said(first) == [("customer", "public", "Where is it?")]
    assert (first.group, first.type, first.channel) == ("Support Pipeline", "SHIPPING", "Form")
    assert not second.resolved
    assert found.unknown_statuses == {"In review": 1}
    assert "nothing can be drafted" in found.notes
