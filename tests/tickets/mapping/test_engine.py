"""The engine: what a mapping's words make of a record, and what no record can do to it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbtool.tickets.mapping.engine import Engine, RecordError, Skipped
from kbtool.tickets.mapping.library import built_in_mappings
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.mapping.spec import Mapping
from kbtool.tickets.mapping.write import mapping_yaml
from kbtool.tickets.raw import RawTicket, Record


def read(text: str, data: dict[str, Any], **how: Any) -> RawTicket:
    """The ticket that the mapping's YAML makes of one record."""
    mapping = parse_mapping(text, "mine.yaml")
    return Engine(mapping, "UTC", "x.json", **how).ticket(Record(7, data))


def said(ticket: RawTicket) -> list[tuple[str, str, str, str]]:
    """(id, role, visibility, text) of each message."""
    return [(m.id, m.role, m.visibility, m.text) for m in ticket.messages]


FIELDS = """\
ticket:
  id: Key
  subject: [Summary, Title]
  csat: {from: Stars, map: {top: 1}, scale: [1, 5]}
  created_at: When
  tags: [labels, tag_*]
  names: [people, "owner.name"]
  priority: {from: urgent, map: {true: high}, default: normal}
  product: {value: Velmo}
  reopens: again
messages: [{role: {value: customer}, text: Description}]
time: {zone: Europe/Istanbul, format: "%d|%m|%Y %H:%M"}
"""


def test_fields_are_read() -> None:
    """Fallbacks, constants, translated words, scales, zones, lists and cells of several values."""
    ticket = read(
        FIELDS,
        {
            "Key": 12.0,
            "Summary": " ",
            "Title": "S",
            "Stars": "4",
            "When": "05|11|2025 10:30",
            "labels": ["a, b", {"name": "c"}],
            "tag_1": "d;e",
            "tag_2": "",
            "people": ["Eva", "Ott"],
            "owner": {"name": "Eva"},
            "urgent": True,
            "again": "2",
        },
    )
    assert (ticket.id, ticket.line, ticket.file, ticket.subject) == ("12", 7, "x.json", "S")
    assert ticket.created_at == datetime(2025, 11, 5, 7, 30, tzinfo=UTC)
    assert ticket.tags == ("a, b", "c", "d", "e")
    assert ticket.names == ("Eva", "Ott")
    assert (ticket.csat, ticket.priority, ticket.product, ticket.reopens) == (
        0.75,
        "high",
        "Velmo",
        2,
    )


@pytest.mark.parametrize(
    ("stars", "csat"),
    [
        ("top", 1),
        (5, 1),
        ("3,0", 0.5),
        (0, None),
        (6, None),
        ("good", None),
        ("nan", None),
        ([], None),
    ],
)
def test_a_rating_outside_its_scale_is_none(stars: object, csat: float | None) -> None:
    """0 of 1 … 5 is "not rated", not the worst."""
    assert read(FIELDS, {"Key": 1, "Stars": stars}).csat == csat


@pytest.mark.parametrize("number", [None, "", " ", [], {}, "x" * 201])
def test_a_record_without_a_usable_id_is_refused(number: object) -> None:
    """Such a record is told, not stored under a made-up name."""
    with pytest.raises(RecordError, match="id"):
        read(FIELDS, {"Key": number})


def test_a_record_that_is_no_ticket_is_skipped_with_its_reason() -> None:
    """Skipping goes before the id is looked for."""
    text = """\
skip:
  - {from: pull_request, reason: pull requests}
  - {from: state, is: [draft, Deleted], reason: drafts}
  - {from: kind, is: ticket, not: true, reason: of another kind}
ticket: {id: id}
messages: [{text: body}]
"""
    for data, reason in (
        ({"pull_request": {"url": "x"}}, "pull requests"),
        ({"state": "DELETED"}, "drafts"),
        ({"kind": "task"}, "of another kind"),
        ({}, "of another kind"),
    ):
        with pytest.raises(Skipped, match=f"^{reason}$"):
            read(text, data)
    assert read(text, {"id": 1, "kind": "Ticket", "pull_request": None}).id == "1"


@pytest.mark.parametrize(
    ("rule", "value", "holds"),
    [
        ("x", "0", False), ("x", "False", False), ("x", "no", True), ("x", 0, False), ("x", False, False), ("x", [], False), ("x", {"a": 1}, True),
        ("x", " ", False), ("{from: x, is: false}", False, True), ("{from: x, is: [a, b]}", "B", True),
        ("{from: x, is: a}", ["b", "A"], True), ("{from: x, is: a}", None, False),
        ("{from: x, contains: Spam}", "no spam here", True), ("{from: x, contains: spam}", ["spammy"], False),
        ("{from: x, contains: spam}", ["SPAM"], True), ("{from: x, not: true}", None, True),
        ("{from: x, is: a, not: true}", "a", False), ("{from: 'x[]', is: 2}", [1, 2.0], True),
    ],
)  # fmt: skip
def test_conditions_hold(rule: str, value: object, holds: bool) -> None:
    """A value, an equal word, a member or a part of a text; or the contrary."""
    text = f"ticket: {{id: id}}\nmarks: {{spam: {rule}}}\nmessages: [{{text: body}}]\n"
    assert ("spam" in read(text, {"id": 1, "x": value}).marks) is holds


NESTED = """\
ticket: {id: id}
lookup: {users: {key: id}}
messages:
  - each: events[].child_events[]
    unless: comments[]
    only: [{from: event_type, is: Comment}]
    skip: {from: state, is: draft}
    id: id
    role: {from: "@users(author_id).role", map: {end-user: customer, admin: agent}, default: system}
    customer_if_same: [author_id, $.requester_id, $.submitter.id]
    visibility: {from: public, map: {true: public, false: internal}, default: public}
    at: [at, ^.created_at]
    author: author_id
    text: body
    macros: ["^.macro_ids[]", "macro"]
  - {each: "comments[]", role: {value: agent}, text: body}
"""


def test_messages_of_nested_lists() -> None:
    """Around, root and lookups give role, time and macros; only and skip choose the items."""
    data = {
        "id": 1,
        "requester_id": "5",
        "events": [
            {
                "created_at": "2026-01-02T10:00:00Z",
                "macro_ids": [8, 9],
                "child_events": [
                    {"event_type": "Comment", "author_id": 7, "body": "Answer", "id": 2},
                    {"event_type": "Comment", "author_id": 7, "body": "No", "state": "draft"},
                    {"event_type": "Change", "author_id": 7, "body": "status"},
                    {
                        "event_type": "Comment",
                        "author_id": 99,
                        "body": "who?",
                        "public": False,
                        "id": 2,
                    },
                ],
            },
            {
                "created_at": "2026-01-01T10:00:00Z",
                "child_events": [{"event_type": "Comment", "author_id": 5.0, "body": "Question"}],
            },
        ],
        "comments": [],
    }
    users = {"7": {"role": "admin"}, "5": {"role": "admin"}}
    ticket = read(NESTED, data, lookups={"users": users})
    assert said(ticket) == [
        ("m1", "customer", "public", "Question"),
        ("2", "agent", "public", "Answer"),
        ("2-2", "system", "internal", "who?"),
    ]
    assert ticket.messages[1].macros == ("8", "9")
    ticket = read(NESTED, {**data, "comments": [{"body": "own"}]}, lookups={"users": users})
    assert said(ticket) == [("m1", "agent", "public", "own")]


def test_a_role_word_that_is_no_role_answers_nothing() -> None:
    """An unknown word makes no agent; no word at all does, for then only agents write."""
    text = "ticket: {id: id}\nmessages: [{each: 'c[]', role: who, text: t}]\n"
    ticket = read(text, {"id": 1, "c": [{"who": w, "t": "x"} for w in ("Staff", "AGENT", None)]})
    assert [m.role for m in ticket.messages] == ["system", "agent", "agent"]


@pytest.mark.parametrize(
    ("sender", "role"),
    [
        ("help@velmo.example", "agent"),
        ("Ann <ANN@Mail.Velmo.Example>", "agent"),
        ("boss@partner.example", "agent"),
        ("x@partner.example", "customer"),
        ("x@notvelmo.example", "customer"),
        ("nobody", "system"),
    ],
)
def test_agents_are_told_by_address(sender: str, role: str) -> None:
    """A domain stands for its subdomains, an address for itself."""
    text = "ticket: {id: id}\nmessages: [{role: {from: from, agent_if: addresses, default: system}, text: t}]\n"
    data = {"id": 1, "from": sender, "t": "x"}
    ticket = read(text, data, agent_addresses=["velmo.example", "Boss@partner.example"])
    assert [m.role for m in ticket.messages] == [role]


CELLS = """\
ticket: {id: id}
messages:
  - each: Comment*
    cells: {separator: ;, names: [at, author, text]}
    role: {value: agent}
    at: at
    author: author
    text: text
"""


def test_cells_of_several_parts() -> None:
    """The last part keeps further separators; a cell without a time where one should be is text."""
    ticket = read(
        CELLS,
        {
            "id": 1,
            "Comment": "02/Jan/26 11:00 AM;agent1;Update; the client.",
            "Comment 2": "02/Jan/26 10:00 AM;user2;Works.",
            "Comment 3": "Hello; this is; not one",
            "Comment 4": "",
        },
    )
    assert [(m.author, m.text) for m in ticket.messages] == [
        ("user2", "Works."),
        (None, "Hello; this is; not one"),
        ("agent1", "Update; the client."),
    ]


def test_rows_of_one_ticket() -> None:
    """The first record's fields are the ticket's; each row is a message with the record around it."""
    text = """\
group_by: number
ticket: {id: number, subject: subject}
messages: [{each: "rows[]", role: {from: type, map: {"1": customer, "2": agent}}, text: body, author: ^.owner}]
"""
    rows = [{"type": 1, "body": "When?"}, {"type": 2, "body": "Soon."}]
    ticket = read(text, {"number": 31, "subject": "Refund", "owner": "Ann", "rows": rows})
    assert said(ticket) == [
        ("m1", "customer", "public", "When?"),
        ("m2", "agent", "public", "Soon."),
    ]
    assert {m.author for m in ticket.messages} == {"Ann"}


def test_texts_in_a_list_are_messages() -> None:
    """``each`` may lead to bare texts; nothing is lost for the want of an object."""
    text = "ticket: {id: id}\nmessages: [{each: notes, role: {value: agent}, text: text}]\n"
    assert [m.text for m in read(text, {"id": 1, "notes": ["one", " ", 2, None]}).messages] == [
        "one",
        "2",
    ]


def test_a_journal_is_taken_apart_and_put_in_order() -> None:
    """Newest first in the cell, oldest first in the ticket; work notes stay internal."""
    text = """\
ticket: {id: id, names: caller}
messages:
  - {role: {value: customer}, at: opened, text: description}
  - {conversation: true, role: {value: agent}, id: {value: journal}, text: comments}
"""
    ticket = read(
        text,
        {
            "id": "INC1",
            "caller": "Eva Klein",
            "opened": "2026-01-01 08:00:00",
            "description": "It freezes",
            "comments": "2026-01-02 10:00:00 - Jane Roe (Work notes)\nlooks like the profile\n\n"
            "2026-01-02 09:00:00 - Eva Klein (Additional comments)\nstill does\n",
        },
    )
    assert said(ticket) == [
        ("m1", "customer", "public", "It freezes"),
        ("journal-2", "customer", "public", "still does"),
        ("journal-1", "agent", "internal", "looks like the profile"),
    ]


def test_times_that_cannot_be_read_are_counted_by_kind() -> None:
    """What is wrong is told without what may be private."""
    mapping = parse_mapping("ticket: {id: id, created_at: at}\nmessages: [{text: t}]\n", "m.yaml")
    engine = Engine(mapping, "UTC", "x")
    for at in ("5 weeks ago", "7 weeks ago", "+372 5555 1234", "2026-01-02 10:00"):
        engine.ticket(Record(1, {"id": 1, "at": at}))
    assert engine.bad_times == {"0 aaaaa aaa": 2, "+000 0000 0000": 1}
    assert engine.without_zone


_WORDS = st.sampled_from(
    ["", " ", "true", "closed", "2025-01-01T00:00:00Z", "<p>x</p>", "a@b.example", "1", "-1", "\ud800", "Comment"]
)  # fmt: skip
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | _WORDS | st.text(max_size=5)


def _records(mapping: Mapping) -> st.SearchStrategy[tuple[Mapping, dict[str, object]]]:
    """Any JSON under the names that the mapping's paths lead through, so that it is reached."""
    keys = st.sampled_from(sorted(set(re.findall(r"[\w ]+", mapping_yaml(mapping)))))
    values = st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=20,
    )
    return st.tuples(st.just(mapping), st.dictionaries(keys, values, max_size=10))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of([_records(mapping) for mapping in built_in_mappings()]))
def test_no_record_breaks_a_built_in_mapping(given_: tuple[Mapping, dict[str, object]]) -> None:
    """Any JSON gives a ticket whose messages have texts and ids of their own, or a reason why not."""
    mapping, data = given_
    tables = {lookup.name: {"1": {"id": 1, "role": "x"}} for lookup in mapping.lookups}
    engine = Engine(mapping, "UTC", "x", lookups=tables, agent_addresses=("b.example",))
    try:
        ticket = engine.ticket(Record(1, data))
    except (RecordError, Skipped) as reason:
        assert str(reason)
        return
    ids = [message.id for message in ticket.messages]
    assert len(set(ids)) == len(ids)
    assert all(message.text.strip() for message in ticket.messages)
