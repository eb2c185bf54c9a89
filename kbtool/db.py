"""The database: one schema for all features, its connection and its version.

Each feature's ``store`` module declares its tables on ``metadata`` and is the only one to touch
them. SQLite in WAL mode with ``synchronous=FULL``: what is committed survives kill -9 and power
loss (https://www.sqlite.org/pragma.html#pragma_synchronous).

A table that is missing is made; a table that changes needs a step in ``_STEPS``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event

from kbtool.errors import StoreError

PATIENCE_SECONDS = 10.0
"""How long one kbtool waits for another that writes."""
_NOT_OURS = "move the file away; kbtool import makes a new one"

Connection: TypeAlias = sa.Connection
"""For those who pass one on without knowing what it is."""

metadata = sa.MetaData()

schema_info = sa.Table(
    "schema_info",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


class UtcTime(sa.TypeDecorator[datetime]):
    """An aware UTC datetime, stored as ISO text so that it sorts and reads the same everywhere.

    One column keeps one precision: whole seconds, or microseconds where the order matters.
    """

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, timespec: Literal["seconds", "microseconds"] = "seconds") -> None:
        super().__init__()
        self.timespec = timespec

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        """The text that is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must have a zone")
        return value.astimezone(UTC).isoformat(timespec=self.timespec)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        """The time that was stored."""
        return None if value is None else datetime.fromisoformat(value)


def _know_replies(connection: sa.Connection) -> None:
    """1 → 2: events of agents' replies, with the address that was sent, are found by ticket.

    A table that was never made needs nothing: it is made as it is today.
    """
    found = sa.inspect(connection)
    if not found.has_table("events"):
        return
    if "address" not in {column["name"] for column in found.get_columns("events")}:
        connection.exec_driver_sql("ALTER TABLE events ADD COLUMN address VARCHAR(300)")
    connection.exec_driver_sql(
        "CREATE INDEX IF NOT EXISTS ix_events_reply ON events (value)"
        " WHERE kind IN ('link', 'reuse')"
    )


def _remember_how_long(connection: sa.Connection) -> None:
    """2 → 3: a rejection says when it ends; until now all ended at twice the tickets."""
    found = sa.inspect(connection)
    if not found.has_table("rejections"):
        return
    known = {column["name"] for column in found.get_columns("rejections")}
    if "run" not in known:
        connection.exec_driver_sql(
            "ALTER TABLE rejections ADD COLUMN run INTEGER DEFAULT 0 NOT NULL"
        )
        connection.exec_driver_sql("ALTER TABLE rejections ADD COLUMN times FLOAT")
        connection.exec_driver_sql("ALTER TABLE rejections ADD COLUMN until DATE")
        connection.exec_driver_sql("UPDATE rejections SET times = 2")


def _remember_which_draft(connection: sa.Connection) -> None:
    """3 → 4: a rejection names the draft whose front matter says it."""
    found = sa.inspect(connection)
    if not found.has_table("rejections"):
        return
    if "article" not in {column["name"] for column in found.get_columns("rejections")}:
        connection.exec_driver_sql("ALTER TABLE rejections ADD COLUMN article VARCHAR(64)")


def _know_corrections(connection: sa.Connection) -> None:
    """4 → 5: a search says what was searched instead of what was typed."""
    found = sa.inspect(connection)
    if not found.has_table("events"):
        return
    if "corrected" not in {column["name"] for column in found.get_columns("events")}:
        connection.exec_driver_sql("ALTER TABLE events ADD COLUMN corrected VARCHAR(200)")


def _know_reasons(connection: sa.Connection) -> None:
    """5 → 6: a vote says why, a hand-off has its visit token, the widget's events are told apart."""
    found = sa.inspect(connection)
    if not found.has_table("events"):
        return
    known = {column["name"] for column in found.get_columns("events")}
    for name, length in (("reason", 20), ("text", 500), ("token", 20), ("source", 10)):
        if name not in known:
            connection.exec_driver_sql(f"ALTER TABLE events ADD COLUMN {name} VARCHAR({length})")


def _know_visits(connection: sa.Connection) -> None:
    """6 → 7: a ticket has the visit token it came with."""
    found = sa.inspect(connection)
    if not found.has_table("tickets"):
        return
    if "visit" not in {column["name"] for column in found.get_columns("tickets")}:
        connection.exec_driver_sql("ALTER TABLE tickets ADD COLUMN visit VARCHAR(20)")


def _know_reading(connection: sa.Connection) -> None:
    """7 → 8: a view says how long and how far it was read, contact whether a holdout took part."""
    found = sa.inspect(connection)
    if not found.has_table("events"):
        return
    known = {column["name"] for column in found.get_columns("events")}
    for name, kind in (("dwell", "INTEGER"), ("scroll", "INTEGER"), ("arm", "VARCHAR(5)")):
        if name not in known:
            connection.exec_driver_sql(f"ALTER TABLE events ADD COLUMN {name} {kind}")


_STEPS: tuple[Callable[[sa.Connection], None], ...] = (
    _know_replies,
    _remember_how_long,
    _remember_which_draft,
    _know_corrections,
    _know_reasons,
    _know_visits,
    _know_reading,
)
"""From each schema to the next one, oldest first. A step once released never changes."""

SCHEMA_VERSION = 1 + len(_STEPS)


def open_database(path: Path) -> sa.Engine:
    """An engine on the SQLite file ``path``; missing tables are made, an older schema is upgraded.

    An upgrade keeps everything and happens whole or not at all. Raises StoreError when the file is newer than this kbtool, not a database, or not writable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: {error.strerror}") from None
    engine = sa.create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": PATIENCE_SECONDS},
        hide_parameters=True,  # or an error's text would quote tickets
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    try:
        _make_tables(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def reading(path: Path) -> Iterator[sa.Connection]:
    """A connection to the database at ``path`` for one read, closed at the end. Raises StoreError."""
    engine = open_database(path)
    try:
        with translated(path), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def writing(path: Path) -> Iterator[sa.Connection]:
    """A ``transaction`` on the database at ``path``, closed at the end. Raises StoreError."""
    engine = open_database(path)
    try:
        with transaction(engine, path) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def transaction(engine: sa.Engine, path: Path) -> Iterator[sa.Connection]:
    """A transaction that writes: kept whole at the end, or not at all when anything is raised.

    It takes the write lock at its beginning, so that what it reads is still true when it writes;
    another kbtool that writes waits for up to ten seconds. Raises StoreError.
    """
    with (
        translated(path),
        engine.connect() as connection,
        connection.execution_options(writes=True).begin(),
    ):
        yield connection


_SCRUB = "scrub"


def ask_scrub(connection: sa.Connection) -> None:
    """Remember, in the transaction that removes something for good, that a ``scrub`` must follow."""
    connection.execute(schema_info.delete().where(schema_info.c.name == _SCRUB))
    connection.execute(schema_info.insert(), [{"name": _SCRUB, "value": "asked"}])


def scrub_is_asked(connection: sa.Connection) -> bool:
    """Whether something was removed whose bytes may still be in the file."""
    query = sa.select(schema_info.c.value).where(schema_info.c.name == _SCRUB)
    return connection.execute(query).first() is not None


def scrub(path: Path) -> None:
    """Write the database anew without what was deleted from it, and empty its write-ahead log.

    SQLite only marks deleted rows as free: their bytes stay in the file and in the log
    (https://www.sqlite.org/lang_vacuum.html). Others may read meanwhile, and write when it is
    done. It needs as much free space again as the database takes. Raises StoreError; what was
    asked for is then still to be done.
    """
    with (
        translated(path),
        closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as database,
    ):
        database.execute("PRAGMA synchronous=FULL")
        database.execute("PRAGMA secure_delete=ON")
        database.execute("VACUUM")
        (busy, *_) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError("database is locked")
        database.execute("DELETE FROM schema_info WHERE name = ?", (_SCRUB,))


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn the database's own errors into StoreError with a hint."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError, sqlite3.Error) as error:
        text = str(getattr(error, "orig", None) or error)
        hints = {
            "locked": "another kbtool is writing; try again in a moment",
            "not a database": _NOT_OURS,
            "no such column": _NOT_OURS,
            "malformed": "it is damaged: put a copy in its place, or move it away",
            "disk": "free some space and run the command again; nothing half-done was kept",
            "readonly": "check the permissions of the folder",
            "unable to open": "check the permissions of the folder",
        }
        hint = next((h for key, h in hints.items() if key in text), None)
        raise StoreError(f"{path}: {text}", hint=hint) from None


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # or Python begins only at the first write, and not for DDL
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is replaced is overwritten, not only free
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_tables(engine: sa.Engine, path: Path) -> None:
    with translated(path), engine.connect() as connection:
        known = _version(connection, path) == SCHEMA_VERSION
        complete = metadata.tables.keys() <= set(sa.inspect(connection).get_table_names())
    if not (known and complete):
        with transaction(engine, path) as connection:
            # Asked again under the write lock: another kbtool may have upgraded it meanwhile.
            version = _version(connection, path) or SCHEMA_VERSION
            for step in _STEPS[version - 1 :]:
                step(connection)
            metadata.create_all(connection)
            _stamp(connection)


def _version(connection: sa.Connection, path: Path) -> int | None:
    """The schema of the file, None when it has none yet. Raises StoreError when it is not ours."""
    if not sa.inspect(connection).has_table("schema_info"):
        return None
    row = connection.execute(
        sa.select(schema_info.c.value).where(schema_info.c.name == "version")
    ).scalar()
    if row is None:
        return None
    if not (isinstance(row, str) and row.isdecimal() and row.isascii() and int(row)):
        raise StoreError(f"{path}: not a database of kbtool", hint=_NOT_OURS)
    if int(row) > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: made by a newer kbtool (schema {row}, this one knows {SCHEMA_VERSION})",
            hint="update kbtool, or use another folder",
        )
    return int(row)


def _stamp(connection: sa.Connection) -> None:
    connection.execute(schema_info.delete().where(schema_info.c.name == "version"))
    connection.execute(schema_info.insert(), [{"name": "version", "value": str(SCHEMA_VERSION)}])
