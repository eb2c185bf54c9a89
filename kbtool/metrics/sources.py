"""Which sources counted views, over which days, and what each cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from kbtool.model import SourceFigures

SITE = "site"
"""The name of events from the site's own pages."""
LACKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"log": ("votes", "how long and how far a page was read", "steps on the contact page")}
)
"""What a source of events cannot tell."""
ONLY_SUMS = ("visits, searches, votes and contacts: it says only how often an article was viewed",)


@dataclass(frozen=True, slots=True)
class SourceViews:
    """Views that a source counted from the first day to the last, of one article or of all."""

    source: str
    first: date
    last: date
    views: int
    article: str | None = None
    """None: of all; the source counts events."""


def source_figures(
    counted: Iterable[SourceViews],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[SourceFigures, ...]:
    """The sources of the period [``since``, ``until``): those of events first, then by name.

    Sums over days that reach beyond the period are left out, and the source says so. No views of
    two sources are added up: they may be the same.
    """
    events: list[SourceViews] = []
    sums: dict[str, list[SourceViews]] = {}
    for one in counted:
        if one.article is None:
            events.append(one)
        else:
            sums.setdefault(one.source, []).append(one)
    begin = since.astimezone(UTC).date() if since else date.min
    end = (until - timedelta(microseconds=1)).astimezone(UTC).date() if until else date.max
    return (
        *(_of_events(one) for one in sorted(events, key=lambda one: one.source)),
        *(_of_sums(name, sums[name], begin, end, events) for name in sorted(sums)),
    )


def _of_events(one: SourceViews) -> SourceFigures:
    lacks = LACKS.get(one.source, ())
    return SourceFigures(one.source, "events", one.views, one.first, one.last, lacks)


def _of_sums(
    name: str,
    found: Sequence[SourceViews],
    begin: date,
    end: date,
    events: Sequence[SourceViews],
) -> SourceFigures:
    whole = [one for one in found if begin <= one.first and one.last <= end]
    views: Counter[str] = Counter()
    for one in whole:
        views[one.article or ""] += one.views
    first = min((one.first for one in whole), default=None)
    last = max((one.last for one in whole), default=None)
    lacks = [*ONLY_SUMS, *_cut(found, begin, end)]
    if first and last and any(e.first <= last and first <= e.last for e in events):
        lacks.append("which of its views the site counted too, on the same days: never add them up")
    return SourceFigures(
        name=name,
        kind="aggregate",
        views=views.total(),
        first=first,
        last=last,
        lacks=tuple(lacks),
        articles=tuple(sorted(views.items(), key=lambda item: (-item[1], item[0]))),
    )


def _cut(found: Sequence[SourceViews], begin: date, end: date) -> list[str]:
    """What is said of sums that lie only partly within the period."""
    cut = {(one.first, one.last) for one in found if not begin <= one.first <= one.last <= end}
    if not cut:
        return []
    days = f"{min(first for first, _ in cut)} to {max(last for _, last in cut)}"
    return [f"which of its views from {days} lie within the period: they are left out"]
