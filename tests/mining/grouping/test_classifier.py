"""Placing questions: those of known topics, and no others."""

from __future__ import annotations

import numpy as np
import pytest

from kbtool.mining.grouping.classifier import SURE, Classifier, count, with_topics
from kbtool.mining.questions.columns import Columns, Given, gather
from tests.mining.made import ASKED, made, truth

NAMES = tuple(ASKED)


@pytest.fixture(scope="module")
def columns() -> Columns:
    """Six hundred made questions."""
    return gather(Given(made(600)).batches())


def _labels(columns: Columns, known: tuple[str, ...] = NAMES) -> np.ndarray:
    names = [truth(ticket) for ticket in columns.tickets]
    return np.array([known.index(name) if name in known else -1 for name in names])


def _learnt(columns: Columns, first: int, known: tuple[str, ...] = NAMES) -> Classifier:
    starts, features = columns.of(np.arange(first))
    whole = np.ones(first, dtype=bool)
    return Classifier(count(starts, features, _labels(columns, known)[:first], whole))


def test_questions_go_where_they_belong(columns: Columns) -> None:
    """Of 500 that the classifier never saw, those of a topic find it and the others none."""
    rest = np.arange(100, 600)
    best, posterior = _learnt(columns, 100).place(*columns.of(rest))
    placed = np.where(posterior >= SURE, best, -1)
    assert (placed == _labels(columns)[rest]).mean() > 0.98


def test_batches_may_be_placed_anywhere(columns: Columns) -> None:
    """One by one or all at once: the same."""
    learnt = _learnt(columns, 100)
    whole = learnt.place(*columns.of(np.arange(600)))
    alone = [learnt.place(*columns.of(np.array([row]))) for row in range(600)]
    assert np.array_equal(whole[0], np.concatenate([best for best, _ in alone]))
    assert np.allclose(whole[1], np.concatenate([sure for _, sure in alone]))


def test_a_question_without_a_known_word_belongs_nowhere(columns: Columns) -> None:
    """No features, no topic, no posterior."""
    empty = np.array([0, 0]), np.empty(0, dtype=np.uint32)
    best, posterior = _learnt(columns, 100).place(*empty)
    assert best.tolist() == [-1]
    assert posterior.tolist() == [0.0]


def test_topics_can_be_added(columns: Columns) -> None:
    """A classifier of two topics, with two more from other questions, knows all four."""
    two, others = _learnt(columns, 200, NAMES[:2]), _learnt(columns, 200, NAMES[2:])
    both = Classifier(with_topics(two.counts, others.counts))
    rest = np.arange(200, 600)
    best, posterior = both.place(*columns.of(rest))
    placed = np.where(posterior >= SURE, best, -1)
    assert (placed == _labels(columns)[rest]).mean() > 0.98


def test_what_is_taken_for_each_other(columns: Columns) -> None:
    """Two halves of one topic take each other's questions; different topics do not."""
    labels = _labels(columns)
    halves = np.where(labels == 0, np.where(np.arange(600) % 2, 0, 4), labels)
    own = np.argsort(halves, kind="stable")[(halves < 0).sum() :]
    learnt = Classifier(count(*columns.of(np.arange(600)), halves, np.ones(600, dtype=bool)))
    taken = learnt.taken_for(*columns.of(own), halves[own]).toarray()
    assert taken[0, 4] > 0.9
    assert taken[4, 0] > 0.9
    assert taken[1, 2] < 0.1
