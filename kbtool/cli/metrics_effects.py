"""What articles did to tickets, in the terminal."""

from __future__ import annotations

from kbtool.cli.common import out, safe, table
from kbtool.cli.metrics_cells import MOST_ROWS, fitted, line, numbers, rest, section, wide
from kbtool.metrics.headline import headline
from kbtool.metrics.words import amount, amount_told, change, change_told
from kbtool.model import Effect, Report
from kbtool.plural import many


def first(found: Report) -> None:
    """Tickets avoided a month, or what is missing for it."""
    told = headline(found)
    if not told.is_known:
        line(f"\nTickets avoided a month: [bold]{told.value}[/bold]")
        for one in told.missing:
            line(f"  missing: {safe(one)}")
        line("")
        return
    line(f"\nTickets avoided a month: [bold]{told.value}[/bold] (95 % interval {told.interval})")
    if told.saved:
        line(f"Saved: [bold]{safe(told.saved)}[/bold]")
    line(" ".join(told.told) + "\n", "dim")


def effects(found: Report) -> None:
    """Topic by topic: those with an estimate, then what the others lack."""
    if found.effects is None or not found.effects.topics:
        return
    section("Effect of articles on their topics' tickets")
    known = [one for one in found.effects.topics if one.change]
    if known:
        more = wide(["Published", "A week", "Avoided", "Least seen"])
        made = numbers(fitted(table("Question", "Article", "Change (95 %)", *more), 0), 2)
        for one in known[:MOST_ROWS]:
            lot = " (lot)" if one.randomised else ""
            avoided = amount_told(one.avoided) if one.avoided else "–"
            least = "–" if one.detectable is None else change(-one.detectable)
            made.add_row(
                f"{safe(one.question)}{_more(one)}",
                f"{safe(one.article)}{lot}",
                change_told(one.change) if one.change else "–",
                *wide([f"{one.published}", amount(one.per_week), avoided, least]),
            )
        out().print(made)
        rest(len(known) - MOST_ROWS, "topic")
        line("An interval that holds 0 is no measurable change of that topic alone.", "dim")
    unknown = [one for one in found.effects.topics if not one.change]
    if unknown:
        line(f"{many(len(unknown), 'topic')} without an estimate yet:")
    for one in unknown[:MOST_ROWS]:
        name = f"{safe(one.question)}{_more(one)} ({safe(one.article)})"
        line(f"  {name}: {safe('; '.join(one.missing))}")
    rest(len(unknown) - MOST_ROWS, "topic")
    for note in found.effects.notes:
        line(f"Note: {safe(note)}", "dim")


def _more(one: Effect) -> str:
    """How many topics beside the one that is named."""
    return f" (+{many(len(one.also), 'topic')})" if one.also else ""
