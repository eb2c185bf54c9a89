"""The regression below every estimate."""

from __future__ import annotations

import numpy as np
import pytest

from kbtool.metrics.effect.fit import Floats, Weeks, fit
from kbtool.metrics.effect.one import window

WEEKS = window(78, 104).weeks


def _made(seed: int, step: float, trend: float = 0.0, rows: int = 3) -> tuple[Floats, Floats]:
    """(counts, offsets) of Poisson series with a known step and trend."""
    rng = np.random.default_rng(seed)
    offsets = rng.normal(0, 0.2, (rows, len(WEEKS)))
    logs = 5 + trend * WEEKS / 52 + step * (WEEKS >= 0) + offsets
    return rng.poisson(np.exp(logs)).astype(float), offsets


def test_known_parameters_come_back() -> None:
    """Within three standard errors; the errors are small, because the counts are large."""
    counts, offsets = _made(1, step=-0.3, trend=0.2)
    found = fit(counts, offsets, WEEKS, None)
    assert (np.abs(found.step + 0.3) < 3 * found.step_error).all()
    assert (np.abs(found.trend - 0.2) < 3 * found.trend_error).all()
    assert (found.step_error < 0.05).all()
    assert found.freedom == len(WEEKS) - 3


@pytest.mark.parametrize("prior", [None, 0.01])
def test_nothing_is_left_to_gain(prior: float | None) -> None:
    """At the maximum the penalised likelihood has no slope, whatever the data."""
    counts, offsets = _made(2, step=0.4, trend=-0.5)
    found = fit(counts, offsets, WEEKS, prior)
    design = np.column_stack([np.ones(len(WEEKS)), WEEKS / 52, WEEKS >= 0])
    for row in range(len(counts)):
        # the level is what the score equation of the constant asks for: fitted sum = counted sum
        shape = found.trend[row] * design[:, 1] + found.step[row] * design[:, 2] + offsets[row]
        level = np.log(counts[row].sum() / np.exp(shape).sum())
        slope = (counts[row] - np.exp(level + shape)) @ design / found.spread[row]
        assert slope[2] == pytest.approx(0, abs=1e-3)
        pull = 0.0 if prior is None else found.trend[row] / prior
        assert slope[1] == pytest.approx(pull, abs=1e-3 + 2e-2 * abs(pull))


def test_a_prior_draws_the_trend_to_nothing() -> None:
    """The narrower it is, the more."""
    counts, offsets = _made(3, step=0.0, trend=0.8)
    sizes = [np.abs(fit(counts, offsets, WEEKS, p).trend).max() for p in (None, 0.05, 1e-3, 1e-6)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 1e-3


def test_series_do_not_touch_each_other() -> None:
    """Together or alone, in any order, every series has the same fit."""
    counts, offsets = _made(4, step=-0.2, rows=5)
    together = fit(counts, offsets, WEEKS, 0.05)
    for row in range(5):
        alone = fit(counts[row : row + 1], offsets[row : row + 1], WEEKS, 0.05)
        assert alone.step[0] == pytest.approx(together.step[row], abs=1e-6)
        assert alone.step_error[0] == pytest.approx(together.step_error[row], rel=1e-5)


def test_what_is_noisier_is_less_sure() -> None:
    """Poisson counts have spread 1 or little more; shared shocks over weeks widen it a lot."""
    rng = np.random.default_rng(5)
    plain, offsets = _made(5, step=0.0, rows=8)
    slow = np.repeat(rng.normal(0, 0.3, (8, len(WEEKS) // 4 + 1)), 4, axis=1)[:, : len(WEEKS)]
    shaken = rng.poisson(np.exp(5 + offsets + slow)).astype(float)
    calm, rough = fit(plain, offsets, WEEKS, None), fit(shaken, offsets, WEEKS, None)
    assert (calm.spread < 2.5).all()
    assert (rough.spread > 4 * calm.spread).all()


def test_without_weeks_after_there_is_no_step() -> None:
    """The trend before the article is all that can be said."""
    early: Weeks = WEEKS[WEEKS < 0]
    counts, offsets = _made(6, step=0.0)
    found = fit(counts[:, : len(early)], offsets[:, : len(early)], early, None)
    assert (found.step == 0).all()
    assert found.freedom == len(early) - 2
