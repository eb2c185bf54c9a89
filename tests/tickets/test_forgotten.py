"""Tickets that were forgotten are known by hashes alone."""

from __future__ import annotations

from pathlib import Path

from kbtool.db import reading, writing
from kbtool.tickets.forgotten import Forgotten, mark_of
from kbtool.tickets.store import read_forgotten, remember_forgotten, ticket_row
from tests.articles.tickets import tea_tickets

KEY = b"k" * 32


def test_a_mark_depends_on_key_and_ticket() -> None:
    """Another key, or another source, is another mark; the ticket is not in it."""
    marks = {mark_of(KEY, "z:1"), mark_of(KEY, "y:1"), mark_of(b"o" * 32, "z:1")}
    assert len(marks) == 3
    assert all(len(mark) == 32 for mark in marks)


def test_marks_are_kept_once(tmp_path: Path) -> None:
    """Remembering again changes nothing."""
    for _ in range(2):
        with writing(tmp_path / "kb.db") as connection:
            remember_forgotten(connection, ["a", "b"])
    with reading(tmp_path / "kb.db") as connection:
        assert read_forgotten(connection) == {"a", "b"}


def test_forgotten_rows_are_held_back_and_counted() -> None:
    """Others pass with their places."""
    rows = [(ticket_row(ticket), place) for place, ticket in enumerate(tea_tickets())]
    held = Forgotten(KEY, frozenset({mark_of(KEY, tea_tickets()[1].key)}))
    assert list(held.without(rows)) == [rows[0], *rows[2:]]
    assert held.count == 1
    assert list(Forgotten(KEY).without(rows)) == rows
