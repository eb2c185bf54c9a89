"""Mappings: built in, guessed, written by users; their mistakes are named by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbtool.errors import InputError
from kbtool.tickets.mapping.columns import generic_mapping, guess_columns
from kbtool.tickets.mapping.conversation import split_conversation
from kbtool.tickets.mapping.engine import Engine, RecordError
from kbtool.tickets.mapping.paths import value_at, values_at
from kbtool.tickets.mapping.spec import Mapping, built_in_mappings, find_mapping, parse_mapping
from kbtool.tickets.raw import Record
from kbtool.tickets.sniff import mapping_yaml

MINE = """\
name: mine
ticket:
  id: Key
  subject: Summary
  csat: {from: Stars, scale: [1, 5]}
  created_at: When
status: {resolved: [Done], none: open}
messages:
  - role: {value: customer}
    text: Description
  - each: answers[]
    role: {from: who, map: {staff: agent}, default: customer}
    visibility: {from: hidden, map: {yes: internal}, default: public}
    text: body
time: {zone: Europe/Istanbul, format: "%d|%m|%Y %H:%M"}
"""


def test_paths_lead_through_lists_and_odd_column_names() -> None:
    """Dots and [] walk; a key spelled like the path wins; empty values are skipped."""
    record: dict[str, object] = {
        "a": {"b": [{"c": 1}, {"c": 2}, {"d": 3}]},
        "No. [x]": "7",
        "e": "",
    }
    assert values_at(record, "a.b[].c") == [1, 2]
    assert values_at(record, "No. [x]") == ["7"]
    assert values_at(record, "a.x.y") == []
    assert value_at(record, "e") is None


def test_a_users_own_mapping_is_run() -> None:
    """Constants, fallbacks, translated words, scales, zones and blocks do what they say."""
    engine = Engine(parse_mapping(MINE, "mine.yaml"), "UTC", "x.json")
    ticket = engine.ticket(
        Record(
            7,
            {
                "Key": 12,
                "Summary": "S",
                "Stars": "4",
                "When": "05|11|2025 10:30",
                "Description": "Where?",
                "answers": [
                    {"who": "staff", "body": "Here."},
                    {"who": "staff", "hidden": True, "body": "vip"},
                ],
            },
        )
    )
    assert (ticket.id, ticket.line, ticket.csat) == ("12", 7, 0.75)
    assert ticket.created_at is not None
    assert ticket.created_at.isoformat() == "2025-11-05T07:30:00+00:00"
    found = [(m.id, m.role, m.visibility, m.text) for m in ticket.messages]
    assert found[:2] == [("m1", "customer", "public", "Where?"), ("m2", "agent", "public", "Here.")]


@pytest.mark.parametrize("mapping", built_in_mappings(), ids=lambda m: m.name)
def test_a_mapping_survives_its_own_yaml(mapping: Mapping) -> None:
    """What --sniff prints is read back to the same mapping."""
    assert parse_mapping(mapping_yaml(mapping), "again.yaml") == mapping


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("ticket:", "tickets:"), "mine.yaml:2: unknown key tickets; did you mean 'ticket'?"),
        (
            ("  subject:", "  subjekt:"),
            "mine.yaml:4: unknown key ticket.subjekt; did you mean 'subject'?",
        ),
        (
            ("    text: body", "    txt: body"),
            "mine.yaml:14: unknown key messages[1].txt; did you mean 'text'?",
        ),
        (("  id: Key\n", ""), "ticket.id is missing"),
        (("[1, 5]", "[5, 1]"), "mine.yaml:5: ticket.csat.scale must be"),
        (("none: open", "none: closed"), "mine.yaml:7: status.none must be one of"),
        (("messages:\n", "messages: [\n"), "not YAML"),
    ],
)
def test_mistakes_are_named_by_line(change: tuple[str, str], message: str) -> None:
    """A typo in a mapping is told with file, line and the nearest right word."""
    with pytest.raises(InputError) as caught:
        parse_mapping(MINE.replace(*change, 1), "mine.yaml")
    assert message in caught.value.message


def test_an_unknown_mapping_names_the_nearest(tmp_path: Path) -> None:
    """A misspelt built-in name is not taken for a file silently."""
    with pytest.raises(InputError, match="no mapping and no file") as caught:
        find_mapping("zendesc")
    assert "zendesk" in str(caught.value.hint)


@pytest.mark.parametrize(
    "header",
    [
        [
            "Ticket ID",
            "Subject",
            "Description",
            "Reply",
            "Internal note",
            "Status",
            "Created at",
            "Customer email",
        ],
        ["Pileti nr", "Teema", "Kirjeldus", "Vastus", "Sisemärkus", "Olek", "Loodud", "E-post"],
        [
            "Talep No",
            "Konu",
            "Açıklama",
            "Yanıt",
            "İç Not",
            "Durum",
            "Oluşturulma Tarihi",
            "E-posta",
        ],
    ],
    ids=["en", "et", "tr"],
)
def test_columns_are_guessed_in_three_languages(header: list[str]) -> None:
    """Each column finds its field whatever case and signs it is written with."""
    fields = ["id", "subject", "description", "reply", "note", "status", "created_at", "email"]
    assert guess_columns([name.upper() for name in header]) == {
        field: name.upper() for field, name in zip(fields, header, strict=True)
    }


def test_missing_columns_are_listed() -> None:
    """The error names what is needed and what was found."""
    with pytest.raises(InputError, match="no column for an id; found: Subject, Text"):
        generic_mapping(["Subject", "Text"], [], "x.csv")
    with pytest.raises(InputError, match="a subject or a description"):
        generic_mapping(["id", "colour"], [], "x.csv")


def test_a_record_without_id_is_refused() -> None:
    """An empty id makes no ticket."""
    engine = Engine(generic_mapping(["id", "subject"], [], "x.csv"), "UTC", "x.csv")
    with pytest.raises(RecordError, match="no id"):
        engine.ticket(Record(2, {"id": " ", "subject": "x"}))


def test_a_conversation_in_a_cell_is_split() -> None:
    """Each head begins a message; the customer is told by word or by name."""
    text = "Intro\n[05.11.2025 12:30, Mari Kask]\nTere!\n\nVastus\n[06.11.2025 09:00, klient]\nAitäh\n[06.11.2025 10:00, Maie Sepp]\nVeel"
    parts = split_conversation(text, "UTC", ["Maie Sepp (20391)"])
    assert [(p.role, p.name, p.text) for p in parts] == [
        (None, None, "Intro"),
        ("agent", "Mari Kask", "Tere!\n\nVastus"),
        ("customer", None, "Aitäh"),
        ("customer", "Maie Sepp", "Veel"),
    ]


def test_text_in_brackets_is_no_head() -> None:
    """Only a time and a name alone on a line split."""
    assert len(split_conversation("see [05.11.2025 12:30, x] there\n[note]\nend", "UTC", [])) == 1
