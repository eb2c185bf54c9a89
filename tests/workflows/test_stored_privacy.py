"""Wherever in a ticket personal data stands, none of it is stored or told."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kbtool.config import Settings, load_settings
from kbtool.errors import InputError
from kbtool.workflows.import_tickets import import_tickets, sniff_tickets

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CONFIG = """\
site_name: Test
site_url: https://help.velmo.example/
extra: {kbtool: {languages: [en], tickets: {phone_regions: [EE]}}}
"""
MAPPING = """\
name: everything
ticket:
  id: id
  subject: subject
  status: status
  created_at: created
  solved_at: solved
  language: language
  requester: requester
  names: names
  group: group
  channel: channel
  tags: tags
  csat_comment: comment
  merged_into: merged
  product: product
  type: type
  priority: priority
status: {resolved: done}
messages:
  - {id: message, text: text, role: {value: customer}, author: requester, author_name: names}
  - {id: message, html: html, role: {value: agent}, author: agent, macros: macros}
"""
PLACES = (
    "id subject status created solved language requester names group channel tags comment merged "
    "product type priority message text html agent macros"
).split()
TOLD = "eva.ott@private.example, tel +372 5123 4567, card 4111 1111 1111 1111"
PRIVATE = ("eva.ott", "5123 4567", "4111 1111", "51234567")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A knowledge base, and a mapping that reads every field there is."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "everything.yaml").write_text(MAPPING, encoding="utf-8")
    return load_settings(tmp_path)


@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_ticket_keeps_personal_data(settings: Settings, place: str) -> None:
    """Neither the state folder nor anything that is told holds it, at whichever length."""
    base = {
        "id": "1", "status": "done", "message": "m", "subject": "Bike won't unlock",
        "text": "My bike won't unlock with the app, why?", "html": "<p>Turn on Bluetooth.</p>",
    }  # fmt: skip
    tickets = [
        {**base, "id": f"{n}", place: told} for n, told in enumerate((TOLD, "x" * 90 + f" {TOLD}"))
    ]
    file = settings.root / "export.jsonl"
    file.write_text("\n".join(map(json.dumps, tickets)), encoding="utf-8")
    mapping = str(settings.root / "everything.yaml")
    result = import_tickets(settings, [file], now=NOW, fresh_key=b"k" * 32, mapping=mapping)
    assert result.figures.tickets == 2
    stored = b"".join(f.read_bytes() for f in sorted(settings.state_dir.iterdir()))
    told = str(asdict(result.loaded)) + str(sniff_tickets(settings, [file], mapping=mapping))
    for text in PRIVATE:
        assert text.encode() not in stored
        assert text not in told


@pytest.mark.parametrize("sniffing", [True, False])
def test_a_first_row_of_data_is_told_as_such(settings: Settings, sniffing: bool) -> None:
    """What stands where columns should be named is somebody's data: the message hides it."""
    file = settings.root / "export.csv"
    file.write_text(f'17;"{TOLD}";"{"word " * 100}"\n18;b;c\n' * 3, encoding="utf-8")
    with pytest.raises(InputError, match="no names of columns in the first line") as error:
        if sniffing:
            sniff_tickets(settings, [file])
        else:
            import_tickets(settings, [file], now=NOW, fresh_key=b"k" * 32)
    assert not [text for text in PRIVATE if text in str(error.value)]


def test_thousands_of_columns_are_not_listed(settings: Settings) -> None:
    """A message names the first columns only."""
    file = settings.root / "export.csv"
    file.write_text(",".join(f"c{n}" for n in range(5_000)), encoding="utf-8")
    with pytest.raises(InputError, match=r"c19 and 4,980 more$"):
        sniff_tickets(settings, [file])


def test_no_field_grows_with_what_stands_in_it(settings: Settings) -> None:
    """A long text where a word is expected is stored as its beginning; an id of that length hashed."""
    long = "word " * 20_000
    ticket = dict.fromkeys(PLACES, long) | {"id": "1", "names": long, "tags": [long] * 9}
    file = settings.root / "export.jsonl"
    file.write_text(json.dumps(ticket), encoding="utf-8")
    mapping = str(settings.root / "everything.yaml")
    import_tickets(settings, [file], now=NOW, fresh_key=b"k" * 32, mapping=mapping)
    assert settings.database.stat().st_size < 1_000_000
