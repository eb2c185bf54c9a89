"""Lines, tables and cells of the report in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kbtool.cli.common import out, safe, table
from kbtool.metrics.compare import share_named
from kbtool.metrics.definitions import METRICS
from kbtool.metrics.words import interval, made_of, per_cent, share_of, too_few
from kbtool.model import Rate, Report
from kbtool.plural import many

if TYPE_CHECKING:
    from rich.table import Table

MOST_ROWS = 15
BARS = "▁▂▃▄▅▆▇█"


_WIDE = 100
"""Columns from which on a terminal has room for what is said in JSON and on the page anyway."""


def wide(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns when the terminal has room for them, else none."""
    return tuple(columns) if out().width >= _WIDE else ()


def line(text: str, style: str | None = None) -> None:
    """Print a line that is not cut."""
    out().print(text, style=style, soft_wrap=True)


def section(title: str) -> None:
    """Print the heading of a section."""
    line(f"\n{title}", "bold")


def rest(count: int, one: str, more: str | None = None) -> None:
    """Say that there are more than are shown."""
    if count > 0:
        line(f"… and {many(count, one, more)} more (--json has them)", "dim")


def fitted(made: Table, text: int) -> Table:
    """Let one column of text give way, so that the others stay whole."""
    made.expand = True
    for column in made.columns:
        column.no_wrap = True
    made.columns[text].ratio = 1
    made.columns[text].overflow = "ellipsis"
    return made


def numbers(made: Table, first: int, end: int | None = None) -> Table:
    """Set columns of numbers to the right."""
    for column in made.columns[first:end]:
        column.justify = "right"
        column.no_wrap = True
    return made


def shares(heading: str, rows: Sequence[tuple[str, Rate]], min_count: int) -> None:
    """Print shares by name: share, interval, and what they are made of."""
    made = table(heading, "Share", "95 % interval", "Made of")
    for column in made.columns[1:]:
        column.no_wrap = True
    for name, rate in rows:
        share = share_of(rate)
        shown = per_cent(share) if share is not None else too_few(rate, min_count)
        made.add_row(safe(title_of(name)), shown, interval(rate), made_of(rate))
    out().print(made)


def named(names: Iterable[str], found: Report) -> list[tuple[str, Rate]]:
    """The shares with these names, but for those that the report lacks."""
    rates = ((name, share_named(name, found)) for name in names)
    return [(name, rate) for name, rate in rates if rate is not None]


def title_of(name: str) -> str:
    """What a figure is called."""
    return METRICS[name].title


def short(rate: Rate | None) -> str:
    """``43 % of 30``, or ``3 of 7`` when that is too few for a share."""
    if rate is None or not rate.denominator:
        return "–"
    share = share_of(rate)
    return made_of(rate) if share is None else f"{per_cent(share)} of {rate.denominator:,}"


def sparkline(counts: Sequence[int]) -> str:
    """One bar a count, scaled to the highest; a dot where there is none."""
    top = max(counts, default=0)
    return "".join(BARS[-(-count * len(BARS) // top) - 1] if count else "·" for count in counts)
