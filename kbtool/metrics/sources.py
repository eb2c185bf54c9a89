"""What other counters counted: sums of views of articles, beside the sources of our own events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kbtool.model import SourceFigures

LACKS = ("visits", "searches", "votes", "contacts")
"""What no sum of views can tell."""
COUNTED_TWICE = "which of its views were counted here too"
"""Of a source whose days some events lie in: the two are never added up."""


@dataclass(frozen=True, slots=True)
class SourceViews:
    """Views of an article that a source counted from the first day to the last."""

    source: str
    first: date
    last: date
    article: str
    views: int


def aggregate_figures(
    counted: Iterable[SourceViews],
    events: Sequence[SourceFigures] = (),
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[SourceFigures, ...]:
    """The other counters of the period [``since``, ``until``), by name.

    Sums over days that reach beyond the period are left out, and the source says so. ``events`` are
    the sources of our own events, which may have counted the same views.
    """
    begin = since.astimezone(UTC).date() if since else date.min
    end = (until - timedelta(microseconds=1)).astimezone(UTC).date() if until else date.max
    found: dict[str, list[SourceViews]] = {}
    for one in counted:
        found.setdefault(one.source, []).append(one)
    return tuple(_figures(name, found[name], begin, end, events) for name in sorted(found))


def _figures(
    name: str,
    found: Sequence[SourceViews],
    begin: date,
    end: date,
    events: Sequence[SourceFigures],
) -> SourceFigures:
    whole = [one for one in found if begin <= one.first and one.last <= end]
    views: Counter[str] = Counter()
    for one in whole:
        views[one.article] += one.views
    first = min((one.first for one in whole), default=None)
    last = max((one.last for one in whole), default=None)
    twice = (COUNTED_TWICE,) if any(_meet(one, first, last) for one in events) else ()
    return SourceFigures(
        name=name,
        kind="aggregate",
        views=views.total(),
        first=first,
        last=last,
        lacks=(*LACKS, *_cut(found, begin, end), *twice),
        articles=tuple(sorted(views.items(), key=lambda item: (-item[1], item[0]))),
    )


def _meet(events: SourceFigures, first: date | None, last: date | None) -> bool:
    """Whether a source of events has days in common with these."""
    if events.first is None or events.last is None or first is None or last is None:
        return False
    return events.first <= last and first <= events.last


def _cut(found: Sequence[SourceViews], begin: date, end: date) -> tuple[str, ...]:
    """The days of sums that lie only partly within the period."""
    cut = [(one.first, one.last) for one in found if one.first < begin or one.last > end]
    if not cut:
        return ()
    days = f"{min(first for first, _ in cut)} to {max(last for _, last in cut)}"
    return (f"the part of {days} that lies within the period",)
