"""``kbtool publish``: reviewed drafts become articles, and reviewed articles stay."""

from __future__ import annotations

import os
import shutil
import subprocess

import click

from kbtool.cli.common import dry_run_option, emit_json, err, json_option, now, settings_for
from kbtool.cli.published_view import row_of, show_next, show_published
from kbtool.cli.staggering import Given, cancel_plan, publish_due, show_plan, stagger
from kbtool.errors import ExitCode


@click.command("publish")
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--by", metavar="NAME", help="Who reviewed it; default: git's user.name, or $USER.")
@click.option(
    "--staggered",
    is_flag=True,
    help="Draw by lot in which week each draft in review (or ID) comes out.",
)
@click.option(
    "--weeks",
    type=click.IntRange(2, 104),
    metavar="N",
    help="With --staggered: spread over N weeks; default: one a week.",
)
@click.option("--show", is_flag=True, help="With --staggered: show what was drawn; draw nothing.")
@click.option("--cancel", is_flag=True, help="With --staggered: take drafts (or ID) out again.")
@click.option("--due", is_flag=True, help="Publish the drawn drafts that are due; run it daily.")
@dry_run_option
@json_option
def command(
    ids: tuple[str, ...],
    by: str | None,
    staggered: bool,
    weeks: int | None,
    show: bool,
    cancel: bool,
    due: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Publish reviewed drafts, or say that articles are still right.

    Refused, naming the line, while agents' contradictions are open, a line looks like personal
    data, or a link leads nowhere; warnings are shown. A draft's file moves to its language and
    category; readers see it after the next build. An article that readers see stays in its place
    and gets a reviewer and the day of its next review. All IDs are published, or none.

    With --staggered drafts come out in random order, so that their effect on tickets is measured
    by an experiment; then --due publishes each in its week.

    \b
    Examples:
      kbtool publish kb-5f0c91aa --by "Hannah Cole"
      kbtool publish kb-5f0c91aa kb-0b7d2210 --dry-run
      kbtool publish --staggered --weeks 8 --by "Hannah Cole"
      kbtool publish --due
    """
    _refuse_mixed(ids, staggered=staggered, due=due, weeks=weeks, show=show, cancel=cancel)
    given = Given(ids, by if by is not None else _user(), weeks, dry_run, as_json)
    if due:
        return publish_due(given)
    if staggered:
        return show_plan(given) if show else cancel_plan(given) if cancel else stagger(given)
    return _publish(given)


def _refuse_mixed(
    ids: tuple[str, ...], *, staggered: bool, due: bool, weeks: int | None, show: bool, cancel: bool
) -> None:
    """Raise UsageError for options that do not go together."""
    if not staggered and (weeks or show or cancel):
        raise click.UsageError("--weeks, --show and --cancel go with --staggered.")
    if bool(weeks) + show + cancel > 1:
        raise click.UsageError("--weeks draws a lot, --show shows them, --cancel takes it back.")
    if due and (staggered or ids):
        raise click.UsageError("--due publishes whatever is due: give no ID and no --staggered.")
    if show and ids:
        raise click.UsageError("--show shows everything that was drawn: give no ID.")
    if not (ids or staggered or due):
        raise click.UsageError("Name the IDs of the drafts to publish.")


def _publish(given: Given) -> int:
    from kbtool.workflows.review import publish

    done = publish(settings_for(), given.ids, by=given.by, now=now(), dry_run=given.dry_run)
    if given.as_json:
        emit_json({"format": 1, "published": [row_of(one) for one in done]})
        return ExitCode.OK
    show_published(done)
    for article in (one.article for one in done):
        if article.release and article.release > now().date():
            err().print(
                f"{article.id} was drawn for {article.release}: published by hand before, it is "
                "no part of the experiment any more.",
                soft_wrap=True,
            )
    show_next(dry_run=given.dry_run)
    return ExitCode.OK


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
