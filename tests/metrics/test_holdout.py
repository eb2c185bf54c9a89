"""The lot for suggestions: who is counted where, and estimates that are right on average."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from kbtool.events.visits import visits
from kbtool.handoff import new_token
from kbtool.metrics.holdout import holdout_counts, holdout_figures, visits_needed
from kbtool.model import Event, Rate, Span
from tests.arms import arm_of
from tests.metrics.histories import contact, view


def counted(events: Sequence[Event]) -> Counter[str]:
    """What the visits of these events add up to."""
    total: Counter[str] = Counter()
    for visit in visits(events):
        total.update(holdout_counts(visit))
    return total


@pytest.mark.parametrize(
    ("events", "counts"),
    [
        ([contact(1, "open", arm="on"), contact(2, "typed", arm="on")], {"arm on": 1}),
        ([contact(1, "typed", arm="off"), contact(2, "handoff", arm="off")],
         {"arm off": 1, "arm off handed off": 1}),
        ([contact(1, "typed", arm="off"), contact(2, "handoff")],
         {"arm off": 1, "arm off handed off": 1}),
        ([contact(1, "handoff", arm="on"), contact(2, "typed", arm="on")], {"arm on": 1}),
        ([contact(1, "typed", arm="on"), contact(40, "handoff", arm="on")], {"arm on": 1}),
        ([contact(1, "typed", arm="on"), contact(2, "typed", arm="on")], {"arm on": 1}),
        ([contact(1, "open", arm="on"), contact(2, "handoff", arm="on")], {}),
        ([contact(1, "typed"), contact(2, "handoff")], {}),
        ([contact(1, "typed", None, arm="on")], {}),
        ([contact(1, "typed", arm="on"), contact(2, "handoff", arm="off")], {"arm both": 1}),
        ([contact(1, "typed", "ann", arm="on"), contact(2, "handoff", "bob", arm="off")],
         {"arm on": 1}),
        ([view(1)], {}),
    ],
)  # fmt: skip
def test_a_visit_counts_in_its_arm_from_its_question_on(
    events: list[Event], counts: dict[str, int]
) -> None:
    """Also when the hand-off lost its arm (no JavaScript for it); not what came before the question,
    in a later visit, without a lot or a visitor; in both arms it counts as that alone.
    """
    assert +counted(events) == counts


def test_the_figures_of_a_small_history() -> None:
    """Six of ten wrote with suggestions, eight of ten without: two of ten were spared, perhaps."""
    total = Counter(
        {
            "arm on": 10,
            "arm on handed off": 6,
            "arm off": 10,
            "arm off handed off": 8,
            "arm both": 3,
        }
    )
    found = holdout_figures(total, 10)
    assert found
    assert found.difference
    assert found.avoided
    assert (found.on.numerator, found.off.numerator, found.both) == (6, 8, 3)
    assert found.difference.value == pytest.approx(0.2)
    assert found.difference.low < 0 < found.difference.high
    assert found.avoided.value == pytest.approx(2)
    assert found.avoided.high == pytest.approx(10 * found.difference.high)
    assert found.detectable == pytest.approx(
        (found.difference.high - found.difference.low) / 2 * 2.801585 / 1.959964, rel=1e-5
    )
    assert found.needed == visits_needed(0.8, 0.5)


def test_few_visits_give_no_difference_but_how_many_are_missing() -> None:
    """Below the least count in one arm; all visits say how many hand off, for the arm cannot."""
    total = Counter({"arm on": 90, "arm on handed off": 54, "arm off": 10, "arm off handed off": 6})
    found = holdout_figures(total, 20)
    assert found
    assert (found.difference, found.avoided) == (None, None)
    assert found.off == Rate(6, 10, None, None)
    assert found.needed == visits_needed(0.6, 0.1)


def test_nothing_is_needed_when_there_is_enough_or_nobody_to_compare_with() -> None:
    """No figures at all where no lot was drawn."""
    enough = holdout_figures(
        Counter({"arm on": 5000, "arm on handed off": 3000, "arm off": 5000}), 20
    )
    assert enough
    assert enough.needed is None
    alone = holdout_figures(Counter({"arm on": 30}), 20)
    assert alone
    assert (alone.needed, alone.difference) == (None, None)
    assert holdout_figures(Counter({"arm both": 2}), 20) is None


@pytest.mark.parametrize(
    ("share", "points", "known"),
    [(0.1, 0.05, 7390), (0.1, 0.10, 1860), (0.1, 0.15, 830),
     (0.5, 0.05, 2 * 1374), (0.5, 0.10, 2 * 353)],
)  # fmt: skip
def test_the_visits_needed_are_those_of_the_reference(
    share: float, points: float, known: int
) -> None:
    """At 70 % hand-offs without suggestions; the reference is rounded to tens."""
    assert visits_needed(0.7, share, points) == pytest.approx(known, rel=0.002)
    for empty in (0.0, 1.0):
        with pytest.raises(ValueError, match="leaves one arm empty"):
            visits_needed(0.7, empty)


@pytest.mark.parametrize(
    ("starts", "points"), [(4_000, 0.12), (4_000, 0.0), (1_200, 0.12)], ids=str
)
def test_the_difference_is_right_on_average_and_its_interval_holds_it(
    starts: int, points: float
) -> None:
    """2,000 made sites where 70 % write without suggestions and 10 % of the visits have none: the
    estimate is unbiased, 93-97 % of the intervals hold the truth, 12 points of 4,000 starts are
    always seen and none at all in 5 % of the sites.
    """
    runs, base = 2_000, 0.7
    rng = np.random.default_rng(20_261_121)
    off = rng.binomial(starts, 0.1, runs)
    handed = rng.binomial(off, base), rng.binomial(starts - off, base - points)
    spans = [_difference(*row) for row in zip(off, starts - off, *handed, strict=True)]
    values = np.array([span.value for span in spans])
    seen = np.mean([span.low > 0 or span.high < 0 for span in spans])
    held = np.mean([span.low <= points <= span.high for span in spans])
    assert abs(values.mean() - points) < 3 * values.std() / runs**0.5
    assert 0.93 <= held <= 0.97
    if starts == 4_000:
        assert seen > 0.99 if points else seen < 0.07


def _difference(off: int, on: int, handed_off: int, handed_on: int) -> Span:
    total = {"arm on": on, "arm on handed off": handed_on, "arm off": off}
    counted_ = Counter({name: int(n) for name, n in total.items()})
    found = holdout_figures(counted_ + Counter({"arm off handed off": int(handed_off)}), 20)
    assert found
    assert found.difference
    return found.difference


def test_many_tabs_come_near_the_share_that_was_set() -> None:
    """Of 20,000 tokens as many are without as binomial chance allows (four standard errors), no
    tab that is without at a small share gets suggestions at a larger one, and none is at 0.
    """
    choose = random.Random(8).choice  # noqa: S311 - the same tokens in each run
    tokens = [new_token(choose) for _ in range(20_000)]
    before: set[str] = set()
    for percent in (0, 1, 10, 25, 50):
        without = {token for token in tokens if arm_of(token, percent) == "off"}
        share = percent / 100
        allowed = 4 * (share * (1 - share) / len(tokens)) ** 0.5
        assert abs(len(without) / len(tokens) - share) <= allowed
        assert before <= without
        before = without
