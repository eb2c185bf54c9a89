"""One topic against the untouched ones: the step at its article's week, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kbtool.metrics.effect.fit import Floats, Weeks, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE = 78
"""Weeks before the article that are looked at, at most."""
AFTER = 30
"""Weeks from the article on that are looked at, at most."""
LEFT_OUT = 8
"""Weeks left out on each side of the article's date: before it the spike that had it written,
after it that spike's tail and the time until readers find the article."""
LEAST_PRIOR = 1e-3
"""σ² of trends at least, a year: topics never grow quite alike."""


@dataclass(frozen=True, slots=True)
class Step:
    """A topic's step (log points), measured against its controls."""

    value: float
    error: float
    """Standard error, calibrated by what the same fit says of untouched topics."""
    calibration: float
    """c: how much wider that made it; 1 = not at all."""
    freedom: int
    """Degrees of freedom of the interval."""


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks of a fit, as positions in the series and counted from the article's week."""

    places: Weeks
    weeks: Weeks

    @property
    def before(self) -> int:
        """Weeks before the article that are fitted."""
        return int((self.weeks < 0).sum())

    @property
    def after(self) -> int:
        """Weeks after the article that are fitted."""
        return int((self.weeks >= 0).sum())


def window(start: int, length: int, left_out: int = LEFT_OUT) -> Window:
    """The weeks around the article's week ``start`` in a series of ``length`` weeks, but for
    ``left_out`` on each side of it.
    """
    weeks = np.arange(max(0, start - BEFORE), min(length, start + AFTER + 1)) - start
    weeks = weeks[(weeks < -left_out) | (weeks >= left_out)]
    return Window(weeks + start, weeks)


def measure_step(treated: Floats, controls: Floats, start: int, left_out: int = LEFT_OUT) -> Step:
    """The step of ``treated`` (tickets a week) at week ``start``, against ``controls`` (topics ×
    the same weeks).

    What the controls did together is the mean of their logs (of count + ½): their sum would follow
    the fastest growing one. How far a topic's own trend goes from it is learned from the controls
    before the article (empirical Bayes, method of moments). The interval is widened by the root
    mean square of the controls' own placebo steps. Needs two controls at least.
    """
    looked = window(start, len(treated), left_out)
    logs = np.log(controls[:, looked.places] + 0.5)
    own, others = _against(controls[:, looked.places], logs)
    prior = _trend_prior(own, others, looked.weeks)
    counts = np.vstack([treated[looked.places], own])
    offsets = np.vstack([logs.mean(axis=0), others])
    fits = fit(counts, offsets, looked.weeks, prior)
    placebo = fits.step[1:] / fits.step_error[1:]
    calibration = max(1.0, float(np.sqrt(np.mean(placebo**2))))
    return Step(
        value=float(fits.step[0]),
        error=float(fits.step_error[0]) * calibration,
        calibration=calibration,
        freedom=min(len(controls) - 1, fits.freedom),
    )


def _against(counts: Floats, logs: Floats) -> tuple[Floats, Floats]:
    """Each control, and what the other controls did in the same weeks."""
    others = (logs.sum(axis=0) - logs) / (len(logs) - 1)
    return counts, others


def _trend_prior(counts: Floats, offsets: Floats, weeks: Weeks) -> float:
    """σ² of the controls' own trends before the article, less what is mere error of measuring."""
    early = weeks < 0
    fits = fit(counts[:, early], offsets[:, early], weeks[early], None)
    spread = float(np.var(fits.trend, ddof=1)) - float(np.mean(fits.trend_error**2))
    return max(spread, LEAST_PRIOR)


def steps_without(
    treated: Floats, controls: Floats, start: int, groups: Sequence[Sequence[int]]
) -> list[Step]:
    """The step again and again, each time without one group of controls (rows)."""
    found = []
    for group in groups:
        kept = np.delete(controls, list(group), axis=0)
        found.append(measure_step(treated, kept, start))
    return found
