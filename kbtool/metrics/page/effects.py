"""What articles did to their topics' tickets: a forest plot, its table, and what has none yet."""

from __future__ import annotations

from collections.abc import Sequence

from kbtool.charts import Estimate, canvases, forest, framed, key
from kbtool.markup import Markup, el, join
from kbtool.metrics.headline import NOT_YET, headline
from kbtool.metrics.page.parts import NUMBER, defined, said, small, table
from kbtool.metrics.words import amount, amount_told, change, change_range, change_told, per_cent
from kbtool.model import Effect, Effects, Pooled, Report, Span
from kbtool.plural import many

_DEFINED = (
    "effects.pooled.per_month", "effects.pooled.change", "effects.pooled.with_neighbours",
    "effects.pooled.chance", "effects.controls", "effects.topics.change", "effects.topics.avoided",
    "effects.topics.detectable", "effects.saved",
)  # fmt: skip


def on_tickets(report: Report) -> Markup:
    """The section; without an estimate it says what is missing."""
    effects = report.effects
    found = headline(report)
    if effects is None:
        missing = el("ul", *(el("li", one) for one in found.missing))
        return join(el("p", f"{NOT_YET}. What is missing:", class_="lead"), missing)
    known = [one for one in effects.topics if one.change is not None]
    return join(
        _lead(effects, report),
        _plot(known, effects) if known else None,
        _table(known) if known else None,
        _without([one for one in effects.topics if one.change is None]),
        el("ul", *(el("li", note) for note in effects.notes)) if effects.notes else None,
        defined(*_DEFINED),
    )


def _lead(effects: Effects, report: Report) -> Markup:
    found = headline(report)
    if not found.is_known:
        weeks = f"{effects.first_week} to {effects.last_week}"
        when = f" Weeks from {weeks}." if effects.first_week else ""
        return join(
            el("p", f"{NOT_YET} for all topics in one.{when} What is missing:", class_="lead"),
            el("ul", *(el("li", one) for one in found.missing)),
        )
    told = " ".join(found.told)
    how = (
        "Each topic's tickets a week, before and after its article, are held against topics that "
        "no article touched. One topic alone is rarely provable: trust the diamond first."
    )
    return join(el("p", told, class_="lead"), el("p", how))


def _plot(known: Sequence[Effect], effects: Effects) -> Markup:
    rows = [
        Estimate(one.question, *_parts(one.change), change_told(one.change), one.per_week)
        for one in known
        if one.change
    ]
    pooled = _all_in_one(effects.pooled) if effects.pooled else None
    title = "Change of tickets that each article caused, with 95 % intervals"
    told = "; ".join(
        f"{row.name[:60]}: {row.told}" for row in (*rows, *((pooled,) if pooled else ()))
    )
    charts = [
        forest(rows, canvas, pooled=pooled, less="fewer tickets", more="more tickets")
        for canvas in canvases("effects", title, told)
    ]
    marks = [("square", "a topic; larger: more tickets"), ("whisker", "95 % interval")]
    if pooled:
        marks.append(("diamond", "all topics in one"))
    return framed(charts, key(marks))


def _all_in_one(pooled: Pooled) -> Estimate:
    name = f"All {many(pooled.topics, 'topic')} in one"
    return Estimate(name, *_parts(pooled.change), change_told(pooled.change))


def _parts(span: Span) -> tuple[float, float, float]:
    return span.value, span.low, span.high


def _table(known: Sequence[Effect]) -> Markup:
    columns = (("Question", None), ("Published", NUMBER), ("Weeks", NUMBER), ("A week before", NUMBER),
               ("Change", NUMBER), ("Avoided so far", NUMBER), ("Could be seen", NUMBER))  # fmt: skip
    return table("Effect of each article", columns, [_row(one) for one in known if one.change])


def _row(one: Effect) -> tuple[object, ...]:
    span = one.change
    beside = one.with_neighbours and join(
        small("with neighbours"), small(change_told(one.with_neighbours))
    )
    shown = span and join(el("strong", change(span.value)), small(change_range(span)), beside)
    return (
        join(
            said(one.question),
            small(el("code", one.article), _more(one), " by lot" if one.randomised else ""),
        ),
        one.published,
        join(one.weeks_before, small(f"then {one.weeks_after}")),
        amount(one.per_week),
        shown,
        amount_told(one.avoided) if one.avoided else "–",
        "–" if one.detectable is None else f"{per_cent(one.detectable)} fewer",
    )


def _more(one: Effect) -> str:
    """How many topics beside the one that is named."""
    return f", with {many(len(one.also), 'more topic')}" if one.also else ""


def _without(unknown: Sequence[Effect]) -> Markup | None:
    if not unknown:
        return None
    columns = (("Question", None), ("Published", NUMBER), ("What is missing", None))
    rows = [
        (
            join(said(one.question), small(el("code", one.article), _more(one))),
            one.published,
            "; ".join(one.missing),
        )
        for one in unknown
    ]  # fmt: skip
    heading = f"{many(len(unknown), 'topic')} without an estimate yet"
    return join(el("h3", heading), table(heading, columns, rows))
