"""The integers of ranking."""

from __future__ import annotations

from itertools import pairwise
from math import log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kbtool.search.impacts.query import ASKED
from kbtool.search.impacts.scale import (
    COVERAGE,
    EXACT_QUESTION,
    EXACT_TITLE,
    SCORES,
    UNIT,
    WHOLE,
)
from kbtool.search.impacts.weigh import K1, WEIGHTS, levels


def test_levels_rise_by_a_thirty_second_at_most() -> None:
    """A level is a byte; the scores begin at nothing and rise, so that rounding loses 1.6 %."""
    assert (len(SCORES), SCORES[0], SCORES[1]) == (256, 0, 1)
    assert all(0 < b - a <= max(1, a // 32) for a, b in pairwise(SCORES))


@given(st.floats(0, 200))
def test_a_level_is_the_nearest(impact: float) -> None:
    """No other level's score is nearer; what is above the last one is the last one."""
    found = int(levels(np.array([impact]))[0])
    assert 1 <= found <= 255
    off = abs(SCORES[found] - impact * UNIT)
    assert all(off <= abs(score - impact * UNIT) for score in SCORES[1:])


def test_the_largest_impact_has_a_level() -> None:
    """A word that one of a hundred thousand articles has, and has in every field."""
    largest = sum(weight for weight, _ in WEIGHTS.values()) * (log(100_000 / 2) + 1) * (K1 + 1)
    assert largest * UNIT <= SCORES[-1]


def test_more_of_the_query_is_never_worth_less() -> None:
    """All of it keeps the score, nothing of it leaves nothing."""
    assert (COVERAGE[0], COVERAGE[32]) == (0, 256)
    assert list(COVERAGE) == sorted(set(COVERAGE))


def test_an_exact_title_is_above_all_other_scores() -> None:
    """Then a wording; and every sum is exact in JavaScript, too (below 2**53)."""
    most = ASKED * WHOLE * WHOLE * SCORES[-1]
    assert most < EXACT_QUESTION
    assert EXACT_QUESTION + most < EXACT_TITLE
    assert (EXACT_TITLE + EXACT_QUESTION + most) * 256 < 2**53
