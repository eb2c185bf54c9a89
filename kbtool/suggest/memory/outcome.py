"""Whether what was promised came: tickets a month before and after, or the estimate of effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from kbtool.model import Effect, Span, Topic
from kbtool.months import month_range
from kbtool.suggest.memory.records import Decision
from kbtool.suggest.spread import fewer

BEFORE = 6
"""Months before the change that are its measure: a season more would be another time of year."""
LEAST_BEFORE = 3
LEAST_AFTER = 3
"""Months after it below which it is too early to tell."""
WEEKS_A_MONTH = 365.25 / 12 / 7
Verdict: TypeAlias = Literal["held", "missed", "unclear", "too early", "not measured"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an accepted suggestion."""

    decision: Decision
    verdict: Verdict
    """*held*: surely fewer tickets, and perhaps as many fewer as promised. *missed*: surely less
    than promised. *unclear*: it may be either."""
    before: float | None = None
    """Tickets of its topic a month, before and after."""
    after: float | None = None
    months: int = 0
    """Whole months since, with tickets."""
    observed: Span | None = None
    """Fewer tickets a month."""
    estimated: bool = False
    """Whether that is the estimate against untouched topics. Before and after alone prove nothing:
    topics rise and fall by themselves."""


def outcome(
    one: Decision,
    topic: Topic | None,
    covered: Sequence[str],
    effects: Mapping[str, Effect],
    today: date,
) -> Outcome:
    """What came of an accepted suggestion; ``covered`` are the months that all tickets cover,
    ``effects`` the estimates by topic.
    """
    if one.since is None or topic is None or not covered:
        return Outcome(one, "not measured")
    before, after = _months(topic, one.since, covered, today)
    means = (_mean(before), _mean(after), len(after))
    effect = effects.get(topic.id)
    estimate = (
        _monthly(effect) if effect is not None and effect.published >= one.shown.date() else None
    )
    if len(after) < LEAST_AFTER:
        return Outcome(one, "too early", *means)
    if estimate is None and len(before) < LEAST_BEFORE:
        return Outcome(one, "not measured", *means)
    seen = estimate or fewer(before, after)
    return Outcome(one, _verdict(seen, one.promised), *means, seen, estimate is not None)


def _months(
    topic: Topic, since: date, covered: Sequence[str], today: date
) -> tuple[list[int], list[int]]:
    """Tickets a month before and after, without the month of the change and the one that runs."""
    counts, change = dict(topic.months), f"{since:%Y-%m}"
    before = [m for m in covered if m < change][-BEFORE:]
    last = max((m for m in covered if m < f"{today:%Y-%m}"), default="")
    after = [m for m in month_range(change, last) if m != change] if last > change else []
    return [counts.get(m, 0) for m in before], [counts.get(m, 0) for m in after]


def _monthly(effect: Effect) -> Span | None:
    """Tickets avoided a month; None where nothing could be estimated."""
    if effect.avoided is None or not effect.weeks_after:
        return None
    part = WEEKS_A_MONTH / effect.weeks_after
    return Span(
        *(end * part for end in (effect.avoided.value, effect.avoided.low, effect.avoided.high))
    )


def _verdict(seen: Span, promised: float) -> Verdict:
    if seen.high < promised:
        return "missed"
    return "held" if seen.low > 0 else "unclear"


def _mean(counts: Sequence[int]) -> float | None:
    return sum(counts) / len(counts) if counts else None
