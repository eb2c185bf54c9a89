"""Which current topic each ticket belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from kbtool.db import Connection
from kbtool.mining.questions.store import told_topics
from kbtool.mining.update import Past
from kbtool.model import Topic


def topics_of_tickets(connection: Connection, topics: Iterable[Topic]) -> dict[str, str]:
    """Id of its topic by ticket key; ``topics`` are the current ones.

    Tickets that came after the last mining are in the topic that it told for them: without them
    every topic would seem to end with the last mining.
    """
    homes = {ticket: topic.id for topic in topics for ticket in topic.tickets}
    past = Past.load(connection)
    if past is not None:
        current = set(homes.values())
        for ticket, topic in told_topics(connection, above=past.number).items():
            if topic in current:
                homes.setdefault(ticket, topic)
    return homes
