"""Figures of a whole desk: gates, the pool, money, the lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import log

import numpy as np
import pytest

from kbtool.metrics.effect.desk import Desk, Disturbance, Treated
from kbtool.metrics.effect.estimate import effects
from kbtool.metrics.effect.lot import chance_of
from tests.metrics.effect.simulate import MONDAY, make_pool


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Six articles that take a third of the tickets away, twenty untouched topics."""
    return make_pool(np.random.default_rng(11), log(0.6), articles=6, hard=False)


def test_a_real_effect_is_shown_with_everything_it_rests_on(desk: Desk) -> None:
    """Per topic and pooled: change, tickets, what could have been seen."""
    found = effects(desk, ticket_cost=10.0, currency="EUR")
    assert found.pooled is not None
    assert found.pooled.topics == 6
    assert found.pooled.change.high < -0.1
    assert found.pooled.change.low <= found.pooled.change.value <= found.pooled.change.high
    assert 0 < found.pooled.detectable < 0.5
    reach = log(1 + found.pooled.change.high) - log(1 + found.pooled.change.value)
    error = (
        reach / 2.570582
    )  # Student's t of 97.5 % with five degrees of freedom; of 80 %: 0.919544
    assert log(1 - found.pooled.detectable) == pytest.approx(
        -(2.570582 + 0.919544) * error, rel=1e-5
    )
    assert found.pooled.avoided.low > 0
    assert found.saved is not None
    assert found.saved.value == pytest.approx(10 * found.pooled.per_month.value)
    assert (found.saved.low, found.saved.high) == pytest.approx(
        (10 * found.pooled.per_month.low, 10 * found.pooled.per_month.high)
    )
    assert found.controls == 20
    assert found.first_week == MONDAY
    assert found.last_week == MONDAY + timedelta(weeks=129)
    for one in found.topics:
        assert one.missing == ()
        assert one.change is not None
        assert one.avoided is not None
        assert one.avoided.low <= one.avoided.value <= one.avoided.high
        assert one.weeks_after == 23
    changes = [one.change.value for one in found.topics if one.change]
    assert changes == sorted(changes)


def test_without_a_price_there_is_no_money(desk: Desk) -> None:
    """And no default price."""
    assert effects(desk).saved is None


def test_the_order_of_what_is_given_does_not_matter(desk: Desk) -> None:
    """Same desk, same figures to the last bit."""
    turned = replace(
        desk,
        counts=dict(reversed(list(desk.counts.items()))),
        treated=tuple(reversed(desk.treated)),
    )
    assert effects(turned) == effects(desk)


def test_no_effect_is_no_effect() -> None:
    """Pooled over hard desks without effect: hardly ever below nothing, nearly always around it."""
    held = low = 0
    for seed in range(25):
        found = effects(make_pool(np.random.default_rng([5, seed]), 0.0, articles=6)).pooled
        assert found is not None
        held += found.change.low <= 0 <= found.change.high
        low += found.change.high < 0
    assert held >= 22
    assert low <= 1


def _only(desk: Desk, *articles: Treated) -> Desk:
    return replace(desk, treated=articles)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"published": MONDAY + timedelta(weeks=51)}, "51 of 52 weeks with tickets before"),
        ({"published": MONDAY + timedelta(weeks=110)}, "12 of 13 weeks after the article"),
        ({"published": MONDAY - timedelta(weeks=40)}, "0 of 52 weeks with tickets before"),
        ({"published": MONDAY + timedelta(weeks=900)}, "0 of 13 weeks after the article"),
        ({"topic": "t-none"}, "no dated tickets"),
    ],
)
def test_below_a_gate_there_are_words(desk: Desk, change: dict[str, object], told: str) -> None:
    """What is missing, with numbers; no estimate, no pool."""
    one = replace(desk.treated[0], **change)  # type: ignore[arg-type]  # fields by name
    found = effects(_only(desk, one))
    assert found.topics[0].change is None
    assert found.topics[0].avoided is None
    assert any(why.startswith(told) for why in found.topics[0].missing)
    assert found.pooled is None
    assert found.missing == (
        "0 topics with an estimate of its own; 5 are needed",
        *found.missing[1:],
    )


def test_few_tickets_or_few_controls_are_told(desk: Desk) -> None:
    """Both in one list, so that a lead sees what to wait for."""
    topic = desk.treated[0].topic
    names = [topic, *(t for t in sorted(desk.counts) if t != topic)][:8]
    small = {
        t: tuple(n // 20 for n in desk.counts[t]) if t == topic else desk.counts[t] for t in names
    }
    (one,) = effects(Desk(MONDAY, small, [desk.treated[0]])).topics
    assert [why.split(" of ")[1] for why in one.missing] == [
        "5 tickets a week before the article",
        "8 untouched topics to compare with",
    ]


def test_what_the_team_entered_keeps_a_topic_out(desk: Desk) -> None:
    """A topic that something else touched has no estimate and is nobody's control; what touched
    all topics alike is only told.
    """
    first, second = desk.treated[0], desk.treated[1]
    day = first.published + timedelta(weeks=2)
    free = sorted(set(desk.counts) - {t.topic for t in desk.treated})[0]
    told = replace(
        desk,
        disturbances=(
            Disturbance(day, "New prices", (first.topic, free)),
            Disturbance(day, "New year"),
        ),
    )
    found = effects(told)
    by_topic = {one.topic: one for one in found.topics}
    assert by_topic[first.topic].missing == (f"something else touched it: New prices ({day})",)
    assert by_topic[second.topic].change is not None
    assert found.notes == (f"{day}: New year",)
    assert found.controls == effects(desk).controls - 1


def test_tickets_that_went_next_door_are_counted_in() -> None:
    """Half of what the articles spared is asked as a neighbouring topic: the topic's own estimate
    says 40 %, the one with neighbours much less.
    """
    rng = np.random.default_rng(12)
    desk = make_pool(rng, log(0.6), articles=6, hard=False)
    spare = sorted(set(desk.counts) - {t.topic for t in desk.treated})
    counts, treated = {t: list(row) for t, row in desk.counts.items()}, []
    for one, neighbour in zip(desk.treated, spare, strict=False):
        start = desk.week(one.published)
        for week in range(start, desk.length):
            counts[neighbour][week] += int(rng.poisson(counts[one.topic][week] * 0.5 / 0.6 * 0.4))
        treated.append(replace(one, neighbours=(neighbour,)))
    found = effects(Desk(MONDAY, counts, treated)).pooled
    assert found is not None
    assert found.with_neighbours is not None
    assert found.change.value < -0.3
    assert found.change.value + 0.15 < found.with_neighbours.value < 0


def test_the_lot_tells_an_effect_from_none() -> None:
    """By the dates alone: rare where the articles did something, anything where they did not."""
    working = make_pool(np.random.default_rng(13), log(0.5), articles=7, hard=False)
    chance = chance_of(working, working.treated)
    assert chance is not None
    assert chance < 0.05
    idle = [
        chance_of(desk, desk.treated)
        for desk in (make_pool(np.random.default_rng([14, n]), 0.0, articles=5) for n in range(24))
    ]
    assert 0.3 < float(np.mean([one for one in idle if one is not None])) < 0.7
    assert sum(one is not None and one < 0.05 for one in idle) <= 4


def test_the_lot_is_told_in_the_pool(desk: Desk) -> None:
    """Five topics by lot are enough for the test, four are not."""
    drawn = [replace(one, randomised=n < 5) for n, one in enumerate(desk.treated)]
    found = effects(replace(desk, treated=drawn)).pooled
    assert found is not None
    assert (found.randomised, found.chance is None) == (5, False)
    fewer = effects(replace(desk, treated=[replace(drawn[0], randomised=False), *drawn[1:]])).pooled
    assert fewer is not None
    assert (fewer.randomised, fewer.chance) == (4, None)


def test_an_empty_desk_says_what_it_lacks() -> None:
    """No tickets, no articles: words, no crash."""
    found = effects(Desk(None, {}, []))
    assert (found.topics, found.pooled, found.first_week, found.last_week) == ((), None, None, None)
    (missing,) = found.missing  # and nothing of untouched topics, for which nobody looked
    assert missing == "0 topics with an estimate of its own; 5 are needed"
