"""Two periods side by side: what changed, and whether chance alone would explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kbtool.intervals import newcombe
from kbtool.metrics.words import change, share_of
from kbtool.model import Rate, Report, Span
from kbtool.plural import many

Word: TypeAlias = Literal["more", "less", "no clear change"]

COUNTS = (
    "views", "visits", "searches", "contacts_opened", "contacts_solved", "contacts_handed_off",
)  # fmt: skip
SHARES = (
    "contact.explicit", "contact.implicit", "contact.linked",
    "confirmed", "potential", "no_deflection", "contacts_after_view", "helpful",
    "search_without_result", "search_click_through",
    "search.success", "search.refined", "search.abandoned",
    "link_rate", "resolving_links", "reopened_links", "reuse_rate",
)  # fmt: skip

BY_CHANCE = (
    "“More” and “less” are said where the 95 % interval of the difference (Newcombe) leaves 0 out: "
    "of twenty shares that stay the same, one says so by chance. Counts have no interval, because "
    "what happens in one week goes together."
)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and now."""

    name: str
    before: int | Rate
    now: int | Rate
    difference: Span | None = None
    """Of shares with enough data: now - before, with Newcombe's interval."""
    word: Word | None = None
    """Of shares with enough data; a count has no interval, because visits of a week go together."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier period."""

    before: Report
    now: Report
    changes: tuple[Change, ...]
    """Counts, then shares; without those that either period lacks."""


def compare(now: Report, before: Report) -> Comparison:
    """All figures that both periods have, side by side."""
    counts = [Change(name, getattr(before, name), getattr(now, name)) for name in COUNTS]
    shares = [
        _change(name, earlier, later)
        for name in SHARES
        if (earlier := share_named(name, before)) is not None
        and (later := share_named(name, now)) is not None
    ]
    return Comparison(before, now, (*counts, *shares))


def share_named(name: str, report: Report) -> Rate | None:
    """The share with this name (``contact.explicit``); None when the report lacks its part."""
    part: object = report
    for step in name.split("."):
        part = getattr(part, step, None)
    return part if isinstance(part, Rate) else None


def cut_short(found: Comparison) -> str:
    """What is to be known of counts when events of one of the periods were counted on fewer days
    than it has; empty when both are whole.
    """
    told = []
    for name, report in (("earlier", found.before), ("later", found.now)):
        counted = sum(week.days for week in report.series)
        of = (report.until - report.since).days if report.since else counted
        if counted < of:
            told.append(
                f"In the {name} period events were counted on {counted} of {many(of, 'day')}."
            )
    return " ".join((*told, "Do not compare counts of events.") if told else ())


def count_change(one: Change) -> str:
    """By how many per cent a count changed; from nothing there is no saying."""
    if isinstance(one.before, Rate) or isinstance(one.now, Rate) or not one.before:
        return "–"
    return change(one.now / one.before - 1)


def _change(name: str, before: Rate, now: Rate) -> Change:
    earlier, later = share_of(before), share_of(now)
    if earlier is None or later is None:
        return Change(name, before, now)
    low, high = newcombe(now.numerator, now.denominator, before.numerator, before.denominator)
    word: Word = "more" if low > 0 else "less" if high < 0 else "no clear change"
    return Change(name, before, now, Span(later - earlier, low, high), word)
