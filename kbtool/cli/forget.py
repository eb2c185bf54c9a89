"""``kbtool forget``: a person's tickets removed for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kbtool.cli.common import dry_run_option, emit_json, json_option, settings_for
from kbtool.errors import ExitCode
from kbtool.plural import many

if TYPE_CHECKING:
    from kbtool.workflows.forget import Forgotten


@click.command("forget")
@click.argument("words", metavar="REQUESTER|TICKET...", nargs=-1)
@click.option(
    "--content", is_flag=True, help="Also take references to forgotten tickets out of content/."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@dry_run_option
@json_option
def command(words: tuple[str, ...], content: bool, yes: bool, dry_run: bool, as_json: bool) -> int:
    """Remove a person's tickets for good, and say what relied on them.

    REQUESTER is what the help desk's export calls the person (mail address, id or name) or the
    stored hash; TICKET a ticket's id or key. Tickets, their questions, what topics show of them
    and what was found in their replies go, and importing the same export does not bring them
    back. content/ is changed only with --content. Exit code 1 when nothing is known of anybody.

    \b
    Examples:
      kbtool forget eva.ott@mail.example --dry-run
      kbtool forget zendesk:51004 zendesk:51017 --yes
      kbtool forget --content
    """
    from kbtool.cli.forget_view import forgotten_json, show, show_done
    from kbtool.workflows.forget import forget

    if not words and not content:
        raise click.UsageError("name a requester or a ticket, or give --content")
    if as_json and not (yes or dry_run):
        raise click.UsageError("--json does not ask: give --yes or --dry-run too")
    settings = settings_for()
    found = forget(settings, words, content=content, dry_run=dry_run or not yes)
    if not as_json:
        show(found)
    if found.dry_run and not dry_run and found.changes_anything:
        content = _asked(found)
        found = forget(settings, words, content=content)
        show_done(found)
    if as_json:
        emit_json(forgotten_json(found))
    return ExitCode.OK if found.known or not words else ExitCode.NO


def _asked(found: Forgotten) -> bool:
    """Whether content/ is to be changed too; ends the command when nothing is to be removed."""
    if found.tickets:
        what = f"Remove {many(len(found.tickets), 'ticket')} for good? There is no way back"
        click.confirm(what, abort=True, err=True)
    if not found.reliances:
        return False
    files = many(len(found.reliances), "file")
    what = f"Take what comes from them out of {files} of content/"
    if found.content and not found.tickets:
        return click.confirm(f"{what}?", abort=True, err=True)
    return found.content or click.confirm(f"{what} too?", err=True)
