"""Visit tokens on their way from a help desk's export into the store, and nowhere else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kbtool.config import Settings, load_settings
from kbtool.db import reading, writing
from kbtool.events.store import read_events, save_events
from kbtool.model import Event, Ticket
from kbtool.tickets.store import read_tickets
from kbtool.workflows.forget import forget
from kbtool.workflows.import_tickets import ImportResult, import_tickets

NOW = datetime(2026, 2, 1, tzinfo=UTC)
T, OTHER = "kbv-23456789abcd", "kbv-dcba98765432"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base without anything in it."""
    config = "site_name: T\nsite_url: https://x.example/\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    return load_settings(tmp_path)


def desk(number: int, asked: str, answer: str = "Press the button.", **more: Any) -> dict[str, Any]:
    """A Zendesk ticket with one question and one answer."""
    comments = [
        {"id": 1, "author_id": 7, "public": True, "plain_body": asked},
        {"id": 2, "author_id": 3, "public": True, "plain_body": answer},
    ]
    return {
        "id": number, "subject": "Lock", "status": "closed", "requester_id": 7,
        "created_at": "2026-01-05T10:00:00Z", "comments": comments, **more,
    }  # fmt: skip


def run(settings: Settings, *records: dict[str, Any], **options: Any) -> ImportResult:
    path = settings.root / "t.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return import_tickets(settings, [path], now=NOW, fresh_key=b"k" * 32, **options)


def stored(settings: Settings) -> list[Ticket]:
    with reading(settings.database) as connection:
        return list(read_tickets(connection))


LOCK = "How do I lock it?"


@pytest.mark.parametrize(
    ("record", "visit"),
    [
        (desk(1, f"{LOCK}\n\n[{T}]"), T),
        (desk(1, LOCK, subject=f"Question [{T.upper()}]"), T),
        (desk(1, LOCK, custom_fields=[{"id": 5, "value": None}, {"id": 6, "value": T}]), T),
        (desk(1, LOCK, url=f"https://desk.example/new?kb_visit={T}"), T),
        (desk(1, LOCK, tags=[T, "bike"]), T),
        (desk(1, f"{LOCK} [{T}]", custom_fields=[{"id": 6, "value": OTHER}]), T),
        (desk(1, LOCK, answer=f"As in the other case [{T}]."), None),
        (desk(1, LOCK), None),
    ],
    ids=["message", "subject", "field", "address", "tag", "the message counts", "agent", "none"],
)
def test_the_token_is_kept_and_cut_out_of_the_texts(
    settings: Settings, record: dict[str, Any], visit: str | None
) -> None:
    """From the subject, a customer's message or any field; no text that is mined holds it."""
    result = run(settings, record)
    (found,) = stored(settings)
    assert found.visit == visit
    assert result.figures.visits == (visit is not None)
    assert found.messages[0].text == LOCK
    texts = [found.subject, *found.tags, *(m.text for m in found.messages)]
    texts += [cut.text for message in found.messages for cut in message.cuts]
    assert not any("kbv-" in text.lower() for text in texts)
    assert run(settings, record).saved.unchanged == 1


def test_an_import_tells_which_hand_offs_found_their_ticket(settings: Settings) -> None:
    """By token alone; a second import tells the same, a dry run stores nothing and tells none."""
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    handed = [
        Event(f"e{n}", "contact", at, None, value="handoff", token=token)
        for n, token in enumerate([T, OTHER])
    ]
    with writing(settings.database) as connection:
        save_events(connection, handed)
    records = [desk(1, f"{LOCK}\n[{T}]"), desk(2, LOCK)]
    assert run(settings, *records, dry_run=True).hand_offs == ()
    for _ in range(2):
        found = run(settings, *records).hand_offs
        assert [(one.token, one.tickets) for one in found] == [(T, ("zendesk:1",)), (OTHER, ())]


def test_a_forgotten_ticket_takes_its_token_from_the_hand_off(settings: Settings) -> None:
    """The hand-off stays counted; what tied it to the person is gone."""
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    with writing(settings.database) as connection:
        save_events(connection, [Event("e1", "contact", at, None, value="handoff", token=T)])
    run(settings, desk(1, f"{LOCK}\n[{T}]"))
    forget(settings, ["zendesk:1"])
    with reading(settings.database) as connection:
        (event,) = read_events(connection)
    assert (event.value, event.token) == ("handoff", None)
    files = [file for file in settings.state_dir.rglob("*") if file.is_file()]
    assert not any(T.encode() in file.read_bytes() for file in files)
