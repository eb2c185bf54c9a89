"""A proposal for JSON of an unknown shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.errors import InputError
from kbtool.tickets.mapping.engine import Engine
from kbtool.tickets.mapping.guess import propose_mapping
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.mapping.spec import Value
from kbtool.tickets.mapping.write import mapping_yaml
from kbtool.tickets.raw import Record

DESK: dict[str, Any] = {
    "ticket": {"number": 4, "title": "Where is it?", "state": "done", "opened": "2026-01-02T10:00:00Z"},
    "customer": {"id": 5, "email": "eva@mail.example", "name": "Eva Klein"},
    "thread": {
        "watchers": [{"id": 1, "login": "ann"}],
        "posts": [
            {
                "sender": {"type": "client", "name": "Eva"},
                "isInternal": False,
                "sentAt": 1767345600,
                "bodyHtml": "<p>Where is my order number five?</p>",
            },
            {
                "sender": {"type": "operator", "name": "Ann"},
                "isInternal": True,
                "sentAt": 1767349600,
                "bodyHtml": "<p>The customer is a regular one.</p>",
            },
        ],
    },
    "labels": ["parcel", "late"],
}  # fmt: skip


def test_nested_records_are_understood() -> None:
    """The list of long texts is the messages; roles, times and visibility follow from the names."""
    mapping, why = propose_mapping([DESK], "x.json")
    assert "thread.posts[] = messages" in why
    assert "correct what is wrong" in why
    ticket = Engine(mapping, "UTC", "x.json").ticket(Record(1, DESK))
    assert (ticket.id, ticket.subject, ticket.status, ticket.tags) == (
        "4",
        "Where is it?",
        "done",
        ("parcel", "late"),
    )
    assert ticket.requester == "eva@mail.example"
    assert [(m.role, m.visibility, m.author_name, m.is_html) for m in ticket.messages] == [
        ("customer", "public", "Eva", True),
        ("agent", "internal", "Ann", True),
    ]
    assert set(mapping.recognise.all) == {"ticket", "labels", "customer", "thread"}


@pytest.mark.parametrize(
    ("key", "values", "role"),
    [
        ("from_agent", [True, False], {"true": "agent", "false": "customer"}),
        ("incoming", [True, False], {"true": "customer", "false": "agent"}),
        ("direction", ["inbound", "outbound"], {"inbound": "customer", "outbound": "agent"}),
        ("authorType", ["end-user", "Admin", "robot"], {"end-user": "customer", "admin": "agent"}),
    ],
)
def test_roles_are_told_by_words_and_flags(
    key: str, values: list[Any], role: dict[str, str]
) -> None:
    """Only words whose meaning is known are proposed; the rest is the system's."""
    comments = [{key: value, "text": "a text that is long enough"} for value in values]
    mapping, _ = propose_mapping([{"id": 1, "subject": "s", "comments": comments}], "x.json")
    assert dict(mapping.messages[-1].fields["role"].words) == role


def test_the_question_is_not_told_twice() -> None:
    """A description that the first message repeats stands aside for the list."""
    comments = [{"body": "my parcel has not arrived"}, {"body": "it will come tomorrow"}]
    same = {"id": 1, "description": "my parcel has not arrived", "comments": comments}
    mapping, _ = propose_mapping([same], "x.json")
    assert [block.unless for block in mapping.messages] == [("comments[]",), ()]
    mapping, _ = propose_mapping([{**same, "description": "Something else, before"}], "x.json")
    assert [block.unless for block in mapping.messages] == [(), ()]


def test_objects_in_objects_without_a_list_are_a_table() -> None:
    """Flat fields in nested objects are proposed like columns."""
    row: dict[str, object] = {
        "key": "IT-7",
        "fields": {"summary": "VPN drops", "description": "Every hour or so"},
    }
    mapping, _ = propose_mapping([row], "x.json")
    assert mapping.ticket["subject"] == Value(paths=("fields.summary",))


def test_what_says_nothing_is_refused_with_its_keys() -> None:
    """There is nothing to propose without an id or a question."""
    with pytest.raises(InputError, match=r"x\.json:1: no column for .*a\.b"):
        propose_mapping([{"a": {"b": True}}], "x.json")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a text of some length", "", "open"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "body", "role", "public", "a.b", "subject"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
_KEYS = st.sampled_from(["id", "subject", "comments", "x"])


@given(st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), max_size=3))
def test_a_proposal_is_a_mapping_that_can_be_given(sample: list[dict[str, object]]) -> None:
    """Whatever the records: a mapping that its own YAML gives again, or a reason."""
    try:
        mapping, why = propose_mapping(sample, "x.json")
    except InputError as error:
        assert "no column for" in error.message
        return
    assert why
    assert parse_mapping(mapping_yaml(mapping), "x.yaml") == mapping
