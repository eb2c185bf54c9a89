"""``kbtool archive``: an article is withdrawn; its addresses go on saying what became of it."""

from __future__ import annotations

import click

from kbtool.cli.common import (
    dry_run_option,
    emit_json,
    err,
    json_option,
    now,
    out,
    safe,
    settings_for,
)


@click.command("archive")
@click.argument("id_", metavar="ID")
@click.option(
    "--reason", metavar="TEXT", required=True, help="Why; it is kept in its front matter."
)
@click.option("--instead", metavar="ID", help="The published article that its readers are led to.")
@dry_run_option
@json_option
def command(id_: str, reason: str, instead: str | None, dry_run: bool, as_json: bool) -> None:
    """Withdraw an article; its addresses say what became of it.

    From the next build on it stands in no list and no search. Its addresses, the permanent one
    too, say that it is no longer available, or lead to the article --instead. Refused, naming the
    line, while other published articles link it. kbtool review ID brings it back as a draft.

    \b
    Examples:
      kbtool archive kb-1007 --reason "the scheme ended in March"
      kbtool archive kb-1007 --reason "merged" --instead kb-1002
    """
    from kbtool.workflows.review import archive

    settings = settings_for()
    done = archive(settings, id_, reason=reason, instead=instead, now=now(), dry_run=dry_run)
    if as_json:
        emit_json(
            {
                "format": 1,
                "archived": done.id,
                "file": done.path,
                "reason": done.reason,
                "replaced_by": done.replaced_by,
            }
        )
        return
    led = f"lead to {safe(done.replaced_by)}" if done.replaced_by else "say that it is gone"
    out().print(
        f"{done.id} is archived; from the next build on its addresses {led}.", soft_wrap=True
    )
    err().print("Nothing was written (--dry-run)." if dry_run else "Next: kbtool build")
