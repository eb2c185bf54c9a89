"""Topics brought up to date with a few new questions, without mining everything again.

A question that came or changed since the last whole mining gets its topic from what that mining
learnt, and every topic is counted anew. New questions that belong to none are mined by themselves
once enough have gathered. The next whole mining, after one in twenty has changed, sees them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from kbtool.db import Connection
from kbtool.mining.assign import Assigner, Model
from kbtool.mining.describing.labels import Members
from kbtool.mining.describing.members import calendar, members
from kbtool.mining.describing.trend import with_trends
from kbtool.mining.memory.identity import keep_ids
from kbtool.mining.mine import How, Mined, mine_source
from kbtool.mining.questions.columns import BATCH, Row
from kbtool.mining.questions.question import Question
from kbtool.mining.questions.store import (
    Arrival,
    Stored,
    arrivals,
    count_questions,
    drop_state,
    last_number,
    read_figures,
    read_state,
    write_state,
)
from kbtool.model import Topic

ALWAYS = 20_000
"""So many questions are mined anew every time: it takes seconds and finds most."""
CHANGED = 0.05
"""Share of new, changed and removed questions from which all are mined anew."""
GATHERED = 500
GATHERED_SHARE = 0.005
"""New questions without a topic, and their share of all, that are mined by themselves: something
has begun to be asked."""
_NAME = "mined"


@dataclass(frozen=True, slots=True)
class Past:
    """When the stored questions were mined, and how."""

    number: int
    """Of the last question when all were mined."""
    questions: int
    """How many there were."""
    tried: int
    """The last number when those without a topic were mined by themselves."""
    how: str
    """The settings."""

    @classmethod
    def load(cls, connection: Connection) -> Past | None:
        """The last mining; None when there was none."""
        stored = read_state(connection, _NAME)
        return None if stored is None else cls(**json.loads(stored))

    @staticmethod
    def drop(connection: Connection) -> None:
        """Forget it, with what it learnt: the next mining sees all questions."""
        Model.drop(connection)
        drop_state(connection, _NAME)


@dataclass(frozen=True, slots=True)
class Mining:
    """Topics, and what to remember for the next time."""

    mined: Mined
    past: Past

    def save(self, connection: Connection) -> None:
        """Remember it, instead of the one before."""
        self.mined.model.save(connection)
        write_state(connection, _NAME, json.dumps(asdict(self.past)).encode())


def mine_stored(connection: Connection, how: How, *, fresh: bool = False) -> Mining:
    """The topics of the stored questions: brought up to date, or mined anew where much changed.

    ``fresh`` mines anew in any case.
    """
    past, model = Past.load(connection), Model.load(connection)
    if not fresh and past is not None and model is not None and _is_little(connection, past, how):
        return _updated(connection, past, model, how)
    mined = mine_source(Stored(connection), how)
    last = last_number(connection)
    return Mining(mined, Past(last, mined.questions, last, how.basis))


def _is_little(connection: Connection, past: Past, how: How) -> bool:
    """Whether so little changed since the last whole mining that it still stands."""
    total, new = count_questions(connection), count_questions(connection, past.number)
    gone = past.questions + new - total  # a changed one is gone and new
    stays = max(new, gone) <= CHANGED * past.questions
    return stays and past.how == how.basis and total > ALWAYS and bool(how.previous)


def _updated(connection: Connection, past: Past, model: Model, how: How) -> Mining:
    came = list(arrivals(connection, past.number))
    told = Assigner(model).assign_rows([one.row for one in came])
    place = {topic.id: number for number, topic in enumerate(how.previous)}
    home = {t: number for number, topic in enumerate(how.previous) for t in topic.tickets}
    home |= {
        one.row.ticket: place.get(topic.topic, -1) if topic else -1
        for one, topic in zip(came, told, strict=True)
    }
    alone = [one for one in came if home[one.row.ticket] < 0]
    found, tried = Mined((), Model({}), 0), past.tried
    enough = max(GATHERED, GATHERED_SHARE * past.questions)
    if sum(one.number > past.tried for one in alone) >= enough:
        found = mine_source(_Some(connection, alone), replace(how, previous=(), gone=()))
        tried = last_number(connection)
        numbered = enumerate(found.topics, len(how.previous))
        home |= {ticket: number for number, topic in numbered for ticket in topic.tickets}
    topics, total = _counted(connection, [*how.previous, *found.topics], home, how.smallest)
    known = keep_ids(topics, how.previous, how.gone)
    names = {old.id: new.id for old, new in zip(topics, known, strict=True)}
    learnt = model.renamed(names).extended(found.model.renamed(names))
    return Mining(Mined(known, learnt, total), replace(past, tried=tried))


def _counted(
    connection: Connection, topics: Sequence[Topic], home: dict[str, int], smallest: int
) -> tuple[list[Topic], int]:
    """``topics`` with the tickets that are in them now, largest first, and all questions' number.

    ``home`` is the place in ``topics`` of each ticket. Those that became too small fall.
    """
    columns = read_figures(connection)
    labels = np.array([home.get(ticket, -1) for ticket in columns.tickets], dtype=np.int32)
    counted = members(columns, labels, len(topics))
    kept = [
        _with_members(topic, whole)
        for topic, whole in zip(topics, counted, strict=True)
        if len(whole.tickets) >= smallest
    ]
    timed = with_trends(kept, calendar(columns))
    return sorted(timed, key=lambda t: (-len(t.tickets), t.id)), len(columns)


def _with_members(topic: Topic, whole: Members) -> Topic:
    """The topic with its tickets counted anew; those known before stay first, in their order."""
    now = set(whole.tickets)
    before = [ticket for ticket in topic.tickets if ticket in now]
    return replace(
        topic,
        tickets=(*before, *sorted(now.difference(before))),
        requesters=whole.requesters,
        languages=tuple(sorted(whole.languages.items(), key=lambda item: (-item[1], item[0]))),
        months=tuple(sorted(whole.months.items())),
    )


class _Some:
    """A few of the stored questions as the source of a mining."""

    def __init__(self, connection: Connection, some: Sequence[Arrival]) -> None:
        self._stored = Stored(connection)
        self._rows = [one.row for one in some]

    def __len__(self) -> int:
        return len(self._rows)

    def batches(self) -> Iterator[Sequence[Row]]:
        """Every question once."""
        for at in range(0, len(self._rows), BATCH):
            yield self._rows[at : at + BATCH]

    def fetch(self, tickets: Sequence[str]) -> list[Question]:
        """The questions of these tickets, in this order."""
        return self._stored.fetch(tickets)
