"""``kbtool import``: tickets from help-desk exports."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from kbtool.cli.common import (
    dry_run_option,
    emit_json,
    json_option,
    now,
    processors,
    progress_bar,
    settings_for,
)
from kbtool.errors import ExitCode


def _print_schema(context: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from kbtool.tickets.mapping.parse import mapping_schema

        click.echo(mapping_schema(), nl=False)
        context.exit()


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option(
    "--mapping", metavar="NAME|FILE", help="zendesk, jira, generic, …, or your own YAML file."
)
@click.option(
    "--mapping-schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of mapping files.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the files, e.g. windows-1257.")
@click.option("--delimiter", metavar="CHAR", help="What separates the cells of a CSV file.")
@click.option("--source", metavar="NAME", help="Name of the help desk in ticket keys.")
@click.option(
    "--sniff", is_flag=True, help="Show the proposed mapping and its coverage; store nothing."
)
@click.option(
    "--prune", is_flag=True, help="Drop stored tickets of the same help desk that are not in FILE."
)
@dry_run_option
@json_option
def command(
    files: tuple[Path, ...],
    mapping: str | None,
    encoding: str | None,
    delimiter: str | None,
    source: str | None,
    sniff: bool,
    prune: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Read tickets from help-desk exports; only redacted text is stored.

    Encoding, delimiter and mapping are found unless given. Importing the same tickets again
    changes nothing; a changed ticket replaces the old one. Rows that cannot be taken are listed
    with file, line and reason. Exit code 1 when no ticket could be taken.

    \b
    Examples:
      kbtool import tickets.jsonl
      kbtool import piletid.csv --sniff
      kbtool import tickets.json articles.json --source zammad
      kbtool import export.csv --mapping mine.yaml --encoding windows-1254
    """
    from kbtool.cli import import_view as views
    from kbtool.workflows import import_tickets as work

    settings = settings_for()
    how = {"mapping": mapping, "encoding": encoding, "delimiter": _character(delimiter)}
    with progress_bar() as progress:
        if sniff:
            found = work.sniff_tickets(settings, files, progress=progress, **how)
        else:
            result = work.import_tickets(
                settings,
                files,
                now=now(),
                fresh_key=secrets.token_bytes(32),
                source=source,
                prune=prune,
                dry_run=dry_run,
                workers=processors(),
                progress=progress,
                **how,
            )
    if sniff:
        emit_json(views.sniffed_json(found)) if as_json else views.show_sniffed(found)
        return ExitCode.OK
    emit_json(views.result_json(result)) if as_json else views.show(result)
    return ExitCode.OK if result.figures.tickets else ExitCode.NO


def _character(delimiter: str | None) -> str | None:
    if delimiter is None:
        return None
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
    found = named.get(delimiter.lower(), delimiter)
    if len(found) != 1:
        raise click.BadParameter(
            "one character, or: tab, comma, semicolon, pipe", param_hint="--delimiter"
        )
    return found
