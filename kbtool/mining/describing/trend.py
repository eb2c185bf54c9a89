"""How a topic's tickets run over the months, told only where chance does not explain it.

Everything is about *shares*: a month's exposure is all questions of that month, so that a growing
desk is no growing topic and a last month that has only begun is no fall. Given its n tickets, a
steady topic is n draws of a month with probability exposure / all (the conditional form of a
Poisson rate with offset). Three departures from that are tested for each topic:

- *change*: the mean month of the tickets (the score test of the slope of a log-linear Poisson
  model, equal to Cochran's and Armitage's test for trend in proportions; Armitage 1955), or the
  tickets of the last third of the months (binomial), whichever is rarer. Of the mean month the
  exact distribution up to ``EXACT`` tickets, the normal one above. Tickets that come in bursts make
  both less sure: with a dispersion above 1 (Pearson's, around the fitted slope or the two levels;
  Wedderburn 1974) Student's t of the scaled score must be as unlikely.
- *spike*: the largest burst of one or two months that is over (scan statistic: the binomial tail,
  Bonferroni over the windows; Naus 1965).
- *season*: one to four calendar months in a row that stand out in every whole year, two at least.
  Of Y years the largest binomial tail p has probability p**Y; Bonferroni over the windows.

Bursts and seasons are counted in units of the dispersion that the other months show. Over all
topics the chances of each departure go through Benjamini and Hochberg's procedure (1995) at
``FALSE_SHARE``: with four hundred topics a test at one in ten would cry wolf forty times.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from kbtool.model import Topic, Trend
from kbtool.months import month_range

FALSE_SHARE = 0.1
"""Of the changes told at most this share is chance, on average; so of the spikes and seasons."""
FEWEST_MONTHS = 3
"""A shorter export says nothing about time."""
FEWEST_TICKETS = 3
EXACT = 60
"""Tickets up to which a change is tested by its exact distribution."""
RISE = 1.25
"""By how many times a share must have changed to be worth telling, however sure."""
BURST = 3.0
"""A spike's share is at least this many times that of the other months."""
SEASON = 2.0
"""The same of a season, in each year."""
LONGEST_BURST = 2
LONGEST_SEASON = 4
FEWEST_YEARS = 2
RECENT = 3
"""Months whose number of tickets is taken for the next month's."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """All questions by month: what a topic's tickets are a share of."""

    months: tuple[str, ...] = ()
    """From the first to the last, without gaps."""
    counts: tuple[int, ...] = ()
    part: float = 1.0
    """How much of the last month is over, 0 to 1."""

    @classmethod
    def of(cls, months: Mapping[str, int], newest: datetime | None) -> Calendar:
        """From the questions of each month (those without are 0) and the newest one's time."""
        if not months:
            return cls()
        span = month_range(min(months), max(months))
        part = newest.day / monthrange(newest.year, newest.month)[1] if newest else 1.0
        return cls(span, tuple(months.get(month, 0) for month in span), part)

    @property
    def monthly(self) -> float:
        """Questions a month lately; the part of a month counts as that part."""
        last = self.counts[-RECENT:]
        return sum(last) / max(1.0, len(last) - 1 + self.part)

    @property
    def late(self) -> slice:
        """The last third of the months."""
        return slice(len(self.months) - max(1, len(self.months) // 3), None)


@dataclass(frozen=True, slots=True)
class Course:
    """How one topic's tickets run."""

    trend: Trend
    peaks: tuple[str, ...] = ()
    """Months of the spike ("2026-03") or calendar months of the season ("12")."""
    expected: float | None = None
    """Tickets to expect in the month after the last."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """One departure from a steady share, for each topic: arrays of the topics' length."""

    chance: np.ndarray
    """Probability of it or more by chance; 1 where it is too small to tell."""
    windows: np.ndarray
    """(topics, months): which months stand out; for a change True in none."""


def with_trends(topics: Sequence[Topic], calendar: Calendar) -> tuple[Topic, ...]:
    """The topics, in their order, with trend, peaks and expected tickets from their months."""
    found = find_courses([dict(topic.months) for topic in topics], calendar)
    return tuple(
        replace(topic, trend=one.trend, peaks=one.peaks, expected=one.expected)
        for topic, one in zip(topics, found, strict=True)
    )


def find_courses(counts: Sequence[Mapping[str, int]], calendar: Calendar) -> tuple[Course, ...]:
    """The course of each topic, given its tickets by month; months outside the calendar are left out.

    A topic without a dated ticket is steady and nothing is expected of it (None). Of several
    departures that chance does not explain the least likely one is told.
    """
    exposure = np.array(calendar.counts, dtype=float)
    asked = np.array([[one.get(m, 0) for m in calendar.months] for one in counts], dtype=float)
    if not counts or not exposure.any():
        return tuple(Course("steady") for _ in counts)
    findings = [
        _change(asked, exposure, calendar.late),
        _spikes(asked, exposure),
        _seasons(asked, exposure),
    ]
    chances = np.column_stack([finding.chance for finding in findings])
    told = _surprising(chances)
    best = np.where(told, chances, 2.0).argmin(axis=1)
    return tuple(
        _course(row, calendar, exposure, best[i] if told[i].any() else None, findings, i)
        for i, row in enumerate(asked)
    )


def _course(
    row: np.ndarray,
    calendar: Calendar,
    exposure: np.ndarray,
    best: int | None,
    findings: Sequence[_Finding],
    number: int,
) -> Course:
    """The words for what stands out most; ``best`` is its place in ``findings``."""
    if not row.any():
        return Course("steady")
    late, desk = calendar.late, calendar.monthly
    if best is None:
        return Course("steady", (), desk * _share(row, exposure, slice(None)))
    if best == 0:
        trend: Trend = "growing" if _rises(row[None], exposure, late)[0] > 1 else "fading"
        if not row[: late.start].any():
            trend = "new"
        return Course(trend, (), desk * _share(row, exposure, late))
    peak = findings[best].windows[number]
    if best == 1:
        months = tuple(m for m, high in zip(calendar.months, peak, strict=True) if high)
        return Course("spike", months, desk * _share(row, exposure, ~peak))
    following = np.arange(len(row)) % 12 == len(row) % 12
    high = {m[5:] for m, is_peak in zip(calendar.months, peak, strict=True) if is_peak}
    return Course("seasonal", tuple(sorted(high)), desk * _share(row, exposure, following))


def _share(row: np.ndarray, exposure: np.ndarray, months: slice | np.ndarray) -> float:
    return float(row[months].sum() / max(exposure[months].sum(), 1.0))


def _surprising(chances: np.ndarray) -> np.ndarray:
    """Which chances are told at ``FALSE_SHARE``: in each column Benjamini and Hochberg's step-up."""
    ordered = np.sort(chances, axis=0)
    bounds = FALSE_SHARE * np.arange(1, len(chances) + 1) / len(chances)
    limits = np.where(ordered <= bounds[:, None], ordered, -1.0).max(axis=0)
    return np.asarray(chances <= limits)


# --- change --------------------------------------------------------------------------------------


def _change(asked: np.ndarray, exposure: np.ndarray, late: slice) -> _Finding:
    """Chance of such a slope or such a step, whichever is rarer, on both sides (Bonferroni)."""
    nothing = np.zeros(asked.shape, dtype=bool)
    rise, sizes = _rises(asked, exposure, late), asked.sum(axis=1)
    told = ((rise >= RISE) | (rise <= 1 / RISE)) & (sizes >= FEWEST_TICKETS)
    if exposure.size < FEWEST_MONTHS or not told.any():
        return _Finding(np.ones(len(asked)), nothing)
    chance = 2 * np.minimum(_slope(asked, exposure), _step(asked, exposure, late))
    return _Finding(np.where(told, np.minimum(chance, 1.0), 1.0), nothing)


def _slope(asked: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """Chance of a mean month so far from the exposure's."""
    at = np.arange(exposure.size, dtype=float)
    weights = exposure / exposure.sum()
    middle = float(weights @ at)
    spread = float(weights @ (at - middle) ** 2)
    if spread == 0:
        return np.ones(len(asked))
    sizes = asked.sum(axis=1)
    score = (asked @ at - sizes * middle) / np.sqrt(np.maximum(sizes, 1) * spread)
    chance = _two_sided(score, None)
    for size in np.unique(sizes[(sizes > 0) & (sizes <= EXACT)]).astype(int):
        rows = sizes == size
        chance[rows] = _exact(asked[rows] @ at, _sums(weights, size))
    freedom = int(np.count_nonzero(exposure)) - 2
    if freedom > 0:
        wide = np.sqrt(_dispersion(asked, exposure, at, freedom))
        scaled = np.maximum(chance, _two_sided(score / wide, freedom))
        chance = np.where(wide > 1, scaled, chance)
    return chance


def _step(asked: np.ndarray, exposure: np.ndarray, late: slice) -> np.ndarray:
    """Chance of so many or so few tickets in the last third of the months."""
    windows = _mask([np.arange(exposure.size)[late]], exposure.size)
    after = _Around.of(asked, exposure, windows)
    before = _Around.of(asked, exposure, ~windows)
    freedom = max(float((after.freedom + before.freedom)[0]), 1.0)
    wide = np.maximum(1.0, (after.pearson + before.pearson) / freedom)
    rarer = np.minimum(after.tails(wide, 1.0), before.tails(wide, 1.0))
    return np.asarray(2 * rarer[:, 0])


def _sums(weights: np.ndarray, size: int) -> np.ndarray:
    """Distribution of the sum of ``size`` independent months, from 0 up."""
    whole = np.ones(1)
    for _ in range(size):
        whole = np.convolve(whole, weights)
    return whole


def _exact(sums: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Twice the smaller tail, at most 1."""
    below = np.cumsum(chances)
    above = np.cumsum(chances[::-1])[::-1]
    at = np.rint(sums).astype(int)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(below[at], above[at])))


def _two_sided(score: np.ndarray, freedom: int | None) -> np.ndarray:
    """Probability beyond ± a standard score: Student's t, normal without degrees of freedom."""
    from scipy.special import ndtr, stdtr

    far = -np.abs(score)
    return np.asarray(2 * (ndtr(far) if freedom is None else stdtr(freedom, far)))


def _dispersion(
    asked: np.ndarray, exposure: np.ndarray, at: np.ndarray, freedom: int
) -> np.ndarray:
    """Pearson's dispersion of each topic's counts around exposure × exp(slope × month), at least 1.

    The slope is the one whose mean month is the topic's (maximum likelihood), by Newton's method.
    """
    sizes = asked.sum(axis=1, keepdims=True)
    mean = (asked @ at)[:, None] / np.maximum(sizes, 1)
    centred = (at - at.mean())[None, :]
    steepest = min(3.0, 300.0 / max(float(centred.max()), 1.0))  # e to the 300 is still a number
    slope = np.zeros_like(sizes)
    fitted = np.zeros_like(asked)
    for _ in range(25):
        weights = exposure * np.exp(slope * centred)
        weights /= weights.sum(axis=1, keepdims=True)
        fitted = sizes * weights
        middle = weights @ at[:, None]
        spread = (weights * (at[None, :] - middle) ** 2).sum(axis=1, keepdims=True)
        step = np.clip((mean - middle) / np.maximum(spread, 0.05), -0.3, 0.3)
        slope = np.clip(slope + step, -steepest, steepest)
    open_ = exposure > 0
    residual = (asked - fitted)[:, open_] ** 2 / np.maximum(fitted[:, open_], 1e-9)
    return np.asarray(np.maximum(1.0, residual.sum(axis=1) / freedom))


def _rises(asked: np.ndarray, exposure: np.ndarray, late: slice) -> np.ndarray:
    """Share of the late months over that of the earlier; half a ticket is added to each side."""
    early = slice(0, late.start)
    after = (asked[:, late].sum(axis=1) + 0.5) / (exposure[late].sum() + 1)
    before = (asked[:, early].sum(axis=1) + 0.5) / (exposure[early].sum() + 1)
    return np.asarray(after / before)


# --- bursts and seasons --------------------------------------------------------------------------


def _spikes(asked: np.ndarray, exposure: np.ndarray) -> _Finding:
    """The least likely burst of each topic that ended before the last month."""
    count = exposure.size
    if count < 2 * FEWEST_MONTHS:
        return _nothing(asked)
    spans = [
        np.arange(start, start + length)
        for length in range(1, LONGEST_BURST + 1)
        for start in range(count - length)
    ]
    windows = _mask(spans, count)
    around = _Around.of(asked, exposure, windows)
    wide = np.maximum(1.0, around.pearson / np.maximum(around.freedom, 1))
    return _least(around.tails(wide, BURST) * len(windows), windows)


def _seasons(asked: np.ndarray, exposure: np.ndarray) -> _Finding:
    """The calendar months that stand out in each whole year, counted back from the last month."""
    years = exposure.size // 12
    if years < FEWEST_YEARS:
        return _nothing(asked)
    skipped = exposure.size - 12 * years
    spans = [
        np.arange(start, start + length) % 12
        for length in range(1, LONGEST_SEASON + 1)
        for start in range(12)
    ]
    windows = _mask(spans, 12)
    each = [
        _Around.of(asked[:, first : first + 12], exposure[first : first + 12], windows)
        for first in range(skipped, exposure.size, 12)
    ]
    pearson, freedom = sum(one.pearson for one in each), sum(one.freedom for one in each)
    wide = np.maximum(1.0, pearson / np.maximum(freedom, 1))
    worst = np.max([one.tails(wide, SEASON) for one in each], axis=0)
    return _least(worst**years * len(windows), np.tile(windows, years + 1)[:, 12 - skipped :])


@dataclass(frozen=True, slots=True)
class _Around:
    """Each topic's tickets in and around each window; arrays of shape (topics, windows) or (windows)."""

    inside: np.ndarray
    others: np.ndarray
    exposed: np.ndarray
    """Share of the exposure that lies in the window."""
    pearson: np.ndarray
    """Pearson's statistic of the months around the window against their common share."""
    freedom: np.ndarray

    @classmethod
    def of(cls, asked: np.ndarray, exposure: np.ndarray, windows: np.ndarray) -> _Around:
        """Sums over the months; those without exposure hold nothing and count for nothing."""
        around = ~windows
        usable = np.maximum(exposure, 1e-9)
        others, room = asked @ around.T, around @ exposure
        squares = (asked**2 / usable) @ around.T
        pearson = np.where(others > 0, squares * room / np.maximum(others, 1e-9) - others, 0.0)
        exposed = windows @ exposure / max(float(exposure.sum()), 1.0)
        freedom = around @ (exposure > 0).astype(float) - 1
        return cls(asked @ windows.T, others, exposed, pearson, freedom)

    def tails(self, wide: np.ndarray, times: float) -> np.ndarray:
        """The chance of so many tickets in a window or more, at a dispersion of ``wide``.

        The binomial tail, counted in units of ``wide`` tickets; above 1 the negative binomial one
        of the same mean and variance must be as unlikely, for bursts have heavier tails. 1 where
        the window's share is not ``times`` that of the other months.
        """
        from scipy.special import betainc

        inside, exposed = np.maximum(self.inside, 1e-9), self.exposed
        chance = betainc(inside / wide, self.others / wide + 1, exposed)
        usual = np.maximum(self.others, 0.5) * exposed / np.maximum(1 - exposed, 1e-9)
        bursting = np.maximum(wide - 1, 1e-9)
        heavy = betainc(inside, usual / bursting, bursting / (1 + bursting))
        chance = np.where(wide > 1, np.maximum(chance, heavy), chance)
        high = self.inside * (1 - exposed) >= self.others * exposed * times
        return np.where((self.inside > 0) & high, chance, 1.0)


def _least(chances: np.ndarray, windows: np.ndarray) -> _Finding:
    best = chances.argmin(axis=1)
    least = np.minimum(chances[np.arange(len(best)), best], 1.0)
    return _Finding(least, windows[best])


def _nothing(asked: np.ndarray) -> _Finding:
    return _Finding(np.ones(len(asked)), np.zeros(asked.shape, dtype=bool))


def _mask(spans: Sequence[np.ndarray], size: int) -> np.ndarray:
    """(spans, size): True where a span covers a month."""
    found = np.zeros((len(spans), size), dtype=bool)
    for row, span in enumerate(spans):
        found[row, span] = True
    return found
