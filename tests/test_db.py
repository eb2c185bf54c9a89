"""The database: made when missing, refused when newer, errors translated."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from kbtool.db import (
    SCHEMA_VERSION,
    UtcTime,
    ask_scrub,
    open_database,
    reading,
    schema_info,
    scrub,
    scrub_is_asked,
    transaction,
    writing,
)
from kbtool.errors import StoreError
from kbtool.events.store import events_table, read_events, save_events
from kbtool.model import Event
from kbtool.suggest.store import read_rejections, record_rejection
from kbtool.suggest.waking import Rejection
from kbtool.tickets.store import read_tickets, read_visits, ticket_row, tickets
from tests.articles.tickets import tea_tickets


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    """The schema is stamped once."""
    for _ in range(2):
        engine = open_database(tmp_path / "state" / "kb.db")
        with engine.connect() as connection:
            rows = connection.execute(sa.select(schema_info)).all()
        assert [tuple(row) for row in rows] == [("version", str(SCHEMA_VERSION))]
        engine.dispose()


def test_many_openers_make_one_database(tmp_path: Path) -> None:
    """Commands that start together on a new knowledge base do not trip over each other."""

    def opened(_number: int) -> int:
        engine = open_database(tmp_path / "kb.db")
        with engine.connect() as connection:
            rows = len(connection.execute(sa.select(schema_info)).all())
        engine.dispose()
        return rows

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(32))) == [1] * 32


def test_what_a_writer_read_stays_true_until_it_writes(tmp_path: Path) -> None:
    """Two read-then-write transactions come one after the other; nothing is lost between them."""

    counter = schema_info.c.name == "counter"

    def count_up(_number: int) -> None:
        engine = open_database(tmp_path / "kb.db")
        with transaction(engine, tmp_path / "kb.db") as connection:
            count = connection.execute(sa.select(schema_info.c.value).where(counter)).scalar_one()
            changed = schema_info.update().where(counter).values(value=str(int(count) + 1))
            connection.execute(changed)
        engine.dispose()

    engine = open_database(tmp_path / "kb.db")
    with transaction(engine, tmp_path / "kb.db") as connection:
        connection.execute(schema_info.insert().values(name="counter", value="0"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(24)))
    with engine.connect() as connection:
        count = connection.execute(sa.select(schema_info.c.value).where(counter)).scalar_one()
    engine.dispose()
    assert count == "24"


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    """What was written before the failure is taken back."""
    engine = open_database(tmp_path / "kb.db")
    with pytest.raises(KeyError), transaction(engine, tmp_path / "kb.db") as connection:
        connection.execute(schema_info.delete())
        raise KeyError
    with engine.connect() as connection:
        assert len(connection.execute(sa.select(schema_info)).all()) == 1
    engine.dispose()


def test_a_newer_database_is_refused_politely(tmp_path: Path) -> None:
    """The message says both versions; the file is left alone."""
    engine = open_database(tmp_path / "kb.db")
    with engine.begin() as connection:
        connection.execute(schema_info.update().values(value="99"))
    engine.dispose()
    with pytest.raises(StoreError, match="schema 99"):
        open_database(tmp_path / "kb.db")


SCHEMA_1 = """
CREATE TABLE schema_info (name VARCHAR(40) NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name));
CREATE TABLE events (
  id VARCHAR(64) NOT NULL, kind VARCHAR(10) NOT NULL, at VARCHAR(32) NOT NULL, visitor VARCHAR(16),
  article VARCHAR(64), lang VARCHAR(10), "query" VARCHAR(200), results INTEGER, position INTEGER,
  value VARCHAR(300), excluded VARCHAR(20), PRIMARY KEY (id));
CREATE INDEX ix_events_at ON events (at);
INSERT INTO schema_info VALUES ('version', '1');
INSERT INTO events (id, kind, at, article, value)
  VALUES ('e1', 'vote', '2026-03-01T10:00:00.000000+00:00', 'kb-1', 'yes');
"""
"""What the first kbtool made, with an event in it."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of schema 1."""
    path = tmp_path / "kb.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(SCHEMA_1)
    return path


def test_an_older_database_is_upgraded_in_place(old: Path) -> None:
    """The columns are added, the version stamped, and every row is still there."""
    vote = Event(
        "e1", "vote", datetime(2026, 3, 1, 10, tzinfo=UTC), None, article="kb-1", value="yes"
    )
    link = replace(vote, id="e2", kind="link", value="s:1", address="a/kb-1/")
    search = replace(vote, id="e3", kind="search", value=None, query="tyer", corrected="tyre")
    no = replace(vote, id="e4", value="no", reason="wrong", text="it is", source="widget")
    hand_off = Event("e5", "contact", vote.at, None, value="handoff", token="kbv-23456789abcd")
    with writing(old) as connection:
        save_events(connection, [link, search, no, hand_off])
    with reading(old) as connection:
        assert list(read_events(connection)) == [vote, link, search, no, hand_off]
        versions = connection.execute(sa.select(schema_info.c.value)).scalars().all()
        indexes = {index["name"] for index in sa.inspect(connection).get_indexes("events")}
    assert versions == [str(SCHEMA_VERSION)]
    assert indexes == {index.name for index in events_table.indexes}


def test_rejections_of_old_end_as_they_did(tmp_path: Path) -> None:
    """Schema 2 knew one rule, twice the tickets: it is written down, and nothing is lost."""
    path = tmp_path / "kb.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            "CREATE TABLE schema_info (name VARCHAR(40) NOT NULL, value TEXT NOT NULL,"
            " PRIMARY KEY (name));"
            "INSERT INTO schema_info VALUES ('version', '2');"
            "CREATE TABLE rejections (topic VARCHAR(40) NOT NULL, reason TEXT,"
            " tickets INTEGER NOT NULL, at VARCHAR(32) NOT NULL, PRIMARY KEY (topic));"
            "INSERT INTO rejections VALUES ('t-1', 'a bug', 7, '2026-03-01T10:00:00+00:00');"
        )
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)
    new = Rejection("t-2", "later", 3, at, run=4, times=None, until=date(2027, 3, 1))
    with writing(path) as connection:
        assert read_rejections(connection) == (Rejection("t-1", "a bug", 7, at, times=2.0),)
        record_rejection(connection, new)
    with reading(path) as connection:
        assert read_rejections(connection)[1] == new


def test_tickets_of_old_have_no_visit(tmp_path: Path) -> None:
    """Schema 6 knew no tokens: they stay as they are, and count as unchanged when read again."""
    path = tmp_path / "kb.db"
    one = tea_tickets()[0]
    old, new = ticket_row(one), ticket_row(replace(one, id="new", visit="kbv-23456789abcd"))
    assert "visit" not in old.record
    names = old._fields[:-1]
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            "CREATE TABLE schema_info (name VARCHAR(40) NOT NULL, value TEXT NOT NULL,"
            " PRIMARY KEY (name));"
            "INSERT INTO schema_info VALUES ('version', '6');"
        )
        made.execute(f"CREATE TABLE tickets ({', '.join(names)}, PRIMARY KEY (source, id))")
        made.execute(f"INSERT INTO tickets VALUES ({', '.join('?' * 10)})", old[:-1])  # noqa: S608
        made.commit()
    with writing(path) as connection:
        assert list(read_visits(connection)) == []
        connection.execute(
            tickets.insert(), [new._asdict() | {"created_at": None, "solved_at": None}]
        )
        assert list(read_visits(connection)) == [("kbv-23456789abcd", f"{one.source}:new")]
        assert list(read_tickets(connection, [one.key])) == [one]


def test_many_openers_upgrade_once(old: Path) -> None:
    """A server and a command that start together after an update do not trip over each other."""

    def opened(_number: int) -> int:
        with reading(old) as connection:
            return len(list(read_events(connection)))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(24))) == [1] * 24


def test_an_upgrade_that_fails_leaves_the_old_database(old: Path) -> None:
    """The version and the tables stay as they were when a table cannot be made."""
    assert {index.name for index in tickets.indexes} == {"ix_tickets_created_at"}
    with closing(sqlite3.connect(old)) as made:
        made.execute("CREATE INDEX ix_tickets_created_at ON events (kind)")  # the name is taken
    with pytest.raises(StoreError, match="ix_tickets_created_at"):
        open_database(old)
    with closing(sqlite3.connect(old)) as made:
        columns = [row[1] for row in made.execute("PRAGMA table_info(events)")]
        assert made.execute("SELECT value FROM schema_info").fetchall() == [("1",)]
    assert "address" not in columns


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Not a stack trace: the file's name and what to do."""
    (tmp_path / "kb.db").write_bytes(b"this is not a database, not at all" * 100)
    with pytest.raises(StoreError) as caught:
        open_database(tmp_path / "kb.db")
    assert "kb.db" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("made", ["schema_info (x)", "schema_info (name, value)"])
def test_a_database_of_another_program_is_told(tmp_path: Path, made: str) -> None:
    """One that happens to have a table of the same name is refused, with what to do."""
    with closing(sqlite3.connect(tmp_path / "kb.db")) as other:
        other.execute(f"CREATE TABLE {made}")
        if "value" in made:
            other.execute("INSERT INTO schema_info VALUES ('version', 'v2.1')")
        other.commit()
    with pytest.raises(StoreError) as caught:
        open_database(tmp_path / "kb.db")
    assert caught.value.hint == "move the file away; kbtool import makes a new one"


def test_commits_are_synchronous(tmp_path: Path) -> None:
    """WAL with synchronous=FULL (2): an acknowledged write survives power loss."""
    engine = open_database(tmp_path / "kb.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


def test_times_are_stored_in_utc() -> None:
    """Any zone goes in, UTC comes out; a time without zone is a bug, not a guess."""
    kind, dialect = UtcTime(), sa.engine.default.DefaultDialect()
    local = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    stored = kind.process_bind_param(local, dialect)
    assert kind.process_result_value(stored, dialect) == datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        kind.process_bind_param(datetime(2026, 3, 1), dialect)  # noqa: DTZ001 - the point


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    """A database that was cut off is no full disk: the hint says what helps."""
    path = tmp_path / "kb.db"
    with writing(path) as connection:
        connection.exec_driver_sql("CREATE TABLE much (text)")
        for _ in range(100):
            connection.exec_driver_sql("INSERT INTO much VALUES (hex(randomblob(2000)))")
    with path.open("r+b") as file:
        file.truncate(20_000)
    with pytest.raises(StoreError, match="malformed") as error, reading(path) as connection:
        connection.exec_driver_sql("SELECT count(text) FROM much").all()
    assert error.value.hint is not None
    assert "damaged" in error.value.hint


def test_a_scrub_leaves_no_byte_of_what_was_deleted(tmp_path: Path) -> None:
    """Neither in the file nor in its log, though another connection is open; what was asked is done."""
    path = tmp_path / "kb.db"
    with closing(sqlite3.connect(path)) as old:  # as another program leaves it: not overwritten
        old.execute("PRAGMA secure_delete=OFF")
        old.execute("CREATE TABLE notes (text)")
        old.executemany("INSERT INTO notes VALUES (?)", [("zeppelin" * 400,)] * 20)
        old.execute("DELETE FROM notes")
        old.commit()
    with writing(path) as connection:
        ask_scrub(connection)
    engine = open_database(path)
    with engine.connect() as other:
        other.execute(sa.select(schema_info)).all()
        other.rollback()
        assert b"zeppelin" in path.read_bytes()
        scrub(path)
        assert b"zeppelin" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())
        assert not scrub_is_asked(other)
    engine.dispose()


def test_what_is_replaced_is_overwritten_at_once(tmp_path: Path) -> None:
    """Kbtool's own connections leave no free pages with old text in them."""
    path = tmp_path / "kb.db"
    for value in ("zeppelin" * 4_000, "short"):
        with writing(path) as connection:
            connection.execute(schema_info.delete().where(schema_info.c.name == "x"))
            connection.execute(schema_info.insert(), [{"name": "x", "value": value}])
    assert b"zeppelin" not in b"".join(f.read_bytes() for f in tmp_path.iterdir())


def test_no_error_of_the_database_quotes_what_was_written(tmp_path: Path) -> None:
    """Also those that are bugs and end in a traceback."""
    with (
        pytest.raises(sa.exc.StatementError) as error,
        writing(tmp_path / "kb.db") as connection,
    ):
        row = {"id": "e1", "kind": "search", "at": datetime(2026, 1, 1), "query": "zeppelin"}  # noqa: DTZ001
        connection.execute(events_table.insert(), [row])
    assert "zeppelin" not in str(error.value)
