"""ServiceNow: the Table API with the journal in a second file, values as texts or objects, the CSV."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tickets.vendors.desk import read, roles, said, utc

EVA, HANNAH, TICKET_ID = (
    "62826bf03710200044e0bfc8bcbe5df1",
    "46d44a40db6a2b00a6",
    "9d385017c611228701d22104cc95c371",
)
INCIDENT: dict[str, Any] = {
    "sys_id": TICKET_ID, "number": "INC0010001", "short_description": "Outlook freezes",
    "description": "Outlook freezes on start, what can I do?", "state": "6", "incident_state": "6",
    "close_code": "Solution provided", "close_notes": "Delete the profile and add it again.",
    "opened_at": "2026-01-02 08:00:00", "resolved_at": "2026-01-02 10:00:00", "closed_at": "2026-01-09 10:00:00",
    "sys_created_on": "2026-01-02 08:00:00", "sys_created_by": "eva.holm", "contact_type": "self-service",
    "caller_id": {"link": "https://velmo.example/api/now/table/sys_user/1", "value": EVA},
    "assignment_group": {"link": "https://velmo.example/g", "value": "287ebd7da9fe198100f92cc8d1d2154e"},
    "category": "software", "subcategory": "email", "priority": "3", "reopen_count": "1",
    "business_service": "", "cmdb_ci": "", "parent_incident": "", "comments": "", "work_notes": "",
}  # fmt: skip


def entry(number: int, minute: int, element: str, by: str, value: str) -> dict[str, Any]:
    """A record of sys_journal_field."""
    return {
        "sys_id": f"j{number}", "name": "incident", "element": element, "element_id": TICKET_ID, "value": value,
        "sys_created_on": f"2026-01-02 08:{minute}:00", "sys_created_by": by, "sys_tags": "",
    }  # fmt: skip


JOURNAL = [
    entry(3, 40, "comments", "hannah.cole", "Which version is it?"),
    entry(2, 20, "work_notes", "hannah.cole", "seen twice this week"),
    entry(4, 50, "comments", "eva.holm", "Version 16"),
]


def table(*records: dict[str, Any]) -> str:
    """An answer of the Table API."""
    return json.dumps({"result": list(records)}, indent=1)


def files(**changes: Any) -> dict[str, str | bytes]:
    """Incidents and journal with these changes to the incident."""
    return {
        "incident.json": table({**INCIDENT, **changes}),
        "sys_journal_field.json": table(*JOURNAL),
    }


def test_an_incident_with_its_journal(tmp_path: Path) -> None:
    """Comments are public, work notes internal; the resolution notes are the answer; times are UTC."""
    found = read(tmp_path, files()).only
    assert said(found) == [
        ("customer", "public", "Outlook freezes on start, what can I do?"),
        ("agent", "internal", "seen twice this week"),
        ("agent", "public", "Which version is it?"),
        ("customer", "public", "Version 16"),
        ("agent", "public", "Delete the profile and add it again."),
    ]
    assert (found.key, found.status, found.resolution) == ("servicenow:INC0010001", "6", "answered")
    assert (found.created_at, found.solved_at) == (utc("2026-01-02T08:00"), utc("2026-01-02T10:00"))
    assert (found.type, found.tags, found.priority) == ("software", ("email",), "3")
    assert (found.channel, found.reopens) == ("self-service", 1)
    assert found.requester == found.messages[0].author


def test_the_caller_is_known_by_his_user_name(tmp_path: Path) -> None:
    """Where an agent opened the ticket after a call, the users' table or a dotted column tells the caller."""
    users = table(
        {"sys_id": EVA, "user_name": "eva.holm", "email": "eva@kunde.example", "name": "Eva Holm"}
    )
    called = files(contact_type="phone", sys_created_by="hannah.cole")
    assert roles(read(tmp_path, called).only)[3] == ("agent", "public")  # nothing tells
    assert roles(read(tmp_path / "users", {**called, "sys_user.json": users}).only)[3] == (
        "customer",
        "public",
    )
    dotted = files(contact_type="phone", **{"caller_id.user_name": "eva.holm"})
    assert roles(read(tmp_path / "dotted", dotted).only)[3] == ("customer", "public")


@pytest.mark.parametrize(
    ("state", "code", "resolved", "resolution"),
    [
        ("7", "Solved (Permanently)", True, "answered"),
        ("Resolved", "Solution provided", True, "answered"),
        ("6", "Duplicate", True, "duplicate"),
        ("6", "Not Solved (Too Costly)", True, "wontfix"),
        ("8", "", True, "wontfix"),
        ("3", "", False, "unknown"),
        ("On Hold", "", False, "unknown"),
    ],
)
def test_states_and_codes(
    tmp_path: Path, state: str, code: str, resolved: bool, resolution: str
) -> None:
    """Numbers and words alike; a closing code may say that it is no answer."""
    found = read(tmp_path, files(state=state, close_code=code))
    assert (found.only.resolved, found.only.resolution) == (resolved, resolution)
    assert found.unknown_statuses == {}


def test_closed_by_the_caller_is_no_answer(tmp_path: Path) -> None:
    """What is written when a caller closes his own ticket is not an agent's."""
    closed = files(close_code="Closed/Resolved by Caller", close_notes="Closed by Caller")
    assert "Closed by Caller" not in [m.text for m in read(tmp_path, closed).only.messages]


def test_values_with_their_display(tmp_path: Path) -> None:
    """sysparm_display_value=all gives objects: the value counts, the display names what has an id."""
    shown = {"6": "Gelöst", EVA: "Eva Holm", "287ebd7da9fe198100f92cc8d1d2154e": "Service Desk"}
    both = {}
    for key, value in INCIDENT.items():
        plain = value["value"] if isinstance(value, dict) else value
        both[key] = {"display_value": shown.get(plain, plain), "value": plain}
    journal = [
        {key: {"display_value": v, "value": v} for key, v in item.items()} for item in JOURNAL
    ]
    found = read(
        tmp_path, {"incident.json": table(both), "sys_journal_field.json": table(*journal)}
    )
    assert (found.only.id, found.only.status, found.only.group) == (
        "INC0010001",
        "6",
        "Service Desk",
    )
    assert roles(found.only) == roles(read(tmp_path / "plain", files()).only)


def test_without_the_journal_the_resolution_notes_remain(tmp_path: Path) -> None:
    """The incidents alone have question and answer, and a note says where the comments are."""
    found = read(tmp_path, {"incident.json": files()["incident.json"]})
    assert roles(found.only) == [("customer", "public"), ("agent", "public")]
    assert found.only.resolution == "answered"
    assert "sys_journal_field" in found.notes


LIST = (
    '"number","caller_id","short_description","description","state","close_code","close_notes","opened_at","resolved_at",'
    '"reopen_count","assignment_group","comments","work_notes"\n'
    '"INC0010001","Eva Holm","Outlook freezes","On start","Resolved","Solution provided","Delete the profile and add it again.",'
    '"2026-01-02 10:00:00","2026-01-02 12:00:00","0","Service Desk",'
    '"2026-01-02 11:00:00 - Eva Holm (Additional comments)\nVersion 16\n\n'
    '2026-01-02 10:30:00 - Hannah Cole (Additional comments)\nWhich version is it?\n\n",'
    '"2026-01-02 10:20:00 - Hannah Cole (Work notes)\nseen twice this week\n\n"\n'
    '"INC0010002","Jan Holm","Printer","No paper","Awaiting parts","","","2026-01-03 10:00:00","","0","Service Desk","",""\n'
)  # fmt: skip


def test_the_lists_csv_has_the_journal_as_text(tmp_path: Path) -> None:
    """Entries, the newest first in one cell, become messages; times are the exporter's own."""
    found = read(tmp_path, {"incident.csv": LIST})
    assert found.mappings == ["servicenow-csv"]
    first = found.tickets["INC0010001"]
    assert said(first) == [
        ("customer", "public", "On start"),
        ("agent", "internal", "seen twice this week"),
        ("agent", "public", "Which version is it?"),
        ("customer", "public", "Version 16"),
        ("agent", "public", "Delete the profile and add it again."),
    ]
    assert (first.key, first.resolution, first.reopens) == ("servicenow:INC0010001", "answered", 0)
    assert (first.created_at, first.solved_at) == (utc("2026-01-02T08:00"), utc("2026-01-02T10:00"))
    assert (first.group, found.unknown_statuses) == ("Service Desk", {"Awaiting parts": 1})
    assert first.requester == first.messages[3].author
