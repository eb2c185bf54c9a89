"""Many weekly series at once, each fitted by quasi-Poisson regression with a shrunken trend.

For a series y with offset o (the log of what untouched topics did in the same weeks):

    log E[y_t] = α + β·(t - t0)/52 + o_t + δ·[t ≥ t0],    β ~ N(0, σ²)

The variance is φ times the mean, φ = max(1, Pearson's χ² / df) (McCullagh and Nelder 1989, §6.2),
widened for autocorrelation by (1 + ρ)/(1 - ρ), ρ being that of the Pearson residuals one week
apart (plus 1/n against its bias in short series).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Weeks: TypeAlias = NDArray[np.int64]

WEEKS_A_YEAR = 52.0
ROUNDS = 3
"""How often the spread is estimated anew: each round weighs the prior by the spread found before."""
MOST_STEPS = 30
LARGEST_STEP = 2.0
"""Newton's steps are cut here (log points): far from the maximum a whole one may overshoot."""
CLOSE_ENOUGH = 1e-8
MOST_CORRELATED = 0.9


@dataclass(frozen=True, slots=True)
class Fits:
    """What each series' fit found; arrays with one number a series."""

    trend: Floats
    """β, log points a year beyond the offset's own."""
    trend_error: Floats
    step: Floats
    """δ, log points; 0 where the design has no weeks from t0 on."""
    step_error: Floats
    spread: Floats
    """φ with the widening for autocorrelation."""
    freedom: int
    """Weeks less parameters."""


def fit(counts: Floats, offsets: Floats, weeks: Weeks, prior: float | None) -> Fits:
    """Fit every row of ``counts`` (series × weeks, tickets) with its row of ``offsets`` (log).

    ``weeks`` counts from t0: the first week with the article is 0; weeks may be left out. With
    ``prior`` (σ², a year) the trend is shrunken towards 0, without it is free. Each series needs
    a ticket in every part of the design, which the gates see to.
    """
    design = _design(weeks)
    penalty = np.zeros(design.shape[1])
    if prior is not None:
        penalty[1] = 1.0 / prior
    spread = np.ones(len(counts))
    found = np.zeros((len(counts), design.shape[1]))
    # the level that fits best while nothing else is known: no step from far away is needed
    found[:, 0] = np.log((counts.sum(axis=1) + 0.5) / np.exp(offsets).sum(axis=1))
    for _ in range(ROUNDS):
        found = _climb(counts, offsets, design, penalty, spread, found)
        spread = _spread(counts, offsets, design, found, weeks)
    information = _information(np.exp(found @ design.T + offsets), design, penalty, spread)
    errors = np.sqrt(np.diagonal(np.linalg.inv(information), axis1=1, axis2=2))
    has_step = design.shape[1] > 2
    nothing = np.zeros(len(counts))
    return Fits(
        trend=found[:, 1],
        trend_error=errors[:, 1],
        step=found[:, 2] if has_step else nothing,
        step_error=errors[:, 2] if has_step else nothing,
        spread=spread,
        freedom=len(weeks) - design.shape[1],
    )


def _design(weeks: Weeks) -> Floats:
    """Level, trend and, when any week has the article, the step."""
    columns = [np.ones(len(weeks)), weeks / WEEKS_A_YEAR]
    if (weeks >= 0).any():
        columns.append((weeks >= 0).astype(float))
    return np.column_stack(columns)


def _climb(
    counts: Floats,
    offsets: Floats,
    design: Floats,
    penalty: Floats,
    spread: Floats,
    start: Floats,
) -> Floats:
    """The parameters of the highest penalised quasi-likelihood, by Newton's method."""
    found = start
    for _ in range(MOST_STEPS):
        mean = np.exp(found @ design.T + offsets)
        slope = ((counts - mean) @ design) / spread[:, None] - penalty * found
        information = _information(mean, design, penalty, spread)
        step = np.linalg.solve(information, slope[:, :, None])[:, :, 0]
        found = found + np.clip(step, -LARGEST_STEP, LARGEST_STEP)
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return found


def _information(mean: Floats, design: Floats, penalty: Floats, spread: Floats) -> Floats:
    """The curvature of each series: design' · weights · design / φ, and the prior's."""
    weeks, size = design.shape
    products = (design[:, :, None] * design[:, None, :]).reshape(weeks, size * size)
    weighed = ((mean / spread[:, None]) @ products).reshape(-1, size, size)
    found: Floats = weighed + np.diag(penalty)
    return found


def _spread(counts: Floats, offsets: Floats, design: Floats, found: Floats, weeks: Weeks) -> Floats:
    """φ of each series, widened for what one week has in common with the next."""
    mean = np.exp(found @ design.T + offsets)
    residuals = (counts - mean) / np.sqrt(mean)
    freedom = len(weeks) - design.shape[1]
    squares = (residuals**2).sum(axis=1)
    next_to = np.flatnonzero(np.diff(weeks) == 1)  # not across the weeks that are left out
    together = (residuals[:, next_to] * residuals[:, next_to + 1]).sum(axis=1)
    alike = together / np.maximum(squares, 1e-12) + 1.0 / len(weeks)
    alike = np.clip(alike, 0.0, MOST_CORRELATED)
    widened: Floats = np.maximum(1.0, squares / freedom) * (1 + alike) / (1 - alike)
    return widened
