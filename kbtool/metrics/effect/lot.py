"""The randomisation test of articles whose dates were drawn by lot.

If the articles did nothing, their dates say nothing: any other way in which the lot could have
fallen would fit the tickets as well. The test (R. A. Fisher 1935, "The Design of Experiments",
ch. II) compares the mean step at the real dates with that at the same dates dealt out anew. It
leans on the lot alone, not on the model that measures the steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kbtool.metrics.effect.desk import LEAST_A_WEEK, Desk, Treated, series
from kbtool.metrics.effect.fit import Floats, Weeks
from kbtool.metrics.effect.one import measure_step

DEALS = 4_999
SEED = 20_261_122
"""Of the deals: the same data always give the same answer."""
AT_ONCE = 2
"""Weeks left out on each side of a date: no spike chose it, so only what readers take to find the
article. Every week more costs power: of eight topics drawn over sixteen weeks, with 30 % fewer
tickets, 2 finds 73 % and 8 finds 10 % (40 made desks each)."""
LEAST_CONTROLS = 8
ROUNDING = 1e-12


def chance_of(desk: Desk, by_lot: Sequence[Treated]) -> float | None:
    """The share of deals whose mean step is as low as the real one (the real one among them).

    Compared with topics that never had an article in the data, because a deal must not change
    what a topic is compared with. None with fewer than ``LEAST_CONTROLS`` of those.
    """
    ever = {one.topic for one in desk.treated if 0 <= desk.week(one.published) < desk.length}
    near = {topic for one in by_lot for topic in one.neighbours}
    told = {topic for event in desk.disturbances for topic in event.topics}
    touched = {*ever, *near, *told, *desk.touched}
    free = [t for t in sorted(desk.counts) if t not in touched and _is_busy(desk, t)]
    if len(free) < LEAST_CONTROLS:
        return None
    controls = series(desk, free)
    starts = [desk.week(one.published) for one in by_lot]
    each = {start: n for n, start in enumerate(sorted(set(starts)))}
    steps = np.array(
        [
            [measure_step(row, controls, start, AT_ONCE).value for start in each]
            for row in series(desk, [one.topic for one in by_lot])
        ]
    )
    dealt = np.array([each[start] for start in starts])
    return _share_as_low(steps, dealt)


def _share_as_low(steps: Floats, dealt: Weeks) -> float:
    """``steps`` of each topic (row) at each date (column), and which date each really got."""
    rows = np.arange(len(steps))
    deals = np.random.default_rng(SEED).permuted(np.tile(dealt, (DEALS, 1)), axis=1)
    real = steps[rows, dealt].mean()
    as_low = int((steps[rows, deals].mean(axis=1) <= real + ROUNDING).sum())
    return (as_low + 1) / (DEALS + 1)


def _is_busy(desk: Desk, topic: str) -> bool:
    counts = desk.counts[topic]
    return bool(counts) and sum(counts) >= LEAST_A_WEEK * len(counts)
