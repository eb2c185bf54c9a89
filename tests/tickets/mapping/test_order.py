"""Messages of one list that several blocks read."""

from __future__ import annotations

from kbtool.tickets.mapping.engine import Engine
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.raw import Record

TEXT = """\
name: mine
ticket: {id: key}
messages:
  - text: asked
    role: {value: customer}
  - each: said[]
    only: {from: who, is: us}
    role: {value: agent}
    at: when
    text: what
  - each: said[]
    only: {from: who, is: them}
    role: {value: customer}
    at: when
    text: what
  - each: later[]
    text: what
"""


def words(*said: dict[str, object]) -> list[str]:
    """What was said, in the order of the ticket."""
    data: dict[str, object] = {"key": 1, "asked": "q", "said": list(said), "later": [{"what": "z"}]}
    engine = Engine(parse_mapping(TEXT, "mine.yaml"), "UTC", "x.json")
    return [message.text for message in engine.ticket(Record(1, data)).messages]


def test_undated_messages_keep_the_order_of_their_list() -> None:
    """Whichever block reads them; lists follow each other as their first blocks do."""
    found = words(
        {"who": "them", "what": "a"},
        {"who": "us", "what": "b"},
        {"who": "nobody", "what": "-"},
        {"who": "them", "what": "c"},
    )
    assert found == ["q", "a", "b", "c", "z"]


def test_messages_of_one_moment_keep_the_order_of_their_list() -> None:
    """Times go before places, places tell equal times apart."""
    early, late = "2026-01-05 10:00", "2026-01-05 11:00"
    found = words(
        {"who": "them", "what": "c", "when": late},
        {"who": "them", "what": "a", "when": early},
        {"who": "us", "what": "b", "when": early},
    )
    assert [word for word in found if word in "abc"] == ["a", "b", "c"]
