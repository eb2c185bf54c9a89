"""A knowledge base that imports the files of one help desk; what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kbtool.config import load_settings
from kbtool.db import open_database
from kbtool.model import Message, Rejected, Ticket
from kbtool.tickets.store import read_tickets
from kbtool.workflows.import_tickets import ImportResult, import_tickets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEY = bytes(range(32))
CONFIG = """\
site_name: Test
site_url: https://help.velmo.example/
extra:
  kbtool:
    languages: [en, de, fr, es, tr, et, ru]
    tickets:
      timezone: Europe/Tallinn
      phone_regions: [GB, TR, EE]
      product_words: [Velmo]
      agent_addresses: [velmo.example]
"""


@dataclass(frozen=True, slots=True)
class Read:
    """What an import of some files stored and said."""

    tickets: dict[str, Ticket]
    """By the help desk's own id."""
    result: ImportResult

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """Records that could not be used."""
        return self.result.loaded.rejected

    @property
    def notes(self) -> str:
        """Everything the import said, a line each."""
        loaded = self.result.loaded
        skipped = [
            f"{file.file}: left out: {what} ({count:,})"
            for file in loaded.files
            for what, count in file.skipped
        ]
        return "\n".join([*loaded.notes, *skipped])

    @property
    def unknown_statuses(self) -> dict[str, int]:
        """Status words that the mapping does not know, with their counts."""
        return dict(self.result.loaded.unknown_statuses)

    @property
    def mappings(self) -> list[str]:
        """The mapping that read each file of tickets."""
        return [file.mapping for file in self.result.loaded.files]

    @property
    def only(self) -> Ticket:
        """The single ticket."""
        (ticket,) = self.tickets.values()
        return ticket


def read(tmp_path: Path, files: Mapping[str, str | bytes], **how: Any) -> Read:
    """Write ``files`` (name: text or bytes) and import them all with one command.

    ``how`` are options of ``import_tickets``, such as ``mapping``.
    """
    tmp_path.mkdir(exist_ok=True)
    config = tmp_path / "mkdocs.yml"
    config.write_text(CONFIG, encoding="utf-8")
    settings = load_settings(tmp_path)
    folder = tmp_path / "exports"
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    paths = [folder / name for name in files]
    result = import_tickets(settings, paths, now=NOW, fresh_key=KEY, **how)
    engine = open_database(settings.database)
    with engine.begin() as connection:
        tickets = {ticket.id: ticket for ticket in read_tickets(connection)}
    engine.dispose()
    return Read(tickets, result)


def lines(*records: dict[str, Any]) -> str:
    """Records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def said(ticket: Ticket) -> list[tuple[str, str, str]]:
    """(role, visibility, text) of each message, in order."""
    return [(m.role, m.visibility, m.text) for m in ticket.messages]


def roles(ticket: Ticket) -> list[tuple[str, str]]:
    """(role, visibility) of each message, in order."""
    return [(m.role, m.visibility) for m in ticket.messages]


def public(ticket: Ticket) -> list[Message]:
    """The messages that the customer could read."""
    return [m for m in ticket.messages if m.visibility == "public"]


def utc(text: str) -> datetime:
    """``2026-01-05T10:00`` as an aware UTC time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
