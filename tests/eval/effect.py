"""The estimator of articles' effects on made desks: the table of the README.

    python -m tests.eval.effect [--runs 1000]

Bias in log points, coverage of the 95 % interval, and how often it lies below 0: false alarms
where there is no effect, power where there is one.
"""

from __future__ import annotations

import argparse
from math import log

import numpy as np

from kbtool.metrics.effect.estimate import effects
from tests.metrics.effect.simulate import SCENARIOS, make_pool
from tests.metrics.effect.trials import (
    EFFECTS,
    Cell,
    before_after,
    displaced,
    last_year,
    ours,
    relabelled,
    run,
    second_event,
)

ESTIMATORS = (
    ("kbtool", ours),
    ("8 weeks before/after", before_after),
    ("same weeks last year", last_year),
)
CUT = log(0.7)
DISTURBED = (
    ("15 % of its tickets relabelled, no effect", 0.0, relabelled(0.15)),
    ("half displaced to a neighbour, -30 %", CUT, displaced(0.5, CUT)),
    ("second event -20 % at the date, no effect", 0.0, second_event(-0.2)),
)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=1000)
    runs = parser.parse_args().runs
    print("estimator             effect  " + "".join(f"{name:>22}" for name in SCENARIOS))
    for name, estimator in ESTIMATORS:
        for effect in EFFECTS:
            cells = [run(scenario, effect, runs, estimator) for scenario in SCENARIOS]
            print(f"{name:21} {effect:+.2f}  " + "".join(f"{told(cell):>22}" for cell in cells))
    for name, effect, disturb in DISTURBED:
        print(f"{name:44} {told(run('base', effect, runs, disturb=disturb))}")
    for count in (5, 10, 20):
        for mean in (0.0, log(0.75)):
            print(f"pool of {count:2}, {mean:+.2f}: {pooled(count, mean, max(runs // 5, 1))}")


def told(cell: Cell) -> str:
    """``+.02 / 95 % / 3 %``."""
    return f"{cell.bias:+.3f} / {cell.coverage:.1%} / {cell.alarms:.1%}"


def pooled(articles: int, mean: float, runs: int) -> str:
    """The pooled figure over hard desks, and what it says was avoided (mean of the runs)."""
    rng = np.random.default_rng([3, articles, int(mean != 0)])
    errors, held, low, avoided = [], 0, 0, []
    for _ in range(runs):
        found = effects(make_pool(rng, mean, articles=articles)).pooled
        if found is None:
            continue
        value, bounds = log(1 + found.change.value), (found.change.low, found.change.high)
        errors.append(value - mean)
        held += log(1 + bounds[0]) <= mean <= log(1 + bounds[1])
        low += bounds[1] < 0
        avoided.append(found.avoided.value)
    count = len(errors)
    cell = Cell(float(np.mean(errors)), held / count, low / count, 0.0)
    return f"{told(cell)}, avoided {np.mean(avoided):.0f} ({count} of {runs} runs)"


if __name__ == "__main__":
    main()
