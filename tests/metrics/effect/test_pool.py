"""All topics in one."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.metrics.effect.one import Step
from kbtool.metrics.effect.pool import pool

STEPS = st.lists(
    st.builds(
        Step,
        value=st.floats(-2, 2),
        error=st.floats(0.01, 1),
        calibration=st.just(1.0),
        freedom=st.just(20),
    ),
    min_size=2,
    max_size=12,
)


def _step(value: float, error: float) -> Step:
    return Step(value, error, 1.0, 20)


@given(STEPS)
def test_the_mean_lies_among_its_parts(steps: list[Step]) -> None:
    """Between the lowest and the highest; never surer than all of them independent would be."""
    found = pool(steps)
    values = [step.value for step in steps]
    assert min(values) - 1e-9 <= found.value <= max(values) + 1e-9
    assert found.error >= 1 / sqrt(sum(1 / step.error**2 for step in steps)) - 1e-12
    assert found.freedom == len(steps) - 1


@given(STEPS, st.randoms(use_true_random=False))
def test_their_order_does_not_matter(steps: list[Step], random: object) -> None:
    """Nor does the sign: the mirror image has the mirrored mean."""
    turned = pool([replace(step, value=-step.value) for step in reversed(steps)])
    found = pool(steps)
    assert turned.value == pytest.approx(-found.value, abs=1e-9)
    assert turned.error == pytest.approx(found.error, rel=1e-9)


def test_equal_topics_are_averaged() -> None:
    """Two equal errors weigh the same; the more exact of two topics that agree weighs more."""
    assert pool([_step(-0.2, 0.1), _step(-0.4, 0.1)]).value == pytest.approx(-0.3)
    assert pool([_step(-0.2, 0.01), _step(-0.25, 0.2)]).value == pytest.approx(-0.2, abs=0.001)


def test_topics_that_differ_make_it_less_sure() -> None:
    """Heterogeneity widens the interval."""
    alike = pool([_step(v, 0.05) for v in (-0.3, -0.31, -0.29, -0.3)])
    apart = pool([_step(v, 0.05) for v in (-0.9, 0.3, -0.6, 0.0)])
    assert apart.error > 3 * alike.error


def test_shared_controls_make_it_less_sure() -> None:
    """When leaving a few controls out moves all topics alike, that is added."""
    steps = [_step(v, 0.05) for v in (-0.3, -0.2, -0.25)]
    moved = [[replace(s, value=s.value + by) for s in steps] for by in (-0.1, 0.1, 0.0)]
    assert pool(steps, [steps, steps, steps]).error == pytest.approx(pool(steps).error)
    assert pool(steps, moved).error > 1.5 * pool(steps).error
    assert pool(steps, moved).value == pool(steps).value
