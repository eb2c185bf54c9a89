"""Questions as arrays: nothing is lost, and the order of input does not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from kbtool.mining.describing.members import calendar, members
from kbtool.mining.questions.columns import Given, gather, row_of
from kbtool.mining.questions.hashed import features
from kbtool.mining.questions.question import Question
from tests.mining.made import made
from tests.mining.samples import members_of


def _mixed() -> list[Question]:
    found = made(60)
    found += [replace(q, ticket=f"{q.ticket}-de", lang="de", requester=None) for q in made(9)]
    return [*found, replace(found[0], ticket="shop:bare", lang=None, at=None, text="?!", reply="")]


def test_rows_keep_what_questions_say() -> None:
    """Language, day and features of each question stand in its row."""
    columns = gather(Given(_mixed()).batches())
    known = {q.ticket: q for q in _mixed()}
    assert sorted(columns.tickets) == sorted(known)
    assert columns.langs == ("de", "en", None)
    starts, found = columns.of(np.arange(len(columns)))
    for row, ticket in enumerate(columns.tickets):
        question = known[ticket]
        assert columns.langs[columns.lang[row]] == question.lang
        assert columns.days[row] == (question.at.date().toordinal() if question.at else 0)
        assert np.array_equal(found[starts[row] : starts[row + 1]], features(question))


def test_order_of_input_does_not_show() -> None:
    """The rows stand in an order of their own."""
    one, other = gather(Given(_mixed()).batches()), gather(Given(_mixed()[::-1]).batches())
    assert one.tickets == other.tickets
    assert np.array_equal(one.features, other.features)
    assert np.array_equal(one.people, other.people)
    assert one.tickets != sorted(one.tickets)  # shuffled


def test_members_are_counted_as_from_the_questions() -> None:
    """People, languages and months of a topic are those that its questions give."""
    columns = gather(Given(_mixed()).batches())
    labels = np.arange(len(columns)) % 3 - 1
    known = {q.ticket: q for q in _mixed()}
    for topic, found in enumerate(members(columns, labels, 2)):
        own = [columns.tickets[row] for row in np.flatnonzero(labels == topic)]
        assert found == members_of([known[ticket] for ticket in own])


def test_the_calendar_knows_the_newest_day() -> None:
    """A last month that has only begun counts as a part of a month."""
    at = datetime(2026, 5, 3, tzinfo=UTC)
    late = replace(made(1)[0], ticket="shop:late", at=at)
    found = calendar(gather(Given([*made(60), late]).batches()))
    assert found.months == ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
    assert found.counts == (60, 0, 0, 0, 1)
    assert found.part == 3 / 31


def test_people_are_told_apart_and_unknown_ones_are_zero() -> None:
    """A row's person is a number of its own below 2**63."""
    first, second = made(2)
    assert row_of(first).person != row_of(second).person
    assert 0 < row_of(first).person < 2**63
    assert row_of(replace(first, requester=None)).person == 0


def test_no_questions_are_no_rows() -> None:
    """Nothing in, nothing out."""
    assert len(gather([])) == 0
