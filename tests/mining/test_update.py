"""Topics brought up to date: new questions are placed, counted and gathered; ids stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.db import Connection, writing
from kbtool.mining import update
from kbtool.mining.assign import Assigner, Model
from kbtool.mining.mine import How
from kbtool.mining.questions.question import Question
from kbtool.mining.questions.store import Prepared, drop_questions, settle_questions
from kbtool.mining.update import Mining, mine_stored
from kbtool.model import Topic
from tests.mining.made import made, truth


@pytest.fixture
def connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A database with 600 questions; so few are brought up to date already."""
    monkeypatch.setattr(update, "ALWAYS", 100)
    monkeypatch.setattr(update, "GATHERED", 12)
    with writing(tmp_path / "kb.db") as opened:
        _store(opened, made(600))
        yield opened


def _store(connection: Connection, questions: list[Question]) -> None:
    settle_questions(connection, [q.ticket for q in questions], map(Prepared, questions))


def _mine(
    connection: Connection, previous: tuple[Topic, ...] = (), *, fresh: bool = False
) -> Mining:
    found = mine_stored(connection, How(previous=previous), fresh=fresh)
    found.save(connection)
    return found


def _by_truth(topics: tuple[Topic, ...]) -> dict[str, Topic]:
    return {truth(topic.tickets[0]): topic for topic in topics}


def test_new_questions_join_their_topics(connection: Connection) -> None:
    """Each is in the topic where it belongs, ids stay, and the counts are those of all."""
    first = _mine(connection)
    _store(connection, made(20, first=600))
    second = _mine(connection, first.mined.topics)
    assert second.past.number == first.past.number  # not mined anew
    assert second.mined.questions == 620
    before, after = _by_truth(first.mined.topics), _by_truth(second.mined.topics)
    assert {name: t.id for name, t in before.items()} == {name: t.id for name, t in after.items()}
    for name, topic in after.items():
        came = {q.ticket for q in made(20, first=600) if truth(q.ticket) == name}
        assert came <= set(topic.tickets)
        assert sum(n for _, n in topic.months) == len(topic.tickets)
        assert sum(n for _, n in topic.languages) == len(topic.tickets)
        assert topic.tickets[: len(before[name].tickets)] == before[name].tickets


def test_removed_and_changed_questions_leave(connection: Connection) -> None:
    """A ticket that is gone is in no topic; one that asks something else now is in another."""
    first = _mine(connection)
    names = _by_truth(first.mined.topics)
    gone, changed = names["refund"].tickets[:2]
    other = next(q for q in made(600) if truth(q.ticket) == "parcel")
    drop_questions(connection, [gone])
    _store(connection, [replace(other, ticket=changed)])
    after = {t.id: t for t in _mine(connection, first.mined.topics).mined.topics}
    refund, parcel = after[names["refund"].id], after[names["parcel"].id]
    assert len(refund.tickets) == len(names["refund"].tickets) - 2
    assert changed in parcel.tickets
    assert gone not in {key for topic in after.values() for key in topic.tickets}


def test_what_begins_to_be_asked_becomes_a_topic(connection: Connection) -> None:
    """New questions that belong to none are mined once enough have gathered, and are known then."""
    first = _mine(connection)
    told = "the bell of my bicycle is silent since the update"
    bells = [
        replace(q, ticket=f"shop:bell-{n}", text=f"{told} {q.text.split()[-1]}", reply="")
        for n, q in enumerate(made(30, first=900))
    ]
    _store(connection, bells[:8])
    second = _mine(connection, first.mined.topics)
    assert "bell" not in _by_truth(second.mined.topics)
    _store(connection, bells[8:16])
    third = _mine(connection, second.mined.topics)
    assert third.past.number == first.past.number
    topic = _by_truth(third.mined.topics)["bell"]
    assert len(topic.tickets) >= 8
    assert {t.id for t in second.mined.topics} == {t.id for t in third.mined.topics} - {topic.id}
    assigner = Assigner.load(connection)
    assert assigner is not None
    assert [one and one.topic for one in assigner.assign(bells[16:20])] == [topic.id] * 4


def test_much_that_is_new_is_mined_anew(connection: Connection) -> None:
    """More than one in twenty, other settings, or the wish for it."""
    first = _mine(connection)
    assert _mine(connection, first.mined.topics).past == first.past
    with_more = mine_stored(connection, How(smallest=5, previous=first.mined.topics))
    assert with_more.past.how != first.past.how
    anew = mine_stored(connection, How(previous=first.mined.topics), fresh=True)
    assert (anew.mined.topics, anew.past) == (first.mined.topics, first.past)
    _store(connection, made(40, first=600))
    assert _mine(connection, first.mined.topics).past.number > first.past.number


def test_bringing_up_to_date_is_no_matter_of_chance(connection: Connection) -> None:
    """The same twice."""
    first = _mine(connection)
    _store(connection, made(20, first=600))
    how = How(previous=first.mined.topics)
    assert mine_stored(connection, how).mined.topics == mine_stored(connection, how).mined.topics


def test_the_assigner_places_as_the_mining_did(connection: Connection) -> None:
    """Loaded from the database it tells the topic and how sure it is; before a mining there is none."""
    assert Assigner.load(connection) is None
    topics = _mine(connection).mined.topics
    ids = {name: topic.id for name, topic in _by_truth(topics).items()}
    assigner = Assigner.load(connection)
    assert assigner is not None
    some = made(40, first=700)
    for question, told in zip(some, assigner.assign(some), strict=True):
        assert (told.topic if told else None) == ids.get(truth(question.ticket))
        assert told is None or 0.8 <= told.confidence <= 1.0
    assert assigner.assign([replace(some[0], lang="et")]) == [None]
    assert assigner.assign([]) == []


def test_a_model_comes_back_as_it_was(connection: Connection) -> None:
    """Saving what was loaded changes no byte."""
    _mine(connection)
    model = Model.load(connection)
    assert model is not None
    before = connection.exec_driver_sql("SELECT value FROM mining_state WHERE name = 'model'")
    stored = before.scalar_one()
    model.save(connection)
    after = connection.exec_driver_sql("SELECT value FROM mining_state WHERE name = 'model'")
    assert after.scalar_one() == stored
