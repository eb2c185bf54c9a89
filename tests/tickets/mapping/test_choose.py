"""Which mapping reads which input, and which inputs belong together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kbtool.errors import InputError
from kbtool.tickets.mapping.choose import Plan, plan
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.readers.inputs import open_inputs

ZENDESK = {"id": 1, "status": "solved", "subject": "s", "requester_id": 5, "description": "d"}
ZAMMAD = {"id": 1, "number": "1", "title": "t", "state": "closed", "article_ids": [1]}
ARTICLE = {"id": 1, "ticket_id": 1, "sender": "Customer", "body": "Where?", "internal": False}
MINE = """\
name: desk
recognise: {all: [no, topic], none: [legacy]}
join:
  replies: {keys: [no, ticket], recognise: [ticket, words], beside: [replies.jsonl]}
  votes: {keys: [no, ticket], recognise: [ticket, stars], required: false, one: true, beside: [votes.jsonl]}
lookup: {people: {key: id, recognise: [id, nick], beside: [people.jsonl]}}
ticket: {id: no, subject: topic, csat: votes.stars, names: "@people(by).nick"}
messages: [{each: "replies[]", text: words}]
"""
TICKET: dict[str, Any] = {"no": 1, "topic": "Where is it?", "by": 2}
REPLY = {"ticket": 1, "words": "Here it is"}


def plans(
    folder: Path, files: dict[str, list[dict[str, Any]]], text: str | None = None, **how: Any
) -> list[Plan]:
    """The plans for these files of JSON lines (each row twice), with the mapping of that text."""
    for name, rows in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows * 2), encoding="utf-8")
    inputs = open_inputs([folder / name for name in files], ["en"])
    mapping = parse_mapping(text, "desk.yaml") if text else None
    return plan(inputs, mapping, ["en"], None, **how)


def test_the_most_specific_mapping_reads_a_file(tmp_path: Path) -> None:
    """Its keys say what it is, and that is told."""
    (one,) = plans(tmp_path, {"t.jsonl": [ZENDESK]})
    assert one.mapping.name == "zendesk"
    assert one.why == "it has id, status, subject, requester_id"


def test_second_files_are_found_among_the_files_given(tmp_path: Path) -> None:
    """In any order; each join and lookup gets the file that fits it best."""
    files: dict[str, list[dict[str, Any]]] = {
        "v.jsonl": [{"ticket": 1, "stars": 5}],
        "r.jsonl": [REPLY],
        "t.jsonl": [TICKET],
        "p.jsonl": [{"id": 2, "nick": "Ann"}],
    }
    (one,) = plans(tmp_path, files, MINE)
    assert one.tickets.name == "t.jsonl"
    assert {name: item.name for name, item in one.joins.items()} == {
        "replies": "r.jsonl",
        "votes": "v.jsonl",
    }
    assert {name: item.name for name, item in one.lookups.items()} == {"people": "p.jsonl"}
    assert one.notes == []


def test_second_files_are_found_beside_the_tickets(tmp_path: Path) -> None:
    """Under the names that the mapping knows."""
    (tmp_path / "replies.jsonl").write_text(f"{json.dumps(REPLY)}\n" * 2, encoding="utf-8")
    (one,) = plans(tmp_path, {"t.jsonl": [TICKET]}, MINE)
    assert one.joins["replies"].name == "replies.jsonl"


def test_a_second_file_in_the_same_folder_is_nearer(tmp_path: Path) -> None:
    """Two exports given at once keep what is theirs."""
    files = {f"{d}/{n}.jsonl": rows for d in "ab" for n, rows in (("t", [TICKET]), ("r", [REPLY]))}
    for one in plans(tmp_path, files, MINE):
        assert one.joins["replies"].folder == one.tickets.folder


def test_a_missing_file_that_is_needed_is_named(tmp_path: Path) -> None:
    """The error says what to give; --sniff goes on without it."""
    with pytest.raises(InputError, match="keeps the replies in a second file") as caught:
        plans(tmp_path, {"t.jsonl": [TICKET]}, MINE)
    assert "replies.jsonl" in str(caught.value.hint)
    (one,) = plans(tmp_path, {"t.jsonl": [TICKET]}, MINE, propose=True)
    assert one.joins == {}


def test_records_inside_the_tickets_need_no_second_file(tmp_path: Path) -> None:
    """A list of the join's name makes it superfluous; a file that nobody needs is told."""
    (one,) = plans(tmp_path, {"t.jsonl": [{**TICKET, "replies": []}], "r.jsonl": [REPLY]}, MINE)
    assert one.joins == {}
    assert any("r.jsonl: not read" in note for note in one.notes)


def test_a_key_that_must_not_be_there_rules_a_mapping_out(tmp_path: Path) -> None:
    """``none`` tells apart what shares keys; a mapping that was named is used all the same."""
    rows = {"t.jsonl": [{**TICKET, "legacy": 1, "replies": [REPLY]}]}
    (one,) = plans(tmp_path, rows, MINE)
    assert (one.mapping.name, one.why) == ("desk", "it was named")


def test_messages_alone_are_no_tickets(tmp_path: Path) -> None:
    """The tickets they belong to are asked for."""
    with pytest.raises(InputError) as caught:
        plans(tmp_path, {"articles.jsonl": [ARTICLE]})
    assert "give" in str(caught.value.hint)


def test_files_of_different_desks_are_read_together(tmp_path: Path) -> None:
    """Each has its own mapping; the articles go to the tickets they belong to."""
    files = {"a.jsonl": [ZENDESK], "b.jsonl": [ZAMMAD], "c.jsonl": [ARTICLE]}
    found = {one.mapping.name: one for one in plans(tmp_path, files)}
    assert found.keys() == {"zendesk", "zammad"}
    assert found["zammad"].joins["articles"].name == "c.jsonl"


def test_what_nothing_reads_is_told_beside_tickets_and_refused_alone(tmp_path: Path) -> None:
    """An odd file does not stop the others, and is not left out silently."""
    odd = [{"colour": "red", "size": 4}]
    (one,) = plans(tmp_path, {"t.jsonl": [ZENDESK], "odd.jsonl": odd})
    assert any(note.startswith("odd.jsonl: not read") for note in one.notes)
    with pytest.raises(InputError, match="no column for an id"):
        plans(tmp_path, {"odd.jsonl": odd})


def test_a_table_is_the_last_resort(tmp_path: Path) -> None:
    """Columns that are recognised make a mapping where no help desk's fits; ``generic`` asks for it."""
    row = {"id": 1, "subject": "s", "reply": "r"}
    (one,) = plans(tmp_path, {"t.jsonl": [row]})
    assert (one.mapping.name, "id = id" in one.why) == ("generic", True)
    (one,) = plans(tmp_path, {"t.jsonl": [ZENDESK]}, generic=True)
    assert one.mapping.name == "generic"


def test_an_unknown_shape_is_proposed_only_when_asked(tmp_path: Path) -> None:
    """A guess is for a person to see first."""
    posts = [{"who": "client", "text": "where is my parcel now"}]
    rows = {"t.jsonl": [{"ticket": {"number": 1}, "posts": posts}]}
    with pytest.raises(InputError, match="no column"):
        plans(tmp_path, rows)
    (one,) = plans(tmp_path, rows, propose=True)
    assert one.mapping.messages[-1].each == "posts[]"
