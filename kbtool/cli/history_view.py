"""How what became of suggestions is shown."""

from __future__ import annotations

from typing import Any

from kbtool.cli.common import emit_json, err, out, safe, table
from kbtool.model import Bounds, Rate, Span
from kbtool.suggest.memory.history import History, KindFigures
from kbtool.suggest.memory.outcome import Outcome
from kbtool.suggest.memory.records import Decision


def show(found: History, *, as_json: bool) -> None:
    """Acceptance by kind, and what came of what was accepted, on stdout."""
    if as_json:
        emit_json(_json(found))
        return
    if not found.decisions:
        err().print("Nothing was suggested yet. Next: kbtool suggest")
        return
    _print_kinds(found)
    if found.outcomes:
        _print_outcomes(found)


def _print_kinds(found: History) -> None:
    names = ("Kind", "Shown", "Accepted", "Rejected", "Waits", "Gone", "Acceptance")
    shown = table(*names, whole=names)
    for one in found.kinds:
        counts = (one.shown, one.accepted, one.rejected, one.waiting, one.gone)
        shown.add_row(one.kind, *map(str, counts), _acceptance(one.acceptance))
    out().print(shown)
    err().print(
        "Acceptance (95 % interval): accepted of those that were accepted, rejected, or waited for "
        "30 days and more. Accepted is what was drafted, published, mended, translated, pinned, archived; "
        "what was done for a form, a bug, a macro or a rule cannot be seen from here."
    )


def _print_outcomes(found: History) -> None:
    whole = ("Since", "What")
    shown = table(*whole, "Promised", "Before", "After", "Fewer", "Promise", whole=whole)
    for one in found.outcomes:
        decision = one.decision
        shown.add_row(
            str(decision.since or ""),
            safe(f"{decision.kind} {decision.target}"),
            f"{decision.promised:.1f}{_range(decision.interval)}",
            _mean(one.before),
            f"{_mean(one.after)} ({one.months} mo.)" if one.months else "–",
            _observed(one),
            one.verdict,
        )
    out().print(shown)
    err().print(
        "Promised, before, after and fewer: tickets a month. Before and after alone prove nothing: topics rise "
        "and fall by themselves; * is the estimate against untouched topics (kbtool metrics)."
    )


def _acceptance(found: Rate) -> str:
    if not found.denominator or found.low is None or found.high is None:
        return "–"
    return f"{found.numerator} of {found.denominator} ({found.low:.0%} to {found.high:.0%})"


def _observed(one: Outcome) -> str:
    if one.observed is None:
        return "–"
    seen = one.observed
    return f"{seen.value:.1f}{_range((seen.low, seen.high))}{'*' if one.estimated else ''}"


def _range(bounds: Bounds | None) -> str:
    return "" if bounds is None else f" ({bounds[0]:.1f} to {bounds[1]:.1f})"


def _mean(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _json(found: History) -> dict[str, Any]:
    return {
        "format": 1,
        "kinds": [_kind_json(one) for one in found.kinds],
        "outcomes": [_outcome_json(one) for one in found.outcomes],
        "decisions": [_decision_json(one) for one in found.decisions],
    }


def _kind_json(one: KindFigures) -> dict[str, Any]:
    rate = one.acceptance
    return {
        "kind": one.kind,
        "shown": one.shown,
        "accepted": one.accepted,
        "rejected": one.rejected,
        "waiting": one.waiting,
        "gone": one.gone,
        "acceptance": {
            "numerator": rate.numerator,
            "denominator": rate.denominator,
            "low": rate.low,
            "high": rate.high,
        },
    }


def _outcome_json(one: Outcome) -> dict[str, Any]:
    return {
        **_decision_json(one.decision),
        "verdict": one.verdict,
        "before": one.before,
        "after": one.after,
        "months_after": one.months,
        "observed": _span_json(one.observed),
        "estimated": one.estimated,
    }


def _span_json(found: Span | None) -> dict[str, float] | None:
    return {"value": found.value, "low": found.low, "high": found.high} if found else None


def _decision_json(one: Decision) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "target": one.target,
        "topic": one.topic,
        "article": one.article,
        "shown": one.shown,
        "promised": one.promised,
        "interval": list(one.interval) if one.interval else None,
        "state": one.state,
        "how": one.how,
        "decided": one.decided,
        "since": one.since,
    }
