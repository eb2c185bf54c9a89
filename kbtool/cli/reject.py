"""``kbtool reject``: a decision that is remembered."""

from __future__ import annotations

import click

from kbtool.cli.common import emit_json, err, json_option, now, out, safe, settings_for


@click.command("reject")
@click.argument("id_", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept.")
@json_option
def command(id_: str, reason: str, as_json: bool) -> None:
    """Reject a draft or a topic, and remember why.

    A rejected draft stays in content/drafts/ with the reason and is not drafted again; its topic
    is not suggested again until it has twice as many tickets.

    \b
    Examples:
      kbtool reject kb-5f0c91aa --reason "answered by the app itself since 5.4"
      kbtool reject t-3f9a1c22 --reason "each case is different"
    """
    from kbtool.workflows.review import reject

    done = reject(settings_for(), id_, reason=reason, now=now())
    if as_json:
        file = done.article.path if done.article else None
        emit_json({"format": 1, "rejected": done.id, "file": file, "tickets": done.tickets})
        return
    what = "Draft" if done.article else "Topic"
    out().print(f"{what} {safe(done.id)} is rejected: {safe(reason)}", soft_wrap=True)
    if done.tickets:
        subject = "Its topic" if done.article else "It"
        err().print(f"{subject} is suggested again when it has {2 * done.tickets} tickets.")
