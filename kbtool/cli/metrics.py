"""``kbtool metrics``: what the help centre did, in the terminal, as a page, as tables or as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import emit_json, err, json_option, now, safe, settings_for
from kbtool.days import midnight, read_day

if TYPE_CHECKING:
    from kbtool.config import Settings
    from kbtool.metrics.compare import Comparison
    from kbtool.model import Report

ALL = "all"
BEFORE = "before"
STDOUT = Path("-")


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> datetime | None:
    """``2026-11-01`` or ``30d`` (days ago) → midnight (UTC) at which that day begins."""
    if value is None or value == BEFORE:
        return None
    try:
        return read_day(value, now().date())
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _earlier(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A day, as it was typed, that can be read; or that the days before are meant."""
    _day(ctx, param, value)
    return value


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What to report, and where to."""

    since: datetime | None
    until: datetime | None
    before: str | None
    """First day of the earlier period, or ``BEFORE``; None: no comparison."""
    article: str | None
    page: Path | None
    tables: Path | None
    as_json: bool


@click.command("metrics")
@click.option("--since", callback=_day, metavar="DAY", help="First day (UTC): 2026-11-01 or 30d.")
@click.option("--until", callback=_day, metavar="DAY", help="Last day (UTC), included.")
@click.option(
    "--compare", is_flag=False, flag_value=BEFORE, callback=_earlier, metavar="[DAY]",
    help="Compare with as many days before --since, or from DAY on.",
)  # fmt: skip
@click.option("--article", metavar="ID", help="Show one article only.")
@click.option(
    "--html", "page", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
    help="Write the report as one HTML page with charts (- for stdout).",
)  # fmt: skip
@click.option(
    "--csv", "tables", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Write the report as tables for spreadsheets, a file each.",
)  # fmt: skip
@click.option(
    "--explain", is_flag=False, flag_value=ALL, metavar="[NAME]",
    help="Say what a figure (or every one) counts and what it cannot know.",
)  # fmt: skip
@json_option
def command(
    since: datetime | None, until: datetime | None, compare: str | None, article: str | None,
    page: Path | None, tables: Path | None, explain: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Report what the help centre did, with counts and intervals.

    Every share is shown with its numerator, its denominator and a 95 % interval; below
    metrics.min_count it says "not enough data". Days are UTC days, because visitors are known
    for one such day only.

    \b
    Examples:
      kbtool metrics
      kbtool metrics --since 30d --compare
      kbtool metrics --since 2026-10-01 --until 2026-10-31 --json
      kbtool metrics --since 90d --html report.html
      kbtool metrics --csv tables/
      kbtool metrics --article kb-1001
      kbtool metrics --explain potential
    """
    if explain is not None:
        _explain(explain, as_json=as_json)
        return
    end = until + timedelta(days=1) if until else None
    wanted = _Wanted(since, end, compare, article, page, tables, as_json)
    _check(wanted)
    _report(wanted)


def _check(wanted: _Wanted) -> None:
    """Refuse before the work what makes no sense or could not be written after it."""
    from kbtool.metrics.as_csv import check_folder
    from kbtool.page import check_target

    if wanted.since and wanted.until and wanted.since >= wanted.until:
        raise click.UsageError("--since is after --until")
    if wanted.since and wanted.since > now():
        raise click.UsageError("--since is a day to come")
    if wanted.before and not wanted.since:
        raise click.UsageError("--compare needs --since: as many days before it are compared")
    if wanted.article and (wanted.page or wanted.tables or wanted.before):
        raise click.UsageError("--article shows one article: leave --html, --csv and --compare out")
    if wanted.page == STDOUT and wanted.as_json:
        raise click.UsageError("--html - and --json both want stdout: give --html a file")
    if wanted.tables == STDOUT:
        raise click.UsageError("--csv writes several files: name a folder")
    if wanted.page and wanted.page != STDOUT:
        check_target(wanted.page)
    if wanted.tables:
        check_folder(wanted.tables)


def _report(wanted: _Wanted) -> None:
    from kbtool.cli import metrics_view as show
    from kbtool.metrics.as_json import report_json
    from kbtool.workflows.metrics import measure

    settings = settings_for()
    until = wanted.until
    if wanted.before and until is None:
        until = midnight(now().date())  # whole days only: today's few hours would look like a fall
        if wanted.since and wanted.since >= until:
            raise click.UsageError("--compare compares whole days, and no whole day has passed")
    report = measure(settings, since=wanted.since, until=until, now=now(), warn=show.finding)
    if wanted.article:
        _article(report, wanted.article, as_json=wanted.as_json)
        return
    compared = _compared(settings, report, wanted.before) if wanted.before else None
    _write(settings, report, compared, wanted)
    if wanted.as_json:
        emit_json(report_json(report, compared))
    elif not (wanted.page or wanted.tables):
        show.report(report, settings.site_name, compared)


def _compared(settings: Settings, report: Report, begins: str) -> Comparison:
    """The report beside that of as many days before it, or from the day ``begins`` on."""
    from kbtool.metrics.compare import compare
    from kbtool.workflows.metrics import measure

    assert report.since is not None  # noqa: S101 - --compare needs --since
    length = report.until - report.since
    since = report.since - length if begins == BEFORE else read_day(begins, now().date())
    until = since + length
    if until > report.since:
        raise click.UsageError(
            f"--compare {begins} takes {length.days} days as well, which reach into the period; begin "
            f"it on {report.since - length:%Y-%m-%d} or before"
        )
    before = measure(settings, since=since, until=until, now=now(), effects=report.effects)
    return compare(report, before)


def _article(report: Report, name: str, *, as_json: bool) -> None:
    from kbtool.cli.metrics_articles import article
    from kbtool.metrics.as_json import article_json
    from kbtool.metrics.report import article_figures

    figures = article_figures(report, name)
    if as_json:
        emit_json(article_json(report, figures))
    else:
        article(report, figures)


def _write(
    settings: Settings, report: Report, compared: Comparison | None, wanted: _Wanted
) -> None:
    """Write the page and the tables, and say where on stderr."""
    if wanted.page:
        from kbtool.metrics.page import render
        from kbtool.page import write_page

        made = render(report, settings.site_name, compared=compared)
        if wanted.page == STDOUT:
            click.echo(made, nl=False)
        else:
            write_page(wanted.page, made)
            err().print(f"Report: {safe(wanted.page)}", soft_wrap=True)
    if wanted.tables:
        from kbtool.metrics.as_csv import write_tables
        from kbtool.metrics.tables import tables

        written = write_tables(wanted.tables, tables(report, compared))
        err().print(f"Tables: {len(written)} files in {safe(wanted.tables)}", soft_wrap=True)


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
