"""``kbtool hits``: what readers did on a site that another server serves."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbtool.cli.common import (
    dry_run_option,
    emit_json,
    json_option,
    now,
    progress_bar,
    settings_for,
)

if TYPE_CHECKING:
    from kbtool.workflows.hits import Engine

FORMATS = ("combined", "json", "w3c")
"""Those of kbtool.events.logs.formats, which is loaded only when it is used."""


def _days(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> tuple[date, date] | None:
    """``2026-10-01..2026-10-31`` → both days."""
    if value is None:
        return None
    first, dots, last = value.partition("..")
    try:
        found = (
            date.fromisoformat(first.strip()),
            date.fromisoformat((last if dots else first).strip()),
        )
    except ValueError:
        found = None
    if found is None or found[0] > found[1]:
        raise click.BadParameter(f"{value!r} are no days; write 2026-10-01..2026-10-31")
    return found


@click.group("hits")
def command() -> None:
    """Count readers of a site that another server serves: from its logs, or another counter's exports.

    \b
    Examples:
      kbtool hits import /var/log/nginx/access.log*
      kbtool hits files
    """


@command.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Else it is recognised.")
@click.option(
    "--days",
    callback=_days,
    metavar="DAY..DAY",
    help="Days of another counter's export that does not say them.",
)
@click.option(
    "--engine",
    type=click.Choice(["python", "duckdb"]),
    default="python",
    show_default=True,
    help="What takes lines apart; DuckDB (pip install 'kbtool[fast]') uses a second processor.",
)
@dry_run_option
@json_option
def import_(
    files: tuple[Path, ...],
    format_: str | None,
    days: tuple[date, date] | None,
    engine: Engine,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take hits out of access logs, and views out of other counters' exports.

    Logs of nginx and Apache (combined, with or without a virtual host before it, or JSON lines), of
    Caddy, Traefik, CloudFront and IIS, plain or .gz. A line that was read before, in whatever file,
    is not counted again; the beginning of a last line waits for the rest: run it from cron on all
    files there are. No IP address and no user agent is stored.

    CSV exports of Plausible, Matomo, GA4 and GoatCounter give views by article and day; exporting a
    period again replaces it.

    \b
    Examples:
      kbtool hits import /var/log/nginx/access.log*
      kbtool hits import E2EXAMPLE.2026-11-*.gz --dry-run
      kbtool hits import access.log --format json --json
      kbtool hits import pages.csv --days 2026-10-01..2026-10-31
    """
    from kbtool.cli import hits_view as views
    from kbtool.workflows.hits import import_hits

    with progress_bar() as progress:
        result = import_hits(
            settings_for(),
            files,
            now=now(),
            new_salt=secrets.token_bytes,
            format_=format_,
            days=days,
            dry_run=dry_run,
            engine=engine,
            progress=progress,
        )
    emit_json(views.result_json(result)) if as_json else views.show(result)


@command.command("files")
@json_option
def files(as_json: bool) -> None:
    """List the logs that were read, how far, and what became of their lines.

    \b
    Examples:
      kbtool hits files
      kbtool hits files --json
    """
    from kbtool.cli import hits_view as views
    from kbtool.workflows.hits import read_files

    found = read_files(settings_for(), now())
    emit_json(views.files_json(found)) if as_json else views.show_files(found)
