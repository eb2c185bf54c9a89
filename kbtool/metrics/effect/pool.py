"""All topics' steps in one: a random-effects mean whose interval knows that they share controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from kbtool.metrics.effect.fit import Floats
from kbtool.metrics.effect.one import Step


@dataclass(frozen=True, slots=True)
class Mean:
    """The pooled step (log points)."""

    value: float
    error: float
    freedom: int


def pool(steps: Sequence[Step], without: Sequence[Sequence[Step]] = ()) -> Mean:
    """The mean of two or more topics' steps, with its standard error.

    Weights by DerSimonian and Laird (1986, Controlled Clinical Trials 7:177-188), error by Hartung
    and Knapp (2001, Statistics in Medicine 20:3875-3889), never below that of the plain mean.
    ``without`` are the same topics' steps, each time without one group of the controls: what the
    mean moves by then (delete-a-group jackknife) is added, because the topics' errors are not
    independent where they have controls in common.
    """
    values, errors = _arrays(steps)
    mean, plain = _weighed(values, errors)
    shared = _jackknife([_weighed(*_arrays(some))[0] for some in without])
    return Mean(mean, sqrt(plain + shared), len(steps) - 1)


def _arrays(steps: Sequence[Step]) -> tuple[Floats, Floats]:
    return np.array([s.value for s in steps]), np.array([s.error for s in steps])


def _weighed(values: Floats, errors: Floats) -> tuple[float, float]:
    """(mean, variance of it)."""
    fixed = 1 / errors**2
    centre = (fixed * values).sum() / fixed.sum()
    beyond = (fixed * (values - centre) ** 2).sum() - (len(values) - 1)
    between = max(0.0, beyond / (fixed.sum() - (fixed**2).sum() / fixed.sum()))
    weights = 1 / (errors**2 + between)
    mean = float((weights * values).sum() / weights.sum())
    scale = (weights * (values - mean) ** 2).sum() / (len(values) - 1)
    return mean, float(max(1.0, scale) / weights.sum())


def _jackknife(means: Sequence[float]) -> float:
    """The variance that the groups left out make."""
    if len(means) < 2:
        return 0.0
    count = len(means)
    return (count - 1) / count * float(((np.array(means) - np.mean(means)) ** 2).sum())
