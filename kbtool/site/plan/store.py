"""Addresses that were published, remembered for ever: what was once sent must still lead on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from kbtool.db import metadata
from kbtool.model import PublishedAddress

published_addresses = sa.Table(
    "published_addresses",
    metadata,
    sa.Column("address", sa.String(300), primary_key=True),
    sa.Column("article", sa.String(64), nullable=False),
    sa.Column("lang", sa.String(10), nullable=False),
    sa.Column("since", sa.Date, nullable=False),
)


def read_published(connection: sa.Connection) -> tuple[PublishedAddress, ...]:
    """Every address a build published, by address."""
    query = sa.select(published_addresses).order_by(published_addresses.c.address)
    return tuple(PublishedAddress(**row) for row in connection.execute(query).mappings())


def remember_published(
    connection: sa.Connection, shown: Iterable[tuple[str, str, str]], today: date
) -> None:
    """Keep what a build publishes, as (address, article, language).

    An address that is in use again belongs to the article that uses it, from today on. Runs inside
    the caller's transaction.
    """
    rows = [
        {"address": address, "article": article, "lang": lang, "since": today}
        for address, article, lang in shown
    ]
    if not rows:
        return
    made = insert(published_addresses)
    other = published_addresses.c.article != made.excluded.article
    changed = {name: made.excluded[name] for name in ("article", "lang", "since")}
    statement = made.on_conflict_do_update(index_elements=["address"], set_=changed, where=other)
    connection.execute(statement, rows)
