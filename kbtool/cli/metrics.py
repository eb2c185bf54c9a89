"""``kbtool metrics``: what the help centre did, in the terminal or as JSON."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import click

from kbtool.cli.common import emit_json, json_option, now, settings_for

ALL = "all"
_DAYS = re.compile(r"(\d{1,4})d")


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    """``2026-11-01`` or ``30d`` (days ago) → midnight (UTC) at which that day begins."""
    if value is None:
        return None
    if found := _DAYS.fullmatch(value.strip()):
        return _midnight(now().date() - timedelta(days=int(found[1])))
    try:
        return _midnight(date.fromisoformat(value.strip()))
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is no day; write 2026-11-01, or 30d for 30 days ago"
        ) from None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@click.command("metrics")
@click.option("--since", callback=_day, metavar="DAY", help="First day (UTC): 2026-11-01 or 30d.")
@click.option("--until", callback=_day, metavar="DAY", help="Last day (UTC), included.")
@click.option("--article", metavar="ID", help="Show one article only.")
@click.option(
    "--explain",
    is_flag=False,
    flag_value=ALL,
    metavar="[NAME]",
    help="Say what a figure (or every one) counts and what it cannot know.",
)
@json_option
def command(
    since: datetime | None,
    until: datetime | None,
    article: str | None,
    explain: str | None,
    as_json: bool,
) -> None:
    """Report what the help centre did, with counts and intervals.

    Every share is shown with its numerator, its denominator and a 95 % interval; below
    metrics.min_count it says "not enough data". Days are UTC days, because visitors are known
    for one such day only.

    \b
    Examples:
      kbtool metrics
      kbtool metrics --since 30d
      kbtool metrics --since 2026-10-01 --until 2026-10-31 --json
      kbtool metrics --article kb-1001
      kbtool metrics --explain potential
    """
    if explain is not None:
        _explain(explain, as_json=as_json)
        return
    end = until + timedelta(days=1) if until else None
    if since and end and since >= end:
        raise click.UsageError("--since is after --until")
    _report(since, end, article, as_json=as_json)


def _report(
    since: datetime | None, until: datetime | None, article: str | None, *, as_json: bool
) -> None:
    from kbtool.cli import metrics_view as show
    from kbtool.metrics.as_json import article_json, report_json
    from kbtool.metrics.report import article_figures
    from kbtool.workflows.metrics import measure

    settings = settings_for()
    report = measure(settings, since=since, until=until, now=now(), warn=show.finding)
    figures = article_figures(report, article) if article else None
    if as_json:
        emit_json(article_json(report, figures) if figures else report_json(report))
    elif figures:
        show.article(report, figures)
    else:
        show.report(report, settings.site_name)


def _explain(name: str, *, as_json: bool) -> None:
    from kbtool.cli import metrics_view as show
    from kbtool.metrics.as_json import definitions_json
    from kbtool.metrics.definitions import METRICS
    from kbtool.text import did_you_mean

    names = tuple(METRICS) if name == ALL else (name,)
    if names[0] not in METRICS:
        raise click.BadParameter(
            f"there is no figure {name!r}; {did_you_mean(name, METRICS)}", param_hint="--explain"
        )
    if as_json:
        emit_json(definitions_json(names))
    else:
        show.definitions(names)
