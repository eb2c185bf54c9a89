"""Tickets taken out of all that was mined from them: questions, topics, and what a mining learnt.

A topic keeps its id and what others asked; its question, wordings, keywords and counts are made
anew from the tickets that are left, as a mining makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kbtool.db import Connection
from kbtool.mining.describing.labels import Labels
from kbtool.mining.describing.members import calendar, members
from kbtool.mining.describing.trend import with_trends
from kbtool.mining.memory.store import rewrite_topic, topics_of
from kbtool.mining.mine import TYPICAL, USUAL
from kbtool.mining.questions.columns import Columns
from kbtool.mining.questions.store import Stored, drop_questions, read_figures
from kbtool.mining.update import Past
from kbtool.model import Topic

FORGOTTEN = "(forgotten)"
"""The question of a topic of which nothing is left to show."""


@dataclass(frozen=True, slots=True)
class Unmined:
    """What was taken out."""

    questions: int
    topics: tuple[str, ...]
    """Ids of the topics that were changed."""


def forget_questions(
    connection: Connection, tickets: Collection[str], first_language: str | None
) -> Unmined:
    """Take these tickets (keys) out of the questions and of all topics there ever were.

    What the last mining learnt goes when it saw one of them: the next one sees all questions anew.
    Runs inside the caller's transaction.
    """
    gone = frozenset(tickets)
    asked = len(Stored(connection).known(sorted(gone)))
    drop_questions(connection, gone)
    touched = topics_of(connection, gone)
    if asked:
        Past.drop(connection)
    if touched:
        left = _Left(connection, gone, first_language)
        for topic in touched:
            rewrite_topic(connection, left.of(topic))
    return Unmined(asked, tuple(topic.id for topic in touched))


class _Left:
    """Describes topics by the tickets that are left."""

    def __init__(
        self, connection: Connection, gone: frozenset[str], first_language: str | None
    ) -> None:
        self._gone = gone
        self._stored = Stored(connection)
        self._columns = read_figures(connection)
        self._places = {ticket: place for place, ticket in enumerate(self._columns.tickets)}
        usual = self._stored.fetch(_evenly(self._columns, USUAL))
        sampled = len(usual) / max(len(self._columns), 1)
        self._labels = Labels(usual, first_language, sampled=sampled)

    def of(self, topic: Topic) -> Topic:
        """The topic without the tickets that are gone."""
        ways = tuple(way for way in topic.ways if way.ticket not in self._gone)
        kept = replace(
            topic,
            tickets=tuple(ticket for ticket in topic.tickets if ticket not in self._gone),
            wordings=tuple(one for one in topic.wordings if one.ticket not in self._gone),
            ways=ways if len(ways) == len(topic.ways) else (),  # one way alone is none
        )
        known = [ticket for ticket in kept.tickets if ticket in self._places]
        if not known:
            return _bare(kept)
        labels = np.full(len(self._columns), -1, dtype=np.int32)
        labels[[self._places[ticket] for ticket in known]] = 0
        (whole,) = members(self._columns, labels, 1)
        new = self._labels.topic(self._stored.fetch(known[:TYPICAL]), whole)
        (timed,) = with_trends([new], calendar(self._columns))
        return replace(timed, id=topic.id, tickets=kept.tickets, ways=kept.ways, twins=topic.twins)


def _bare(topic: Topic) -> Topic:
    """A topic none of whose tickets is stored: what others said stays, all else cannot be told."""
    shown = topic.wordings[0].text if topic.wordings else FORGOTTEN
    number = len(topic.tickets)
    counted = topic if number else replace(topic, languages=(), months=(), expected=None, peaks=())
    return replace(counted, question=shown, keywords=(), requesters=min(topic.requesters, number))


def _evenly(columns: Columns, most: int) -> Sequence[str]:
    """At most so many tickets, spread over all."""
    return columns.tickets[:: max(1, -(-len(columns) // most))]
