"""How suggestions are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kbtool.cli.common import emit_json, err, out, own_id, safe
from kbtool.cli.proposals_view import proposal_json, proposals_told
from kbtool.cli.topics_view import ends
from kbtool.model import Bounds, Instead, Suggestion, Worth
from kbtool.plural import many
from kbtool.suggest.waking import Standing
from kbtool.suggest.wordings.lines import PREFIX
from kbtool.workflows.judging import SuggestResult, View

FEW = 50
"""Questions below which little can recur: said to the user, nothing is refused."""
SHOWN_REJECTED = 5
"""Sleeping rejections that are named; kbtool topics list --rejected has all."""
HEADINGS = ("#", "Do", "Worth", "Tickets", "Trend", "Topic", "Article")
"""The one without a bound comes last, so that 80 characters cut nothing that must be typed."""


def show_list(
    found: SuggestResult,
    view: View,
    *,
    as_json: bool,
    stored: bool,
    quiet: bool = False,
) -> None:
    """What the ``view`` shows on stdout unless ``quiet``; what they were found in on stderr.

    ``stored`` says whether the topics are in a knowledge base, so that they can be drafted.
    """
    chosen = view.of(found.suggestions)
    if as_json:
        emit_json({"format": 1, "suggestions": [suggestion_json(s) for s in chosen]})
    elif chosen and not quiet:
        _print_places(chosen, stored=stored)
    _tell(found, chosen, stored=stored)


def suggestion_json(found: Suggestion) -> dict[str, Any]:
    """A suggestion as ``--json`` prints it; tickets bear the help desk's own ids."""
    return {
        "kind": found.kind,
        "topic": found.topic,
        "question": found.question,
        "tickets": [own_id(key) for key in found.tickets],
        "requesters": found.requesters,
        "languages": dict(found.languages),
        "article": found.article,
        "trend": found.trend,
        "worth": found.worth,
        "interval": _bounds_json(found.parts.interval),
        "parts": _parts_json(found.parts),
        "reasons": list(found.reasons),
        "command": found.command,
        "weight": found.weight,
        "target": found.target,
        "instead": _instead_json(found.instead),
        "proposals": [proposal_json(line) for line in found.proposals],
    }


def _instead_json(instead: Instead | None) -> dict[str, Any] | None:
    """What is needed instead of an article; None where one is needed."""
    if instead is None:
        return None
    return {
        "do": instead.todo,
        "reason": instead.reason,
        "asks_for": list(instead.wanted),
        "examples": [own_id(key) for key in instead.tickets],
    }


def _bounds_json(bounds: Bounds | None) -> list[float] | None:
    return None if bounds is None else [round(end, 3) for end in bounds]


def _parts_json(parts: Worth) -> dict[str, Any]:
    return {
        "tickets": round(parts.tickets, 2),
        "cost": round(parts.cost, 3),
        "share": round(parts.share, 3),
        "returned": round(parts.returned, 2),
        "novelty": parts.novelty,
        "minutes": parts.minutes,
        "tickets_interval": _bounds_json(parts.tickets_range),
        "share_range": _bounds_json(parts.share_range),
        "share_measured": parts.measured,
        "returned_interval": _bounds_json(parts.returned_range),
    }


def _print_places(chosen: tuple[Suggestion, ...], *, stored: bool) -> None:
    """What to do about articles; below it the topics that must not become one."""
    for_articles = [found for found in chosen if found.instead is None]
    others = [found for found in chosen if found.instead is not None]
    if for_articles:
        _print_table(for_articles, 1, stored=stored)
    if others:
        out().print("[bold]Not for an article[/bold]")
        out().print()
        _print_table(others, len(for_articles) + 1, stored=stored)


def _print_table(chosen: Sequence[Suggestion], start: int, *, stored: bool) -> None:
    """A row of figures each; question, worth and reasons below it have the whole width."""
    from rich.padding import Padding

    rows = [HEADINGS, *(_figures(n, found) for n, found in enumerate(chosen, start))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    out().print(f"[bold]{_aligned(HEADINGS, widths)}[/bold]", no_wrap=True, overflow="ignore")
    for row, found in zip(rows[1:], chosen, strict=True):
        out().print(_aligned(row, widths), no_wrap=True, overflow="ignore")
        indent = (0, 0, 0, widths[0] + 2)
        out().print(Padding(f"[bold]{safe(found.question)}[/bold]", indent))
        if found.instead is not None:
            out().print(Padding(safe(instead_told(found.instead)), indent))
        told = "; ".join((worth_told(found.parts), *found.reasons, *_languages(found)))
        out().print(Padding(f"[dim]{safe(told)}[/dim]", indent))
        for deeper, text, style in proposals_told(found.proposals):
            padding = (0, 0, 0, indent[3] + deeper)
            out().print(Padding(safe(text), padding), style=style or None)
        if found.command and stored:
            step = " " * indent[3] + f"Next: {found.command}"
            out().print(safe(step), soft_wrap=True)
        out().print()


def instead_told(instead: Instead) -> str:
    """What to do instead of an article, and tickets that show why."""
    shown = ", ".join(own_id(key) for key in instead.tickets)
    return f"Instead: {instead.todo} (see {shown})"


def worth_told(parts: Worth) -> str:
    """What a worth is made of, in words: "worth 1.9 (0.3 to 5.0) = 4.2 (3.1 to 5.7) tickets a month
    × 0.91 cost × 50% assumed (10% to 80%)".
    """
    sums = []
    if parts.tickets:
        some = parts.share_range if parts.share_range != (0.0, 0.0) else None
        how = " measured" if parts.measured else " assumed" if some else ""
        sums.append(
            f"{parts.tickets:.1f}{_figures_range(parts.tickets_range)} tickets a month × "
            f"{parts.cost:.2f} cost × {parts.share:.0%}{how}{_share_range(some)}"
        )
    if parts.returned:
        bounds = _figures_range(parts.returned_range)
        sums.append(f"{parts.returned:.1f}{bounds} from searches, votes and visits")
    made_of = " + ".join(sums)
    if parts.novelty < 1 and sums:
        summed = f"({made_of})" if len(sums) > 1 else made_of
        made_of = f"{summed} × {parts.novelty:.0%} new"
    minutes = "" if parts.minutes is None else f" ({parts.minutes:.0f} minutes of agents' time)"
    interval = parts.interval if parts.interval != (0.0, 0.0) else None
    told = f"worth {parts.value:.1f}{_figures_range(interval)}"
    return f"{told}{' = ' if sums else ''}{made_of}{minutes}"


def _figures_range(bounds: Bounds | None) -> str:
    """`` (1.2 to 3.4)``; nothing where there is none."""
    return "" if bounds is None else f" ({bounds[0]:.1f} to {bounds[1]:.1f})"


def _share_range(bounds: Bounds | None) -> str:
    return "" if bounds is None else f" ({bounds[0]:.0%} to {bounds[1]:.0%})"


def _figures(rank: int, found: Suggestion) -> tuple[str, ...]:
    return (
        str(rank), found.kind, f"{found.worth:.1f}", str(len(found.tickets)), found.trend or "",
        found.topic or found.own or "", found.article or "none",
    )  # fmt: skip


def _languages(found: Suggestion) -> tuple[str, ...]:
    """In which languages it is asked and how often; nothing when there is only one."""
    if len(found.languages) < 2:
        return ()
    return ("asked in " + ", ".join(f"{lang} {n}" for lang, n in found.languages),)


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    """Cells side by side, numbers to the right."""
    cells = [
        cell.rjust(width) if column in (0, 2, 3) else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return safe("  ".join(cells).rstrip())


def _tell(found: SuggestResult, chosen: tuple[Suggestion, ...], *, stored: bool) -> None:
    """What was looked at, what was left out and why, what to type next."""
    err().print(
        f"Tickets: {found.tickets}; resolved and asking something: {found.questions}; "
        f"topics: {len(found.topics)}."
    )
    if found.tickets == 0:
        err().print("There are no tickets yet. Next: kbtool import FILE")
    elif found.questions < FEW:
        err().print(
            f"That is few: a topic needs {found.smallest} tickets with the same question, and "
            f"below {FEW} questions hardly any will have them. Import more tickets."
        )
    elif not found.topics:
        err().print(f"No question was asked in {found.smallest} tickets or more.")
    if chosen:
        err().print(
            "Worth: average tickets a month that the action could remove: those expected × what "
            "one costs (1 is average) × the share an article could still deflect (assumed unless it "
            "says measured) × how likely nothing better is about the same question. Behind it, "
            "what it is when every part is at its low or its high end: more than a 95 % interval."
        )
    if found.quiet:
        err().print(f"Topics that an article answers and that need nothing: {found.quiet}.")
    if found.rejected:
        _tell_rejected(found.rejected)
    if len(chosen) < len(found.suggestions):
        err().print(f"Suggestions not shown: {len(found.suggestions) - len(chosen)}.")
    if any(s.command for s in chosen) and not stored:
        err().print("Next: kbtool init DIR, then kbtool import and kbtool suggest in it")


def _tell_rejected(found: tuple[Standing, ...]) -> None:
    """How many rejected topics and lines sleep, why and until when."""
    ids = {id_ for one in found for id_ in one.topics}
    lines = sum(id_.startswith(PREFIX) for id_ in ids)
    actions = sum(":" in id_ for id_ in ids)
    counts = ((len(ids) - lines - actions, "topic"), (lines, "line"), (actions, "suggestion"))
    told = " and ".join(many(count, what) for count, what in counts if count)
    err().print(f"Rejected and asleep: {told}.")
    for one in found[:SHOWN_REJECTED]:
        why = f"{one.rejection.topic}: {one.rejection.reason or 'no reason given'} ({ends(one)})"
        err().print(f"  {safe(why)}", soft_wrap=True)
    if len(found) > SHOWN_REJECTED:
        err().print(f"  … and {len(found) - SHOWN_REJECTED} more: kbtool topics list --rejected")
