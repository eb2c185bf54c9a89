"""Views of articles by source and days: an export that is imported again replaces its own days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import sqlalchemy as sa

from kbtool.db import metadata
from kbtool.errors import InputError
from kbtool.events.aggregates.record import Days

aggregates_table = sa.Table(
    "aggregates",
    metadata,
    sa.Column("source", sa.String(20), primary_key=True),
    sa.Column("first", sa.Date, primary_key=True),
    sa.Column("last", sa.Date, primary_key=True),
    sa.Column("article", sa.String(64), primary_key=True),
    sa.Column("views", sa.Integer, nullable=False),
)

Counts: TypeAlias = Mapping[tuple[Days, str], int]
"""Views by (days, article)."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Views of an article from the first day to the last."""

    source: str
    days: Days
    article: str
    views: int


def replace_aggregates(connection: sa.Connection, source: str, days: Days, counts: Counts) -> int:
    """Make ``counts`` what is known from ``source`` about these days; the views known before.

    Runs inside the caller's transaction. Raises InputError when the source already told of days
    some of which lie within these and some do not: views of theirs would be counted twice.
    """
    table, (first, last) = aggregates_table.c, days
    own = (table.source == source, table.first >= first, table.last <= last)
    beyond = sa.or_(table.first < first, table.last > last)
    across = (table.source == source, table.first <= last, table.last >= first, beyond)
    other = connection.execute(
        sa.select(table.first, table.last).where(*across).order_by(table.first).limit(1)
    ).first()
    if other is not None:
        raise InputError(
            f"{source}: {first} to {last} overlaps {other.first} to {other.last}, imported before",
            hint=f"export {min(first, other.first)} to {max(last, other.last)} in one, or other days",
        )
    total = sa.select(sa.func.coalesce(sa.func.sum(table.views), 0)).where(*own)
    before = int(connection.execute(total).scalar_one())
    connection.execute(aggregates_table.delete().where(*own))
    rows = [
        {"source": source, "first": of[0], "last": of[1], "article": article, "views": views}
        for (of, article), views in sorted(counts.items())
    ]
    if rows:
        connection.execute(aggregates_table.insert(), rows)
    return before


def read_aggregates(
    connection: sa.Connection, since: date | None = None, until: date | None = None
) -> Iterator[Aggregate]:
    """All whose days touch those from ``since`` to before ``until``, by source, days and article."""
    table = aggregates_table.c
    query = sa.select(aggregates_table).order_by(*aggregates_table.primary_key.columns)
    if since is not None:
        query = query.where(table.last >= since)
    if until is not None:
        query = query.where(table.first < until)
    for row in connection.execute(query):
        yield Aggregate(row.source, (row.first, row.last), row.article, row.views)
