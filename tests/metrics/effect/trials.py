"""The estimator tried again and again on made desks: bias, coverage, false alarms, power."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from kbtool.metrics.effect.one import LEFT_OUT, measure_step
from kbtool.metrics.effect.student import quantile
from tests.metrics.effect.simulate import RAMP, SCENARIOS, Floats, Made, Scenario, make_desk

EFFECTS = (0.0, float(np.log(0.7)))
"""No effect, and 30 % fewer tickets (log points)."""

Estimator: TypeAlias = Callable[[Made], tuple[float, float]]
"""(estimate, half the width of its 95 % interval), log points."""
Disturb: TypeAlias = Callable[[np.random.Generator, Made], Made]


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of some runs of one scenario and effect."""

    bias: float
    """Mean error, log points."""
    coverage: float
    """Share of 95 % intervals that hold the true effect."""
    alarms: float
    """Share of runs whose interval lies below 0: false alarms where there is no effect, power
    where there is one."""
    excluded: float
    """Share of runs whose interval does not hold 0, on either side."""


def ours(made: Made) -> tuple[float, float]:
    """kbtool's estimate."""
    step = measure_step(made.treated, made.controls, made.start)
    return step.value, quantile(0.975, step.freedom) * step.error


def before_after(made: Made) -> tuple[float, float]:
    """What everybody does first: the eight weeks before against eight weeks in which readers have
    found the article.
    """
    first = made.start + LEFT_OUT
    return _ratio(made.treated[first : first + 8], made.treated[made.start - 8 : made.start])


def last_year(made: Made) -> tuple[float, float]:
    """The same weeks a year before."""
    first = made.start + RAMP
    return _ratio(made.treated[first:], made.treated[first - 52 : len(made.treated) - 52])


def _ratio(after: Floats, before: Floats) -> tuple[float, float]:
    """Log of the ratio of two means, with the interval of independent weeks."""
    errors = [row.var(ddof=1) / len(row) / row.mean() ** 2 for row in (after, before)]
    value = float(np.log(after.mean() / before.mean()))
    return value, quantile(0.975, len(after) + len(before) - 2) * float(np.sqrt(sum(errors)))


def run(
    scenario: Scenario,
    effect: float,
    runs: int,
    estimate: Estimator = ours,
    *,
    seed: int = 1,
    disturb: Disturb | None = None,
) -> Cell:
    """``runs`` made desks of one kind; the same seed makes the same desks."""
    rng = np.random.default_rng([seed, SCENARIOS.index(scenario), int(effect != 0)])
    errors, held, low, off = [], 0, 0, 0
    for _ in range(runs):
        made = make_desk(rng, scenario, effect)
        value, reach = estimate(disturb(rng, made) if disturb else made)
        errors.append(value - effect)
        held += abs(value - effect) <= reach
        low += value + reach < 0
        off += abs(value) > reach
    return Cell(float(np.mean(errors)), held / runs, low / runs, off / runs)


def relabelled(share: float) -> Disturb:
    """From the article on, this share of the topic's tickets is filed under an untouched topic."""

    def disturb(rng: np.random.Generator, made: Made) -> Made:
        return _move(rng, made, share, from_week=made.start)

    return disturb


def displaced(share: float, effect: float) -> Disturb:
    """Of the tickets that the article spares the topic, this share is asked as an untouched one."""

    def disturb(rng: np.random.Generator, made: Made) -> Made:
        spared = made.treated[made.start :] * np.expm1(-effect)
        controls = made.controls.copy()
        controls[0, made.start :] += rng.poisson(np.maximum(spared * share, 0))
        return Made(made.treated, controls, made.start)

    return disturb


def second_event(change: float) -> Disturb:
    """At the article's date something else changes the topic's tickets by this share."""

    def disturb(rng: np.random.Generator, made: Made) -> Made:
        treated = made.treated.copy()
        later = treated[made.start :].astype(int)
        treated[made.start :] = rng.binomial(later, 1 + change)
        return Made(treated, made.controls, made.start)

    return disturb


def _move(rng: np.random.Generator, made: Made, share: float, *, from_week: int) -> Made:
    treated, controls = made.treated.copy(), made.controls.copy()
    moved = rng.binomial(treated[from_week:].astype(int), share)
    treated[from_week:] -= moved
    controls[0, from_week:] += moved
    return Made(treated, controls, made.start)
