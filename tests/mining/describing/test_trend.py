"""How topics run over the months, and how rarely chance is taken for a trend."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.mining.describing.trend import FALSE_SHARE, Calendar, Course, find_courses, with_trends
from kbtool.months import month_range
from tests.suggest.samples import topic

YEAR = month_range("2025-12", "2026-11")
TWO_YEARS = month_range("2024-12", "2026-11")
DESK = Calendar(YEAR, (100,) * 12)
LONG_DESK = Calendar(TWO_YEARS, (100,) * 24)


def one(counts: dict[str, int], calendar: Calendar = DESK) -> Course:
    """The course of a single topic."""
    return find_courses([counts], calendar)[0]


def months(first: str, *counts: int) -> dict[str, int]:
    """Counts of months in a row."""
    year, month = int(first[:4]), int(first[5:])
    last = year * 12 + month - 2 + len(counts)
    return dict(zip(month_range(first, f"{last // 12}-{last % 12 + 1:02d}"), counts, strict=True))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (months("2026-09", 1, 3, 4), "new"),
        (months("2026-10", 2), "steady"),
        (months("2025-12", 2, 2, 1, 2, 3, 2, 4, 4, 5, 6, 6, 8), "growing"),
        (months("2025-12", 2, 1, 2, 0, 2, 0, 0, 1, 1, 6, 7, 6), "growing"),
        (months("2025-12", 7, 6, 7, 5, 4, 4, 2, 1), "fading"),
        (months("2025-12", 2, 3, 2, 1, 2, 3, 2, 2, 3, 2, 2, 2), "steady"),
        (months("2025-12", 2, 1, 2, 14, 1, 2, 1, 2, 2, 1, 2, 1), "spike"),
        (months("2025-12", *[10_000] * 8, *[10_500] * 4), "steady"),
        ({}, "steady"),
    ],
)
def test_trend_of_one_topic(counts: dict[str, int], expected: str) -> None:
    """The usual courses on a steady desk; sure but small changes are steady."""
    assert one(counts).trend == expected


def test_a_spike_names_its_month_and_is_not_expected_again() -> None:
    """What comes next is what came beside the burst."""
    found = one(months("2025-12", 2, 1, 2, 14, 1, 2, 1, 2, 2, 1, 2, 1))
    assert found.peaks == ("2026-03",)
    assert found.expected == pytest.approx(17 / 11)


def test_a_burst_that_may_go_on_is_no_spike() -> None:
    """The last month cannot be over; then it grows."""
    assert one(months("2025-12", 2, 1, 2, 1, 1, 2, 1, 2, 2, 1, 2, 20)).trend != "spike"


def test_a_season_comes_every_year() -> None:
    """High Decembers in two years are a season, and the next December is to bring as many."""
    december = {"12": 15}
    counts = {month: december.get(month[5:], 2) for month in TWO_YEARS}
    found = one(counts, LONG_DESK)
    assert (found.trend, found.peaks) == ("seasonal", ("12",))
    assert found.expected == pytest.approx(15)
    once = {**counts, "2025-12": 2}
    assert one(once, LONG_DESK).trend == "spike"


def test_a_season_may_cross_new_year() -> None:
    """Three months in a row stand out together, wherever the data begin."""
    span = month_range("2023-07", "2026-09")
    counts = {month: 12 if month[5:] in ("12", "01", "02") else 3 for month in span}
    found = one(counts, Calendar(span, (100,) * len(span)))
    assert (found.trend, found.peaks) == ("seasonal", ("01", "02", "12"))
    assert found.expected == pytest.approx(3)


def test_a_growing_desk_is_no_growing_topic() -> None:
    """A topic that keeps its share of a desk that triples is steady, and expected at today's size."""
    desk = tuple(100 + 18 * n for n in range(12))
    found = one({m: n // 20 for m, n in zip(YEAR, desk, strict=True)}, Calendar(YEAR, desk))
    assert found.trend == "steady"
    assert found.expected == pytest.approx(14, abs=1)
    falling = one(dict.fromkeys(YEAR, 8), Calendar(YEAR, desk))
    assert falling.trend == "fading"


def test_a_month_that_has_begun_is_no_fall() -> None:
    """Three days of November: a tenth of the tickets, of all topics alike; expected is a whole month."""
    desk = {**dict.fromkeys(YEAR, 100), "2026-11": 10}
    calendar = Calendar.of(desk, datetime(2026, 11, 3, tzinfo=UTC))
    assert calendar.monthly == pytest.approx(210 / 2.1)
    found = one({**dict.fromkeys(YEAR, 20), "2026-11": 2}, calendar)
    assert found.trend == "steady"
    assert found.expected == pytest.approx(20)


def test_short_or_undated_data_say_nothing() -> None:
    """Under three months everything is steady; without a date nothing is expected."""
    assert one({"2026-11": 9}, Calendar(("2026-10", "2026-11"), (50, 50))).trend == "steady"
    assert one({}, Calendar()) == Course("steady")
    assert one({}) == Course("steady")
    assert one({"2026-11": 3}, Calendar.of({"2026-11": 30}, datetime(2026, 11, 2, tzinfo=UTC))) == (
        Course("steady", expected=3.0)
    )


def test_the_calendar_has_no_gaps() -> None:
    """A month in which nobody asked has an exposure of nothing."""
    calendar = Calendar.of({"2026-11": 4, "2026-08": 2}, None)
    assert calendar.months == month_range("2026-08", "2026-11")
    assert calendar.counts == (2, 0, 0, 4)
    assert find_courses([{"2026-08": 2, "2026-11": 4}], calendar)[0].trend == "steady"


def test_topics_get_their_course_in_their_order() -> None:
    """Only trend, peaks and expected tickets change."""
    grown = topic(
        "t-1", months=tuple(months("2025-12", 1, 0, 1, 1, 2, 1, 2, 2, 5, 6, 7, 9).items())
    )
    even = topic("t-2", months=tuple((m, 2) for m in YEAR))
    first, second = with_trends([grown, even], DESK)
    assert (first.id, first.trend, second.id, second.trend) == ("t-1", "growing", "t-2", "steady")
    assert second.expected == pytest.approx(2)


def simulated(
    seed: int, shapes: list[np.ndarray], *, uneven: float = 0.0
) -> tuple[list[dict[str, int]], Calendar]:
    """Poisson counts of topics with these mean counts a month, on a desk that doubles meanwhile.

    ``uneven`` is the variance of a gamma factor on each month's mean: topics that come in bursts.
    """
    chance = np.random.default_rng(seed)
    desk = np.linspace(1, 2, 24)
    found = []
    for shape in shapes:
        factor = chance.gamma(1 / uneven, uneven, 24) if uneven else 1.0
        drawn = chance.poisson(desk * shape * factor)
        found.append(dict(zip(TWO_YEARS, drawn.tolist(), strict=True)))
    return found, Calendar(TWO_YEARS, tuple(int(1000 * n) for n in desk))


def steady_means(seed: int, count: int) -> list[np.ndarray]:
    """Sizes as help desks have them: a few large topics, many small ones."""
    sizes = 0.2 + np.minimum(2 * np.random.default_rng(seed + 1000).pareto(1.0, count), 40)
    return [np.full(24, size) for size in sizes]


def test_steady_topics_raise_few_alarms() -> None:
    """In a run of 200 steady topics a false alarm is rarer than the stated rate."""
    runs = [find_courses(*simulated(seed, steady_means(seed, 200))) for seed in range(25)]
    alarmed = sum(any(course.trend != "steady" for course in run) for run in runs)
    assert alarmed <= FALSE_SHARE * len(runs)


def test_topics_that_come_in_bursts_are_no_trends() -> None:
    """Months that vary by a third of their own: spikes are true then, changes and seasons rare.

    A change is seen in one of 1,000 such topics, a season in one of 500: two years are few to tell
    a burst from a habit.
    """
    runs = [
        find_courses(*simulated(seed, steady_means(seed, 200), uneven=0.1)) for seed in range(25)
    ]
    told = [course.trend for run in runs for course in run]
    assert sum(trend in ("growing", "fading", "new") for trend in told) <= len(told) / 1000
    assert told.count("seasonal") <= len(told) / 500


def test_true_changes_are_found_and_few_others() -> None:
    """Of topics that double, fade, burst or have a season nearly all are told, and told right."""
    doubled = np.concatenate([np.full(14, 12.0), np.full(10, 24.0)])
    burst = np.where(np.arange(24) == 9, 40.0, 5.0)
    season = np.where(np.arange(24) % 12 < 2, 20.0, 5.0)
    kinds = [
        ("growing", doubled),
        ("fading", doubled[::-1]),
        ("spike", burst),
        ("seasonal", season),
    ]
    right, wrong, told = 0, 0, 0
    for seed in range(10):
        true = [(name, shape) for name, shape in kinds for _ in range(5)]
        shapes = [*(shape for _, shape in true), *steady_means(seed, 80)]
        found = find_courses(*simulated(seed, shapes))
        right += sum(c.trend == name for (name, _), c in zip(true, found, strict=False))
        told += sum(c.trend != "steady" for c in found)
        wrong += sum(c.trend != "steady" for c in found[len(true) :])
    assert right >= 0.95 * 200
    assert wrong <= FALSE_SHARE * told


counts_of_a_year = st.dictionaries(st.sampled_from(YEAR), st.integers(1, 50))


@given(st.lists(counts_of_a_year, min_size=1, max_size=5), st.integers(1, 30))
def test_courses_never_contradict_the_counts(found: list[dict[str, int]], day: int) -> None:
    """Growing topics rose and fading ones fell; peaks are above the rest; expected is no absurdity."""
    total = {m: 20 + sum(one.get(m, 0) for one in found) for m in YEAR}
    calendar = Calendar.of(total, datetime(2026, 11, day, tzinfo=UTC))
    for counts, course in zip(found, find_courses(found, calendar), strict=True):
        late = sum(counts.get(m, 0) for m in YEAR[-4:]) / sum(total[m] for m in YEAR[-4:])
        early = sum(counts.get(m, 0) for m in YEAR[:-4]) / sum(total[m] for m in YEAR[:-4])
        assert course.trend not in ("growing", "new") or late > early
        assert course.trend != "fading" or late < early
        assert course.trend != "new" or early == 0
        assert bool(course.peaks) == (course.trend in ("spike", "seasonal"))
        if counts:
            assert course.expected is not None
            assert 0 <= course.expected <= calendar.monthly
        else:
            assert course.expected is None


@given(st.lists(counts_of_a_year, min_size=2, max_size=6))
def test_the_order_of_topics_does_not_matter(found: list[dict[str, int]]) -> None:
    """Each topic's course is the same wherever it stands."""
    shuffled = list(range(len(found)))[::-1]
    straight = find_courses(found, DESK)
    assert [straight[n] for n in shuffled] == list(find_courses([found[n] for n in shuffled], DESK))
