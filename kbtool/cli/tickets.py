"""``kbtool tickets``: look at what was stored, and at what cleaning took out."""

from __future__ import annotations

from typing import get_args

import click

from kbtool.cli.common import emit_json, err, json_option, safe, settings_for
from kbtool.errors import ExitCode
from kbtool.model import Resolution

limit_option = click.option(
    "-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Most shown."
)


@click.group("tickets")
def command() -> None:
    """Look at the stored tickets, and at what agents send again and again.

    \b
    Examples:
      kbtool tickets list --resolution answered
      kbtool tickets show 51004 --cuts
      kbtool tickets macros
    """


@command.command("show")
@click.argument("id_", metavar="ID")
@click.option("--cuts", is_flag=True, help="Print what was cut whole, not its first line.")
@json_option
def show(id_: str, cuts: bool, as_json: bool) -> None:
    """Show a stored ticket with its cuts in place.

    What was cut from a message is dim and stands where it stood. ID is the help desk's own, or
    with its source (zendesk:51004), or the beginning of one. All is redacted: placeholders like
    [name] stand for personal data.

    \b
    Examples:
      kbtool tickets show 51004
      kbtool tickets show zendesk:51004 --cuts
    """
    from kbtool.cli.tickets_view import as_data, print_ticket
    from kbtool.workflows.tickets import show_ticket

    ticket = show_ticket(settings_for(), id_)
    if as_json:
        emit_json({"format": 1, "ticket": as_data(ticket)})
    else:
        print_ticket(ticket, whole_cuts=cuts)


@command.command("list")
@click.option("--lang", metavar="CODE", help="Only tickets in this language.")
@click.option("--unknown-language", is_flag=True, help="Only those whose language was left open.")
@click.option("--resolution", type=click.Choice(get_args(Resolution)), help="Only those.")
@click.option("--status", metavar="WORD", help="Only those with this status of the help desk.")
@click.option("--source", metavar="NAME", help="Only those of this help desk.")
@limit_option
@json_option
def list_(
    lang: str | None,
    unknown_language: bool,
    resolution: Resolution | None,
    status: str | None,
    source: str | None,
    limit: int,
    as_json: bool,
) -> int:
    """List stored tickets, newest first. Exit code 1 when there is none.

    \b
    Examples:
      kbtool tickets list --lang tr --limit 50
      kbtool tickets list --unknown-language
    """
    from kbtool.cli.tickets_view import print_list, row
    from kbtool.tickets.browse import UNKNOWN
    from kbtool.workflows.tickets import list_tickets

    if lang and unknown_language:
        raise click.UsageError("give --lang or --unknown-language, not both")
    wanted = UNKNOWN if unknown_language else lang
    found = list_tickets(
        settings_for(), limit=limit, lang=wanted, resolution=resolution, status=status, source=source
    )  # fmt: skip
    if as_json:
        rows = [row(ticket) for ticket in found.tickets]
        emit_json({"format": 1, "count": found.count, "tickets": rows})
    else:
        print_list(found)
    return ExitCode.OK if found.count else ExitCode.NO


@command.command("macros")
@limit_option
@json_option
def macros(limit: int, as_json: bool) -> int:
    """Show what agents send again and again, most used first. Exit code 1 when there is nothing.

    Macros that the export names are all there; of the rest, sentences that public replies of four
    tickets or more have in common.

    \b
    Examples:
      kbtool tickets macros --limit 5
    """
    from kbtool.cli.tickets_view import macro_row, print_macros
    from kbtool.workflows.tickets import ticket_macros

    found = ticket_macros(settings_for())
    if as_json:
        rows = [macro_row(macro) for macro in found[:limit]]
        emit_json({"format": 1, "count": len(found), "macros": rows})
    elif found:
        print_macros(found[:limit], len(found))
    else:
        err().print(safe("No text is in the public replies of four tickets or more."))
    return ExitCode.OK if found else ExitCode.NO
