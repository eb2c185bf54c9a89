"""Rounds: what is in no sample is placed, what is rare is found, what is asked once stays alone."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import scipy.sparse as sp

from kbtool.mining.grouping import group as rounds
from kbtool.mining.grouping.crowds import Crowds
from kbtool.mining.grouping.group import STAGES, Grouped, first_of_each, group, together
from kbtool.mining.questions.columns import Given, gather
from kbtool.mining.questions.question import Question
from tests.bench.noisy import Generator
from tests.mining.made import ASKED, made, truth

Questions = list[tuple[Question, int]]
"""With the number of the topic that each belongs to, −1 for none."""


def _made(count: int) -> Questions:
    names = [*ASKED, "once"]
    numbered = ((q, names.index(truth(q.ticket))) for q in made(count))
    return [(q, -1 if number == len(ASKED) else number) for q, number in numbered]


def _grouped(questions: Questions, smallest: int = 4) -> tuple[list[int], Grouped, list[int]]:
    """(true topic of each row, what was found, what was told), comparing without a mistake."""
    columns = gather(Given(question for question, _ in questions).batches())
    known = {question.ticket: topic for question, topic in questions}
    true = [known[ticket] for ticket in columns.tickets]
    told: list[int] = []

    def compare(rows: np.ndarray) -> np.ndarray:
        numbers = [true[row] for row in rows.tolist()]
        large = sorted(n for n, size in Counter(numbers).items() if n >= 0 and size >= smallest)
        return np.array([large.index(n) if n in large else -1 for n in numbers])

    found = group(columns, np.arange(len(columns)), compare, smallest, told.append)
    return true, found, told


def test_a_sample_places_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """With 150 questions compared, 1,000 find their topic; the others stay out."""
    monkeypatch.setattr(rounds, "SAMPLE", 150)
    true, found, told = _grouped(_made(1_000))
    pairs = Counter(zip(true, found.labels.tolist(), strict=True))
    assert [pairs[(name, name)] for name in range(4)] == [200, 200, 200, 200]
    assert pairs[(-1, -1)] >= 180
    assert len(found.counts.sizes) == found.labels.max() + 1 == 4
    assert told == sorted(told)
    assert told[-1] == STAGES


def test_topics_too_rare_for_the_sample_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of noisy questions a sample of a tenth shows hardly any topic of six to twelve questions;
    the company that questions keep shows many.
    """
    monkeypatch.setattr(rounds, "SAMPLE", 400)
    asked = [pair for pair in Generator(6_500).questions() if pair[0].lang == "en"]
    true, found, _ = _grouped(asked)
    rare = {n for n, size in Counter(true).items() if n >= 0 and 6 <= size <= 12}
    sampled = Counter(true[:400])
    assert sum(sampled[name] >= 4 for name in rare) <= 0.05 * len(rare)
    placed = Counter(zip(found.labels.tolist(), true, strict=True))
    sizes = Counter(found.labels.tolist())
    seen = {name for (label, name), n in placed.items() if label >= 0 and n >= 0.8 * sizes[label]}
    assert len(seen & rare) >= 0.25 * len(rare)


def test_grouping_twice_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing depends on chance."""
    monkeypatch.setattr(rounds, "SAMPLE", 200)
    asked = [pair for pair in Generator(3_000).questions() if pair[0].lang == "de"]
    one, other = _grouped(asked)[1], _grouped(asked[::-1])[1]
    assert np.array_equal(one.labels, other.labels)
    assert np.array_equal(one.counts.topics.toarray(), other.counts.topics.toarray())


def test_company_is_told_from_chance() -> None:
    """Questions that share rare words are in groups of their topic; what is asked once is in none."""
    true, _, _ = _grouped(_made(600))
    columns = gather(Given(made(600)).batches())
    groups = Crowds(columns, 4).groups(np.arange(600), common=0.5)
    pairs = Counter(zip(groups.tolist(), true, strict=True))
    assert {group for (group, name) in pairs if name < 0} == {-1}
    assert pairs.total() - sum(n for (group, _), n in pairs.items() if group < 0) >= 400
    assert len({group for group, _ in pairs if group >= 0}) == len([p for p in pairs if p[0] >= 0])
    assert (Crowds(columns, 4).groups(np.arange(600), common=0.001) < 0).all()


def test_groups_that_take_each_other_are_one() -> None:
    """Average linkage; those alone fall unless they were known before."""
    taken = sp.csr_matrix(
        np.array([[1, 0, 0, 0], [0, 1, 0.9, 0], [0, 0.8, 1, 0], [0, 0.9, 0.4, 1]], dtype=np.float32)
    )
    first, second, third, fourth = together(taken, known=1).tolist()
    assert second == third
    assert first not in (second, -1)
    assert fourth == -1


def test_the_surest_of_each_topic_come_first() -> None:
    """At most so many of each label, those that were compared before the others."""
    labels = np.array([1, 0, 1, -1, 1, 0])
    surest = np.array([False, True, True, True, True, True])
    assert first_of_each(labels, 2, surest).tolist() == [1, 5, 2, 4]
    assert first_of_each(labels, 1).tolist() == [1, 0]
    assert first_of_each(np.array([-1, -1]), 3).tolist() == []
