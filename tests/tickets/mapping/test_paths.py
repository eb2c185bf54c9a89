"""Paths into a record: names, items, beginnings of names, objects around, lookups."""

from __future__ import annotations

import pytest

from kbtool.tickets.mapping.paths import (
    Chain,
    Tables,
    as_word,
    items_at,
    key_text,
    prepare,
    split_lookup,
    value_at,
    values_at,
)

RECORD: dict[str, object] = {
    "a": {"b": [{"c": 1}, {"c": 2}, {"d": 3}]},
    "No. [x]": "7",
    "a.dot": "dotted",
    "tag_1": "x",
    "other": "y",
    "tag_2": "z",
    "blank": "  ",
    "list": ["p", "q"],
    "owner": {"id": 7.0},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b[].c", [1, 2]),
        ("a.b", [[{"c": 1}, {"c": 2}, {"d": 3}]]),
        ("No. [x]", ["7"]),
        ("a.dot", ["dotted"]),
        ("tag_*", ["x", "z"]),
        ("list[]", ["p", "q"]),
        ("a.x.y", []),
        ("a.b.c", []),
        ("other[]", []),
        ("missing", []),
        ("^.other", []),
        ("$.other", ["y"]),
        ("$.a.b[].d", [3]),
        ("@users(owner.id).role", []),
        ("", []),
    ],
)
def test_every_value_is_found_in_order(path: str, found: list[object]) -> None:
    """Dots, [] and * walk; a key spelled like the path wins; a path that leads nowhere is empty."""
    assert values_at(RECORD, path) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("blank", None),
        ("a", None),
        ("list", None),
        ("a.b[].d", 3),
        ("owner.id", 7.0),
        ("tag_*", "x"),
    ],
)
def test_a_scalar_is_no_blank_list_or_object(path: str, found: object) -> None:
    """The first value that can be a field's is taken."""
    assert value_at(RECORD, path) == found


def test_items_know_what_is_around_them() -> None:
    """``^`` is the object that holds the item, ``^^`` the next one out, ``$`` the ticket."""
    event = {"at": "noon", "child_events": [{"body": "x"}]}
    record: dict[str, object] = {"id": 5, "at": "dawn", "events": [event]}
    ((item, around),) = items_at(record, "events[].child_events[]")
    assert isinstance(item, dict)
    chain: Chain = (item, *around)
    assert [
        prepare(path).scalar(chain) for path in ("body", "^.at", "^^.at", "$.id", "^^^.id")
    ] == [
        "x",
        "noon",
        "dawn",
        5,
        None,
    ]


def test_a_list_needs_no_brackets_at_the_end_of_each() -> None:
    """``each: events`` and ``each: events[]`` are the same; what is no list is one item."""
    record = {"events": [{"n": 1}, {"n": 2}], "one": {"n": 3}}
    assert [item for item, _ in items_at(record, "events")] == [{"n": 1}, {"n": 2}]
    assert [item for item, _ in items_at(record, "one")] == [{"n": 3}]
    assert list(items_at(record, "none[]")) == []


def test_a_lookup_finds_its_record_by_any_path() -> None:
    """Numbers and texts are one key; the argument may stand in the item, around it or be nested."""
    tables: Tables = {
        "users": {"7": {"role": "admin", "org": {"id": 3}}},
        "orgs": {"3": {"name": "Velmo"}},
    }
    chain: Chain = ({"author": 7}, {"id": "7"})
    for path in ("@users(author).role", "@users($.id).role", "@users(^.id).role"):
        assert prepare(path, tables).scalar(chain) == "admin"
    assert prepare("@orgs(@users(author).org.id).name", tables).every(chain) == ["Velmo"]
    assert prepare("@users(missing).role", tables).every(chain) == []
    assert prepare("@nobody(author).role", tables).scalar(chain) is None


def test_what_only_looks_like_a_lookup_is_a_name() -> None:
    """JSON-LD's ``@id`` is a key; an unfinished lookup is no lookup."""
    assert values_at({"@id": 4}, "@id") == [4]
    assert split_lookup("@users(a.b") is None
    assert split_lookup("@users(Field (x)).role") == ("users", "Field (x)", "role")


def test_keys_are_one_however_they_are_written() -> None:
    """Records of two files find each other by text."""
    assert [key_text(v) for v in (7, 7.0, "7", " 7 ", True, 7.5)] == [
        "7",
        "7",
        "7",
        "7",
        "true",
        "7.5",
    ]
    nothing: list[object] = [None, "", " ", [], {}]
    assert [key_text(v) for v in nothing] == [None] * 5


def test_words_are_folded() -> None:
    """Case, diacritics and kinds do not matter to map, is and status."""
    assert [as_word(v) for v in ("Çözüldü", "ÇÖZÜLDÜ", False, 4.0, None)] == [
        "cozuldu",
        "cozuldu",
        "false",
        "4",
        "",
    ]
    assert as_word("Ä" * 100) == "a" * 100
