"""The first thing that the report says: how many tickets a month articles avoided, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from kbtool.metrics.caveats import is_clear
from kbtool.metrics.words import (
    amount,
    amount_range,
    amount_told,
    change_told,
    per_cent,
)
from kbtool.model import Effects, Pooled, Report, Span
from kbtool.plural import many

NOT_YET = "Not enough data yet"
_NOTHING = ("tickets with dates, topics (kbtool suggest) and published articles that answer them",)


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands first."""

    value: str
    """``41 tickets a month``, or that there is not enough data yet."""
    interval: str
    """``12 to 70``; empty without an estimate."""
    told: tuple[str, ...]
    """What has to be said with it, sentence by sentence."""
    missing: tuple[str, ...] = ()
    """What there is not enough of."""
    saved: str = ""
    """Money a month with its interval, where the settings say what a ticket costs."""

    @property
    def is_known(self) -> bool:
        """Whether there is an estimate."""
        return not self.missing


def headline(report: Report) -> Headline:
    """Tickets avoided a month over all topics with their 95 % interval, in words; or what is
    missing for it. An interval that holds 0 says that no change was measured, and what could have
    been seen.
    """
    effects = report.effects
    if effects is None or effects.pooled is None:
        missing = (effects.missing if effects else ()) or _NOTHING
        return Headline(NOT_YET, "", (), missing)
    pooled = effects.pooled
    span = pooled.per_month
    return Headline(
        value=_value(span),
        interval=amount_range(span),
        told=(*_how(pooled, effects), _seen(span, pooled), *_lot(pooled), *_when(effects)),
        saved=_saved(effects, span),
    )


def _value(span: Span) -> str:
    if not is_clear(span):
        return "No measurable change"
    return f"{amount(abs(span.value))} {'tickets' if span.value > 0 else 'more tickets'} a month"


def _how(pooled: Pooled, effects: Effects) -> tuple[str, ...]:
    told = (
        f"{many(pooled.topics, 'topic')} with an article, each held against "
        f"{many(effects.controls, 'topic')} without one: {change_told(pooled.change)} tickets."
    )
    if pooled.with_neighbours is None:
        return (told,)
    beside = change_told(pooled.with_neighbours)
    return (told, f"With the topics that ask nearly the same counted in: {beside}.")


def _when(effects: Effects) -> tuple[str, ...]:
    if effects.first_week is None or effects.last_week is None:
        return ()
    weeks = f"{effects.first_week} to {effects.last_week}"
    return (f"From the tickets of all weeks, {weeks}, whatever the period of this report.",)


def _seen(span: Span, pooled: Pooled) -> str:
    least = f"The smallest reduction that could have been seen: {per_cent(pooled.detectable)}."
    if is_clear(span):
        return least
    return f"Estimate: {amount_told(span)} tickets avoided a month; that holds 0. {least}"


def _lot(pooled: Pooled) -> tuple[str, ...]:
    if not pooled.randomised:
        return ()
    told = f"{pooled.randomised:,} of {pooled.topics:,} were published on dates drawn by lot"
    if pooled.chance is None:
        return (f"{told}.",)
    shown = per_cent(pooled.chance) if pooled.chance >= 0.001 else "less than 0.1 %"
    return (f"{told}; chance alone shows as much in {shown} of all draws.",)


def _saved(effects: Effects, span: Span) -> str:
    """Money is said with a clear effect only, from its interval."""
    if effects.saved is None or not is_clear(span):
        return ""
    return f"{effects.currency} {amount_told(effects.saved)} a month".strip()
