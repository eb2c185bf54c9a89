"""What readers did, in the terminal: at the contact page, in visits, week by week."""

from __future__ import annotations

from kbtool.cli.common import out, table
from kbtool.cli.metrics_cells import line, numbers, section, shares, sparkline, title_of
from kbtool.metrics.caveats import distrust, spared
from kbtool.metrics.definitions import ONE_DAY
from kbtool.metrics.words import STEPS, per_cent, points_told
from kbtool.model import Holdout, Report
from kbtool.plural import many

OUTCOMES = ("confirmed", "potential", "no_deflection")
WEEKS = (
    "tickets",
    "views",
    "visits",
    "searches",
    "without_result",
    "opened",
    "solved",
    "handed_off",
)
MOST_WEEKS = 53


def contact(found: Report) -> None:
    """The funnel with its shares, the sure one first; what the lot says."""
    part = found.contact
    if part is None or not any(count for _, count in part.steps):
        return
    section("On the contact page")
    came = part.explicit.denominator  # who came back to write took the first step earlier
    made = numbers(table(f"Of {many(came, 'visit')} …", "", "Share"), 1)
    for name, count in part.steps:
        share = per_cent(count / came) if came else "–"
        made.add_row(STEPS.get(name, name).lower(), f"{count:,}", share)
    out().print(made)
    rates = [("contact.explicit", part.explicit), ("contact.implicit", part.implicit),
             ("contact.linked", part.linked)]  # fmt: skip
    shares("Figure", rates, found.min_count)
    if why := distrust(part):
        line(f"{title_of('contact.implicit')}: {why}", "yellow")
    if part.holdout:
        _holdout(part.holdout)


def _holdout(found: Holdout) -> None:
    seen = found.on.denominator + found.off.denominator
    if found.difference is None:
        needed = f" of {found.needed:,} that would show 10 points" if found.needed else ""
        line(f"Suggestions by lot: not enough data yet ({many(seen, 'visit')}{needed}).")
        return
    told = f"Suggestions by lot: without them {points_told(found.difference)} go to a person."
    line(f"{told} {spared(found)}")


def outcomes(found: Report) -> None:
    """Confirmed, potential and none: never added up."""
    days = many(found.window_days, "day")
    read = found.confirmed.denominator
    section(f"What became of {many(read, 'visit')} with an article view (window: {days})")
    shares("Outcome", [(name, getattr(found, name)) for name in OUTCOMES], found.min_count)
    line(
        f"Taken back by a later hand-off: {found.taken_back:,}. Window not over yet: "
        f"{found.open_visits:,}. No article viewed, no outcome: {found.unknown_visits:,}."
    )
    line(
        "Potential is an upper bound: it holds everybody who left without a word. Never add it to "
        f"confirmed. {ONE_DAY}",
        "dim",
    )


def weeks(found: Report) -> None:
    """The shape of each row of weeks."""
    shown = found.series[-MOST_WEEKS:]
    if len(shown) < 2:
        return
    section(f"Week by week, {shown[0].start} to {shown[-1].start}")
    made = numbers(table("A week", "", "First", "Last whole"), 2)
    whole = [week for week in shown if week.days == 7] or list(shown)
    for name in WEEKS:
        values = [getattr(week, name) for week in shown]
        if any(values):
            ends = (getattr(one, name) for one in (whole[0], whole[-1]))
            told = ("–" if value is None else f"{value:,}" for value in ends)
            made.add_row(name.replace("_", " "), sparkline([v or 0 for v in values]), *told)
    out().print(made)
