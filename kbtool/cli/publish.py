"""``kbtool publish``: reviewed drafts become articles."""

from __future__ import annotations

import os
import shutil
import subprocess

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


@click.command("publish")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", help="Who reviewed it; default: git's user.name, or $USER.")
@dry_run_option
@json_option
def command(ids: tuple[str, ...], by: str | None, dry_run: bool, as_json: bool) -> None:
    """Publish reviewed drafts.

    Refused, naming the line, while agents' contradictions are open, a line looks like personal
    data, or a link leads nowhere. The file moves to its language and category; readers see it
    after the next build. All IDs are published, or none.

    \b
    Examples:
      kbtool publish kb-5f0c91aa --by "Hannah Cole"
      kbtool publish kb-5f0c91aa kb-0b7d2210 --dry-run
    """
    from kbtool.workflows.review import publish

    done = publish(
        settings_for(), ids, by=by if by is not None else _user(), now=now(), dry_run=dry_run
    )
    if as_json:
        rows = [
            {
                "id": one.id,
                "file": one.path,
                "reviewed_by": one.reviewed_by,
                "review_by": one.review_by,
            }
            for one in done
        ]
        emit_json({"format": 1, "published": rows})
        return
    for one in done:
        line = f"{one.id} → content/{safe(one.path)}"
        out().print(f"{line} (next review {one.review_by})", soft_wrap=True)
        if one.category is None:
            err().print(f"{one.id} has no category: it stands on no shelf of the home page.")
    err().print("Nothing was written (--dry-run)." if dry_run else "Next: kbtool build")


def _user() -> str:
    """The name git knows, else the name of the account; empty when there is neither."""
    git = shutil.which("git")
    if git:
        found = subprocess.run(
            [git, "config", "user.name"], capture_output=True, text=True, check=False
        )
        if found.stdout.strip():
            return found.stdout.strip()
    return os.environ.get("USER", "")
