"""``kbtool tickets`` as a support lead types it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kbtool.db import writing
from kbtool.model import Cut, Message, Provenance, Ticket
from tests.cli.writers import kbtool
from tests.tickets.stored import save_tickets

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
TERMS = "Pausing is free for two months a year.\nYou find it under **Account > Pause**."


def _message(id_: str, role: str, text: str, **changes: object) -> Message:
    values: dict[str, object] = {
        "visibility": "public",
        "author": f"{role}-hash-of-a-person",
        **changes,
    }
    return Message(id=id_, role=role, at=START, text=text, **values)  # type: ignore[arg-type]


def _ticket(id_: str, *messages: Message, source: str = "desk", **changes: object) -> Ticket:
    values: dict[str, object] = {
        "subject": "Pause in winter", "status": "Geschlossen", "resolution": "answered",
        "language": "en", "language_confidence": 0.98, **changes,
    }  # fmt: skip
    return Ticket(
        source=source, id=id_, resolved=True, created_at=START, solved_at=START + timedelta(hours=1),
        requester="customer-hash", group=None, channel="mail", tags=("pause",), csat=1.0,
        reopens=None, merged_into=None, messages=messages,
        provenance=Provenance("export.jsonl", 7, "zendesk"), **values,  # type: ignore[arg-type]
    )  # fmt: skip


TICKETS = (
    _ticket(
        "4711",
        _message("m1", "customer", "Can I pause?\nIt is cold.", cuts=(
            Cut("greeting", "Hello,", 0), Cut("quote", "> one\n> two", 1), Cut("signature", "[signature, 3 lines]", 2),
        )),
        _message("m2", "agent", TERMS, macros=("360",), links=("https://help.example/a/kb-1/",)),
        _message("m3", "agent", "He was angry on the phone.", visibility="internal"),
    ),
    *(_ticket(f"48{n}0", _message("m1", "agent", TERMS)) for n in range(4)),
    _ticket("4711", source="chat", language=None, language_confidence=None, resolution="spam", subject="\x1b[2J[bold]x"),
)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("base")
    assert kbtool(folder, "init", ".").returncode == 0
    with writing(folder / ".kbtool" / "kb.db") as connection:
        save_tickets(connection, TICKETS)
    yield folder


def test_a_ticket_is_shown_with_its_cuts_in_place(base: Path) -> None:
    """Facts, messages, what was cut between the kept lines, notes and macros marked."""
    shown = kbtool(base, "tickets", "show", "desk:4711")
    assert shown.returncode == 0
    text = shown.stdout
    assert 'status "Geschlossen", resolved, answered · language en (0.98)' in text
    assert "read from export.jsonl:7 with the mapping zendesk" in text
    places = [
        text.index(part)
        for part in (
            "1 customer", "✂ greeting: Hello,", "Can I pause?", "✂ quote, 2 lines: > one",
            "It is cold.", "✂ signature, 3 lines", "2 agent", "macro 360", "Pausing is free",
            "links: https://help.example/a/kb-1/", "internal note", "He was angry",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "> two" not in text
    assert "> two" in kbtool(base, "tickets", "show", "desk:4711", "--cuts").stdout


def test_a_ticket_is_found_by_a_part_of_its_id(base: Path) -> None:
    """The whole id, its beginning, or with the source; several and none are told."""
    assert "desk:4800" in kbtool(base, "tickets", "show", "480").stdout
    assert "chat:4711" in kbtool(base, "tickets", "show", "chat:47").stdout
    several = kbtool(base, "tickets", "show", "4711")
    assert several.returncode == 3
    assert "chat:4711, desk:4711" in several.stderr
    none = kbtool(base, "tickets", "show", "9%")
    assert none.returncode == 3
    assert "kbtool tickets list" in none.stderr


def test_a_ticket_as_json_is_what_is_stored(base: Path) -> None:
    """Every field, every message, every cut."""
    data = json.loads(kbtool(base, "tickets", "show", "desk:4711", "--json").stdout)
    assert data["format"] == 1
    assert data["ticket"]["key"] == "desk:4711"
    assert data["ticket"]["messages"][0]["cuts"][1] == {
        "kind": "quote",
        "text": "> one\n> two",
        "line": 1,
    }
    assert data["ticket"]["provenance"]["line"] == 7


def test_the_list_is_filtered_and_says_how_many_there_are(base: Path) -> None:
    """By language, resolution, status (in any case) and source; exit 1 when there is none."""
    assert len(kbtool(base, "tickets", "list").stdout.splitlines()) == len(TICKETS)
    some = kbtool(base, "tickets", "list", "--source", "desk", "--limit", "2")
    assert len(some.stdout.splitlines()) == 2
    assert "2 of 5 tickets" in some.stderr
    unknown = json.loads(kbtool(base, "tickets", "list", "--unknown-language", "--json").stdout)
    assert [row["key"] for row in unknown["tickets"]] == ["chat:4711"]
    assert (
        json.loads(kbtool(base, "tickets", "list", "--resolution", "spam", "--json").stdout)[
            "count"
        ]
        == 1
    )
    assert (
        kbtool(base, "tickets", "list", "--status", "geschlossen", "--lang", "en").returncode == 0
    )
    none = kbtool(base, "tickets", "list", "--lang", "tr")
    assert (none.returncode, none.stdout) == (1, "")
    assert "None of the 6 stored tickets" in none.stderr
    assert kbtool(base, "tickets", "list", "--lang", "tr", "--unknown-language").returncode == 2


def test_macros_are_ranked_by_tickets(base: Path) -> None:
    """The named one with its id, text, tickets and agents."""
    shown = kbtool(base, "tickets", "macros")
    assert shown.returncode == 0
    assert "1 ticket, 1 agent · en 1 · macro 360" in shown.stdout.replace("[", "").splitlines()[0]
    [named] = json.loads(kbtool(base, "tickets", "macros", "--json").stdout)["macros"]
    assert (named["id"], named["named"], named["languages"]) == ("360", True, {"en": 1})
    assert named["text"].splitlines() == TERMS.splitlines()


def test_hostile_text_cannot_speak_to_the_terminal(base: Path) -> None:
    """Escape sequences and rich's markup in a subject are shown, not obeyed."""
    for command in (("list",), ("show", "chat:4711"), ("show", "chat:4711", "--json")):
        shown = kbtool(base, "tickets", *command).stdout
        assert "\x1b" not in shown
        assert "[bold]x" in shown


def test_an_empty_base_says_what_to_do_next(tmp_path: Path) -> None:
    """No ticket, no macro: exit 1 and the next command."""
    kbtool(tmp_path, "init", ".")
    empty = kbtool(tmp_path, "tickets", "list")
    assert (empty.returncode, empty.stdout) == (1, "")
    assert "kbtool import FILE" in empty.stderr
    assert kbtool(tmp_path, "tickets", "macros").returncode == 1
