"""Every article's effect on its topic, and all of them in one; below a gate words, no number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, expm1

from kbtool.metrics.effect.desk import LEAST_A_WEEK, Desk, Treated, controls_for, series
from kbtool.metrics.effect.fit import Floats
from kbtool.metrics.effect.lot import chance_of
from kbtool.metrics.effect.one import AFTER, BEFORE, LEFT_OUT, Step, measure_step, steps_without
from kbtool.metrics.effect.pool import Mean, pool
from kbtool.metrics.effect.student import quantile
from kbtool.model import Effect, Effects, Pooled, Span
from kbtool.plural import many

LEAST_BEFORE = 52
"""Weeks before the article: a season has to be seen whole."""
LEAST_AFTER = 13
"""Weeks after it, not counting those left out."""
LEAST_CONTROLS = 8
LEAST_POOLED = 5
"""Topics in the pooled figure; and of those by lot for the randomisation test."""
POOLED_CONTROLS = 12
GROUPS = 6
"""Groups of controls for the jackknife."""
WEEKS_A_MONTH = 365.25 / 12 / 7
RECENT = 13
"""Weeks whose mean is the volume today."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A topic whose effect could be estimated."""

    one: Treated
    step: Step
    controls: tuple[str, ...]
    after: Floats
    """Its tickets in the weeks after the article that were looked at."""
    nearby: Step | None


def effects(desk: Desk, *, ticket_cost: float | None = None, currency: str = "") -> Effects:
    """What each article did to its topic's tickets, and all of them together.

    Money only from the pooled figure's interval. Same input, same figures. See
    metrics/effect/one.py and pool.py for the method.
    """
    measured: list[_Measured] = []
    found: list[Effect] = []
    for one in sorted(desk.treated, key=lambda t: (t.published, t.topic)):
        controls = controls_for(desk, one)
        missing = _missing(desk, one, controls)
        own = None if missing else _measure(desk, one, controls)
        found.append(_effect(desk, one, missing, own))
        measured.extend([own] if own else [])
    used = {topic for one in measured for topic in one.controls}
    why = _not_pooled(measured, used)
    pooled = None if why else _pooled(desk, measured)
    return Effects(
        first_week=desk.day(0),
        last_week=desk.day(desk.length - 1) if desk.length else None,
        controls=len(used),
        topics=tuple(sorted(found, key=_order)),
        pooled=pooled,
        missing=why,
        saved=_times(pooled.per_month, ticket_cost) if pooled and ticket_cost else None,
        currency=currency,
        notes=_notes(desk, measured),
    )


def _measure(desk: Desk, one: Treated, controls: tuple[str, ...]) -> _Measured:
    start = desk.week(one.published)
    own, others = series(desk, [one.topic])[0], series(desk, controls)
    nearby = [topic for topic in one.neighbours if topic in desk.counts]
    together = own + series(desk, nearby).sum(axis=0) if nearby else None
    return _Measured(
        one,
        measure_step(own, others, start),
        controls,
        own[start + LEFT_OUT : start + AFTER + 1],
        None if together is None else measure_step(together, others, start),
    )


def _missing(desk: Desk, one: Treated, controls: Sequence[str]) -> tuple[str, ...]:
    """What an estimate still needs, each in one sentence."""
    start, found = desk.week(one.published), []
    if one.topic not in desk.counts:
        return ("no dated tickets",)
    before, after = _weeks(desk, start)
    if before < LEAST_BEFORE:
        found.append(f"{before} of {LEAST_BEFORE} weeks with tickets before the article")
    if after < LEAST_AFTER:
        found.append(
            f"{after} of {LEAST_AFTER} weeks after the article (its first {LEFT_OUT} do not count)"
        )
    mean = _a_week_before(desk, one)
    if mean < LEAST_A_WEEK:
        found.append(f"{mean:.1f} of {LEAST_A_WEEK:.0f} tickets a week before the article")
    if not found and not any(desk.counts[one.topic][start + LEFT_OUT : start + AFTER + 1]):
        found.append("no ticket at all after the article: the topic may have been taken apart")
    if len(controls) < LEAST_CONTROLS:
        found.append(f"{len(controls)} of {LEAST_CONTROLS} untouched topics to compare with")
    for event in desk.disturbances:
        near = start - BEFORE <= desk.week(event.day) <= start + AFTER
        if near and not {one.topic, *one.also}.isdisjoint(event.topics):
            found.append(f"something else touched it: {event.what} ({event.day})")
    return tuple(found)


def _weeks(desk: Desk, start: int) -> tuple[int, int]:
    """(weeks before the article, weeks after it that count) that the data hold."""
    before = min(max(start, 0), desk.length, BEFORE)
    return before, max(0, min(desk.length - start - LEFT_OUT, AFTER + 1 - LEFT_OUT))


def _a_week_before(desk: Desk, one: Treated) -> float:
    """Mean of the weeks before the article that are fitted: without the spike that had it written."""
    start = desk.week(one.published)
    early = desk.counts.get(one.topic, ())[max(0, start - BEFORE) : max(0, start - LEFT_OUT)]
    return sum(early) / len(early) if early else 0.0


def _effect(
    desk: Desk, one: Treated, missing: tuple[str, ...], measured: _Measured | None
) -> Effect:
    start = desk.week(one.published)
    before, after = _weeks(desk, start)
    stated = Effect(
        topic=one.topic,
        question=one.question,
        also=one.also,
        article=one.article,
        published=one.published,
        weeks_before=before,
        weeks_after=after,
        per_week=round(_a_week_before(desk, one), 2),
        randomised=one.randomised,
        missing=missing,
    )
    if measured is None:
        return stated
    step = measured.step
    logs, nearby = _logs(step), measured.nearby
    return replace(
        stated,
        change=_change(logs),
        avoided=_avoided(logs, float(measured.after.sum())),
        detectable=_detectable(step),
        with_neighbours=_change(_logs(nearby)) if nearby else None,
    )


def _not_pooled(measured: Sequence[_Measured], used: set[str]) -> tuple[str, ...]:
    found = []
    if len(measured) < LEAST_POOLED:
        topics = many(len(measured), "topic")
        found.append(f"{topics} with an estimate of its own; {LEAST_POOLED} are needed")
    if measured and len(used) < POOLED_CONTROLS:  # nothing was looked for without a topic
        found.append(f"{len(used)} of {POOLED_CONTROLS} untouched topics to compare with")
    return tuple(found)


def _pooled(desk: Desk, measured: Sequence[_Measured]) -> Pooled:
    mean = pool([one.step for one in measured], _without(desk, measured))
    logs = _logs(mean)
    after = float(sum(one.after.sum() for one in measured))
    today = float(sum(one.after[-RECENT:].mean() for one in measured)) * WEEKS_A_MONTH
    by_lot = [one.one for one in measured if one.one.randomised]
    return Pooled(
        topics=len(measured),
        change=_change(logs),
        avoided=_avoided(logs, after),
        per_month=_avoided(logs, today),
        detectable=_detectable(mean),
        with_neighbours=_nearby(mean, measured),
        randomised=len(by_lot),
        chance=chance_of(desk, by_lot) if len(by_lot) >= LEAST_POOLED else None,
    )


def _nearby(mean: Mean, measured: Sequence[_Measured]) -> Span | None:
    """The pooled change with neighbours counted in; as sure of itself as without them at most."""
    if all(one.nearby is None for one in measured):
        return None
    near = pool([one.nearby or one.step for one in measured])
    return _change(_logs(Mean(near.value, max(near.error, mean.error), near.freedom)))


def _without(desk: Desk, measured: Sequence[_Measured]) -> list[list[Step]]:
    """The steps of all topics, each time without one group of the controls."""
    used = sorted({topic for one in measured for topic in one.controls})
    group = {topic: n % GROUPS for n, topic in enumerate(used)}
    by_topic = []
    for one in measured:
        rows = [[n for n, t in enumerate(one.controls) if group[t] == g] for g in range(GROUPS)]
        own, others = series(desk, [one.one.topic])[0], series(desk, one.controls)
        by_topic.append(steps_without(own, others, desk.week(one.one.published), rows))
    return [list(steps) for steps in zip(*by_topic, strict=True)]


def _logs(step: Step | Mean) -> Span:
    """The 95 % interval in log points."""
    reach = quantile(0.975, step.freedom) * step.error
    return Span(step.value, step.value - reach, step.value + reach)


def _detectable(step: Step | Mean) -> float:
    """The reduction that is found four times out of five: its interval leaves 0 out."""
    errors = quantile(0.975, step.freedom) + quantile(0.8, step.freedom)
    return 1 - exp(-errors * step.error)


def _change(logs: Span) -> Span:
    """Log points as a share: -0.3 = 30 % fewer."""
    return Span(expm1(logs.value), expm1(logs.low), expm1(logs.high))


def _avoided(logs: Span, tickets: float) -> Span:
    """What the tickets that came all the same would have been more of without the article."""
    return Span(*(tickets * expm1(-log) for log in (logs.value, logs.high, logs.low)))


def _times(span: Span, price: float) -> Span:
    return Span(span.value * price, span.low * price, span.high * price)


def _order(effect: Effect) -> tuple[bool, float, str]:
    return effect.change is None, effect.change.value if effect.change else 0.0, effect.topic


def _notes(desk: Desk, measured: Iterable[_Measured]) -> tuple[str, ...]:
    starts = [desk.week(one.one.published) for one in measured]
    return tuple(
        f"{event.day}: {event.what}"
        for event in sorted(desk.disturbances, key=lambda e: (e.day, e.what))
        if not event.topics
        and any(start - BEFORE <= desk.week(event.day) <= start + AFTER for start in starts)
    )
