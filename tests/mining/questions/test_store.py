"""Questions in the database: what is stored comes back, and what changed is known by its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.db import Connection, writing
from kbtool.mining.mine import How, mine_source
from kbtool.mining.questions.columns import Given
from kbtool.mining.questions.store import (
    Prepared,
    Stored,
    arrivals,
    await_questions,
    awaited_questions,
    count_awaited_questions,
    count_questions,
    drop_questions,
    last_number,
    read_handling,
    settle_questions,
    some_tickets,
)
from tests.mining.made import made


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """An empty database."""
    with writing(tmp_path / "kb.db") as opened:
        yield opened


def _store(connection: Connection, count: int, first: int = 0) -> None:
    some = made(count, first)
    settle_questions(connection, [q.ticket for q in some], [Prepared(q, 2, 7) for q in some])


def test_questions_come_back_as_they_were(connection: Connection) -> None:
    """All of a question, in the order asked for."""
    links = ("https://help.shop.example/a/kb-1/",)
    first, second = (replace(q, links=links, tags=("money",)) for q in made(2))
    bare = replace(first, ticket="shop:bare", lang=None, at=None, requester=None)
    found = [first, second, bare]
    settle_questions(connection, [q.ticket for q in found], map(Prepared, found))
    wanted = [bare, first, second]
    assert Stored(connection).fetch([q.ticket for q in wanted]) == wanted
    with pytest.raises(KeyError):
        Stored(connection).fetch(["shop:unknown"])


def test_mining_stored_questions_is_mining_them(connection: Connection) -> None:
    """The same topics, whether questions lie in memory or in the database."""
    _store(connection, 200)
    assert (
        mine_source(Stored(connection), How()).topics == mine_source(Given(made(200)), How()).topics
    )


def test_what_waits_is_settled_bit_by_bit(connection: Connection) -> None:
    """Tickets wait once, however often they are told of, until their question is made."""
    keys = [q.ticket for q in made(5)]
    await_questions(connection, keys)
    await_questions(connection, keys[:2])
    assert count_awaited_questions(connection) == 5
    some = awaited_questions(connection, 3)
    settle_questions(connection, some, [Prepared(q) for q in made(5) if q.ticket in some])
    assert count_awaited_questions(connection) == 2
    assert count_questions(connection) == 3
    drop_questions(connection, keys)
    assert count_awaited_questions(connection) == count_questions(connection) == 0


def test_a_ticket_that_asks_nothing_any_more_has_no_question(connection: Connection) -> None:
    """What was stored of a ticket goes when nothing takes its place."""
    _store(connection, 3)
    settle_questions(connection, [made(1)[0].ticket], [])
    assert count_questions(connection) == 2


def test_changed_questions_come_after_all_others(connection: Connection) -> None:
    """Numbers only grow, also where the last question goes."""
    _store(connection, 5)
    before = last_number(connection)
    settle_questions(connection, [made(5)[4].ticket], [])
    _store(connection, 1)
    _store(connection, 1, first=9)
    came = [arrival.row.ticket for arrival in arrivals(connection, before)]
    assert came == [made(1)[0].ticket, made(1, 9)[0].ticket]
    assert count_questions(connection, above=before) == 2


def test_a_sample_is_spread_over_all(connection: Connection) -> None:
    """No more tickets than asked for, from the first to the last."""
    _store(connection, 100)
    some = some_tickets(connection, 30)
    assert len(some) <= 30
    assert some[0] < made(10)[-1].ticket or some[-1].endswith("99")
    assert len(some_tickets(connection, 1_000)) == 100
    assert [(rounds, hours) for _, rounds, hours in read_handling(connection, some[:2])] == [
        (2, 7),
        (2, 7),
    ]
