"""How many tickets were created when: counted in the database, without reading a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import sqlalchemy as sa

from kbtool.tickets.store import tickets

_DAY = sa.func.substr(tickets.c.created_at, 1, 10)  # or the driver would make it a time again
_MONDAY = sa.func.date(_DAY, "weekday 0", "-6 days")
"""A stored time is ISO text in UTC; ``weekday 0`` is the Sunday that ends its week
(https://www.sqlite.org/lang_datefunc.html)."""


def tickets_by_week(
    connection: sa.Connection, since: datetime | None = None, until: datetime | None = None
) -> dict[date, int]:
    """Tickets created from ``since`` to before ``until``, by the Monday (UTC) of their week.

    Weeks without a ticket are left out, and so are tickets without a date.
    """
    query = sa.select(_MONDAY, sa.func.count()).where(*created_within(since, until))
    rows = connection.execute(query.group_by(_MONDAY).order_by(_MONDAY))
    return {date.fromisoformat(week): count for week, count in rows}


def created_weeks(connection: sa.Connection) -> Iterator[tuple[str, date | None]]:
    """(key, Monday of the week in which it was created) of every ticket; None without a date."""
    mondays: dict[str | None, date | None] = {None: None}
    rows = connection.execute(sa.select(tickets.c.source, tickets.c.id, _MONDAY))
    for source, id_, week in rows:
        if week not in mondays:
            mondays[week] = date.fromisoformat(week)
        yield f"{source}:{id_}", mondays[week]


def created_with_token(connection: sa.Connection) -> Iterator[tuple[str, datetime]]:
    """(visit token, when it was created) of each dated ticket that carries one, in no order."""
    carried = (tickets.c.visit.is_not(None), *created_within(None, None))
    rows = connection.execute(sa.select(tickets.c.visit, tickets.c.created_at).where(*carried))
    for row in rows:
        yield row.visit, row.created_at


def created_within(
    since: datetime | None, until: datetime | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """Conditions for tickets with a date of creation in [``since``, ``until``)."""
    at = tickets.c.created_at
    found: list[sa.ColumnElement[bool]] = [at.is_not(None)]
    if since is not None:
        found.append(at >= since)
    if until is not None:
        found.append(at < until)
    return tuple(found)
