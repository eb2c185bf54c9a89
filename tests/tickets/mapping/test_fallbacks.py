"""What a value falls back on when its paths hold nothing: texts put together, texts hashed."""

from __future__ import annotations

import pytest

from kbtool.errors import InputError
from kbtool.tickets.mapping.engine import Engine, RecordError
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.mapping.write import mapping_yaml
from kbtool.tickets.raw import RawTicket, Record

TEXT = """\
name: mine
ticket:
  id: {from: key, hash: [subject, body]}
  created_at: {from: made, together: [day, hour]}
  csat: {from: stars, map: {"0": null}, scale: [0, 1]}
messages:
  - text: body
    author_name: {together: [first, last]}
"""


def ticket(**data: object) -> RawTicket:
    """The ticket of a record."""
    return Engine(parse_mapping(TEXT, "mine.yaml"), "UTC", "x.csv").ticket(Record(1, dict(data)))


def test_an_id_is_made_of_the_texts_when_there_is_none() -> None:
    """The same texts give the same id; the record's own id goes before; the parts are told apart."""
    first = ticket(subject="ab", body="c")
    assert first.id == ticket(subject="ab ", body="c", stars=1).id
    assert len(first.id) == 16
    assert first.id != ticket(subject="a", body="bc").id
    assert ticket(key=7, subject="ab", body="c").id == "7"


def test_nothing_to_hash_is_no_id() -> None:
    """A record without any of the texts is told as one without an id."""
    with pytest.raises(RecordError):
        ticket(subject=" ", stars=1)


def test_parts_are_put_together_where_the_whole_is_missing() -> None:
    """A day and an hour make a time, the day alone makes one too; names come with spaces."""
    at = [
        ticket(key=1, body="x", **more).created_at
        for more in (
            {"day": "2026-01-05", "hour": "10:20:00"},
            {"day": "2026-01-05"},
            {"made": "2026-02-01 09:00", "day": "2026-01-05"},
        )
    ]
    assert [f"{time:%m-%d %H:%M}" for time in at if time] == [
        "01-05 10:20",
        "01-05 00:00",
        "02-01 09:00",
    ]
    assert ticket(key=1, body="x", first="Eva", last="Maier").messages[0].author_name == "Eva Maier"
    assert ticket(key=1, body="x").messages[0].author_name is None


def test_a_word_may_say_nothing() -> None:
    """A rating of 0 that means "not rated" is none; the others are scaled."""
    assert [ticket(key=1, stars=stars).csat for stars in (0, "0", 0.8)] == [None, None, 0.8]


def test_they_survive_their_own_yaml() -> None:
    """What --sniff prints is read back to the same mapping."""
    mapping = parse_mapping(TEXT, "mine.yaml")
    assert parse_mapping(mapping_yaml(mapping), "again.yaml") == mapping


def test_a_value_needs_something_to_read() -> None:
    """Neither from, together, hash nor value is a mistake."""
    with pytest.raises(InputError, match=r"ticket\.id: needs from"):
        parse_mapping("ticket: {id: {default: x}}\nmessages: [{text: a}]", "bad.yaml")
