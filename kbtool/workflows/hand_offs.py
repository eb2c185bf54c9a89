"""Hand-offs of the site joined to the tickets of the help desk."""

from __future__ import annotations

from kbtool.db import Connection
from kbtool.events.hand_offs import HandOff, join_hand_offs
from kbtool.events.store import read_events
from kbtool.tickets.store import read_visits


def read_hand_offs(connection: Connection) -> tuple[HandOff, ...]:
    """Every counted hand-off with a visit token, by time, with the stored tickets that carry it."""
    return join_hand_offs(read_events(connection, kinds={"contact"}), read_visits(connection))
