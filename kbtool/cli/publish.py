"""``kbtool publish``: reviewed drafts become articles, and reviewed articles stay."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

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
    show_finding,
)

if TYPE_CHECKING:
    from kbtool.workflows.review import Published


@click.command("publish")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", help="Who reviewed it; default: git's user.name, or $USER.")
@dry_run_option
@json_option
def command(ids: tuple[str, ...], by: str | None, dry_run: bool, as_json: bool) -> None:
    """Publish reviewed drafts, or say that articles are still right.

    Refused, naming the line, while agents' contradictions are open, a line looks like personal
    data, or a link leads nowhere; warnings are shown. A draft's file moves to its language and
    category; readers see it after the next build. An article that readers see stays in its place
    and gets a reviewer and the day of its next review. All IDs are published, or none.

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
        emit_json({"format": 1, "published": [_row(one) for one in done]})
        return
    for one in done:
        article = one.article
        for warning in one.warnings:
            show_finding(warning, err())
        line = f"{article.id} → content/{safe(article.path)}"
        out().print(f"{line} (next review {article.review_by})", soft_wrap=True)
        if article.category is None:
            err().print(
                f"{article.id} has no category: it stands on no shelf of the home page. Name one "
                f"in its front matter (category: …) to put it on a shelf.",
                soft_wrap=True,
            )
    err().print("Nothing was written (--dry-run)." if dry_run else "Next: kbtool build")


def _row(one: Published) -> dict[str, Any]:
    article = one.article
    return {
        "id": article.id,
        "file": article.path,
        "reviewed_by": article.reviewed_by,
        "review_by": article.review_by,
        "warnings": [
            {"code": f.code, "file": f.file, "line": f.line, "message": f.message}
            for f in one.warnings
        ],
    }


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
