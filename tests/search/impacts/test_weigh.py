"""Counts → impacts: the documented formula, and lists that keep the best."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.impacts.gather import MEANING
from kbtool.search.impacts.scale import SCORES, UNIT, WHOLE
from kbtool.search.impacts.weigh import K1, LONGEST, WEIGHTS, idf, term_list, weigh
from tests.search.helpers import document
from tests.search.impacts.helpers import gathered


def test_the_formula_by_hand() -> None:
    """Two articles of two; ``lock`` once in a title of two words, once in a body of four."""
    documents = [
        document("a", "en", "Lock bikes", "Press buttons twice firmly."),
        document("b", "en", "Ride bikes", "Close every lock properly."),
    ]
    found = weigh(gathered(documents, "en"))["lock/s"]
    weight = log(2 / 2) + 1
    title = WEIGHTS["title"].weight * weight * (K1 + 1) / (1 + K1)  # of average length: b is out
    body = WEIGHTS["body"].weight * weight * (K1 + 1) / (1 + K1)
    assert found.articles.tolist() == [0, 1]
    for got, wanted in zip(found.levels, (title, body), strict=True):
        assert SCORES[got] == pytest.approx(wanted * UNIT, rel=0.016)
    # Over all fields both articles have the word: idf of two of two.
    assert found.weight == round(WHOLE * (log(2 / 3) + 1))


def test_a_word_in_several_fields_counts_in_each() -> None:
    """The impacts of the fields are added up."""
    documents = [
        document("a", "en", "Lock", "Lock"),
        document("b", "en", "Lock", "Rain"),
        document("c", "en", "Rain", "Lock"),
    ]
    levels = weigh(gathered(documents, "en"))["lock/s"].levels
    assert levels[0] > levels[1] > levels[2]


def test_a_meaning_that_half_the_articles_have_says_nothing() -> None:
    """It has no list; a word that all have keeps one."""
    documents = [document(str(n), "en", "Cancel it", f"Word{n}") for n in range(4)]
    lists = weigh(gathered(documents, "en"))
    assert "cancel/s" in lists
    assert not [term for term in lists if term.startswith(MEANING + "cancel")]


@given(
    st.dictionaries(st.integers(0, 5000), st.integers(1, 40).map(lambda n: n / 4), max_size=60),
    st.integers(0, 60_000),
)
def test_a_short_list_is_whole(impacts: dict[int, float], articles: int) -> None:
    """Every article with its level, by number, however many there are beside it."""
    found = term_list(impacts, articles or 1)
    assert found.articles.tolist() == sorted(impacts)
    assert len(found.levels) == len(impacts)
    assert found.weight >= 1


@pytest.mark.parametrize(("articles", "kept"), [(3000, LONGEST), (40_000, 2000)])
def test_a_long_list_keeps_the_best(articles: int, kept: int) -> None:
    """A thousand, or a twentieth of all; of equals the first; the weight is that of all."""
    impacts = {number: float(1 + number % 7) for number in range(3000)}
    found = term_list(impacts, articles)
    best = sorted(impacts, key=lambda number: (-impacts[number], number))[:kept]
    assert found.articles.tolist() == sorted(best)
    assert found.weight == max(1, round(WHOLE * idf(3000, articles)))


@given(st.integers(1, 100_000), st.data())
def test_rarer_words_tell_more(articles: int, data: st.DataObject) -> None:
    """idf falls with the number of articles and never to nothing."""
    having = data.draw(st.integers(0, articles - 1))
    assert idf(having, articles) >= idf(having + 1, articles) >= 0.05
