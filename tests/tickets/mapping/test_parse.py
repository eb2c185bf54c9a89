"""YAML to Mapping: what is understood, and mistakes told with line, path and plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kbtool.errors import InputError
from kbtool.tickets.mapping.library import built_in_mappings
from kbtool.tickets.mapping.parse import find_problems, mapping_schema, parse_mapping
from kbtool.tickets.mapping.spec import Condition, Mapping, Shape, Value
from kbtool.tickets.mapping.write import mapping_yaml

MINE = """\
name: mine
ticket:
  id: Key
  subject: Summary
  csat: {from: Stars, scale: [1, 5]}
  product: "@items(item).name"
status: {resolved: [Done, 4, true], none: open}
recognise: [Key, Summary]
skip: [{from: state, is: [Draft], reason: drafts}]
lookup: {items: {key: id, recognise: [id, name], stream: items}}
join:
  answers: {keys: [Key, ticket], beside: answers.json, required: false, id: id, one: true}
marks: {spam: {from: tags, contains: Spam}, merged: [parent, {from: kind, is: x, not: true}]}
messages:
  - role: {value: customer}
    text: Description
  - each: answers[]
    only: {from: kind, is: Reply}
    role: {from: who, map: {Staff: agent, yes: bot}, default: customer}
    visibility: {from: hidden, map: {true: internal}, default: public}
    cells: {separator: ;, names: [at, text]}
    text: body
time: {zone: Europe/Istanbul, format: "%d|%m|%Y %H:%M", month_first: true}
"""


def test_short_forms_are_made_long() -> None:
    """One text is a list of one; words are folded; numbers and true become words."""
    mapping = parse_mapping(MINE, "mine.yaml")
    assert mapping.recognise == Shape(all=("Key", "Summary"))
    assert mapping.statuses == {"done": "resolved", "4": "resolved", "true": "resolved"}
    assert mapping.lookups[0].shape == Shape(all=("id", "name"), streams=("items",))
    join = mapping.joins[0]
    assert (join.beside, join.required, join.id, join.one) == (("answers.json",), False, "id", True)
    assert mapping.marks["spam"] == (Condition("tags", contains="spam"),)
    assert mapping.marks["merged"][1] == Condition("kind", words=("x",), negate=True)
    assert mapping.messages[1].only == (Condition("kind", words=("reply",)),)
    assert mapping.ticket["csat"] == Value(paths=("Stars",), scale=(1.0, 5.0))


def test_yes_and_no_are_words() -> None:
    """Tables hold "yes" and "no"; only true and false are JSON's."""
    role = parse_mapping(MINE, "mine.yaml").messages[1].fields["role"]
    assert dict(role.words) == {"staff": "agent", "yes": "bot"}


def test_all_of_it_survives_its_own_yaml() -> None:
    """mapping_yaml leaves nothing out."""
    mapping = parse_mapping(MINE, "mine.yaml")
    assert parse_mapping(mapping_yaml(mapping), "again.yaml") == mapping


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ticket:", "tickets:", "2: tickets: unknown key; did you mean 'ticket'?"),
        ("ticket:", "tickets:", "1: ticket: is missing"),
        ("  subject:", "  subjekt:", "4: ticket.subjekt: unknown key; did you mean 'subject'?"),
        ("text: body", "txt: body", "17: messages[1]: needs text or html"),
        ("  id: Key\n", "", "2: ticket.id: is missing"),
        ("Key\n", "7\n", "3: ticket.id: must be a text or a list or keys with values, but is a number"),
        ("[1, 5]", "[5, 1]", "5: ticket.csat.scale: must be [lowest, highest]"),
        ("[1, 5]", "[1]", "5: ticket.csat.scale: needs 2 or more, but has 1"),
        ("scale: [1, 5]", "map: {good: 5}", "5: ticket.csat.map.good: 5 is above 1"),
        ("@items(item)", "@item(item)", "6: ticket.product: no lookup 'item'; did you mean 'items'?"),
        ("@items(item).name", "@items(item", "6: ticket.product: '@items(item' is not right: a lookup is"),
        ("none: open", "none: closed", "7: status.none: 'closed' is none of resolved, open, spam"),
        ("none: open", "open: done", "7: status.open: 'done' is under resolved already"),
        ("[Key, Summary]", "{format: xml}", "8: recognise.format: 'xml' is none of json, csv, mail"),
        (", reason: drafts", "", "9: skip[0].reason: is missing"),
        ("{items:", "{2items:", "10: lookup.2items: a name has letters, digits and _ only"),
        ("[Key, ticket]", "[Key]", "12: join.answers.keys: needs 2 or more, but has 1"),
        ("contains: Spam", "is: a, contains: b", "13: marks.spam.contains: cannot stand beside is"),
        ("{value: customer}", "{value: costumer}", "15: messages[0].role.value: 'costumer' is none of"),
        ("{value: customer}", "{value: x, from: y}", "15: messages[0].role: value stands alone"),
        ("{value: customer}", "{default: agent}", "15: messages[0].role: needs from (a path) or value"),
        ("Staff: agent", "Staff: agnet", "19: messages[1].role.map.Staff: 'agnet' is none of customer, agent, bot, system; did you mean 'agent'?"),
        ("default: customer", "agent_if: addresses", "19: messages[1].role.map: cannot stand beside agent_if"),
        ("[at, text]", "[]", "21: messages[1].cells.names: is empty" ),
        ("Europe/Istanbul", "Mars/Dome", "23: time.zone: no zone 'Mars/Dome'"),
        ("%d|%m", "%Q|%m", "23: time.format: '%Q|%m|%Y %H:%M': 'Q' is a bad directive"),
        ("month_first: true", "month_first: 1", "23: time.month_first: must be true or false, but is a number"),
        ("status:", "name: again\nstatus:", "7: name: is given twice, in line 1 too"),
        ("messages:\n", "messages: [\n", "not YAML"),
    ],
)  # fmt: skip
def test_mistakes_are_told_by_line_and_path(old: str, new: str, told: str) -> None:
    """A mistake is told with file, line, path in the mapping and words that anyone understands."""
    assert old in MINE
    with pytest.raises(InputError) as caught:
        parse_mapping(MINE.replace(old, new, 1), "mine.yaml")
    lines = caught.value.message.splitlines()
    wanted = f"mine.yaml:{told}" if told[0].isdigit() else told
    assert [line for line in lines if wanted in line]
    assert all(line.startswith("mine.yaml:") for line in lines)
    assert "schema" not in caught.value.message


def test_all_mistakes_are_told_at_once() -> None:
    """A person corrects a file once, not once a mistake; the lines are in order."""
    text = "ticket: {id: a, subjekt: b}\nmessages: [{text: c, rol: d}]\ntimes: 3\n"
    with pytest.raises(InputError) as caught:
        parse_mapping(text, "m.yaml")
    assert [line.split(" ")[0] for line in caught.value.message.splitlines()] == [
        "m.yaml:1:",
        "m.yaml:2:",
        "m.yaml:3:",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "- a", "5", "a: [", "x: &a [*a]", "ticket:\nmessages:\n", "[" * 500, "? {a: b}\n: c"],
)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    """Whatever the file holds, the answer is a message and not a traceback."""
    with pytest.raises(InputError, match=r"^m\.yaml"):
        parse_mapping(text, "m.yaml")


def test_a_few_lines_that_stand_for_billions_are_refused() -> None:
    """Aliases of aliases end soon."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(InputError, match="says too much"):
        parse_mapping("\n".join(lines), "m.yaml")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "a", "id", "agent", "@x(y).z"]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["from", "value", "map", "is", "all", "text", "odd"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Everything in a mapping that can be replaced, as (what holds it, under which key)."""
    keys = (
        list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    )
    for key in keys:
        yield data, key
        yield from _places(data[key])


@settings(max_examples=60)
@given(data=st.data(), mapping=st.sampled_from(built_in_mappings()))
def test_the_schema_accepts_what_the_parser_accepts(data: st.DataObject, mapping: Mapping) -> None:
    """A mapping with one value changed: the schema's verdict is the parser's, up to what no schema
    can say, and what is accepted can be built, written and read again.
    """
    changed = yaml.safe_load(mapping_yaml(mapping))
    parent, key = data.draw(st.sampled_from(list(_places(changed))))
    parent[key] = data.draw(_JSON)
    fits = Draft202012Validator(json.loads(mapping_schema())).is_valid(changed)
    problems = find_problems(changed)
    assert all(problem.text for problem in problems)
    assert fits or problems
    if not problems:
        built = parse_mapping(json.dumps(changed), "m.yaml")
        assert parse_mapping(mapping_yaml(built), "m.yaml") == built


PLAIN = "ticket: {id: id}\nmessages: [{text: t}]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: " + "[" * 100_000 + "]" * 100_000 + "\n" + PLAIN, "m.yaml:1: nested too deep"),
        (PLAIN + "status: {resolved: [" + "w, " * 50_000 + "x]}\n", "says too much for a mapping"),
        (
            "b0: &b0 {x: 1}\n"
            + "".join(
                f"b{n}: &b{n} {{<<: [{', '.join([f'*b{n - 1}'] * 30)}], k{n}: 1}}\n"
                for n in range(1, 9)
            )
            + PLAIN,
            "says too much for a mapping",
        ),
        (PLAIN + f"title: {'a' * 3_000}\n", "title: longer than 2,000 characters"),
        (PLAIN + f'group_by: "{"@users(" * 500}"\n', "group_by: longer than 2,000 characters"),
        (
            PLAIN.replace("id: id", f"csat: {{from: a, scale: [0, {'9' * 400}]}}"),
            "must be a number",
        ),
        (PLAIN + "time: {format: '%Y-%Y'}\n", "time.format: '%Y-%Y': redefinition"),
    ],
)
def test_a_mapping_made_to_exhaust_the_parser_is_refused(text: str, told: str) -> None:
    """Depth, aliases, merges, lengths and numbers have limits, and the message says which."""
    with pytest.raises(InputError, match=re.escape(told)):
        parse_mapping(text, "m.yaml")
