"""Who uses which word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.suggest.wordings.cases import Cases, log_likelihood
from tests.suggest.wordings.cases_of import case, cases, others


def test_the_log_likelihood_of_a_known_table() -> None:
    """Dunning 1993, table 2: "the swiss", 110 of 2,552 "the" among 31,777 words: 270.72."""
    assert log_likelihood(110, 2442, 111, 29114) == pytest.approx(270.72, abs=0.01)


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4))
def test_it_is_never_negative(table: list[int]) -> None:
    """Also where a row is empty."""
    assert log_likelihood(*table) >= 0


def test_people_count_not_tickets() -> None:
    """One person who writes five tickets is one person."""
    found = Cases([case(n, "the telly hums", person="ann") for n in range(5)], "en")
    assert {one: len(people) for one, people in found.people.items()} == {"telli": 1, "hum": 1}


def test_a_word_belongs_where_it_is_used_more() -> None:
    """To the article whose customers say it, and not to one whose do not."""
    own = cases(["the telly hums"] * 6)
    found = Cases([*own, *others()], "en")
    assert found.belongs("telli", "kb-1") > 10.83
    assert found.belongs("telli", "kb-2") == 0
    assert found.belongs("parcel", "kb-1") == 0
