"""Weekly tickets of made topics with a known effect: what the estimator is tried on.

Counts are negative binomial around growth, season, holidays, a shock that all topics share and
one of each topic's own (both autocorrelated). A scenario adds what makes real desks hard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kbtool.metrics.effect.desk import Desk, Treated

Floats: TypeAlias = NDArray[np.float64]

Scenario: TypeAlias = Literal["base", "trend", "release", "spike", "all"]
SCENARIOS: tuple[Scenario, ...] = ("base", "trend", "release", "spike", "all")
WEEKS = 104
START = 78
CONTROLS = 25
LEVEL = 20.0
DISPERSION = 10.0
GROWTH = 0.25
OWN_TREND = 0.35
RAMP = 4
"""Weeks in which readers find the article."""
SPREAD = 0.15
"""Standard deviation of the effects of several articles (log points)."""
MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Made:
    """One treated topic and the untouched ones."""

    treated: Floats
    controls: Floats
    start: int


def make_desk(
    rng: np.random.Generator,
    scenario: Scenario,
    effect: float,
    *,
    controls: int = CONTROLS,
    weeks: int = WEEKS,
    start: int = START,
) -> Made:
    """Topics of a desk whose article changes its topic's tickets by ``effect`` (log points)."""
    week = np.arange(weeks)
    common = _common(rng, weeks)
    if scenario in ("release", "all"):
        common = common + 0.35 * (week >= start + rng.integers(-6, 7))
    levels = np.concatenate([[LEVEL], LEVEL * np.exp(rng.normal(0, 0.5, controls) - 0.125)])
    own = np.vstack([_autocorrelated(rng, weeks, 0.5, 0.15) for _ in range(controls + 1)])
    if scenario in ("trend", "all"):
        own = own + rng.normal(0, OWN_TREND, (controls + 1, 1)) * (week - start) / 52
    logs = np.log(levels)[:, None] + common + own
    if scenario in ("spike", "all"):
        logs[0] += _spike(rng, week, start)
    logs[0] += effect * found(week, start)
    counts = draw(rng, np.exp(logs))
    return Made(counts[0], counts[1:], start)


def found(week: NDArray[np.int64], start: int) -> Floats:
    """The share of readers who find an article by week: 0 before it, 1 after the ramp."""
    share: Floats = np.clip((week - start + 1) / RAMP, 0, 1)
    return share


def make_pool(
    rng: np.random.Generator,
    effect: float,
    *,
    articles: int,
    controls: int = 20,
    weeks: int = 130,
    hard: bool = True,
) -> Desk:
    """A desk with several articles at different dates, their effects around ``effect`` (log
    points; exactly 0 when it is 0). ``hard``: own trends, spikes before the articles, a release.
    """
    week, topics = np.arange(weeks), articles + controls
    common = _common(rng, weeks)
    own = np.vstack([_autocorrelated(rng, weeks, 0.5, 0.15) for _ in range(topics)])
    logs = np.log(LEVEL) + rng.normal(-0.125, 0.5, (topics, 1)) + common + own
    starts = rng.integers(66, 100, articles)
    if hard:
        logs += 0.35 * (week >= rng.integers(70, 100))
        logs += rng.normal(0, OWN_TREND, (topics, 1)) * (week - 84) / 52
    for row, start in enumerate(starts):
        if hard:
            logs[row] += _spike(rng, week, start)
        size = rng.normal(effect, SPREAD) if effect else 0.0
        logs[row] += size * found(week, start)
    counts = draw(rng, np.exp(logs)).astype(int)
    return Desk(
        first=MONDAY,
        counts={f"t-{n:02}": tuple(map(int, row)) for n, row in enumerate(counts)},
        treated=tuple(
            Treated(f"t-{n:02}", f"Question {n}?", f"kb-{n}", MONDAY + timedelta(weeks=int(start)))
            for n, start in enumerate(starts)
        ),
    )


def draw(rng: np.random.Generator, mean: Floats) -> Floats:
    """Negative binomial counts around a mean."""
    counts: Floats = rng.poisson(rng.gamma(DISPERSION, mean / DISPERSION)).astype(float)
    return counts


def _common(rng: np.random.Generator, weeks: int) -> Floats:
    week = np.arange(weeks)
    season = 0.2 * np.sin(2 * np.pi * (week + rng.integers(52)) / 52)
    holidays = -0.3 * np.isin(week % 52, rng.choice(52, 3, replace=False))
    shock = _autocorrelated(rng, weeks, 0.7, 0.1)
    logs: Floats = np.log(1 + GROWTH) * week / 52 + season + holidays + shock
    return logs


def _autocorrelated(rng: np.random.Generator, weeks: int, rho: float, sd: float) -> Floats:
    """A stationary AR(1) with standard deviation ``sd``."""
    noise = rng.normal(0, sd * np.sqrt(1 - rho**2), weeks)
    shock = np.empty(weeks)
    shock[0] = rng.normal(0, sd)
    for n in range(1, weeks):
        shock[n] = rho * shock[n - 1] + noise[n]
    return shock


def _spike(rng: np.random.Generator, week: NDArray[np.int64], start: int) -> Floats:
    """A jump by half to twice, three to eight weeks before the article, which fades."""
    begin = start - rng.integers(3, 9)
    height = np.log(1 + rng.uniform(0.5, 1.0))
    logs: Floats = np.where(week >= begin, height * np.exp(-(week - begin) / 6.0), 0.0)
    return logs
