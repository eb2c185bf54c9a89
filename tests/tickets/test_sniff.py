"""Looking before importing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kbtool.config import Settings, load_settings
from kbtool.tickets.load import plans_for
from kbtool.tickets.mapping.library import find_mapping
from kbtool.tickets.mapping.parse import parse_mapping
from kbtool.tickets.sniff import Sniffed, sniff, unused_columns

MINE = """\
name: desk
group_by: no
skip: [{from: state, is: draft, reason: drafts}]
join: {votes: {keys: [no, ticket], recognise: [ticket, stars], required: false, one: true}}
lookup: {people: {key: id, recognise: [id, nick]}}
ticket: {id: no, subject: topic, status: state, csat: {from: votes.stars, scale: [1, 5]}, names: "@people(by).nick"}
status: {resolved: [done]}
messages:
  - each: rows[]
    role: {from: by, map: {"2": agent}, default: customer}
    author_name: "@people(by).nick"
    at: at
    text: words
"""


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def sniffed(tmp_path: Path) -> Sniffed:
    """What is seen of a file of rows with a second file and a lookup."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nsite_url: https://help.velmo.example/\n", encoding="utf-8"
    )
    settings: Settings = load_settings(tmp_path)
    (tmp_path / "desk.yaml").write_text(MINE, encoding="utf-8")
    rows = [
        {"no": 1, "topic": "Parcel", "state": "done", "by": 3, "words": "I am Eva Klein, where is it?", "at": "soon", "odd": 1},
        {"no": 1, "by": 2, "words": "Dear Eva Klein, write to ann@velmo.example", "at": "2026-01-02"},
        {"no": 2, "topic": "Draft", "state": "draft"},
        {"no": 3, "topic": "Late", "state": "Stuck", "by": 3, "words": "Still nothing"},
    ]  # fmt: skip
    files = [
        lines(tmp_path / "rows.jsonl", rows),
        lines(tmp_path / "votes.jsonl", [{"ticket": 1, "stars": 5}, {"ticket": 99, "stars": 1}]),
        lines(tmp_path / "people.jsonl", [{"id": 2, "nick": "Ann Lee"}, {"id": 3, "nick": "Eva Klein"}]),
    ]  # fmt: skip
    plans = plans_for(settings, files, mapping=str(tmp_path / "desk.yaml"), propose=True)
    (one,) = plans
    return sniff(one, settings)


def test_groups_joins_and_lookups_are_looked_at(tmp_path: Path) -> None:
    """Coverage is of tickets and of messages, and each second file is named."""
    found = sniffed(tmp_path)
    covered = {field.field: (field.filled, field.of) for field in found.fields}
    assert covered["subject"] == (2, 2)
    assert covered["csat"] == (1, 2)
    assert covered["message text"] == (3, 3)
    assert covered["message at"] == (1, 3)
    assert found.messages == (("customer public", 2), ("agent public", 1))
    assert [(s.name, s.file) for s in found.seconds] == [
        ("votes", "votes.jsonl"),
        ("people", "people.jsonl"),
    ]


def test_what_needs_a_person_is_told(tmp_path: Path) -> None:
    """Unknown status words, records left out, keys nobody reads, times nobody understands."""
    found = sniffed(tmp_path)
    assert found.statuses == (("Stuck", 1, None), ("done", 1, "resolved"))
    assert found.skipped == (("drafts", 1),)
    assert found.unused == ("odd",)
    assert any("'aaaa'" in note for note in found.notes)


def test_samples_hold_no_personal_data(tmp_path: Path) -> None:
    """Names of the people in the tickets and addresses are redacted before they are shown."""
    shown = " ".join(sample for field in sniffed(tmp_path).fields for sample in field.samples)
    assert "where is it?" in shown
    for secret in ("Eva", "Klein", "Ann", "ann@velmo.example"):
        assert secret not in shown


def test_the_yaml_is_the_mapping(tmp_path: Path) -> None:
    """It is read back to what read the file."""
    assert parse_mapping(sniffed(tmp_path).yaml, "x.yaml") == parse_mapping(MINE, "desk.yaml")


def test_columns_count_as_used_however_they_are_read() -> None:
    """By beginnings, through lookups, by conditions and in the rows of a group."""
    jira = find_mapping("jira-csv")
    assert unused_columns(jira, ("Issue key", "Comment", "Comment 2", "Mystery")) == ("Mystery",)
    mine = parse_mapping(MINE, "desk.yaml")
    columns = ("no", "topic", "state", "by", "words", "at", "votes", "people")
    assert unused_columns(mine, columns) == ("people",)
